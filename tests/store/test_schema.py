"""Migrations: up, down, up; the tables in code and in the database agree; the constant is the newest script."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, inspect, text

from matcher.errors import MatcherError
from matcher.store import open_store
from matcher.store.engine import connect, reading, writing
from matcher.store.schema import (
    HEAD,
    check_schema,
    current_revision,
    downgrade,
    ensure_schema,
    migration_config,
    upgrade,
)
from matcher.store.service import open_service
from matcher.store.tables import Base
from tests.store.fill import fill
from tests.store.offices import person

KEPT = {
    "participants": "INSERT INTO participants (id, digest, payload, as_of, conflicts)"
    """ VALUES ('a', 'd', '{"id":"a","as_of":"2022-05-02"}', '2022-05-02', '[]')""",
    "households": "INSERT INTO households (participant_id, payload) VALUES ('a', '{}')",
    "protected_facts": "INSERT INTO protected_facts (participant_id, payload) VALUES ('a', '{}')",
    "identities": "INSERT INTO identities (participant_id, customer_no) VALUES ('a', '00042')",
    "caseload": "INSERT INTO caseload (participant_id, office, case_worker) VALUES ('a', 'nord', 'Ü')",
    "vacancies": """INSERT INTO vacancies (id, digest, payload) VALUES ('v', 'd', '{"id":"v","title":"Lager"}')""",
    "daily_runs": "INSERT INTO daily_runs (id, office, day, fence, recorded_at, report, versions)"
    " VALUES ('r', 'nord', '2022-05-02', 1, '2022-05-02 04:00:00', '{}', '{}')",
    "proposals": "INSERT INTO proposals (id, run_id, participant_id, vacancy_id, employer, occupation, day, payload)"
    " VALUES ('p', 'r', 'a', 'v', 'e', '51311', '2022-05-02', '{}')",
    "proposal_decisions": "INSERT INTO proposal_decisions (proposal_id, kind, decided_by, decided_on)"
    " VALUES ('p', 'issued', 'IFK 7', '2022-05-02')",
    "imports": "INSERT INTO imports (kind, file_name, content_hash, imported_at, new, changed, unchanged)"
    " VALUES ('vacancies', 'a.csv', 'h', '2022-05-02 04:00:00', 1, 0, 0)",
}
"""A row in tables of every shape as the second migration knew them."""
ADDED = ("jobcenter", "office", "case_worker", "account_id", "actor")
"""Columns that later migrations added to these tables."""
OWN = {"caseload": ("office", "case_worker"), "daily_runs": ("office",)}
"""Those of them that the tables had already."""


def test_up_down_up(empty_url: str | None, tmp_path: Path) -> None:
    engine = connect(tmp_path, empty_url, create=True)
    upgrade(engine)
    first = sorted(inspect(engine).get_table_names())
    assert set(Base.metadata.tables) <= set(first)
    downgrade(engine)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    upgrade(engine)
    assert sorted(inspect(engine).get_table_names()) == first
    ensure_schema(engine, create=False)
    engine.dispose()


def rows(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """The kept tables as the second migration knew them."""
    found = {}
    for table in KEPT:
        names = [name for name in _columns(connection, table) if name not in ADDED or name in OWN.get(table, ())]
        query = text(f"SELECT {', '.join(names)} FROM {table}")  # noqa: S608
        found[table] = [tuple(row) for row in connection.execute(query)]
    return found


def _columns(connection: Connection, table: str) -> list[str]:
    return sorted(column["name"] for column in inspect(connection).get_columns(table))


def test_rows_survive_up_down_up(empty_url: str | None, tmp_path: Path) -> None:
    engine = connect(tmp_path, empty_url, create=True)
    upgrade(engine, "0002")
    with writing(engine) as connection:
        for statement in KEPT.values():
            connection.execute(text(statement))
        before = rows(connection)
    shape = _shape(engine)
    upgrade(engine)
    with reading(engine) as connection:
        assert rows(connection) == before
        assert connection.execute(text("SELECT office, jobcenter FROM participants")).one() == ("nord", "default")
    with open_service(tmp_path, empty_url) as service:
        assert service.store.participant("00042").id == "a"
        assert service.store.save_participants([person()], ["00043"]).new == 1
        with writing(service.engine) as connection:
            connection.execute(text("DELETE FROM participants WHERE id <> 'a'"))
    downgrade(engine, "0002")
    with reading(engine) as connection:
        assert rows(connection) == before
    assert _shape(engine) == shape, "down leaves another schema than there was"
    upgrade(engine)
    with reading(engine) as connection:
        assert rows(connection) == before
    engine.dispose()


def _shape(engine: object) -> object:
    """Keys, references, checks and indexes of every table."""
    look = inspect(engine)
    return {
        table: (
            look.get_pk_constraint(table)["constrained_columns"],
            sorted((str(one["name"]), one["column_names"]) for one in look.get_unique_constraints(table)),
            sorted(
                (str(one["name"]), one["constrained_columns"], one["referred_table"], str(one["options"]))
                for one in look.get_foreign_keys(table)
            ),
            sorted(str(one["name"]) for one in look.get_check_constraints(table)),
            sorted((str(one["name"]), one["column_names"]) for one in look.get_indexes(table)),
            sorted(column["name"] for column in look.get_columns(table)),
        )
        for table in look.get_table_names()
    }


def test_code_and_migrations_do_not_drift(empty_url: str | None, tmp_path: Path) -> None:
    engine = connect(tmp_path, empty_url, create=True)
    upgrade(engine)
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert current_revision(connection) == HEAD
        look = inspect(connection)
        for name, table in Base.metadata.tables.items():
            inside = {str(one["name"]) for one in look.get_check_constraints(name)}
            assert inside == {str(one.name) for one in table.constraints if isinstance(one, CheckConstraint)}, name
            key = look.get_pk_constraint(name)["constrained_columns"]
            assert key == [column.name for column in table.primary_key], name
    engine.dispose()


def test_head_is_the_newest_script() -> None:
    assert ScriptDirectory.from_config(migration_config()).get_current_head() == HEAD


def test_readiness_knows_the_schema(empty_url: str | None, tmp_path: Path) -> None:
    engine = connect(tmp_path, empty_url, create=True)
    for revision in (None, "0002"):
        if revision:
            upgrade(engine, revision)
        with pytest.raises(MatcherError, match="needs"):
            check_schema(engine)
    engine.dispose()
    with open_store(tmp_path, empty_url) as store:
        check_schema(store.engine)


def test_a_full_database_goes_down_and_up(empty_url: str | None, tmp_path: Path) -> None:
    with open_service(tmp_path, empty_url) as service:
        fill(service)
    engine = connect(tmp_path, empty_url, create=False)
    downgrade(engine, "0002")
    upgrade(engine)
    engine.dispose()
    with open_service(tmp_path, empty_url) as service:
        assert service.store.count("participants") == 2
        assert len(service.daily.history(service.daily.recorded("nord", person().participant.as_of).day).past) == 1  # type: ignore[union-attr]
