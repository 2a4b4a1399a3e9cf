"""JSON Schema of the values that go in: participant (exchange format), programme, offer, vacancy, employer."""

import typing
from collections.abc import Mapping
from typing import Any

import tomli

from matcher.errors import NotFound
from matcher.paths import catalog_path
from matcher.programme import Offer, Programme
from matcher.read.fields import MOST_ENTRIES, SHORT_TEXT, SYNONYMS, FieldSpec, person_fields
from matcher.read.nested import CHILD_KEYS, DAY_RANGES
from matcher.read.profile import ID_LIMIT
from matcher.vacancy import Employer, Vacancy
from matcher.vocabulary import DAYS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_VALUES: Mapping[str, type] = {"programme": Programme, "offer": Offer, "vacancy": Vacancy, "employer": Employer}
KINDS = ("participant", *_VALUES)
_TIME = {"type": "string", "pattern": "^([01]?\\d|2[0-3]):[0-5]\\d$|^24:00$"}
_DAYS: dict[str, Any] = {
    "anyOf": [
        {"enum": list(DAY_RANGES)},
        {"type": "array", "items": {"enum": list(DAYS)}, "minItems": 1, "maxItems": MOST_ENTRIES},
    ]
}


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of value; raises NotFound for an unknown kind."""
    if kind == "participant":
        return _participant()
    if kind not in _VALUES:
        raise NotFound(f"There is no schema of {kind!r}.", f"Known: {', '.join(KINDS)}.")
    from pydantic import TypeAdapter

    return {"$schema": DIALECT, **TypeAdapter(_VALUES[kind]).json_schema()}


def _participant() -> dict[str, Any]:
    labels = tomli.loads((catalog_path() / "fields.toml").read_text("utf-8"))
    properties: dict[str, Any] = {}
    for name, spec in person_fields().items():
        entry = labels.get(spec.attribute, {})
        described = {"title": entry["label"], "description": entry["question"]} if entry else {"title": name}
        properties[name] = described | _nullable(_form(spec))
    properties |= {
        name: {"title": f"{target} (synonym)"} | _nullable(_form(person_fields()[target]))
        for name, target in SYNONYMS.items()
    }
    properties["children_ages"] = {"title": "Alter der Kinder"} | _nullable(_list({"type": "number", "minimum": 0}))
    properties["childcare_window"] = {"title": "Betreuungszeit der Kinder"} | _nullable(_window())
    return {
        "$schema": DIALECT,
        "title": "Participant",
        "type": "object",
        "additionalProperties": False,
        "description": 'Neutral participant format: null or absent is unknown; false, 0, "none" and [] are known.',
        "properties": properties,
    }


def _nullable(form: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [form, {"type": "null"}]}


def _form(spec: FieldSpec) -> dict[str, Any]:
    number = {"minimum": 0, "maximum": spec.upper}
    forms: dict[str, dict[str, Any]] = {
        "number": {"type": "number"} | number,
        "whole": {"type": "integer"} | number,
        "yes_no": {"type": "boolean"},
        "text": {"type": "string", "maxLength": ID_LIMIT if spec.name == "id" else spec.longest},
        "date": {"type": "string", "format": "date"},
        "choice": {"enum": list(spec.choices)},
        "choices": _list({"enum": list(spec.choices)}),
        "texts": _list({"type": "string", "maxLength": spec.longest}),
        "windows": {"anyOf": [_window(), _list(_window())]},
        "experience": _list(_experience()),
        "children": _list(_child()),
    }
    return forms[spec.kind]


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "maxItems": MOST_ENTRIES}


def _object(properties: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _window() -> dict[str, Any]:
    return _object({"from": _TIME, "until": _TIME, "days": _nullable(_DAYS)}, ("from", "until"))


def _experience() -> dict[str, Any]:
    return _object(
        {
            "title": {"type": "string", "maxLength": SHORT_TEXT},
            "years": _nullable({"type": "number", "minimum": 0}),
            "last_year": _nullable({"type": "integer"}),
        },
        ("title",),
    )


def _child() -> dict[str, Any]:
    yes_no, date = _nullable({"type": "boolean"}), _nullable({"type": "string", "format": "date"})
    forms = {
        "age": _nullable({"type": "number", "minimum": 0}),
        "contract_from": _nullable(_TIME),
        "contract_until": _nullable(_TIME),
        "days": _nullable(_DAYS),
        "settling_in_until": date,
    }
    return _object({key: typing.cast(Any, forms.get(key, yes_no)) for key in CHILD_KEYS})
