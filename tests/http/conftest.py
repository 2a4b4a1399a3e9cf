"""The service on the demo engine, with three offices of three case workers each; everything synthetic."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI

from matcher.api import create_app
from matcher.http.service import Service
from matcher.pipeline import Engine
from matcher.store.engine import DATABASE_FILE
from matcher.store.service import ServiceStore
from matcher.store.store import open_store
from tests.store.conftest import quick_passwords  # noqa: F401 - a fixture
from tests.store.databases import migrated_file
from tests.store.offices import Offices, build

NOW = dt.datetime(2022, 5, 2, 8, 0, tzinfo=dt.UTC)
ALL_SCOPES = ("participants:read", "participants:write", "suggestions:read", "decisions:read", "catalogue:read")


@dataclass
class House:
    """The application, its store, and who works there."""

    app: OpenAPI
    store: ServiceStore
    offices: Offices

    def client(self, login: str | None = None) -> FlaskClient:
        """A browser signed in as `login`; its CSRF key goes with every request."""
        client = self.app.test_client()
        if login is not None:
            account = self.offices.accounts[login]
            secret, csrf = self.store.sessions.open(account.id, NOW)
            client.set_cookie("matcher_session", secret, domain="localhost")
            client.environ_base["HTTP_X_CSRF_TOKEN"] = csrf
        return client

    def machine(self, login: str, scopes: tuple[str, ...] = ALL_SCOPES) -> FlaskClient:
        """A machine with a token of `login`."""
        account = self.offices.accounts[login]
        _, secret = self.store.tokens.issue(account.id, scopes, dt.datetime.now(dt.UTC) + dt.timedelta(days=1), "t")
        client = self.app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        return client


@pytest.fixture(scope="module")
def house(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("service")
    (folder / DATABASE_FILE).write_bytes(migrated_file())
    with open_store(folder) as opened:
        store = ServiceStore(opened)
        offices = build(store)
        service = Service(store, lambda _: engine, clock=lambda: NOW, secure_cookies=False)
        app = create_app(service)
        app.testing = False
        yield House(app, store, offices)
