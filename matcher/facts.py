"""Facts of a block of persons: plain values, and columns for rules; each computed once and only when asked for.

Encodings (DESIGN section 6): yes/no int8 with -1 unknown; numbers float64 with NaN; choices int16 with -1;
dates datetime64[D] with NaT; lists as tuples, None unknown. Fields named in a conflict count as unknown. `age`
counts completed years, so that "bis 30" includes 30.
"""

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.derived_facts import DERIVED, ENTAILED, months_since
from matcher.fields import FIELDS, FieldSpec
from matcher.participant import Profile

_NO_CONFLICTS: frozenset[str] = frozenset()


class PersonFacts:
    """The facts of one person on one day."""

    __slots__ = ("_hidden", "_known", "_profile", "conflicts", "today")

    def __init__(self, profile: Profile, today: dt.date) -> None:
        self._profile, self.today = profile, today
        self._known: dict[str, Any] = {}
        self.conflicts = len(profile.conflicts)
        self._hidden = frozenset(f for c in profile.conflicts for f in c.fields) if self.conflicts else _NO_CONFLICTS

    def __call__(self, name: str) -> Any:
        """The plain value of one fact, None when unknown."""
        known = self._known
        if name not in known:
            known[name] = self._find(name)
        return known[name]

    def _find(self, name: str) -> Any:
        derived = DERIVED.get(name)
        if derived is not None:
            return derived(self)
        value = self.recorded(name)
        if value is None and name in ENTAILED:
            return ENTAILED[name](self)
        return value

    def several(self, names: tuple[str, ...]) -> list[Any]:
        """The plain values of several facts, in their order."""
        if self._hidden:
            return [self(name) for name in names]
        found: list[Any] = [None] * len(names)
        plain, others = _plan(names)
        for owner, get, places in plain:
            for place, value in zip(places, get(getattr(self._profile, owner)), strict=True):
                found[place] = value
        for place in others:
            found[place] = self(names[place])
        return found

    def recorded(self, name: str) -> Any:
        """What the profile itself says, None when unknown or contradicted."""
        if name in self._hidden:
            return None
        value = getattr(getattr(self._profile, FIELDS[name].owner), name)
        return math.floor(value) if name == "age" and value is not None else value


Plain = tuple[str, Callable[[Any], tuple[Any, ...]], tuple[int, ...]]
"""A part of the profile, what reads several of its values at once, and their places."""


@lru_cache(maxsize=16)
def _plan(names: tuple[str, ...]) -> tuple[list[Plain], list[int]]:
    """How to read these facts: what the profile itself says part by part, and the places of all others."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        derived = name in DERIVED or name in ENTAILED or name == "age"
        places.setdefault("" if derived else FIELDS[name].owner, []).append(place)
    others = places.pop("", [])
    plain: list[Plain] = []
    for owner, own in places.items():
        if len(own) == 1:  # attrgetter gives a tuple for several names only
            others += own
        else:
            plain.append((owner, attrgetter(*(names[place] for place in own)), tuple(own)))
    return plain, others


class Facts:
    """Columns of facts over a block of profiles on one day; `today` is the day of the question."""

    def __init__(self, profiles: Sequence[Profile], today: dt.date) -> None:
        self.profiles = tuple(profiles)
        self.today = today
        self.persons = tuple(PersonFacts(profile, today) for profile in self.profiles)
        self._columns: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self.profiles)

    def column(self, name: str) -> Any:
        """The column of one fact, encoded by its kind; a list of tuples for list facts."""
        if name not in self._columns:
            self._columns[name] = _encode(FIELDS[name], [person(name) for person in self.persons])
        return self._columns[name]

    def value(self, name: str, b: int) -> Any:
        """The plain value of one fact of one person, None when unknown."""
        return self.persons[b](name)

    def choice_in(self, name: str, values: Sequence[str]) -> NDArray[np.int8]:
        """Yes/no column: is the choice one of `values`?"""
        known = [person(name) for person in self.persons]
        return np.array([-1 if value is None else int(value in values) for value in known], dtype=np.int8)

    def months_since(self, name: str) -> NDArray[np.float64]:
        """Calendar months from a date fact to today (negative before it), NaN where the date is unknown."""
        months = [months_since(person.recorded(name), self.today) for person in self.persons]
        return np.array([np.nan if value is None else value for value in months], dtype=np.float64)


def _encode(spec: FieldSpec, values: list[Any]) -> Any:
    if spec.kind in {"yes_no", "choice"}:
        codes = codes_of(spec.name)
        return np.array([codes[value] for value in values], dtype=np.int8 if spec.kind == "yes_no" else np.int16)
    if spec.kind == "number":
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    if spec.kind == "date":
        dates = [np.datetime64("NaT") if value is None else np.datetime64(value) for value in values]
        return np.array(dates, dtype="datetime64[D]")
    return values


_CODES: dict[str, dict[Any, int]] = {}
_YES_NO: dict[Any, int] = {None: -1, False: 0, True: 1}


def codes_of(name: str) -> Mapping[Any, int]:
    """Code of every value of a yes/no or choice fact; None is -1."""
    spec = FIELDS[name]
    if spec.kind == "yes_no":
        return _YES_NO
    if name not in _CODES:
        _CODES[name] = {None: -1, **{value: code for code, value in enumerate(spec.values)}}
    return _CODES[name]
