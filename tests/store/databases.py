"""The databases every store test runs on: an embedded file, and a PostgreSQL database made for the test.

The server is MATCHER_TEST_DATABASE_URL, else the one at 127.0.0.1:5432, else one started with initdb for this run.
"""

import atexit
import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import psycopg
import pytest

from matcher.store import open_store
from matcher.store.engine import DATABASE_FILE, connect
from matcher.store.schema import upgrade

DEFAULT = "postgresql+psycopg://postgres@127.0.0.1:5432/test"


def plain(url: str) -> str:
    """The address as psycopg takes it."""
    return url.replace("postgresql+psycopg://", "postgresql://")


def reachable(url: str) -> str | None:
    """None where the server answers, else why not."""
    try:
        psycopg.connect(plain(url), connect_timeout=5).close()
    except psycopg.OperationalError as error:
        return str(error).splitlines()[0]
    return None


@lru_cache(maxsize=1)
def server() -> str:
    """Address of a server for this run; skips where there is none, fails there when CI=true."""
    given = os.environ.get("MATCHER_TEST_DATABASE_URL")
    reason = reachable(given or DEFAULT)
    if reason is None:
        return given or DEFAULT
    if given is None and (started := _start()) is not None:
        return started
    if os.environ.get("CI") == "true":
        pytest.fail(f"PostgreSQL is not reachable ({reason})")
    pytest.skip(f"PostgreSQL is not reachable ({reason})")


def _start() -> str | None:
    """A cluster of its own in a temporary folder, stopped at the end; None where PostgreSQL is not installed."""
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *map(Path, os.environ.get("PATH", "").split(os.pathsep))]
    found = next((folder for folder in places if (folder / "initdb").exists()), None)
    if found is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="matcher-postgres-"))
    if os.getuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = str(folder / "data")
    _as_postgres([str(found / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"])
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    _as_postgres([str(found / "pg_ctl"), "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start"])
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(_as_postgres, [str(found / "pg_ctl"), "-D", data, "-m", "immediate", "stop"])
    return f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"


def _as_postgres(command: Sequence[str]) -> None:
    user = "postgres" if os.getuid() == 0 else None
    subprocess.run(command, check=True, capture_output=True, user=user, cwd="/", timeout=60)


@contextmanager
def postgres_url(template: str = "template1") -> Iterator[str]:
    """URL of a fresh database, dropped afterwards; empty unless there is a template."""
    base = server()
    name = f"matcher_test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(plain(base), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield f"{base.rsplit('/', 1)[0]}/{name}"
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@lru_cache(maxsize=1)
def migrated() -> str:
    """Name of a database with the schema, made once for this run; the others are copied from it."""
    held = contextlib.ExitStack()
    url = held.enter_context(postgres_url())
    atexit.register(held.close)
    engine = connect(Path(), url, create=False)
    upgrade(engine)
    engine.dispose()
    return url.rsplit("/", 1)[1]


@lru_cache(maxsize=1)
def migrated_file() -> bytes:
    """The same as an embedded database."""
    with tempfile.TemporaryDirectory() as folder:
        open_store(Path(folder)).close()
        return (Path(folder) / DATABASE_FILE).read_bytes()
