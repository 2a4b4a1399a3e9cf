"""The few vacancies that are put into words: their rows as a pool of their own, with what is known about them.

Words come from the numbers of the ranking: every computation that features and near misses share is given the
results for these rows instead of computing them again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matcher.classes import Index
from matcher.columns import Fits
from matcher.features.reach import travel_minutes
from matcher.features.remember import Remembered
from matcher.pool.people import People
from matcher.pool.people_rows import one_of
from matcher.pool.vacancies import VacancyPool
from matcher.pool.vacancy_rows import picked_rows

if TYPE_CHECKING:
    from matcher.answering.vacancies import Vacancies


@dataclass(frozen=True, slots=True)
class Shown:
    """One person as a block of one, and the shown rows as a pool."""

    people: People
    pool: VacancyPool


def show(v: "Vacancies", b: int, rows: Sequence[int]) -> Shown:
    """Pick the rows and hand on what was computed for them."""
    one = v.people if len(v.people) == 1 else one_of(v.people, b)
    shown, chosen = picked_rows(v.pool, rows), np.array(rows, dtype=np.intp)
    travel_minutes.give(one.open, shown, v.minutes[b : b + 1, chosen])
    for feature, fits, of_row in zip(v.scored.features, v.scored.fits, v.scored.of_row, strict=True):
        if isinstance(feature.compute, Remembered):
            feature.compute.give(one.open, shown, _of_shown(fits[b : b + 1], of_row, chosen))
    return Shown(one, shown)


def _of_shown(fits: Fits, of_row: Index | None, chosen: Index) -> Fits:
    return np.asarray(fits[:, chosen if of_row is None else of_row[chosen]])
