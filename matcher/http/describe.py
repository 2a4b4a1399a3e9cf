"""The OpenAPI 3.1 document: what the routes and models say, and what holds for all of them.

Who may call what comes from the same table that guards the routes; problems, headers and examples are added here.
"""

from collections.abc import Mapping
from typing import Any

from flask_openapi3 import OpenAPI
from pydantic import BaseModel

from matcher.http import values
from matcher.http.access import Permission
from matcher.http.replies import Problem

JSON = dict[str, Any]
TEMPLATE = "#/components/schemas/{model}"
PROBLEM = {
    "description": "Fehler (RFC 9457); `detail` ist deutsch.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
PURPOSE = ("X-Purpose", False, "Zweck der Anfrage; wird festgehalten.")
CSRF = ("X-CSRF-Token", False, "Schlüssel der Sitzung; nötig bei Änderungen mit Sitzungs-Cookie.")
ONCE = ("Idempotency-Key", False, "Dieselbe Anfrage wird unter diesem Schlüssel nur einmal ausgeführt.")
MATCH = ("If-Match", True, "ETag des gelesenen Stands.")
KEYED = frozenset(
    {
        "/v1/participants",
        "/v1/participants/{participant_id}/suggestions",
        "/v1/participants/{participant_id}/chains",
        "/v1/participants/{participant_id}/decisions",
    }
)
"""POST here may carry a key."""
CONDITIONAL = frozenset({"/v1/participants/{participant_id}"})


def describe(app: OpenAPI, permissions: Mapping[tuple[str, str], Permission]) -> JSON:
    """The whole document; raises KeyError for a route that nobody may call."""
    document: JSON = app.api_doc
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template=TEMPLATE, mode="serialization")
    schemas |= problem.pop("$defs", {})
    schemas["Problem"] = problem
    for path, item in document["paths"].items():
        for method, operation in item.items():
            _complete(path, method, operation, permissions[_rule(path), method.upper()])
    return document


def _examples(operation: JSON) -> None:
    """Each body's example, from its model."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return
    model: type[BaseModel] = getattr(values, content["schema"]["$ref"].rsplit("/", 1)[1])
    extra: Any = model.model_config["json_schema_extra"]
    content["examples"] = {"example": {"value": extra["examples"][0]}}


def _complete(path: str, method: str, operation: JSON, permission: Permission) -> None:
    operation["security"] = [] if permission.public else _security(permission)
    if permission.roles:
        operation["x-roles"] = sorted(permission.roles)
    operation["responses"].pop("422", None)
    operation["responses"]["default"] = PROBLEM
    _examples(operation)
    headers = [] if permission.public else [PURPOSE]
    if method != "get" and not permission.public:
        headers.append(CSRF)
    if method == "post" and path in KEYED:
        headers.append(ONCE)
    if method == "put" and path in CONDITIONAL:
        headers.append(MATCH)
    operation.setdefault("parameters", []).extend(_header(*one) for one in headers)
    if path == "/metrics":
        operation["responses"]["200"] = {"description": "OK", "content": {"text/plain": {"schema": {"type": "string"}}}}


def _security(permission: Permission) -> list[dict[str, list[str]]]:
    session: list[dict[str, list[str]]] = [{"session": []}]
    return session if permission.human else [{"token": [permission.scope]}, *session]


def _header(name: str, required: bool, words: str) -> JSON:
    kind = {"type": "string", "maxLength": 128}
    return {"name": name, "in": "header", "required": required, "description": words, "schema": kind}


def _rule(path: str) -> str:
    return path.replace("{", "<").replace("}", ">")
