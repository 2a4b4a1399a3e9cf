"""Migrations: up, down, up; the tables in code and in the database agree; the constant is the newest script."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from matcher.store import open_store
from matcher.store.engine import connect, reading
from matcher.store.schema import HEAD, current_revision, downgrade, ensure_schema, migration_config, upgrade
from matcher.store.tables import Base


def test_up_down_up(url: str | None, tmp_path: Path) -> None:
    engine = connect(tmp_path, url, create=True)
    upgrade(engine)
    first = sorted(inspect(engine).get_table_names())
    assert set(Base.metadata.tables) <= set(first)
    downgrade(engine)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    upgrade(engine)
    assert sorted(inspect(engine).get_table_names()) == first
    ensure_schema(engine, create=False)
    engine.dispose()


def test_code_and_migrations_do_not_drift(url: str | None, tmp_path: Path) -> None:
    with open_store(tmp_path, url) as store, reading(store.engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert current_revision(connection) == HEAD


def test_head_is_the_newest_script() -> None:
    assert ScriptDirectory.from_config(migration_config()).get_current_head() == HEAD
