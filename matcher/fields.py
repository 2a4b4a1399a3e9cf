"""What kind of value each fact of a person is, read off the value types themselves.

One table for rules, linter, reader and schema: `FIELDS[name]` tells owner (participant, household, protected,
origin, derived), kind and, for choices, the allowed values in order.
"""

import dataclasses
import datetime as dt
import types
import typing
from dataclasses import dataclass
from typing import Literal

from matcher.participant import Household, Origin, Participant, Protected
from matcher.vocabulary import GERMAN_LEVELS, SCHOOL_ORDER

Owner = Literal["participant", "household", "protected", "origin", "derived"]
Kind = Literal["yes_no", "number", "choice", "list", "date", "text", "value"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """Name, owner and kind of one fact; `values` lists the choices, `order` ranks them where ordered."""

    name: str
    owner: Owner
    kind: Kind
    values: tuple[str, ...] = ()
    order: tuple[tuple[str, int], ...] = ()


_ORDERS = {
    "german_level": tuple((level, rank) for rank, level in enumerate(GERMAN_LEVELS)),
    "school_leaving_level": tuple(SCHOOL_ORDER.items()),
}

DERIVED: dict[str, Kind] = {
    "long_term_unemployed": "yes_no",
    "long_term_benefit": "yes_no",
    "in_minijob": "yes_no",
    "is_self_employed": "yes_no",
    "is_employed": "yes_no",
    "is_parent": "yes_no",
    "is_single_parent": "yes_no",
    "children_count": "number",
    "youngest_child_age": "number",
    "oldest_child_age": "number",
    "health_limitation": "yes_no",
    "psychological_limitation": "yes_no",
    "addiction_problem": "yes_no",
    "has_migration_background": "yes_no",
    "no_usable_qualification": "yes_no",
    "in_rehab": "yes_no",
    "contact_lost": "yes_no",
    "course_right_age_months": "number",
    "course_interrupted_months": "number",
    "months_until_stage_end": "number",
    "months_until_course_end": "number",
    "months_until_training": "number",
    "months_since_known": "number",
    "years_since_practice": "number",
    "has_target": "yes_no",
    "conflict_count": "number",
    "known_core_facts": "number",
}
"""Facts computed from others; meanings in `catalog/README.md`, arithmetic in `matcher.facts`."""


def _kind_of(hint: object) -> tuple[Kind, tuple[str, ...]]:
    parts = [part for part in typing.get_args(hint) if part is not types.NoneType]
    core = parts[0] if parts and typing.get_origin(hint) is not Literal else hint
    origin = typing.get_origin(core)
    if origin is Literal:
        return "choice", tuple(str(value) for value in typing.get_args(core))
    if origin is tuple:
        inner = typing.get_args(core)[0]
        values = typing.get_args(inner) if typing.get_origin(inner) is Literal else ()
        simple = inner is str or typing.get_origin(inner) is Literal
        return ("list" if simple else "value"), tuple(str(value) for value in values)
    simple_kinds: dict[object, Kind] = {
        bool: "yes_no",
        float: "number",
        int: "number",
        str: "text",
        dt.date: "date",
    }
    return simple_kinds.get(core, "value"), ()


def _specs(owner: Owner, cls: type) -> dict[str, FieldSpec]:
    hints = typing.get_type_hints(cls)
    names = [field.name for field in dataclasses.fields(cls) if field.name not in {"id", "as_of"}]
    specs = {}
    for name in names:
        kind, values = _kind_of(hints[name])
        specs[name] = FieldSpec(name=name, owner=owner, kind=kind, values=values, order=_ORDERS.get(name, ()))
    return specs


FIELDS: dict[str, FieldSpec] = {
    **_specs("participant", Participant),
    **_specs("household", Household),
    **_specs("protected", Protected),
    **_specs("origin", Origin),
    **{name: FieldSpec(name=name, owner="derived", kind=kind) for name, kind in DERIVED.items()},
}
