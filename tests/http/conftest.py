"""The service on the demo engine, with three offices of three case workers each; everything synthetic."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from flask.testing import FlaskClient
from flask_openapi3 import OpenAPI
from psycopg import sql

from matcher.api import create_app
from matcher.daily.values import Abstention, DayPlan, Proposal
from matcher.http.service import Service
from matcher.paths import catalog_path
from matcher.pipeline import Engine
from matcher.read.offers import read_offers
from matcher.read.vacancies import read_vacancies
from matcher.store.engine import DATABASE_FILE
from matcher.store.service import ServiceStore
from matcher.store.store import open_store
from tests.store.conftest import quick_passwords  # noqa: F401 - a fixture
from tests.store.databases import migrated, migrated_file, plain, postgres_url
from tests.store.offices import Offices, build

NOW = dt.datetime(2022, 5, 2, 8, 0, tzinfo=dt.UTC)
DEMO = catalog_path() / "demo"
ALL_SCOPES = ("participants:read", "participants:write", "suggestions:read", "decisions:read", "catalogue:read",
              "metrics:read", "vacancies:read", "candidates:read", "daily:read")  # fmt: skip


@dataclass
class House:
    """The application, its service and store, and who works there."""

    app: OpenAPI
    service: Service
    store: ServiceStore
    offices: Offices
    folder: Path
    url: str | None

    def at_rest(self) -> bytes:
        """Everything the database and the data folder hold."""
        files = b"".join(file.read_bytes() for file in self.folder.rglob("*") if file.is_file())
        if self.url is None:
            return files
        with psycopg.connect(plain(self.url)) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            rows = [
                connection.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name))).fetchall()
                for (name,) in tables
            ]
        return files + str(rows).encode()

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


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.deep)])
def database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    if request.param == "sqlite":
        yield None
    else:
        with postgres_url(migrated()) as address:
            yield address


@pytest.fixture(scope="session")
def house(database: str | None, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("service")
    if database is None:
        (folder / DATABASE_FILE).write_bytes(migrated_file())
    with open_store(folder, database) as opened:
        store = ServiceStore(opened)
        vacancies = read_vacancies(DEMO / "vacancies.csv")
        opened.save_vacancies(vacancies)
        opened.save_offers(read_offers(DEMO / "offers.csv"))
        offices = build(store)
        record_day(store, offices, [one.id for one in vacancies])
        service = Service(store, lambda _: engine, clock=lambda: NOW, secure_cookies=False)
        app = create_app(service)
        app.testing = False
        yield House(app, service, store, offices, folder, database)


def record_day(store: ServiceStore, offices: Offices, vacancies: list[str]) -> None:
    """A recorded day: the first person of every caseload gets a proposal, the others nothing."""
    people = sorted(person for caseload in offices.people.values() for person in caseload)
    first = {caseload[0] for caseload in offices.people.values()}
    proposals = [proposal(one, vacancies[i]) for i, one in enumerate(people) if one in first]
    nothing = [
        Abstention(participant=one, reason="no_fit", text="nichts passt", action="Beratung", open_questions=("age",))
        for one in people
        if one not in first
    ]
    report = {"persons": len(people), "proposals": len(proposals), "groups": {"Frauen": 1}}
    with store.daily.run("") as fence:
        plan = DayPlan(NOW.date(), "", proposals, nothing, report)
        assert store.daily.record(plan, fence, store.daily.history(NOW.date()).mark, NOW)


def proposal(participant: str, vacancy: str) -> Proposal:
    """A proposal as the batch records it."""
    parts = [{"feature": "target", "points": 5, "text": "Wunschberuf", "known": True},
             {"feature": "childcare", "points": 2, "text": "Kinderbetreuung reicht", "known": True}]  # fmt: skip
    body = {"id": vacancy, "title": "Helfer/in", "score": 7, "base": 0, "contributions": parts, "eligibility": "met",
            "open_questions": [], "reasons": ["Wunschberuf"], "travel_minutes": 12}  # fmt: skip
    return Proposal(participant=participant, vacancy=vacancy, employer="Betrieb", occupation="51312", points=7, loss=0,
                    first_choice=vacancy, runners_up=(), body=body)  # fmt: skip
