"""Parts that see of a vacancy only where it is: what they say by minutes of travel, instead of pair by pair.

Such a part is asked for made-up vacancies at exactly 0, 1, 2 … minutes, and for one whose place is unknown. Beyond
the last minute asked nothing changes any more; that is checked, not assumed.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.daily.blocks import people_rows, pool_rows
from matcher.daily.classes import Classes
from matcher.daily.parts import Answer, Family, compute, person_classes
from matcher.daily.weigh import Bar
from matcher.errors import MatcherError
from matcher.features.reach import EARTH_RADIUS_KM, travel_minutes
from matcher.pool.people import People
from matcher.pool.travel import load_travel
from matcher.pool.vacancies import VacancyPool

PLACE = {"lat", "lon"}
TRAVELLER = {"open.lat", "open.lon", "open.km_per_hour", "open.extra_minutes"}
LEAST_MINUTES = 300
MOST_MINUTES = 4_000
BEYOND = 4
"""The last minute is compared with one this many times as far."""


@dataclass(frozen=True, slots=True)
class Way:
    """`of` (persons,) classes by everything else the parts read; `answer` (C, last + 2) by minutes, then unknown."""

    of: Classes
    answer: Answer
    last: int

    @property
    def unknown(self) -> int:
        """The column for ways nobody can estimate."""
        return self.last + 1

    def furthest(self) -> NDArray[np.int64]:
        """Per class the last minute at which nothing is out; -1 where everything is, `last` without any limit."""
        if self.answer.verdict is None:
            return np.full(len(self.of), self.last)
        possible = self.answer.verdict[:, : self.last + 1] > 0
        return np.where(possible.any(axis=1), self.last - possible[:, ::-1].argmax(axis=1), -1)


def goes_by_way(family: Family) -> bool:
    """Does a family read of vacancies only their place?"""
    return family.theirs == PLACE


def ask_by_minutes(family: Family, people: People, pool: VacancyPool, bar: Bar) -> Way:
    """What the family says by minutes of travel."""
    limits = people.open.max_commute_minutes
    known = limits[np.isfinite(limits)]
    last = int(min(max(LEAST_MINUTES, 2 * known.max(initial=0.0)), MOST_MINUTES))
    of = person_classes(people, family.mine - TRAVELLER)
    travellers = _at_origin(people_rows(people, of.first))
    minutes = np.concatenate([np.arange(last + 1, dtype=np.float64), [np.nan, last * BEYOND]])
    made_up = _at_minutes(pool, minutes)
    if not np.array_equal(travel_minutes(travellers.open, made_up)[0], minutes, equal_nan=True):
        raise MatcherError("Travel minutes follow another rule than expected.", "Use --method reference.")
    answer, _ = compute(family, travellers, made_up, bar)
    _check_end(answer, last)
    return Way(of, _without_last(answer), last)


def _at_origin(people: People) -> People:
    """The same persons at 0° N 0° E, one minute per kilometre of straight line."""
    size = len(people)
    moved = dataclasses.replace(
        people.open,
        lat=np.zeros(size),
        lon=np.zeros(size),
        km_per_hour=np.full(size, 60.0 * load_travel().detour),
        extra_minutes=np.zeros(size),
    )
    return People(moved, people.protected)


def _at_minutes(pool: VacancyPool, minutes: NDArray[np.float64]) -> VacancyPool:
    rows = pool_rows(pool, np.zeros(len(minutes), dtype=np.int64))
    return dataclasses.replace(rows, lat=minutes * 0.0, lon=np.degrees(minutes / EARTH_RADIUS_KM))


def _check_end(answer: Answer, last: int) -> None:
    for values in (answer.verdict, answer.failed, answer.points, answer.ground, answer.kinds):
        if values is not None and not np.array_equal(values[:, last], values[:, -1]):
            raise MatcherError("What a long way means still changes at its end.", "Use --method reference.")


def _without_last(answer: Answer) -> Answer:
    names = ("verdict", "failed", "points", "ground", "kinds")
    parts: dict[str, Any] = {name: getattr(answer, name) for name in names}
    cut = {name: None if value is None else value[:, :-1] for name, value in parts.items()}
    return Answer(**cut, told={name: value[:, :-1] for name, value in answer.told.items()})
