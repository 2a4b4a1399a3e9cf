"""What is foreign looks like what does not exist: 3 offices × 3 case workers × every route × every place. TRUST 2."""

import datetime as dt
import itertools
from typing import Any

import pytest

from matcher.daily.values import DayPlan
from tests.http.conftest import NOW, House
from tests.http.test_access import MATRIX

MISSING = "0" * 20
DAY = NOW.date().isoformat()
ANSWER = {"top": 1, "excluded": 0}


@pytest.fixture(scope="module")
def records(house: House) -> dict[str, str]:
    """One record in every caseload."""
    made = {}
    for login, people in house.offices.people.items():
        answer = house.client(login).post(f"/v1/participants/{people[0]}/suggestions", json=ANSWER)
        made[login] = answer.get_json()["record_id"]
    return made


@pytest.fixture(scope="module")
def proposals(house: House) -> dict[str, str]:
    """One proposal in every caseload."""
    return {
        login: house.client(login).get(f"/v1/daily/proposals?day={DAY}").get_json()["items"][0]["id"]
        for login in house.offices.people
    }


def calls(person: str, record: str, proposal: str) -> list[tuple[str, str, Any, dict[str, str]]]:
    """Every route that names a person's thing, in the path or in the body."""
    profile = {"profile": {"age": 3}}
    decision = {"record_id": record, "item_id": "i", "decision": "accepted", "reason": "passt"}
    at = f"/v1/participants/{person}"
    return [
        ("GET", at, None, {}),
        ("PUT", at, profile, {"If-Match": '"x"'}),
        ("PUT", at, profile, {}),
        ("POST", f"{at}/suggestions", {}, {}),
        ("POST", f"{at}/suggestions", {}, {"Idempotency-Key": "leak-attempt-1"}),
        ("POST", f"{at}/chains", {}, {}),
        ("GET", f"{at}/decisions", None, {}),
        ("POST", f"{at}/decisions", decision, {}),
        ("GET", f"/v1/records/{record}", None, {}),
        ("GET", f"/v1/daily/proposals/{proposal}", None, {}),
        ("PUT", f"/v1/daily/proposals/{proposal}/decision", {"decision": "issued"}, {}),
    ]


def test_every_route_that_names_a_persons_thing_is_tried() -> None:
    named = {path for path, _ in MATRIX if any(f"<{one}_id>" in path for one in ("participant", "record", "proposal"))}
    tried = {path for _, path, _, _ in calls("<participant_id>", "<record_id>", "<proposal_id>")}
    assert named == tried


def test_foreign_and_missing_are_the_same(house: House, records: dict[str, str], proposals: dict[str, str]) -> None:
    tried = 0
    for mine, theirs in itertools.permutations(house.offices.people, 2):
        client, foreign = house.client(mine), house.offices.people[theirs][0]
        pairs = zip(calls(foreign, records[theirs], proposals[theirs]), calls(*[MISSING] * 3), strict=True)
        for (method, path, body, headers), (_, absent, other, _) in pairs:
            one = client.open(path, method=method, json=body, headers=headers)
            two = client.open(absent, method=method, json=other, headers=headers)
            assert (one.status_code, said(one)) == (two.status_code, said(two)), (method, path)
            assert one.status_code == 404 or said(one) == {"items": []}
            assert foreign.encode() not in one.data
            tried += 1
    assert tried == 9 * 8 * 11


def test_a_foreign_record_cannot_be_decided_for_ones_own_person(house: House, records: dict[str, str]) -> None:
    for mine, theirs in itertools.permutations(house.offices.people, 2):
        own = house.offices.people[mine][0]
        body = {"record_id": records[theirs], "item_id": "i", "decision": "accepted", "reason": "passt"}
        assert house.client(mine).post(f"/v1/participants/{own}/decisions", json=body).status_code == 404


def test_lists_hold_the_own_caseload_alone_whatever_is_asked(house: House) -> None:
    every = {person: login for login, people in house.offices.people.items() for person in people}
    vacancy = house.client("nord-0").get("/v1/vacancies?limit=1").get_json()["items"][0]["id"]
    for mine, theirs in itertools.permutations(house.offices.people, 2):
        client, cursor, office = house.client(mine), house.offices.people[theirs][0], theirs.split("-")[0]
        for path in (
            "/v1/participants?limit=200",
            f"/v1/participants?limit=200&office={office}",
            f"/v1/participants?after={cursor}",
            f"/v1/participants?after={cursor}&office={office}&as_of_before=2030-01-01",
            f"/v1/daily/proposals?day={DAY}",
            f"/v1/daily/proposals?day={DAY}&after={cursor}",
            f"/v1/daily/abstentions?day={DAY}",
            "/v1/triggers",
            f"/v1/vacancies/{vacancy}/candidates?top=100",
        ):
            answer = client.get(path)
            assert answer.status_code == 200
            assert not [one for one, login in every.items() if login != mine and one.encode() in answer.data], path


def test_roles_without_a_caseload_get_no_person(house: House, records: dict[str, str]) -> None:
    everybody = [person for people in house.offices.people.values() for person in people]
    for role in ("planner", "administrator"):
        client = house.client(role)
        for path, method in sorted(MATRIX):
            for person in everybody[:3]:
                address = path.replace("<participant_id>", person).replace("<record_id>", next(iter(records.values())))
                answer = client.open(address, method=method, json=None if method == "GET" else {})
                assert not [one for one in everybody if one.encode() in answer.data], (role, path)


def said(response: Any) -> Any:
    """The body without the id of the request."""
    body = dict(response.get_json() or {})
    body.pop("request_id", None)
    return body


@pytest.mark.parametrize("login", ["planner", "administrator", "nord-0"])
def test_a_recorded_day_names_nobody_and_no_few(house: House, login: str) -> None:
    day = NOW.date() + dt.timedelta(days=5)
    report = {
        "persons": 40,
        "proposals": 20,
        "coverage": 0.5,
        "abstentions": {"no_fit": 2, "no_vacancy": 1, "unclear": 17},
        "distance_minutes": {"n": 19, "unknown": 1, "mean": 21.5, "median": 20.0, "highest": 71.0},
        "loss_against_first_choice": {"first_choice": 18, "share_first_choice": 0.9, "n": 2, "mean": 1.0},
        "near_misses": [{"vacancy": "V1", "near": 1}],
        "sampled_exclusions": [{"participant": "A007", "vacancy": "V1", "reason": "Weg"}],
        "groups": [{"by": "age", "group": "unter 25", "n": 1}],
    }
    if house.store.daily.recorded("", day) is None:
        with house.store.daily.run("") as fence:
            mark = house.store.daily.history(day).mark
            assert house.store.daily.record(DayPlan(day, "", (), (), report), fence, mark, NOW)
    client = house.client(login)
    runs = client.get("/v1/daily/runs?limit=200").get_json()["items"]
    one = next(run for run in runs if run["day"] == day.isoformat())
    assert one["report"] == {
        "persons": 40,
        "proposals": 20,
        "coverage": 0.5,
        "abstentions": {"unclear": 17, "other": 3},
        "distance_minutes": {"mean": 21.5, "median": 20.0},
        "loss_against_first_choice": {},
    }
    assert client.get(f"/v1/daily/runs/{one['id']}").get_json() == one
