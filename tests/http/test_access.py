"""Deny by default: every route × method × role has its cell, and every cell holds. Source: TRUST 1, 2, 40."""

import itertools
import tomllib

import pytest

from matcher.paths import catalog_path
from matcher.store.values import ROLES
from tests.http.conftest import House

TABLE = tomllib.loads((catalog_path() / "access.toml").read_text("utf-8"))
ROWS = {(row["path"], row["method"]): row for row in TABLE["route"]}
WORKER = "nord-0"
LOGIN = {role: WORKER if role == "case_worker" else role for role in ROLES}
DENIED = {401, 403}


def address(path: str) -> str:
    return path.replace("<participant_id>", "unknown").replace("<record_id>", "unknown")


def routes(house: House) -> set[tuple[str, str]]:
    return {
        (rule.rule, method)
        for rule in house.app.url_map.iter_rules()
        for method in (rule.methods or ()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_is_declared_and_nothing_else(house: House) -> None:
    assert routes(house) == set(ROWS)


@pytest.mark.parametrize(("path", "method"), sorted(ROWS))
def test_every_cell(house: House, path: str, method: str) -> None:
    row = ROWS[path, method]
    for role in ROLES:
        allowed = row.get("public", False) or role in row["roles"]
        for machine in (False, True):
            client = house.machine(LOGIN[role]) if machine else house.client(LOGIN[role])
            if (path, method) == ("/v1/session", "GET") and machine:
                allowed = False
            status = client.open(
                address(path), method=method, json={} if method in {"POST", "PUT"} else None
            ).status_code
            expected = allowed and not (machine and row.get("human", False))
            assert (status not in DENIED) == expected or row.get("public", False), (role, machine, status)
    if not row.get("public", False):
        assert house.client().open(address(path), method=method).status_code == 401


def test_a_token_needs_the_scope_of_the_route(house: House) -> None:
    client = house.machine(WORKER, ("catalogue:read",))
    assert client.get("/v1/programmes").status_code == 200
    assert client.get("/v1/participants").status_code == 403
    assert client.get("/v1/participants", headers={"Authorization": "Bearer nothing"}).status_code == 401


def test_changes_need_the_csrf_key(house: House) -> None:
    client = house.client(WORKER)
    body = {"profile": {"id": "x", "age": 30}}
    assert client.post("/v1/suggestions", json=body).status_code == 200
    assert client.post("/v1/suggestions", json=body, headers={"X-CSRF-Token": "guess"}).status_code == 403
    del client.environ_base["HTTP_X_CSRF_TOKEN"]
    assert client.post("/v1/suggestions", json=body).status_code == 403


def test_what_is_foreign_looks_like_what_is_missing(house: House) -> None:
    """3 offices × 3 case workers: every foreign id in every place, the same answer as for an unknown one."""
    offices = house.offices
    records = {}
    for login, people in offices.people.items():
        made = house.client(login).post(f"/v1/participants/{people[0]}/suggestions", json={"top": 1, "excluded": 0})
        records[login] = made.get_json()["record_id"]
    for mine, theirs in itertools.permutations(offices.people, 2):
        client, foreign, record = house.client(mine), offices.people[theirs][0], records[theirs]
        own = offices.people[mine][0]
        calls = [
            ("GET", "/v1/participants/{}", None, None),
            ("PUT", "/v1/participants/{}", {"profile": {"age": 3}}, {"If-Match": '"x"'}),
            ("PUT", "/v1/participants/{}", {"profile": {"age": 3}}, None),
            ("POST", "/v1/participants/{}/suggestions", {}, None),
            ("GET", "/v1/participants/{}/decisions", None, None),
            ("POST", "/v1/participants/{}/decisions",
             {"record_id": record, "item_id": "i", "decision": "accepted", "reason": "passt"}, None),
        ]  # fmt: skip
        for method, path, body, headers in calls:
            one, other = (
                client.open(path.format(name), method=method, json=body, headers=headers)
                for name in (foreign, "0" * 20)
            )
            assert (one.status_code, _plain(one)) == (other.status_code, _plain(other)), (method, path)
            assert foreign.encode() not in one.data
        assert client.get(f"/v1/records/{record}").status_code == 404
        bodies = {"record_id": record, "item_id": "i", "decision": "accepted", "reason": "passt"}
        assert client.post(f"/v1/participants/{own}/decisions", json=bodies).status_code == 404
        listed = client.get("/v1/participants?limit=200").get_json()["items"]
        assert {one["id"] for one in listed} == set(offices.people[mine])
        after = client.get(f"/v1/participants?after={foreign}").get_json()["items"]
        assert {one["id"] for one in after} <= set(offices.people[mine])


def _plain(response: object) -> object:
    body = dict(response.get_json() or {})  # type: ignore[attr-defined]
    body.pop("request_id", None)
    return body


def test_every_answer_is_private_and_carries_its_id(house: House) -> None:
    for path, method in sorted(ROWS):
        for login in (None, WORKER):
            answer = house.client(login).open(address(path), method=method, headers={"X-Request-Id": "abcdefgh-1"})
            assert answer.headers["Cache-Control"] == "no-store"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["X-Request-Id"] == "abcdefgh-1"
    answer = house.client().get("/healthz", headers={"X-Request-Id": "bad\tid"})
    assert answer.headers["X-Request-Id"] != "bad\tid"
