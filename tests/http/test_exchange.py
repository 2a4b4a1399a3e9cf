"""What is read of a person can be sent back and changes nothing; what is hidden or contradicts is never lost."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.errors import InputProblems
from matcher.http.exchange import read_change, shown
from matcher.http.masking import HIDDEN, Mask
from matcher.participant import Profile
from matcher.paths import catalog_path
from matcher.read.profile import profile_to_dict, read_profile
from tests.http.conftest import House
from tests.random_people import random_people

WORKER = "mitte-1"
TODAY = dt.date(2022, 5, 2)
CASES = tomllib.loads(Path(__file__).with_name("changes.toml").read_text("utf-8"))
LABELS = tomllib.loads((catalog_path() / "fields.toml").read_text("utf-8"))
GROUPS = sorted({row["group"] for row in LABELS.values()})
OLD = "2018-03-01"


def mask(without: str | None = None) -> Mask:
    """A role that sees everything, or everything but one group."""
    return Mask({name for name, row in LABELS.items() if row["group"] != without}, LABELS)


@pytest.fixture(scope="module")
def everybody(demo_people: list[Profile]) -> list[Profile]:
    """The demo office, and generated people with every field and some contradictions."""
    return [*demo_people, *(read_profile(one, today=TODAY) for one in random_people(300, 7, TODAY))]


@pytest.fixture
def no_language(house: House) -> Iterator[None]:
    """Case workers do not see the group `language`, as an office may decide."""
    house.service.masks["case_worker"] = mask("language")
    yield
    del house.service.masks["case_worker"]


def made(client: FlaskClient, profile: dict[str, Any]) -> str:
    """Where a new person stands."""
    answer = client.post("/v1/participants", json={"office": "mitte", "profile": profile})
    assert answer.status_code == 201, answer.data
    return str(answer.headers["Location"])


def put(client: FlaskClient, place: str, profile: dict[str, Any]) -> TestResponse:
    """Send facts over the state that is there."""
    etag = client.get(place).headers["ETag"]
    return client.put(place, json={"profile": profile}, headers={"If-Match": etag})


def faults(answer: TestResponse) -> dict[str, str]:
    """What is wrong by pointer."""
    assert answer.status_code == 422, answer.data
    return {one["pointer"]: one["detail"] for one in answer.get_json()["errors"]}


def test_everybody_is_written_and_read_back_equal(everybody: list[Profile]) -> None:
    assert sum(bool(one.conflicts) for one in everybody) > 3
    for one in everybody:
        assert read_profile(profile_to_dict(one), today=TODAY).protected == one.protected
        if not one.conflicts:
            assert read_profile(profile_to_dict(one), today=TODAY) == one


@pytest.mark.parametrize("without", [None, *GROUPS])
def test_sending_back_what_was_shown_changes_nothing(everybody: list[Profile], without: str | None) -> None:
    for one in everybody:
        facts, hidden = shown(one, mask(without))
        assert facts["as_of"] == one.participant.as_of.isoformat()
        assert len(facts) + hidden == len(profile_to_dict(one)) - 1
        assert read_change(one, facts, mask(without), TODAY) == one


@pytest.mark.parametrize("without", GROUPS)
def test_nothing_visible_removes_what_is_hidden(everybody: list[Profile], without: str) -> None:
    for one in everybody[::4]:
        kept = {name for name in profile_to_dict(one) if not mask(without).sees(name)} - {"id", "as_of"}
        after = read_change(one, {"as_of": one.participant.as_of.isoformat()}, mask(without), TODAY)
        assert kept <= set(profile_to_dict(after))


def test_over_http_too_with_children_windows_and_contradictions(house: House, everybody: list[Profile]) -> None:
    client = house.client(WORKER)
    told = [one for one in everybody if one.conflicts][:3]
    people = [*told, *[one for one in everybody if one.household.children and one.participant.available_windows][:5]]
    assert len(people) == 8
    for one in people:
        place = made(client, profile_to_dict(replace(one, conflicts=())))
        first = client.get(place)
        again = put(client, place, first.get_json()["facts"])
        assert again.status_code == 200, again.data
        assert again.headers["ETag"] == first.headers["ETag"] and again.get_json() == first.get_json()


@pytest.mark.parametrize("case", CASES["conflict"], ids=lambda case: case["what"])
def test_a_contradiction_stays_until_one_of_its_facts_is_given(house: House, case: dict[str, Any]) -> None:
    client = house.client(WORKER)
    place = made(client, {"as_of": "2022-05-02", **case["stored"]})
    before = client.get(place).get_json()
    assert before["notes"] == [case["note"]]
    answer = put(client, place, {**before["facts"], **case["sent"]})
    assert answer.status_code == 200, answer.data
    assert answer.get_json()["notes"] == ([case["note"]] if case["stays"] else [])
    for name in case.get("known", ()):
        assert name in answer.get_json()["facts"]
    for name in case.get("unknown", ()):
        assert name not in answer.get_json()["facts"]


def test_a_change_never_makes_old_facts_look_fresh(house: House) -> None:
    client = house.client(WORKER)
    known = {"age": 40, "employment_status": "unemployed", "unemployment_months": 20, "target_occupations": ["Koch"],
             "legal_circle": ["SGB II"], "postal_code": "09648", "vocational_qualification": "none"}  # fmt: skip
    place = made(client, {"as_of": OLD, **known})
    facts = client.get(place).get_json()["facts"]
    assert facts == {"as_of": OLD, **known}
    for day, words in ((None, "fehlt"), ("2022-05-03", "Zukunft"), ("gestern", "Datum")):
        answer = put(client, place, {"age": 40} if day is None else {"age": 40, "as_of": day})
        assert words in faults(answer)["/profile/as_of"]
    assert put(client, place, {**facts, "german_level": "B1"}).get_json()["facts"]["as_of"] == OLD
    asked = client.post(f"{place}/suggestions", json={"top": 3}).get_json()["answer"]
    assert "älter als zwei Jahre" in asked["outcome_reason"]


def test_facts_of_a_hidden_group_stay(house: House, no_language: None) -> None:
    client = house.client(WORKER)
    whole = {"as_of": OLD, "age": 30, "german_level": "B2", "other_languages": ["Arabisch"]}
    house.service.masks["case_worker"] = mask()
    place = made(client, whole)
    house.service.masks["case_worker"] = mask("language")
    assert client.get(place).get_json()["facts"] == {"as_of": OLD, "age": 30}
    assert client.get(place).get_json()["hidden"] == 2
    for facts in ({"as_of": OLD, "age": 31}, {"as_of": "2022-05-01", "age": 34, "german_level": None}):
        assert put(client, place, facts).get_json()["facts"] == {name: one for name, one in facts.items() if one}
        house.service.masks["case_worker"] = mask()
        seen = client.get(place).get_json()["facts"]
        house.service.masks["case_worker"] = mask("language")
        assert seen == {**whole, **{name: one for name, one in facts.items() if one}}


def test_facts_of_a_hidden_group_cannot_be_set(house: House, no_language: None) -> None:
    client = house.client(WORKER)
    place = made(client, {"age": 30})
    sent = {"as_of": "2022-05-02", "german_level": "C2"}
    assert "geschützt" in faults(put(client, place, sent))["/profile/german_level"]
    refused = client.post("/v1/participants", json={"office": "mitte", "profile": sent})
    assert list(faults(refused)) == ["/profile/german_level"] and b"C2" not in refused.data


def test_hidden_facts_move_on_with_time_and_never_back() -> None:
    stored = read_profile({"as_of": OLD, "age": 40, "benefit_months_total": 30}, today=TODAY)
    blind = mask("benefit")
    later = read_change(stored, {"as_of": "2020-03-01", "age": 42}, blind, TODAY)
    assert later.protected.benefit_months_total == 54 and later.participant.age == 42
    with pytest.raises(InputProblems, match=r"/as_of.*before the stored"):
        read_change(stored, {"as_of": "2017-03-01", "age": 39}, blind, TODAY)
    assert read_change(stored, {"as_of": "2017-03-01"}, mask(), TODAY).participant.as_of == dt.date(2017, 3, 1)


def test_what_contradicts_a_hidden_fact_is_refused_and_the_fact_stays(house: House) -> None:
    stored = read_profile({"as_of": OLD, "age": 40, "benefit_months_total": 30, "experience": [
        {"title": "Koch", "years": 20}]}, today=TODAY)  # fmt: skip
    with pytest.raises(InputProblems, match=r"/age.*contradicts a fact") as refused:
        read_change(stored, {"as_of": OLD, "age": 20}, mask("occupation"), TODAY)
    assert "Koch" not in str(refused.value) and "experience" not in str(refused.value)


def test_contradictions_between_hidden_facts_are_named_protected() -> None:
    stored = read_profile({"german_level": "native", "integration_course_right": "obliged"}, today=TODAY)
    assert len(stored.conflicts) == 1
    assert mask("language").notes(stored.conflicts) == [HIDDEN]
    assert mask().notes(stored.conflicts) == [stored.conflicts[0].text]
    facts, _ = shown(stored, mask("language"))
    assert read_change(stored, facts, mask("language"), TODAY).conflicts == stored.conflicts


@pytest.mark.parametrize("name", ["id", "profile_id", "participant_id"])
def test_another_persons_profile_is_refused(house: House, name: str) -> None:
    client = house.client(WORKER)
    place, other = made(client, {"age": 30}), made(client, {"age": 50})
    theirs = {**client.get(other).get_json()["facts"], name: other.rsplit("/", 1)[1]}
    assert faults(put(client, place, theirs)) == {f"/profile/{name}": "Die Kennungen widersprechen sich."}
    assert client.get(place).get_json()["facts"]["age"] == 30
    assert put(client, other, theirs).status_code == 200


def test_a_new_person_gets_an_id_of_its_own(house: House) -> None:
    place = made(house.client(WORKER), {"id": "T0001", "age": 30})
    assert not place.endswith("T0001") and "id" not in house.client(WORKER).get(place).get_json()["facts"]


def test_an_answer_given_again_has_etag_and_location(house: House) -> None:
    client, key = house.client(WORKER), {"Idempotency-Key": "made-only-once-1"}
    body = {"office": "mitte", "profile": {"age": 33}}
    first, again = (client.post("/v1/participants", json=body, headers=key) for _ in range(2))
    assert first.data == again.data and first.status_code == again.status_code == 201
    for name in ("ETag", "Location"):
        assert first.headers[name] == again.headers[name]


def test_nobody_is_made_of_facts_of_the_future(house: House) -> None:
    profile = {"age": 30, "as_of": "2099-01-01"}
    answer = house.client(WORKER).post("/v1/participants", json={"office": "mitte", "profile": profile})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.get_json()["errors"]] == ["/profile/as_of"]
