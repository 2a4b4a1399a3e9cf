"""Bringing a database to the schema of this program; Alembic is loaded only when there is something to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from matcher.errors import MatcherError
from matcher.store.engine import connect, connect_alone, lock, reading, writing
from matcher.store.transaction import fault_of

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0004"
"""The newest migration; a test compares it with the migration scripts."""


_THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE name = 'alembic_version'",
    "postgresql": "SELECT to_regclass('alembic_version')",
}


def current_revision(connection: Connection) -> str | None:
    """The revision a database is at, None for an empty one."""
    if connection.exec_driver_sql(_THERE[connection.dialect.name]).scalar() is None:
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if revision is None else str(revision)


def ensure_schema(engine: Engine, create: bool, owner_url: str | None = None) -> None:
    """Bring the database to HEAD; with `create=False` only a schema that exists is accepted and brought up.

    `owner_url` names the owner of the tables, who alone may change them; without one the engine's own user does it.
    """
    with reading(engine) as connection:
        revision = current_revision(connection)
    if revision == HEAD:
        return
    if revision is None and not create:
        raise MatcherError("The database is empty.", "Import data first (`matcher import …`) or try `matcher demo`.")
    if revision is not None and revision > HEAD:
        raise MatcherError(
            f"The database was written by a newer version of the program (schema {revision}).",
            "Update the program, or restore a backup that fits.",
        )
    if not owner_url:
        upgrade(engine)
        return
    owner = connect(Path(), owner_url, create=False)
    try:
        upgrade(owner)
    finally:
        owner.dispose()


def check_schema(engine: Engine) -> None:
    """Raises MatcherError where the database is not at HEAD."""
    with reading(engine) as connection:
        revision = current_revision(connection)
    if revision != HEAD:
        raise MatcherError(
            f"The database's schema is {revision or 'missing'}, this program needs {HEAD}.", "Run `matcher migrate`."
        )


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the migrations up to `revision` in one transaction."""
    from alembic import command

    with _migrating(engine) as connection:
        command.upgrade(migration_config(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take migrations back down to `revision` in one transaction."""
    from alembic import command

    with _migrating(engine) as connection:
        command.downgrade(migration_config(connection), revision)


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """One writer, one transaction. SQLite makes tables anew: foreign keys rest meanwhile and are checked at the end."""
    if engine.dialect.name == "postgresql":
        with _explained_refusal(), writing(engine) as connection:
            lock(connection, "schema")
            yield connection
        return
    alone = connect_alone(engine)
    try:
        with writing(alone) as connection:
            yield connection
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise MatcherError("The database's rows do not fit together.", "Restore a backup; nothing was changed.")
    finally:
        alone.dispose()


@contextmanager
def _explained_refusal() -> Iterator[None]:
    try:
        yield
    except ProgrammingError as error:
        raise MatcherError(
            f"The database's schema could not be changed: {fault_of(error)}.",
            "Run `matcher migrate` with database_owner_url (MATCHER_DATABASE_OWNER_URL) set to the owner of the tables.",
        ) from error


def migration_config(connection: Connection | None = None) -> "Config":
    """Alembic's settings without a file; scripts lie in the package."""
    from alembic.config import Config

    config = Config()
    folder = str(Path(__file__).resolve().parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
