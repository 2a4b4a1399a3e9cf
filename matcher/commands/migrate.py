"""`matcher migrate`: bring the database to this program's schema, as the owner of its tables."""

from pathlib import Path

import click

from matcher.settings import data_path, setting


@click.command(name="migrate")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder (default: MATCHER_DATA or ./data).")
def command(data: Path | None) -> None:
    """Create the tables, or bring them up to date; the same again changes nothing.

    On PostgreSQL this works as database_owner_url (default: database_url).

    \b
    Example:  MATCHER_DATABASE_OWNER_URL=postgresql://owner@db/matcher matcher migrate --data office
    """
    from matcher.store.engine import connect
    from matcher.store.schema import HEAD, current_revision, ensure_schema

    folder = data_path(data)
    url = str(setting("database_owner_url", folder)) or str(setting("database_url", folder)) or None
    engine = connect(folder, url, create=True)
    try:
        with engine.connect() as connection:
            before = current_revision(connection)
        ensure_schema(engine, create=True)
    finally:
        engine.dispose()
    click.echo(f"schema {before or 'empty'} -> {HEAD}" if before != HEAD else f"schema {HEAD}, nothing to do")
