"""Deny by default: every route × method × role has its cell, and every cell holds. Source: TRUST 1, 39, 40."""

import csv
import tomllib
from pathlib import Path

import pytest

from matcher.paths import catalog_path
from matcher.store.values import ROLES
from tests.http.conftest import House

TABLE = tomllib.loads((catalog_path() / "access.toml").read_text("utf-8"))
with Path(__file__).with_name("matrix.csv").open(encoding="utf-8") as file:
    MATRIX = {(row["path"], row["method"]): row for row in csv.DictReader(file)}
WORKER = "nord-0"
LOGIN = {role: WORKER if role == "case_worker" else role for role in ROLES}
DENIED = {401, 403}
CELLS = ("no", "person", "yes")
"""Denied; only with a person's own session; with a machine's token too."""


def address(path: str) -> str:
    for name in ("participant", "record", "vacancy", "offer", "programme", "run", "proposal"):
        path = path.replace(f"<{name}_id>", "unknown")
    return path


def test_every_route_has_its_row_and_nothing_else(house: House) -> None:
    routes = {
        (rule.rule, method)
        for rule in house.app.url_map.iter_rules()
        for method in (rule.methods or ()) - {"HEAD", "OPTIONS"}
    }
    assert routes == set(MATRIX) == {(row["path"], row["method"]) for row in TABLE["route"]}
    assert all(row[who] in CELLS for row in MATRIX.values() for who in (*ROLES, "nobody"))


@pytest.mark.parametrize(("path", "method"), sorted(MATRIX))
def test_every_cell(house: House, path: str, method: str) -> None:
    row = MATRIX[path, method]
    body = {} if method in {"POST", "PUT"} else None
    anonymous = house.client().open(address(path), method=method, json=body)
    if row["nobody"] == "yes":
        assert "WWW-Authenticate" not in anonymous.headers or path in {"/v1/session", "/v1/oidc/callback"}
        return
    assert anonymous.status_code == 401
    for role in ROLES:
        for machine in (False, True):
            client = house.machine(LOGIN[role], (row["scope"] or "none",)) if machine else house.client(LOGIN[role])
            status = client.open(address(path), method=method, json=body).status_code
            allowed = row[role] == "yes" or (row[role] == "person" and not machine)
            assert (status not in DENIED) == allowed, (role, machine, status)
            assert allowed or status == 403


def test_what_is_not_declared_is_not_there(house: House) -> None:
    """A route without a row answers like an address that does not exist, whoever asks."""
    from matcher.api import create_app
    from matcher.http.service import Service

    app = create_app(Service(house.store, house.service.build, clock=house.service.clock))
    app.add_url_rule("/v1/forgotten", "forgotten", lambda: "secret")
    for login in (None, *LOGIN.values()):
        client = house.client(login)
        client.application = app
        forgotten, nowhere = client.get("/v1/forgotten"), client.get("/v1/nowhere")
        assert forgotten.status_code == nowhere.status_code == 404
        assert b"secret" not in forgotten.data
        assert client.open("/v1/programmes", method="OPTIONS").status_code == 404


def test_a_token_needs_the_scope_of_the_route(house: House) -> None:
    client = house.machine(WORKER, ("catalogue:read",))
    assert client.get("/v1/programmes").status_code == 200
    assert client.get("/v1/participants").status_code == 403
    assert client.get("/v1/participants", headers={"Authorization": "Bearer nothing"}).status_code == 401
    assert client.get("/v1/participants", headers={"Authorization": "Basic eDp5"}).status_code == 401


@pytest.mark.parametrize(("path", "method"), [key for key in sorted(MATRIX) if key[1] != "GET"])
def test_changes_need_the_csrf_key(house: House, path: str, method: str) -> None:
    if MATRIX[path, method]["nobody"] == "yes":
        return
    client = house.client(WORKER)
    for key in ("", "guess"):
        answer = client.open(address(path), method=method, json={}, headers={"X-CSRF-Token": key})
        assert answer.status_code == 403
    del client.environ_base["HTTP_X_CSRF_TOKEN"]
    assert client.open(address(path), method=method, json={}).status_code == 403


def test_a_role_or_caseload_that_changes_counts_at_the_next_request(house: House, quick_passwords: None) -> None:
    account = house.store.accounts.create("wechsel", None, "case_worker", ["nord"], "w")
    house.offices.accounts["wechsel"] = account
    client, machine = house.client("wechsel"), house.machine("wechsel")
    made = client.post("/v1/participants", json={"office": "nord", "profile": {"age": 50}})
    place = made.headers["Location"]
    assert client.get(place).status_code == machine.get(place).status_code == 200
    house.store.people.assign(made.get_json()["id"], house.offices.accounts["nord-1"].id, "nord")
    assert client.get(place).status_code == machine.get(place).status_code == 404
    house.store.accounts.change(account.id, role="planner")
    assert client.get("/v1/participants").status_code == machine.get("/v1/participants").status_code == 403
    house.store.accounts.deactivate(account.id)
    assert client.get("/v1/programmes").status_code == machine.get("/v1/programmes").status_code == 401


@pytest.mark.parametrize(("path", "method"), sorted(MATRIX))
def test_every_answer_is_private_and_carries_its_id(house: House, path: str, method: str) -> None:
    for login in (None, WORKER):
        answer = house.client(login).open(address(path), method=method, headers={"X-Request-Id": "abcdefgh-1"})
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Request-Id"] == "abcdefgh-1"


def test_only_harmless_request_ids_are_taken_over(house: House) -> None:
    answer = house.client().get("/healthz", headers={"X-Request-Id": "bad id"})
    assert answer.headers["X-Request-Id"] != "bad id"
