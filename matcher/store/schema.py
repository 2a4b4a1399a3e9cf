"""Bringing a database to the schema of this program; Alembic is loaded only when there is something to do."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from matcher.errors import MatcherError
from matcher.store.engine import lock, reading, writing

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0002"
"""The newest migration; a test compares it with the migration scripts."""


def current_revision(connection: Connection) -> str | None:
    """The revision a database is at, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if revision is None else str(revision)


def ensure_schema(engine: Engine, create: bool) -> None:
    """Bring the database to HEAD; with `create=False` only a schema that exists is accepted and brought up."""
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
    upgrade(engine)


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the migrations up to `revision` in one transaction."""
    from alembic import command

    with writing(engine) as connection:
        lock(connection, "schema")
        command.upgrade(migration_config(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take migrations back down to `revision` in one transaction."""
    from alembic import command

    with writing(engine) as connection:
        lock(connection, "schema")
        command.downgrade(migration_config(connection), revision)


def migration_config(connection: Connection | None = None) -> "Config":
    """Alembic's settings without a file; scripts lie in the package."""
    from alembic.config import Config

    config = Config()
    folder = str(Path(__file__).resolve().parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
