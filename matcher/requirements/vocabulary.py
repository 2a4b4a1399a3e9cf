"""The closed lists that requirements are encoded with; positions are bit numbers, so only ever append."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, get_args

import numpy as np

from matcher.vocabulary import DrivingLicence, FunctionalLimit

Trait = Literal[
    "leadership",
    "master",
    "senior",
    "experienced",
    "student",
    "apprenticeship",
    "internship",
    "self_employed",
    "helper",
    "skilled",
    "academic",
    "career_changers",
    "no_experience",
    "casual",
    "seasonal",
    "temporary",
    "long_distance",
    "local_traffic",
    "travel",
    "field_sales",
    "door_to_door",
    "ambulatory",
    "day_shift",
    "no_shift",
    "mornings",
    "evenings",
    "daytime_kitchen",
    "night_only",
    "reception",
    "outdoor",
    "indoor",
    "home_office",
    "temp_agency",
    "permanent",
    "company_car",
    "heavy",
    "own_car_needed",
    "supplementary_staff",
    "part_time_possible",
    "foreign_language",
    "day_care",
    "inpatient",
    "gate",
    "driver_only_b",
    "no_weekend",
    "trainee",
    "late_only",
    "early_only",
]
"""What a title or an occupation says about a vacancy beyond numbers, licences, certificates and demands."""

TRAITS: tuple[str, ...] = get_args(Trait)
LICENCES: tuple[str, ...] = get_args(DrivingLicence)
DEMANDS: tuple[str, ...] = get_args(FunctionalLimit)
"""Bit i of a demand mask: the work asks for what functional limit i rules out."""

TIMES = ("early", "day", "late", "night", "saturday", "sunday")
"""The parts of a week that work can fall into; a chance column for each."""

KINDS = ("job", "apprenticeship", "internship", "student", "self_employed", "trainee")

LICENCE_INCLUDES: dict[str, tuple[str, ...]] = {
    "A": ("AM",),
    "B": ("AM", "L"),
    "BE": ("B",),
    "C1": ("B",),
    "C": ("C1", "B"),
    "CE": ("C", "BE", "T"),
    "D": ("B",),
    "DE": ("D", "BE"),
    "T": ("L", "AM"),
}
"""A licence includes others (§ 6 Abs. 3 FeV and § 9 FeV: C and D are only issued to holders of B)."""


def mask(names: Iterable[str], order: tuple[str, ...]) -> int:
    """Return the bit mask of names in their closed list; a name outside it is a KeyError of the caller's data."""
    positions = {name: position for position, name in enumerate(order)}
    return sum(1 << position for position in sorted({positions[name] for name in names}))


def bit(name: str, order: tuple[str, ...] = TRAITS) -> np.uint64:
    """Return the mask of one name as numpy scalar, ready for columns."""
    return np.uint64(1 << order.index(name))


@lru_cache(maxsize=4096)
def unmask(value: int, order: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of a mask in list order."""
    return tuple(name for position, name in enumerate(order) if value >> position & 1)


def included_licences(held: Iterable[str]) -> tuple[str, ...]:
    """Return the held licences with all they include, in list order."""
    found: set[str] = set()
    waiting = list(held)
    while waiting:
        licence = waiting.pop()
        if licence not in found:
            found.add(licence)
            waiting.extend(LICENCE_INCLUDES.get(licence, ()))
    return tuple(name for name in LICENCES if name in found)
