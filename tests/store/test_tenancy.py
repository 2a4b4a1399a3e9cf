"""Jobcenters apart: PostgreSQL shows the application one of them whatever it asks; SQLite serves only one."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from matcher.errors import MatcherError, NotFound
from matcher.read.places import PlaceRow
from matcher.store import engine, open_store, roles
from matcher.store.engine import connect, reading, serve, writing
from matcher.store.schema import upgrade
from matcher.store.service import ServiceStore, open_service
from matcher.store.tables import Base
from tests.store.databases import migrated, plain, postgres_url
from tests.store.fill import fill
from tests.store.offices import PURPOSE, person

TABLES = sorted(Base.metadata.tables)


@pytest.fixture
def empty() -> Iterator[str]:
    with postgres_url() as address:
        yield address


@pytest.fixture
def server() -> Iterator[str]:
    with postgres_url(migrated()) as address:
        yield address


@pytest.fixture
def two(server: str, tmp_path: Path) -> Iterator[tuple[ServiceStore, ServiceStore]]:
    with open_service(tmp_path, server, "freiberg") as one, open_service(tmp_path, server, "chemnitz") as other:
        yield one, other


def count(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one())  # noqa: S608


def test_every_table_has_a_jobcenter_in_its_keys() -> None:
    for name, table in Base.metadata.tables.items():
        assert "jobcenter" in table.c, name
        if name != "imports":  # its key is drawn by the database
            assert [column.name for column in table.primary_key][-1] == "jobcenter", name
        for constraint in table.constraints:
            names = [column.name for column in getattr(constraint, "columns", [])]
            if type(constraint).__name__ in ("UniqueConstraint", "ForeignKeyConstraint"):
                assert "jobcenter" in names, (name, constraint.name)


def test_another_jobcenter_sees_no_row_of_any_table(two: tuple[ServiceStore, ServiceStore]) -> None:
    one, other = two
    fill(one)
    with reading(one.engine) as mine, reading(other.engine) as theirs:
        for table in TABLES:
            assert count(mine, table) > 0, f"nothing to see in {table}"
            if table != "daily_marks":  # every Jobcenter has its own counter
                assert count(theirs, table) == 0, table
        assert theirs.execute(text("SELECT DISTINCT jobcenter FROM daily_marks")).scalars().all() == ["chemnitz"]


def test_nothing_is_visible_without_a_jobcenter(server: str, two: tuple[ServiceStore, ServiceStore]) -> None:
    fill(two[0])
    bare = connect(Path(), server, create=False)
    with bare.connect() as connection:
        connection.exec_driver_sql(f'SET ROLE "{engine.APP_ROLE}"')
        assert {table: count(connection, table) for table in TABLES} == dict.fromkeys(TABLES, 0)
    bare.dispose()


def test_another_jobcenter_changes_and_adds_nothing(two: tuple[ServiceStore, ServiceStore]) -> None:
    one, other = two
    fill(one)
    with writing(other.engine) as theirs:
        for statement in ("UPDATE participants SET office = 'x'", "DELETE FROM participants", "DELETE FROM vacancies"):
            assert theirs.execute(text(statement)).rowcount == 0
    for statement in (
        "INSERT INTO versions (kind, version, jobcenter) VALUES ('x', 'y', 'freiberg')",
        "UPDATE daily_marks SET jobcenter = 'freiberg'",
    ):
        with pytest.raises(ProgrammingError, match="row-level security"), writing(other.engine) as theirs:
            theirs.execute(text(statement))
    with reading(one.engine) as mine:
        assert count(mine, "participants") > 0


def test_the_same_ids_in_two_jobcenters_are_two_things(two: tuple[ServiceStore, ServiceStore]) -> None:
    for number, service in enumerate(two):
        service.store.save_participants([person(20.0 + number)], ["00042"])
        service.store.save_places([PlaceRow(postal_code="09599", lat=50.9 + number, lon=13.3)])
        made = service.accounts.create("ada", None, "case_worker", ["nord"], "A")
        inside = service.store.participant("00042").id
        service.people.assign(inside, made.id, "nord")
        assert service.people.get(made.scope(PURPOSE), inside).profile.participant.age == 20.0 + number
    with pytest.raises(NotFound):
        two[0].people.get(two[1].accounts.by_login("ada").scope(), two[1].store.participant("00042").id)
    ours, theirs = (service.store.participant("00042").id for service in two)
    with pytest.raises(NotFound):
        two[0].people.assign(theirs, None, "nord")
    assert ours != theirs


def test_the_application_owns_nothing_and_is_no_superuser(two: tuple[ServiceStore, ServiceStore]) -> None:
    with reading(two[0].engine) as connection:
        assert connection.execute(text("SELECT current_user")).scalar_one() == engine.APP_ROLE
        assert roles.faults(connection) == []
        owned = "SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user"
        assert connection.execute(text(owned)).scalar_one() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE suggestion_records SET answer = ''",
        "DELETE FROM suggestion_records",
        "UPDATE decisions SET decision = 'accepted'",
        "DELETE FROM decisions",
        "TRUNCATE decisions",
        "UPDATE imports SET file_name = 'x'",
        "UPDATE identities SET customer_no = 'x'",
        "ALTER TABLE participants DISABLE ROW LEVEL SECURITY",
        "DROP POLICY jobcenter ON participants",
        "UPDATE alembic_version SET version_num = '0001'",
        "CREATE TABLE mine (x integer)",
    ],
)
def test_the_application_may_not(two: tuple[ServiceStore, ServiceStore], statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"), writing(two[0].engine) as connection:
        connection.execute(text(statement))


@pytest.fixture
def login(empty: str) -> Iterator[str]:
    """A login role for the service: member of the application's role and nothing else."""
    name = f"matcher_login_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(plain(empty), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{name}'")
        try:
            yield name
        finally:
            connection.execute(f"DROP OWNED BY {name}")
            connection.execute(f"DROP ROLE {name}")


def as_user(server: str, name: str) -> str:
    return f"postgresql+psycopg://{name}:{name}@{server.split('@', 1)[1]}"


def test_a_login_of_its_own_serves_and_the_owner_migrates(empty: str, login: str, tmp_path: Path) -> None:
    address = as_user(empty, login)
    with pytest.raises(MatcherError):
        open_service(tmp_path, address)
    with psycopg.connect(plain(empty), autocommit=True) as connection:
        open_store(tmp_path, empty).close()
        connection.execute(f'GRANT "{engine.APP_ROLE}" TO {login}')
    with open_service(tmp_path, address, owner_url=empty) as service:
        fill(service)
        with reading(service.engine) as connection:
            assert roles.faults(connection) == roles.login_faults(connection) == []
    with open_service(tmp_path, empty) as service, reading(service.engine) as connection:
        assert roles.faults(connection) == []
        assert roles.login_faults(connection) != [], "a superuser's login must be reported"


def test_where_the_owner_may_not_make_roles_the_statements_are_named(
    empty: str, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "APP_ROLE", f"app_{login}")
    with psycopg.connect(plain(empty), autocommit=True) as connection:
        database = empty.rsplit("/", 1)[1]
        connection.execute(f'GRANT CREATE ON DATABASE "{database}" TO {login}')
        connection.execute(f"GRANT ALL ON SCHEMA public TO {login}")
    owner = connect(Path(), as_user(empty, login), create=False)
    with pytest.raises(MatcherError, match='CREATE ROLE "app_'):
        upgrade(owner)
    with owner.connect() as connection:
        assert connection.execute(text("SELECT to_regclass('participants')")).scalar_one() is None
    with psycopg.connect(plain(empty), autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "app_{login}" NOLOGIN')
        connection.execute(f'GRANT "app_{login}" TO {login}')
    try:
        upgrade(owner)
        served = serve(owner, "default")
        with reading(served) as found:
            assert roles.faults(found) == [], "an owner who is bound by the policies works as the application"
    finally:
        owner.dispose()
        with psycopg.connect(plain(empty), autocommit=True) as connection:
            connection.execute(f'DROP OWNED BY "app_{login}"')
            connection.execute(f'DROP ROLE "app_{login}"')


def test_the_embedded_database_serves_one_jobcenter(tmp_path: Path) -> None:
    with pytest.raises(MatcherError, match="one Jobcenter"):
        open_service(tmp_path, jobcenter="chemnitz")
    with open_service(tmp_path) as service:
        fill(service)
        with reading(service.engine) as connection:
            for table in TABLES:
                query = text(f'SELECT DISTINCT jobcenter FROM "{table}"')  # noqa: S608
                assert connection.execute(query).scalars().all() == ["default"], table
