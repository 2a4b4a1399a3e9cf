"""The service as a case worker's program uses it: sign in, read, ask, decide; wrong input too."""

import logging

import pytest

from matcher.store.values import ROLES
from tests.http.conftest import House

WORKER = "nord-1"
CANARY = "QQPOSTEDQQ"


def test_sign_in_and_out(house: House, quick_passwords: None) -> None:
    house.store.accounts.create("ifk7", "ein langes Kennwort", "case_worker", ["nord"], "IFK 7")
    client = house.app.test_client()
    wrong = client.post("/v1/session", json={"login": "ifk7", "password": "falsch falsch"})
    nobody = client.post("/v1/session", json={"login": "niemand", "password": "falsch falsch"})
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.get_json()["detail"] == nobody.get_json()["detail"]
    answer = client.post("/v1/session", json={"login": "ifk7", "password": "ein langes Kennwort"})
    assert answer.status_code == 201
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    csrf = answer.get_json()["csrf"]
    assert client.get("/v1/session").get_json()["role"] == "case_worker"
    assert client.delete("/v1/session", headers={"X-CSRF-Token": csrf}).status_code == 204
    assert client.get("/v1/session").status_code == 401


def test_a_participant_is_made_read_changed_and_asked_about(house: House) -> None:
    client = house.client(WORKER)
    body = {"office": "nord", "customer_no": "K1", "profile": {"age": 41, "target_occupations": ["Lagerhelfer"]}}
    made = client.post("/v1/participants", json=body)
    assert made.status_code == 201
    place, etag = made.headers["Location"], made.headers["ETag"]
    assert client.get(place).get_json()["facts"]["age"] == 41
    assert client.post("/v1/participants", json=body).status_code == 409
    changed = {
        "profile": {"as_of": "2022-05-02", "age": 42, "target_occupations": ["Lagerhelfer"], "german_level": "B1"}
    }
    assert client.put(place, json=changed).status_code == 428
    assert client.put(place, json=changed, headers={"If-Match": '"old"'}).status_code == 412
    assert client.put(place, json=changed, headers={"If-Match": etag}).status_code == 200
    assert client.put(place, json=changed, headers={"If-Match": etag}).status_code == 412
    asked = client.post(f"{place}/suggestions", json={"top": 3}, headers={"X-Purpose": "beratung"}).get_json()
    assert asked["answer"]["outcome"]
    kept = client.get(f"/v1/records/{asked['record_id']}").get_json()
    assert kept["answer"] == asked["answer"] and kept["purpose"] == "beratung"
    item = asked["answer"]["measures"]["suggestions"][0]["id"]
    decision = {"record_id": asked["record_id"], "item_id": item, "decision": "accepted", "reason": "passt"}
    assert client.post(f"{place}/decisions", json=decision).status_code == 201
    assert client.get(f"{place}/decisions").get_json()["items"][0]["item_id"] == item
    assert client.post(f"{place}/decisions", json={**decision, "decision": "auto"}).status_code == 422
    assert client.post(f"{place}/decisions", json={**decision, "item_id": "never-shown"}).status_code == 422


def test_points_add_up_and_long_lists_are_counted(house: House) -> None:
    body = {"profile": {"id": "x", "age": 30, "target_occupations": ["Koch"]}, "top": 5, "others": 3, "excluded": 2}
    answer = house.client(WORKER).post("/v1/suggestions", json=body).get_json()["answer"]
    for part in ("measures", "vacancies"):
        assert len(answer[part]["others"]) <= 3 and len(answer[part]["excluded"]) <= 2
        assert answer[part]["excluded_total"] >= len(answer[part]["excluded"])
        for one in answer[part]["suggestions"]:
            assert one["score"] == one["base"] + sum(part["points"] for part in one["contributions"])


def test_a_posted_profile_leaves_nothing_behind(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    body = {"profile": {"id": CANARY, "age": 30, "wishes": CANARY, "target_occupations": [CANARY]}}
    assert house.client(WORKER).post("/v1/suggestions", json=body).status_code == 200
    wrong = {"profile": {"id": "x", "age": CANARY, "wishes": 5, CANARY: 1}}
    answer = house.client(WORKER).post("/v1/suggestions", json=wrong)
    assert answer.status_code == 422
    assert {one["pointer"] for one in answer.get_json()["errors"]} == {
        "/profile/age",
        "/profile/wishes",
        f"/profile/{CANARY}",
    }
    assert CANARY.encode() not in house.at_rest()
    kept = house.client(WORKER).post(
        "/v1/participants", json={"office": "nord", "profile": {"wishes": "KEPT" + CANARY}}
    )
    assert kept.status_code == 201 and b"KEPT" + CANARY.encode() in house.at_rest()
    assert CANARY not in caplog.text and CANARY not in str([record.__dict__ for record in caplog.records])


@pytest.mark.parametrize(
    ("path", "kind", "data", "status"),
    [
        ("/v1/suggestions", "application/json", b"{", 422),
        ("/v1/suggestions", "application/json", b"[]", 422),
        ("/v1/suggestions", "text/plain", b"x", 422),
        ("/v1/suggestions", "application/json", b'{"profile": {}, "top": 0, "else": 1}', 422),
        ("/v1/suggestions", "application/json", b'{"profile": "' + b"x" * 1_100_000 + b'"}', 413),
        ("/v1/nowhere", "application/json", b"{}", 404),
        ("/healthz", "application/json", b"{}", 405),
    ],
)
def test_wrong_requests_are_problems(house: House, path: str, kind: str, data: bytes, status: int) -> None:
    answer = house.client(WORKER).post(path, data=data, content_type=kind)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    body = answer.get_json()
    assert body["status"] == status and body["title"] and body["detail"] and body["request_id"]


def test_protected_facts_are_seen_by_the_own_case_worker_alone(house: House) -> None:
    client = house.client(WORKER)
    profile = {"age": 30, "functional_limits": ["no_heights"], "addiction": "suspected"}
    made = client.post("/v1/participants", json={"office": "nord", "profile": profile})
    place = made.headers["Location"]
    facts = client.get(place).get_json()["facts"]
    assert facts["functional_limits"] == ["no_heights"] and facts["addiction"] == "suspected"
    for role in ROLES:
        if role != "case_worker":
            for path in (place, f"{place}/decisions", "/v1/participants"):
                answer = house.client(role).get(path)
                assert answer.status_code in {403, 404} or answer.get_json() == {"items": []}
                assert b"no_heights" not in answer.data


def test_readiness_openapi_and_gzip(house: House) -> None:
    client = house.client()
    assert client.get("/healthz").get_json() == {"status": "ok"}
    assert client.get("/readyz").get_json()["status"] == "ready"
    document = client.get("/v1/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    assert "/v1/participants/{participant_id}/suggestions" in document["paths"]
    packed = house.client(WORKER).get("/v1/programmes", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(house.client(WORKER).get("/v1/programmes").data) / 3
    found = house.client(WORKER).post("/v1/occupations", json={"texts": ["Staplerfahrer"]}).get_json()
    assert found["items"][0]["candidates"][0]["code"] == "52531"


def test_a_request_with_a_key_is_done_once(house: House) -> None:
    client, person = house.client(WORKER), house.offices.people[WORKER][0]
    place, key = f"/v1/participants/{person}", {"Idempotency-Key": "once-and-only-1"}
    first = client.post(f"{place}/suggestions", json={"top": 2}, headers=key)
    again = client.post(f"{place}/suggestions", json={"top": 2}, headers=key)
    assert first.status_code == again.status_code == 201
    assert first.get_json()["record_id"] == again.get_json()["record_id"]
    assert client.post(f"{place}/suggestions", json={"top": 3}, headers=key).status_code == 409
    assert client.post(f"{place}/suggestions", json={"top": 2}, headers={"Idempotency-Key": "x"}).status_code == 400
    other = house.client("nord-2")
    mine = house.offices.people["nord-2"][0]
    fresh = other.post(f"/v1/participants/{mine}/suggestions", json={"top": 2}, headers=key)
    assert fresh.get_json()["record_id"] != first.get_json()["record_id"]
    item = first.get_json()["answer"]["measures"]["suggestions"][0]["id"]
    decision = {
        "record_id": first.get_json()["record_id"],
        "item_id": item,
        "decision": "refused",
        "reason": "passt nicht",
    }
    failed = {**decision, "record_id": "0" * 20}
    key = {"Idempotency-Key": "decide-only-once"}
    assert client.post(f"{place}/decisions", json=failed, headers=key).status_code == 404
    made = [client.post(f"{place}/decisions", json=decision, headers=key).get_json()["id"] for _ in range(2)]
    assert made[0] == made[1]
    assert len([one for one in client.get(f"{place}/decisions").get_json()["items"] if one["item_id"] == item]) == 1
