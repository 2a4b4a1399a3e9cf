"""Connections: the embedded SQLite file by default, PostgreSQL by URL.

SQLite runs with WAL, synchronous FULL, foreign keys and secure_delete on; writers begin with a write lock, so
that two of them wait for each other instead of failing halfway.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from matcher.errors import MatcherError

DATABASE_FILE = "matcher.db"
BUSY_MILLISECONDS = 30_000
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    f"busy_timeout={BUSY_MILLISECONDS}",
)


def connect(data_dir: Path, url: str | None, create: bool) -> Engine:
    """An engine for `url`, else for `data_dir/matcher.db`; raises MatcherError when it cannot be reached."""
    address = _address(data_dir, url, create)
    try:
        engine = create_engine(address, connect_args=_arguments(address))
    except ModuleNotFoundError as error:
        raise MatcherError(
            f"The driver for {address.drivername} is missing.", "Install it, or use postgresql+psycopg://…"
        ) from error
    if address.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    try:
        engine.connect().close()
    except DBAPIError as error:
        raise MatcherError(
            f"The database {address.render_as_string(hide_password=True)} cannot be reached: {_reason(error)}.",
            "Check database_url (MATCHER_DATABASE_URL) and that the server runs.",
        ) from error
    return engine


def _address(data_dir: Path, url: str | None, create: bool) -> URL:
    if url:
        try:
            address = make_url(url)
        except ArgumentError as error:
            raise MatcherError(
                "database_url is not a database address.",
                "Write for example postgresql+psycopg://user@host:5432/name",
            ) from error
        return address.set(drivername="postgresql+psycopg") if address.drivername == "postgresql" else address
    file = data_dir / DATABASE_FILE
    if not file.exists():
        if not create:
            raise MatcherError(
                f"There is no database in {data_dir}.",
                "Import data first (`matcher import …`), try `matcher demo`, or name the right folder with --data.",
            )
        try:
            data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.touch(mode=0o600)
        except OSError as error:
            raise MatcherError(
                f"The data folder {data_dir} cannot be written ({error.strerror}).",
                "Name another folder with --data.",
            ) from error
    return URL.create("sqlite", database=str(file))


def _arguments(address: URL) -> dict[str, Any]:
    return {"timeout": BUSY_MILLISECONDS / 1000} if address.get_backend_name() == "sqlite" else {}


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes; everything or nothing of it lasts."""
    with _explained(), engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin():
            yield connection


def lock(connection: Connection, name: str) -> None:
    """Let only one writer of `name` work at a time, until the transaction ends; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"matcher.{name}"})


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads."""
    with _explained(), engine.connect() as connection:
        yield connection


@contextmanager
def _explained() -> Iterator[None]:
    """Faults of the database itself (locked, full, gone, read-only) as MatcherError; statements are never shown."""
    try:
        yield
    except OperationalError as error:
        raise MatcherError(
            f"The database refused: {_reason(error)}.",
            "Nothing was saved. Check that it is reachable, writable, not full and not locked by another program.",
        ) from error


def _reason(error: DBAPIError) -> str:
    lines = str(error.orig).strip().splitlines() if error.orig else []
    return lines[0] if lines else "no reason given"
