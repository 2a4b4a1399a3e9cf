"""Errors that say what is wrong: where, in words that fit, with what HTTP asks for beside them."""

from typing import Any

import pytest

from matcher.http.pointers import located
from tests.http.conftest import House

WORKER = "mitte-1"


@pytest.mark.parametrize(
    ("column", "sent", "found"),
    [
        ("/age", {"age": "x"}, "/age"),
        ("/as_of", {}, "/as_of"),
        ("/a/b", {"a/b": 1}, "/a~1b"),
        ("/m~n", {"m~n": 1}, "/m~0n"),
        ("/~1", {"~1": 1}, "/~01"),
        ("/", {"": 1}, "/"),
        ("/children/1/a/b", {"children": [{}, {"a/b": 1}]}, "/children/1/a~1b"),
        ("/children/7/age", {"children": [{}]}, "/children/7/age"),
        ("/children/\u00b2/age", {"children": [{}]}, "/children/\u00b2/age"),
        ("/" + "a/" * 5000 + "b", {}, "/" + "a/" * 5000 + "b"),
    ],
)
def test_pointers_lead_to_what_was_sent(column: str, sent: Any, found: str) -> None:
    assert located(column, sent) == found


def test_odd_names_of_fields_are_escaped(house: House) -> None:
    profile = {"as_of": "2022-05-02", "a/b": 1, "m~n": 1, "age": "x"}
    answer = house.client(WORKER).post("/v1/suggestions", json={"profile": profile, "c/d": 1})
    assert {one["pointer"] for one in answer.get_json()["errors"]} == {"/c~1d"}
    answer = house.client(WORKER).post("/v1/suggestions", json={"profile": profile})
    assert {one["pointer"] for one in answer.get_json()["errors"]} == {
        "/profile/a~1b",
        "/profile/m~0n",
        "/profile/age",
    }


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("application/json", b"{", "kein gültiges JSON"),
        ("application/json", b"", "kein gültiges JSON"),
        ("application/json", b'{"profile": {"age": NaN}}', "kein gültiges JSON"),
        ("application/json", b"[]", "Erwartet wird ein JSON-Objekt"),
        ("application/json", b"null", "Erwartet wird ein JSON-Objekt"),
        ("application/json", b'"text"', "Erwartet wird ein JSON-Objekt"),
        ("text/plain", b'{"profile": {}}', "Content-Type: application/json"),
    ],
)
def test_what_is_no_json_object_is_told_apart(house: House, kind: str, data: bytes, words: str) -> None:
    (error,) = house.client(WORKER).post("/v1/suggestions", data=data, content_type=kind).get_json()["errors"]
    assert error["pointer"] == "" and words in error["detail"]


def test_a_key_of_another_request_is_named(house: House) -> None:
    client, person = house.client(WORKER), house.offices.people[WORKER][0]
    path, key = f"/v1/participants/{person}/suggestions", {"Idempotency-Key": "told-apart-1"}
    assert client.post(path, json={"top": 1}, headers=key).status_code == 201
    clash = client.post(path, json={"top": 2}, headers=key)
    assert clash.status_code == 409 and "Idempotency-Key" in clash.get_json()["detail"]


def test_a_foreign_office_is_not_the_roles_fault(house: House) -> None:
    body = {"office": "sued", "profile": {"as_of": "2022-05-02", "age": 30}}
    refused = house.client(WORKER).post("/v1/participants", json=body)
    assert refused.status_code == 403 and "Rolle" not in refused.get_json()["detail"]


def test_a_wrong_method_names_the_right_ones(house: House) -> None:
    refused = house.client(WORKER).delete("/v1/participants")
    assert refused.status_code == 405
    assert set(refused.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


@pytest.mark.parametrize("path", ["//v1/participants", "/v1//participants", "/v1/participants/", "//healthz"])
def test_no_address_is_corrected_by_a_redirect(house: House, path: str) -> None:
    answer = house.client(WORKER).get(f"http://localhost{path}")
    assert answer.status_code == 404 and answer.mimetype == "application/problem+json"


def test_the_first_unknown_login_takes_no_longer(quick_passwords: None) -> None:
    from matcher.store import secret

    secret._nobody.cache_clear()
    secret.warm_up()
    assert not secret.password_fits(None, "falsch falsch")
    assert secret._nobody.cache_info().misses == 1, "what is checked there was made before"
