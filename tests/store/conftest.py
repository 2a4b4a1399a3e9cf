"""A store on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.store import Store, open_store
from tests.store.databases import postgres_url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """None for the embedded database, else the address of an empty PostgreSQL database."""
    if request.param == "sqlite":
        yield None
    else:
        with postgres_url() as address:
            yield address


@pytest.fixture
def store(url: str | None, tmp_path: Path) -> Iterator[Store]:
    """An empty store with its schema."""
    with open_store(tmp_path, url) as opened:
        yield opened
