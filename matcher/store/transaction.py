"""Transactions: one per method, or one around several (`together`). Faults of the database become MatcherErrors."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DataError, DBAPIError, InternalError, OperationalError

from matcher.errors import MatcherError

_open: ContextVar[tuple[Engine, Connection, bool] | None] = ContextVar("open_transaction", default=None)


class DatabaseUnavailable(MatcherError):
    """The database is locked, full, gone or read-only; nothing was saved, and a later try may succeed."""


class Unstorable(MatcherError):
    """A text holds something no database text can hold (NUL, half a character)."""


@contextmanager
def together(engine: Engine, *, write: bool = True) -> Iterator[Connection]:
    """One transaction around several methods: all of them last or none; `write=False` promises only to read."""
    begin = writing if write else reading
    with begin(engine) as connection:
        before = _open.set((engine, connection, write))
        try:
            yield connection
        finally:
            _open.reset(before)


def in_transaction(engine: Engine) -> bool:
    """Whether a `together` that writes is open on this engine."""
    found = _open.get()
    return found is not None and found[0] is engine and found[2]


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes; everything or nothing of it lasts. Part of an open `together`."""
    found = _open.get()
    if found is not None and found[0] is engine:
        if not found[2]:
            raise RuntimeError("a transaction that only reads cannot write")
        yield found[1]
        return
    with beside(engine) as connection:
        yield connection


@contextmanager
def beside(engine: Engine) -> Iterator[Connection]:
    """A writing transaction of its own, even where an open `together` only reads."""
    with _explained(), engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads. Part of an open `together`."""
    found = _open.get()
    if found is not None and found[0] is engine:
        yield found[1]
        return
    with _explained(), engine.connect() as connection:
        yield connection


def lock(connection: Connection, name: str, *, shared: bool = False) -> None:
    """Let one writer of `name` work at a time, until the transaction ends; SQLite has one writer anyway.

    Shared holders work side by side and keep the others out. Every Jobcenter has its own locks.
    """
    if connection.dialect.name == "postgresql":
        take = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        jobcenter = connection.get_execution_options().get("jobcenter", "")
        key = f"matcher.{jobcenter}.{name}"
        connection.execute(text(f"SELECT {take}(hashtextextended(:key, 0))"), {"key": key})


@contextmanager
def _explained() -> Iterator[None]:
    """Faults of the database itself as MatcherError; statements and values are never shown."""
    try:
        yield
    except (OperationalError, InternalError) as error:
        raise DatabaseUnavailable(
            f"The database refused: {fault_of(error)}.",
            "Nothing was saved. Check that it is reachable, writable, not full and not locked by another program.",
        ) from error
    except (DataError, UnicodeEncodeError) as error:
        raise Unstorable(
            "A text holds characters that cannot be stored.", "Remove NUL and broken characters."
        ) from error


def fault_of(error: DBAPIError) -> str:
    """The first line of what the database said."""
    lines = str(error.orig).strip().splitlines() if error.orig else []
    return lines[0] if lines else "no reason given"
