"""The databases every store test runs on: an embedded file, and a PostgreSQL database made for the test."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

DEFAULT = "postgresql+psycopg://postgres@127.0.0.1:5432/test"


@contextmanager
def postgres_url() -> Iterator[str]:
    """URL of a fresh database, dropped afterwards; skips where none is reachable, fails there when CI=true."""
    base = os.environ.get("MATCHER_TEST_DATABASE_URL", DEFAULT)
    address = base.replace("postgresql+psycopg://", "postgresql://")
    name = f"matcher_test_{uuid.uuid4().hex[:12]}"
    try:
        connection = psycopg.connect(address, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        reason = f"PostgreSQL is not reachable ({str(error).splitlines()[0]})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{base.rsplit('/', 1)[0]}/{name}"
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
