"""Every request anew: who may ask, what stands in addresses, what is written down about it. TRUST 39, 40, 41."""

import datetime as dt
import io
import json
import logging
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.fields import FIELDS
from matcher.http import logs
from matcher.store.values import ROLES
from tests.http.conftest import ALL_SCOPES, House
from tests.http.test_access import LOGIN, MATRIX, address

IN_PATHS = {f"{name}_id" for name in ("participant", "record", "vacancy", "offer", "programme", "run", "proposal")}
IN_QUERIES = {"office", "as_of_before", "after", "limit", "day", "top", "programme", "code", "state", "error"}
"""Names of things, pages and days: nothing that says anything about a person."""
LOGGED = {"event", "level", "logger", "at", "request_id", "route", "method", "status", "account", "milliseconds"}
PASSWORD = "ein langes Kennwort"


def test_addresses_hold_ids_pages_and_days_alone(house: House) -> None:
    document = house.client().get("/v1/openapi.json").get_json()
    found: dict[str, set[str]] = {"path": set(), "query": set()}
    for item in document["paths"].values():
        for operation in item.values():
            for one in operation.get("parameters", ()):
                found.setdefault(one["in"], set()).add(one["name"])
    assert found["path"] == IN_PATHS and found["query"] == IN_QUERIES
    assert not (IN_PATHS | IN_QUERIES) & {name for name, spec in FIELDS.items() if spec.owner != "derived"}


def test_whatever_else_is_asked_in_an_address_is_refused(house: House) -> None:
    for path in ("/v1/participants", "/v1/vacancies", "/v1/offers", "/v1/daily/runs"):
        assert house.client("nord-0").get(f"{path}?customer_no=123").status_code == 422


def test_new_addresses_hold_random_ids(house: House) -> None:
    client = house.client("nord-0")
    body = {"office": "nord", "customer_no": "042D777777", "profile": {"age": 41, "wishes": "ZZCANARYZZ"}}
    made = client.post("/v1/participants", json=body)
    assert made.status_code == 201
    assert made.headers["Location"] == f"/v1/participants/{made.get_json()['id']}"
    assert not any(part in str(made.headers) for part in ("042D777777", "ZZCANARYZZ"))
    assert "042D777777" not in made.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/v1/nowhere", "/", "/v1/participants/%00", "/v1/../etc", "/static/x"])
def test_errors_are_private_too(house: House, path: str) -> None:
    for method in ("GET", "POST", "PATCH", "TRACE"):
        answer = house.client("nord-0").open(path, method=method, data=b"x")
        assert 400 <= answer.status_code < 500
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_what_is_withdrawn_is_gone_at_the_next_request(house: House, quick_passwords: None) -> None:
    accounts = house.store.accounts
    account = house.offices.accounts["entzug"] = accounts.create("entzug", PASSWORD, "case_worker", ["nord"], "E")
    end = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    token, secret = house.store.tokens.issue(account.id, ALL_SCOPES, end, "t")
    machine = house.client()
    machine.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    assert machine.get("/v1/participants").status_code == 200
    house.store.tokens.revoke(token.id)
    assert machine.get("/v1/participants").status_code == 401

    browser, other = house.client("entzug"), house.client("entzug")
    assert browser.delete("/v1/session").status_code == 204
    assert browser.get("/v1/session").status_code == 401 and other.get("/v1/session").status_code == 200
    accounts.set_password(account.id, PASSWORD + "!")
    assert other.get("/v1/session").status_code == 401

    late = house.client("entzug")
    place = late.post("/v1/participants", json={"office": "nord", "profile": {"age": 50}}).headers["Location"]
    assert late.get(place).status_code == 200
    accounts.change(account.id, offices=["sued"])
    assert late.get(place).status_code == 404, "the office was taken away"


@pytest.fixture
def lines(house: House) -> Iterator[io.StringIO]:
    """What the service logs, as it would stand in the file."""
    stream, logger = io.StringIO(), logging.getLogger("matcher")
    handler, before = logging.StreamHandler(stream), logger.level
    handler.setFormatter(logs.json_lines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(before)


def test_every_refused_cell_of_the_matrix_is_logged_with_who_and_when(house: House, lines: io.StringIO) -> None:
    wanted = []
    for (path, method), row in sorted(MATRIX.items()):
        for role in ROLES:
            if row[role] == "no":
                answer = house.client(LOGIN[role]).open(address(path), method=method, json={})
                assert answer.status_code == 403
                wanted.append((path, method, house.offices.accounts[LOGIN[role]].id, answer.headers["X-Request-Id"]))
    found = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [(one["route"], one["method"], one["account"], one["request_id"]) for one in found] == wanted
    for one in found:
        assert set(one) == LOGGED and one["event"] == "refused"
        assert dt.datetime.fromisoformat(one["at"]).utcoffset() == dt.timedelta(0)


NASTY = st.text(st.sampled_from("\r\n\t\x00\x1b\u2028\u0085aZ{}\"'%"), min_size=1, max_size=20).map("INJ{}".format)


@given(text=NASTY)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_sent_reaches_the_log(house: House, lines: io.StringIO, text: str) -> None:
    lines.seek(0)
    lines.truncate()
    client, plain = house.client("nord-0"), "".join(sign for sign in text if sign.isprintable() and sign.isascii())
    client.get("/v1/participants", query_string={"office": text, text: "x"})
    client.get(f"/v1/participants/{plain}".replace("%", "%25"))
    client.post("/v1/suggestions", json={"profile": {text: text, "wishes": text}, text: 1})
    client.get("/v1/offers", headers={"X-Request-Id": plain, "X-Purpose": plain, "User-Agent": plain})
    house.client().post("/v1/session", json={"login": text, "password": text})
    logging.getLogger("matcher.service").error("failed %s", text)
    *told, last, end = lines.getvalue().split("\n")
    assert end == ""
    assert len(told) == 5 and "INJ" not in "".join(told)
    assert json.loads(last)["event"] == f"failed {text}", "one line, whatever breaks are in it"
