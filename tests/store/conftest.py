"""A store on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.store import Store, open_store
from matcher.store.engine import DATABASE_FILE
from matcher.store.service import ServiceStore
from tests.store.databases import migrated, migrated_file, postgres_url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """None for the embedded database, else the address of an empty PostgreSQL database."""
    if request.param == "sqlite":
        yield None
    else:
        with postgres_url() as address:
            yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """None for the embedded database, else the address of a PostgreSQL database that has the schema and no rows."""
    if request.param == "sqlite":
        yield None
    else:
        with postgres_url(migrated()) as address:
            yield address


@pytest.fixture
def store(url: str | None, tmp_path: Path) -> Iterator[Store]:
    """An empty store with its schema."""
    if url is None and not (tmp_path / DATABASE_FILE).exists():
        (tmp_path / DATABASE_FILE).touch(mode=0o600)
        (tmp_path / DATABASE_FILE).write_bytes(migrated_file())
    with open_store(tmp_path, url) as opened:
        yield opened


@pytest.fixture
def service(store: Store) -> ServiceStore:
    """The same, with the service's repositories."""
    return ServiceStore(store)


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """argon2id at its lowest cost."""
    from argon2 import PasswordHasher

    from matcher.store import secret

    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(secret, "hasher", lambda: cheap)
    secret._nobody.cache_clear()
