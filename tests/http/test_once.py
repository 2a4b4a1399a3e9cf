"""An answer given again: whole, and only to whoever would get it today. Source: TRUST 2, 24; ASVS 8.3.2."""

import pytest

from matcher.http.masking import Mask
from tests.http.conftest import House

WORKER, OTHER = "nord-1", "nord-2"
CANARY = "QQREPEATEDQQ"


def made(house: House, key: str) -> dict[str, object]:
    """What makes somebody, with words that must not come back to the wrong one."""
    return {"json": {"office": "nord", "profile": {"age": 33, "wishes": CANARY}}, "headers": {"Idempotency-Key": key}}


def test_the_answer_comes_with_its_headers(house: House) -> None:
    client, wanted = house.client(WORKER), made(house, "headers-too")
    first, again = (client.post("/v1/participants", **wanted) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.data == again.data and CANARY.encode() in again.data
    for name in ("ETag", "Location", "Content-Type"):
        assert first.headers[name] == again.headers[name]
    changed = {"profile": {"as_of": "2022-05-02", "age": 34}}
    assert (
        client.put(again.headers["Location"], json=changed, headers={"If-Match": again.headers["ETag"]}).status_code
        == 200
    )


def test_who_has_left_the_caseload_does_not_come_back(house: House) -> None:
    client, wanted = house.client(WORKER), made(house, "gone-meanwhile")
    person = client.post("/v1/participants", **wanted).get_json()["id"]
    house.store.people.assign(person, house.offices.accounts[OTHER].id, "nord")
    answer = client.post("/v1/participants", **wanted)
    assert answer.status_code == 404 and CANARY.encode() not in answer.data
    house.store.people.assign(person, house.offices.accounts[WORKER].id, "nord")
    assert client.post("/v1/participants", **wanted).get_json()["id"] == person


@pytest.mark.parametrize("changes", [{"role": "planner"}, {"offices": ["sued"]}, {"offices": ["nord", "sued"]}])
def test_other_rights_get_no_answer_of_before(house: House, changes: dict[str, object]) -> None:
    login = "worker-" + "-".join(str(one) for one in changes.values())
    account = house.store.accounts.create(login, None, "case_worker", ["nord"], login)
    house.offices.accounts[account.login] = account
    client, wanted = house.client(account.login), made(house, "other-rights")
    assert client.post("/v1/participants", **wanted).status_code == 201
    house.store.accounts.change(account.id, **changes)  # type: ignore[arg-type]
    answer = client.post("/v1/participants", **wanted)
    assert answer.status_code in {403, 409} and CANARY.encode() not in answer.data
    del house.offices.accounts[account.login]


def test_what_is_hidden_since_is_not_given_again(house: House) -> None:
    client, wanted = house.client(WORKER), made(house, "hidden-since")
    assert client.post("/v1/participants", **wanted).status_code == 201
    before = house.service.masks["case_worker"]
    facts = house.service.engine().catalog.table("fields")
    house.service.masks["case_worker"] = Mask(before.seen - {"wishes"}, facts)
    try:
        answer = client.post("/v1/participants", **wanted)
        assert answer.status_code == 409 and CANARY.encode() not in answer.data
    finally:
        house.service.masks["case_worker"] = before
