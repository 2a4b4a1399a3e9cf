"""What the exchange format can carry of a person: one spec per field, derived from the three values.

Source: neutral participant format; the dataclasses of `matcher.participant` are the single definition.
"""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from matcher.participant import Child, Experience, Household, Participant, Protected, Window

Kind = typing.Literal[
    "number",
    "whole",
    "yes_no",
    "text",
    "date",
    "choice",
    "choices",
    "texts",
    "windows",
    "experience",
    "children",
]

LONG_TEXT = 2000
"""Characters a free text may have; longer ones are refused."""
SHORT_TEXT = 250
"""Characters a title, name or other short text may have. Source: Gesamtberufsliste der BA: neutral titles reach 60
characters, the longest long form 215."""
MOST_ENTRIES = 50
"""Entries a list may have. Source: none sets it; the judged profiles have four at most, and every title costs time."""
FREE_TEXTS = frozenset({"wishes"})
"""Texts that are no title, name or other short text."""

EXCHANGE_NAMES = {"available_windows": "available_window"}
"""Fields whose name in the exchange format differs from the attribute's."""

SYNONYMS = {"profile_id": "id", "participant_id": "id"}
"""Further names of a field in the exchange format."""

SHORT_FORMS = ("children_ages", "childcare_window")
"""Short forms of `children`."""

UPPER: Mapping[str, float] = {
    "age": 120,
    "desired_hours_min": 80,
    "desired_hours_max": 80,
    "weekly_hours_possible": 80,
    "max_hours_per_week": 80,
    "degree_of_disability": 100,
    "jps_absence_percent": 100,
    "benefit_months_last_24": 24,
    "max_commute_minutes": 600,
    "mobility_radius_km": 2000,
    "bg_size": 40,
}
"""Largest value that can be meant; numbers are never negative."""
MONTHS_UPPER = 1200.0
"""Largest duration in months that can be meant (100 years)."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: its name in the exchange format, the attribute and value that hold it, and its form."""

    name: str
    attribute: str
    part: typing.Literal["participant", "household", "protected"]
    kind: Kind
    choices: tuple[str, ...] = ()

    @property
    def upper(self) -> float:
        """Largest number allowed."""
        default = MONTHS_UPPER if "months" in self.name else 1_000_000.0
        return UPPER.get(self.name, default)

    @property
    def longest(self) -> int:
        """Characters allowed in a text, or in each text of a list."""
        return LONG_TEXT if self.name in FREE_TEXTS else SHORT_TEXT

    @property
    def shows_value(self) -> bool:
        """Whether a wrong value may be repeated in an error text: never protected facts, never free text."""
        return self.part != "protected" and self.kind in (
            "number",
            "whole",
            "yes_no",
            "date",
            "choice",
            "choices",
        )


@lru_cache(maxsize=1)
def person_fields() -> Mapping[str, FieldSpec]:
    """All fields by exchange name, in the order of the values; `id` and `as_of` included, short forms not."""
    specs: dict[str, FieldSpec] = {}
    for part, value in (("participant", Participant), ("household", Household), ("protected", Protected)):
        hints = typing.get_type_hints(value)
        for item in dataclasses.fields(value):
            name = EXCHANGE_NAMES.get(item.name, item.name)
            kind, choices = _form(hints[item.name])
            specs[name] = FieldSpec(name, item.name, typing.cast(typing.Any, part), kind, choices)
    return types.MappingProxyType(specs)


@lru_cache(maxsize=1)
def known_names() -> Mapping[str, None]:
    """Every key the exchange format accepts, short forms and synonyms included, in order."""
    return types.MappingProxyType(dict.fromkeys((*person_fields(), *SHORT_FORMS, *SYNONYMS)))


_PLAIN: Mapping[object, Kind] = {float: "number", int: "whole", bool: "yes_no", str: "text", dt.date: "date"}
_LISTS: Mapping[object, Kind] = {
    str: "texts",
    Window: "windows",
    Experience: "experience",
    Child: "children",
}


def _form(hint: object) -> tuple[Kind, tuple[str, ...]]:
    members = [arg for arg in typing.get_args(hint) if arg is not type(None)]
    inner = members[0] if typing.get_origin(hint) in (typing.Union, types.UnionType) else hint
    if typing.get_origin(inner) is tuple:
        item = typing.get_args(inner)[0]
        if typing.get_origin(item) is typing.Literal:
            return "choices", typing.get_args(item)
        return _LISTS[item], ()
    if typing.get_origin(inner) is typing.Literal:
        return "choice", typing.get_args(inner)
    return _PLAIN[inner], ()
