"""The description of the interface: made from the code, approved as a file, its examples valid, its table documented."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.http.conftest import House
from tests.http.test_access import MATRIX

APPROVED = Path(__file__).with_name("openapi.json")
DOCS = Path(__file__).parents[2] / "docs" / "api.md"
WORKER = "mitte-0"


@pytest.fixture(scope="module")
def document(house: House) -> dict[str, Any]:
    return house.client().get("/v1/openapi.json").get_json()


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, one) for path, item in document["paths"].items() for method, one in item.items()]


def test_is_as_approved(document: dict[str, Any]) -> None:
    """Changed on purpose: write the new document into tests/http/openapi.json (keys sorted, two blanks)."""
    shown = {**document, "info": {**document["info"], "version": ""}}
    text = json.dumps(shown, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert text == APPROVED.read_text("utf-8")


def test_is_openapi_3_1_and_complete(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    described = {(path.replace("{", "<").replace("}", ">"), method.upper()) for path, method, _ in operations(document)}
    assert described == set(MATRIX)
    for path, _, operation in operations(document):
        assert operation["summary"] and operation["description"], path
        assert operation["responses"]["default"]["content"]["application/problem+json"]
        assert "security" in operation
    for reference in set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document))):
        assert reference in document["components"]["schemas"]


def test_names_roles_and_scopes_of_the_matrix(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        row = MATRIX[path.replace("{", "<").replace("}", ">"), method.upper()]
        if row["nobody"] == "yes":
            assert operation["security"] == []
            continue
        assert operation["x-roles"] == sorted(role for role in row if row[role] in {"yes", "person"})
        scopes = [one["token"] for one in operation["security"] if "token" in one]
        assert scopes == ([[row["scope"]]] if row["scope"] else [])


def test_every_body_has_examples_that_fit_its_schema(document: dict[str, Any]) -> None:
    tried = 0
    for path, _, operation in operations(document):
        if "requestBody" not in operation:
            continue
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        example = operation["requestBody"]["content"]["application/json"]["examples"]["example"]["value"]
        assert jsonschema_rs.is_valid({**schema, "components": document["components"]}, example), (path, example)
        assert not jsonschema_rs.is_valid({**schema, "components": document["components"]}, {**example, "x-y": 1}), path
        tried += 1
    assert tried == 9


def test_examples_are_answered(house: House, document: dict[str, Any]) -> None:
    person = house.offices.people[WORKER][0]
    for path, method, operation in operations(document):
        if "requestBody" not in operation or "session" in path or "{proposal_id}" in path or "{record_id}" in path:
            continue
        example = {**operation["requestBody"]["content"]["application/json"]["examples"]["example"]["value"]}
        if "office" in example:
            example["office"] = "mitte"
        address = path.format(participant_id=person)
        answer = house.client(WORKER).open(address, method=method, json=example, headers={"If-Match": '"x"'})
        assert answer.status_code in {200, 201, 404, 412}, (path, answer.data)
        assert answer.status_code != 404 or path.endswith("decisions")


def test_the_routes_are_documented() -> None:
    text = DOCS.read_text("utf-8")
    table = {(method, path) for path, methods in re.findall(r"^\| `(/[^`]*)` \| ([A-Z, ]+) \|", text, re.MULTILINE)
             for method in methods.split(", ")}  # fmt: skip
    assert table == {(method, path) for path, method in MATRIX}
