"""Two Jobcenters on one server, and the application has forgotten its own filter: the database keeps them apart.

Source: TRUST 3. Sessions and tokens of one are nothing to the other either.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from matcher.api import create_app
from matcher.http.service import Service
from matcher.pipeline import Engine
from matcher.store import days, people, records
from matcher.store.service import ServiceStore, open_service
from tests.http.conftest import ALL_SCOPES, NOW, record_day
from tests.store.databases import migrated, postgres_url
from tests.store.offices import Offices, build, record

DAY = NOW.date().isoformat()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[ServiceStore, ServiceStore]]:
    with (
        postgres_url(migrated()) as server,
        open_service(tmp_path, server, "freiberg") as one,
        open_service(tmp_path, server, "chemnitz") as other,
    ):
        yield one, other


@pytest.fixture
def filled(two: tuple[ServiceStore, ServiceStore]) -> tuple[Offices, list[str], list[str]]:
    """The first Jobcenter's offices, everybody there, and their records; the second one has a worker and nobody."""
    one, other = two
    offices = build(one)
    record_day(one, offices, [f"v{number}" for number in range(27)])
    written = [
        one.records.write(offices.scope(login), record(found[0])) for login, found in sorted(offices.people.items())
    ]
    other.accounts.create("nord-0", None, "case_worker", ["nord", "mitte", "sued"], "N")
    return offices, [person for found in offices.people.values() for person in found], written


QUERIES = {
    people: ("_LIST", "_ONE", "_ONE_TO_CHANGE", "_FOR_RANKING"),
    days: ("_RUNS", "_PROPOSALS", "_ABSTENTIONS"),
    records: ("_ONE",),
}


@pytest.fixture
def no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every query without its condition on who asks."""
    for module, names in QUERIES.items():
        for name in names:
            bare = getattr(module, name)._generate()
            bare._where_criteria = tuple(one for one in bare._where_criteria if "scope_" not in str(one))
            assert len(bare._where_criteria) < len(getattr(module, name)._where_criteria), name
            monkeypatch.setattr(module, name, bare)


def client(store: ServiceStore, engine: Engine, secret: str) -> FlaskClient:
    app = create_app(Service(store, lambda _: engine, clock=lambda: NOW, secure_cookies=False))
    made = app.test_client()
    made.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return made


def token(store: ServiceStore) -> str:
    end = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    return store.tokens.issue(store.accounts.by_login("nord-0").id, ALL_SCOPES, end, "t")[1]


def test_without_the_filter_the_own_jobcenter_leaks_and_the_other_shows_nothing(
    two: tuple[ServiceStore, ServiceStore],
    filled: tuple[Offices, list[str], list[str]],
    no_filter: None,
    engine: Engine,
) -> None:
    _, everybody, written = filled
    mine, theirs = client(two[0], engine, token(two[0])), client(two[1], engine, token(two[1]))
    assert len(mine.get("/v1/participants?limit=200").get_json()["items"]) == 27, "the filter was not switched off"
    assert theirs.get("/v1/participants?limit=200").get_json()["items"] == []
    assert theirs.get(f"/v1/daily/proposals?day={DAY}").get_json()["items"] == []
    assert theirs.get(f"/v1/daily/abstentions?day={DAY}").get_json()["items"] == []
    assert theirs.get("/v1/daily/runs").get_json()["items"] == []
    assert theirs.get("/v1/triggers").get_json()["items"] == []
    assert len(mine.get(f"/v1/daily/proposals?day={DAY}").get_json()["items"]) == 9
    for person in everybody[::4]:
        assert mine.get(f"/v1/participants/{person}").status_code == 200
        assert theirs.get(f"/v1/participants/{person}").status_code == 404
    assert {mine.get(f"/v1/records/{one}").status_code for one in written} == {200}
    assert {theirs.get(f"/v1/records/{one}").status_code for one in written} == {404}
    assert two[1].people.for_ranking(two[1].accounts.by_login("nord-0").scope()) == []


def test_a_session_or_token_of_another_jobcenter_is_none(
    two: tuple[ServiceStore, ServiceStore], filled: tuple[Offices, list[str], list[str]], engine: Engine
) -> None:
    secret = token(two[0])
    assert client(two[0], engine, secret).get("/v1/programmes").status_code == 200
    assert client(two[1], engine, secret).get("/v1/programmes").status_code == 401
    cookie, _ = two[0].sessions.open(filled[0].accounts["nord-0"].id, NOW)
    for store, status in ((two[0], 200), (two[1], 401)):
        browser = create_app(Service(store, lambda _: engine, clock=lambda: NOW, secure_cookies=False)).test_client()
        browser.set_cookie("matcher_session", cookie, domain="localhost")
        assert browser.get("/v1/session").status_code == status
