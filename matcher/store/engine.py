"""Connections: the embedded SQLite file by default, PostgreSQL by URL.

SQLite runs with WAL, synchronous FULL, foreign keys and secure_delete on; writers begin with a write lock, so
that two of them wait for each other instead of failing halfway. It serves one Jobcenter. On PostgreSQL every
transaction of an engine for a Jobcenter begins by becoming the application's role and naming its Jobcenter; both
end with the transaction, so that no pool on the way can carry them over.
"""

import os
import weakref
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from matcher.errors import MatcherError
from matcher.store.transaction import fault_of, lock, reading, together, writing

__all__ = ["connect", "connect_alone", "lock", "of_jobcenter", "reading", "serve", "together", "writing"]

APP_ROLE = "matcher_app"
"""PostgreSQL role of the application: owns nothing, is no superuser, sees one Jobcenter."""
DEFAULT_JOBCENTER = "default"
DATABASE_FILE = "matcher.db"
BUSY_MILLISECONDS = 30_000
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    f"busy_timeout={BUSY_MILLISECONDS}",
)
_TENANT = "jobcenter"
_POOL = {"pool_size": 24, "pool_use_lifo": True}
"""As many connections stay open as a worker of the service has requests under way; the warmest is taken first."""
_engines: "weakref.WeakSet[Engine]" = weakref.WeakSet()


def connect(data_dir: Path, url: str | None, create: bool) -> Engine:
    """An engine for `url`, else for `data_dir/matcher.db`; raises MatcherError when it cannot be reached.

    On PostgreSQL it belongs to no Jobcenter yet: as the owner for migrations, else see `serve`.
    """
    address = _address(data_dir, url, create)
    try:
        engine = create_engine(address, hide_parameters=True, **_arguments(address))
    except ModuleNotFoundError as error:
        raise MatcherError(
            f"The driver for {address.drivername} is missing.", "Install it, or use postgresql+psycopg://…"
        ) from error
    if address.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    _engines.add(engine)
    try:
        engine.connect().close()
    except DBAPIError as error:
        raise MatcherError(
            f"The database {address.render_as_string(hide_password=True)} cannot be reached: {fault_of(error)}.",
            "Check database_url (MATCHER_DATABASE_URL) and that the server runs.",
        ) from error
    return engine


def serve(engine: Engine, jobcenter: str) -> Engine:
    """The same connections for one Jobcenter; raises MatcherError where the embedded database is asked for another."""
    if engine.dialect.name != "postgresql":
        if jobcenter != DEFAULT_JOBCENTER:
            raise MatcherError(
                f"The embedded database serves one Jobcenter, not {jobcenter!r}.",
                "Leave the setting jobcenter alone, or use PostgreSQL (database_url).",
            )
        return engine
    served = engine.execution_options(**{_TENANT: jobcenter})
    event.listen(served, "begin", _become)
    return served


def connect_alone(engine: Engine) -> Engine:
    """A second engine for the same embedded file whose foreign keys rest: for making tables anew, nothing else."""
    alone = create_engine(engine.url, hide_parameters=True, **_arguments(engine.url))
    event.listen(alone, "connect", _set_pragmas)
    event.listen(alone, "connect", _rest_keys)
    event.listen(alone, "begin", _begin)
    return alone


def _rest_keys(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys=OFF").close()


def of_jobcenter(engine: Engine) -> str:
    """The Jobcenter an engine serves."""
    return str(engine.get_execution_options().get(_TENANT, DEFAULT_JOBCENTER))


def _become(connection: Connection) -> None:
    connection.exec_driver_sql(
        "SELECT set_config('role', %s, true), set_config('matcher.jobcenter', %s, true)",
        (APP_ROLE, of_jobcenter(connection.engine)),
    )


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
    if address.get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": BUSY_MILLISECONDS / 1000}, **_POOL}
    return {"pool_pre_ping": True, **_POOL}


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _forget_connections() -> None:
    for engine in list(_engines):
        engine.dispose(close=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_connections)
