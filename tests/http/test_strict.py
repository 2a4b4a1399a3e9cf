"""Types are what the description says, and texts hold nothing that cannot be seen."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.http.conftest import House

WORKER = "nord-2"
CASES = tomllib.loads(Path(__file__).with_name("strict.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["body"], ids=lambda case: f"{case['path']} {case['pointer']}")
def test_bodies_are_strict(house: House, case: dict[str, Any]) -> None:
    place = case["path"].format(person=house.offices.people[WORKER][0])
    answer = house.client(WORKER).post(place, json=case["body"])
    assert answer.status_code == 422, answer.data
    assert [one["pointer"] for one in answer.get_json()["errors"]] == [case["pointer"]]
    assert "passt hier nicht" not in answer.get_json()["errors"][0]["detail"]


@pytest.mark.parametrize("case", CASES["query"], ids=lambda case: case["path"])
def test_queries_are_strict(house: House, case: dict[str, Any]) -> None:
    answer = house.client(WORKER).get(case["path"])
    assert answer.status_code == 422, answer.data
    assert [one["parameter"] for one in answer.get_json()["errors"]] == [case["parameter"]]


def test_what_means_what_it_looks_like_is_taken(house: House) -> None:
    client = house.client(WORKER)
    assert client.get("/v1/participants?limit=2&as_of_before=2030-01-01").status_code == 200
    assert client.get("/v1/offers?programme=p001_08").status_code == 200
    person = house.offices.people[WORKER][0]
    asked = client.post(f"/v1/participants/{person}/suggestions", json={"top": 1, "vacancies": False}).get_json()
    item = asked["answer"]["measures"]["suggestions"][0]["id"]
    body = {"record_id": asked["record_id"], "item_id": item, "decision": "refused", "reason": "später"}
    for note, kept in (("eins\nzwei", "eins\nzwei"), ("", None), (None, None)):
        at = f"/v1/participants/{person}/decisions"
        made = client.post(at, json={**body, "note": note})
        assert made.status_code == 201
        notes = {one["id"]: one["note"] for one in client.get(at).get_json()["items"]}
        assert notes[made.get_json()["id"]] == kept


def test_a_customer_number_is_one_with_and_without_blanks(house: House) -> None:
    client = house.client(WORKER)
    made = [
        client.post("/v1/participants", json={"office": "nord", "customer_no": number, "profile": {}})
        for number in ("123A4567", "123A4567 ", "\t123A4567")
    ]
    assert [one.status_code for one in made] == [201, 409, 409]
    assert [one["pointer"] for one in made[1].get_json()["errors"]] == ["/customer_no"]
    assert b"123A" not in made[1].data


def test_a_used_key_is_no_taken_number(house: House) -> None:
    client, key = house.client(WORKER), {"Idempotency-Key": "number-or-key-1"}
    body: dict[str, Any] = {"office": "nord", "customer_no": "555B1", "profile": {}}
    assert client.post("/v1/participants", json=body, headers=key).status_code == 201
    other = client.post("/v1/participants", json={**body, "profile": {"age": 3}}, headers=key)
    assert other.status_code == 409 and "errors" not in other.get_json()
    taken = client.post("/v1/participants", json=body, headers={"Idempotency-Key": "number-or-key-2"})
    assert taken.status_code == 409 and taken.get_json()["errors"][0]["pointer"] == "/customer_no"
