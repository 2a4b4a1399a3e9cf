"""One run at a time: a lock that the operating system or the server gives back when its holder dies.

Embedded database: an exclusive transaction on a small file beside it. PostgreSQL: a session's advisory lock on a
connection of its own, past every pool. Source: TRUST 23.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from matcher.errors import MatcherError
from matcher.store.engine import of_jobcenter

LOCK_SPACE = 7_302_114
"""First key of the advisory locks of daily runs on PostgreSQL."""


@contextmanager
def one_at_a_time(engine: Engine, name: str) -> Iterator[None]:
    """Hold the lock `name` while the block runs; MatcherError at once where somebody else holds it."""
    if engine.dialect.name == "postgresql":
        with _on_server(engine, f"{of_jobcenter(engine)}|{name}"):
            yield
    else:
        with _on_file(Path(str(engine.url.database)).parent / f"daily-{_digest(name)}.lock"):
            yield


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def _busy() -> MatcherError:
    return MatcherError("Another daily run of this office is under way.", "Wait until it is done; nothing was changed.")


@contextmanager
def _on_file(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise _busy() from error
        yield


@contextmanager
def _on_server(engine: Engine, name: str) -> Iterator[None]:
    key = int(_digest(name)[:7], 16)
    alone = create_engine(engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        with alone.connect() as connection:
            taken = connection.execute(
                text("SELECT pg_try_advisory_lock(:space, :key)"), {"space": LOCK_SPACE, "key": key}
            ).scalar_one()
            if not taken:
                raise _busy()
            yield
    finally:
        alone.dispose()
