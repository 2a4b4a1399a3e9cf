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
from matcher.models.score import points_of_all
from matcher.pool.people import People, PersonColumns
from matcher.pool.people_rows import one_of
from matcher.pool.vacancies import VacancyPool
from matcher.pool.vacancy_rows import picked_rows
from matcher.results import Told
from matcher.sentences import Sentences

if TYPE_CHECKING:
    from matcher.answering.vacancies import Vacancies


@dataclass(frozen=True, slots=True)
class Shown:
    """One person as a block of one, the shown rows as a pool, and by row: points of every feature, and if known."""

    people: People
    pool: VacancyPool
    rows: Sequence[int]
    sentences: Sentences[PersonColumns, VacancyPool]
    names: Sequence[str]
    points: Sequence[Sequence[int]]
    known: Sequence[Sequence[bool]]

    def told(self, place: int) -> Told:
        """Contributions of one shown vacancy; words when they are looked at."""
        say, pool, row = self.sentences.say, self.pool, self.rows[place]
        return Told(self.names, self.points[place], self.known[place], lambda i: say(i, row, pool, place))


def show(v: "Vacancies", b: int, rows: Sequence[int]) -> Shown:
    """Pick the rows and hand on what was computed for them."""
    one = v.people if len(v.people) == 1 else one_of(v.people, b)
    shown, chosen = picked_rows(v.pool, rows), np.array(rows, dtype=np.intp)
    travel_minutes.give(one.open, shown, v.minutes[b : b + 1, chosen])
    found = [_of_shown(fits[b : b + 1], of, chosen) for fits, of in zip(v.scored.fits, v.scored.of_row, strict=True)]
    for feature, fits in zip(v.scored.features, found, strict=True):
        if isinstance(feature.compute, Remembered):
            feature.compute.give(one.open, shown, fits)
    names = [feature.id for feature in v.scored.features]
    points = np.concatenate(points_of_all(names, found, v.scored.weights))
    known = ~np.isnan(np.concatenate(found))
    sentences = Sentences(v.classes, v.scored.features, one.open, 0)
    return Shown(one, shown, rows, sentences, names, points.T.tolist(), known.T.tolist())


def _of_shown(fits: Fits, of_row: Index | None, chosen: Index) -> Fits:
    return np.asarray(fits[:, chosen if of_row is None else of_row[chosen]])
