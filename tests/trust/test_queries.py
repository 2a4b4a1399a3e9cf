"""A request costs as many statements for a caseload of sixty as for one of two. TRUST 42."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine as Database
from sqlalchemy import event

from matcher.api import create_app
from matcher.daily.values import Abstention, DayPlan
from matcher.http.service import Service
from matcher.paths import catalog_path
from matcher.pipeline import Engine
from matcher.read.vacancies import read_vacancies
from matcher.store.service import ServiceStore
from tests.http.conftest import NOW, proposal
from tests.http.test_access import MATRIX
from tests.store.offices import person

FEW, MANY = 2, 60
DAY = NOW.date().isoformat()


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(Database, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Database, "before_cursor_execute", note)


@pytest.fixture
def workers(service: ServiceStore, engine: Engine) -> dict[int, tuple[FlaskClient, list[str]]]:
    """Two case workers, one with few persons and one with many, each with a recorded day."""
    vacancies = read_vacancies(catalog_path() / "demo" / "vacancies.csv")[: FEW + MANY]
    service.store.save_vacancies(vacancies)
    app = create_app(Service(service, lambda _: engine, clock=lambda: NOW, secure_cookies=False))
    made: dict[int, tuple[FlaskClient, list[str]]] = {}
    for size in (FEW, MANY):
        account = service.accounts.create(f"w{size}", None, "case_worker", ["nord"], f"W{size}")
        scope = account.scope("beratung", human=True)
        people = sorted(service.people.create(scope, person(20 + i % 40), None, "nord").id for i in range(size))
        secret, csrf = service.sessions.open(account.id, NOW)
        client = app.test_client()
        client.set_cookie("matcher_session", secret, domain="localhost")
        client.environ_base["HTTP_X_CSRF_TOKEN"] = csrf
        made[size] = client, people
    everybody = [one for _, people in made.values() for one in people]
    proposals = [proposal(one, vacancies[i].id) for i, one in enumerate(everybody) if i % 2]
    nothing = [Abstention(participant=one, reason="x", text="x", action="x") for one in everybody[::2]]
    with service.daily.run("") as fence:
        assert service.daily.record(DayPlan(NOW.date(), "", proposals, nothing, {}), fence, 0, NOW)
    return made


def calls(client: FlaskClient, people: list[str]) -> dict[tuple[str, str], tuple[str, object]]:
    """Every route of a case worker's day: route and method, address, body."""
    at = f"/v1/participants/{people[0]}"
    record = client.post(f"{at}/suggestions", json={"top": 1}).get_json()["record_id"]
    item = client.get(f"/v1/records/{record}").get_json()["answer"]["measures"]["suggestions"][0]["id"]
    vacancy = client.get("/v1/vacancies?limit=1").get_json()["items"][0]["id"]
    run = client.get("/v1/daily/runs").get_json()["items"][0]["id"]
    offered = client.get(f"/v1/daily/proposals?day={DAY}").get_json()["items"][0]["id"]
    decided = {"record_id": record, "item_id": item, "decision": "refused", "reason": "passt nicht"}
    new = {"office": "nord", "profile": {"age": 33}}
    return {
        ("/v1/participants", "GET"): ("/v1/participants?limit=200", None),
        ("/v1/participants", "POST"): ("/v1/participants", new),
        ("/v1/participants/<participant_id>", "GET"): (at, None),
        ("/v1/participants/<participant_id>/suggestions", "POST"): (f"{at}/suggestions", {"top": 1}),
        ("/v1/participants/<participant_id>/chains", "POST"): (f"{at}/chains", {}),
        ("/v1/participants/<participant_id>/decisions", "GET"): (f"{at}/decisions", None),
        ("/v1/participants/<participant_id>/decisions", "POST"): (f"{at}/decisions", decided),
        ("/v1/records/<record_id>", "GET"): (f"/v1/records/{record}", None),
        ("/v1/suggestions", "POST"): ("/v1/suggestions", {"profile": {"age": 30}}),
        ("/v1/triggers", "GET"): ("/v1/triggers", None),
        ("/v1/vacancies/<vacancy_id>/candidates", "GET"): (f"/v1/vacancies/{vacancy}/candidates?top=100", None),
        ("/v1/daily/runs", "GET"): ("/v1/daily/runs?limit=200", None),
        ("/v1/daily/runs/<run_id>", "GET"): (f"/v1/daily/runs/{run}", None),
        ("/v1/daily/proposals", "GET"): (f"/v1/daily/proposals?day={DAY}&limit=200", None),
        ("/v1/daily/proposals/<proposal_id>", "GET"): (f"/v1/daily/proposals/{offered}", None),
        ("/v1/daily/proposals/<proposal_id>/decision", "PUT"): (
            f"/v1/daily/proposals/{offered}/decision",
            {"decision": "issued"},
        ),
        ("/v1/daily/abstentions", "GET"): (f"/v1/daily/abstentions?day={DAY}", None),
    }


def test_every_route_about_persons_is_counted() -> None:
    about = {key for key, row in MATRIX.items() if row["case_worker"] in {"yes", "person"} and row["nobody"] == "no"}
    lists = ("/v1/programmes", "/v1/offers", "/v1/vacancies", "/v1/vacancies/<vacancy_id>", "/v1/session",
             "/v1/occupations")  # fmt: skip
    about = {key for key in about if not key[0].startswith(lists) or "candidates" in key[0]}
    assert about - {("/v1/participants/<participant_id>", "PUT")} == set(_names())


def _names() -> list[tuple[str, str]]:
    class Anything:
        def __getattr__(self, _name: str) -> "Anything":
            return self

        def __call__(self, *_given: object, **_named: object) -> "Anything":
            return self

        def __getitem__(self, _key: object) -> "Anything":
            return self

    return list(calls(Anything(), ["x"]))  # type: ignore[arg-type]


def test_as_many_statements_for_many_persons_as_for_few(
    workers: dict[int, tuple[FlaskClient, list[str]]],
) -> None:
    found: dict[tuple[str, str], list[int]] = {}
    for client, people in workers.values():
        for (route, method), (place, body) in calls(client, people).items():
            client.get("/v1/session")  # whatever is read once is read
            with counted() as seen:
                assert client.open(place, method=method, json=body).status_code < 300, (route, method)
            found.setdefault((route, method), []).append(len(seen))
    assert {key: counts for key, counts in found.items() if counts[0] != counts[1]} == {}
    assert max(counts[0] for counts in found.values()) <= 20, found


def test_the_count_would_see_a_statement_per_person(workers: dict[int, tuple[FlaskClient, list[str]]]) -> None:
    spent = []
    for client, people in workers.values():
        with counted() as seen:
            for one in people:
                client.get(f"/v1/participants/{one}")
        spent.append(len(seen))
    assert spent[1] > spent[0] * 10
