"""Do two jobs exclude each other in a household that shares childcare?

They do when both surely keep their person away (work and way) at the same time, on a day when the children are not
looked after by anybody else. Times that an advertisement does not state exclude nothing: unknown is not "no".
"""

from dataclasses import dataclass

import numpy as np

from matcher.daily.blocks import open_rows, pool_rows
from matcher.features.reach import travel_minutes
from matcher.features.schedule import TIME_WINDOWS
from matcher.models.assignment.households import Pair
from matcher.pool.people import PersonColumns
from matcher.pool.vacancies import VacancyPool

Span = tuple[int, int, int]
"""(weekday, from, until) in minutes after midnight."""


@dataclass(frozen=True, slots=True)
class Shifts:
    """Answers for pairs of persons and vacancies of one batch."""

    people: PersonColumns
    pool: VacancyPool

    def exclude(self, pair: Pair, first: int, second: int) -> bool:
        """True where both are away at once while nobody looks after the children."""
        mine, theirs = self._away(pair[0], first), self._away(pair[1], second)
        return any(
            day == other and self._alone(pair, day, max(start, begin), min(end, finish))
            for day, start, end in mine
            for other, begin, finish in theirs
        )

    def _away(self, b: int, row: int) -> list[Span]:
        minutes = travel_minutes(open_rows(self.people, np.array([b])), pool_rows(self.pool, np.array([row])))[0, 0]
        way = 0 if np.isnan(minutes) else int(minutes)
        return [(day, start - way, end + way) for day, start, end in stated_spans(self.pool, row)]

    def _alone(self, pair: Pair, day: int, start: int, end: int) -> bool:
        if start >= end:
            return False
        covered = [
            (int(self.people.care_from[b, day]), int(self.people.care_until[b, day]))
            for b in pair
            if self.people.care_from[b, day] >= 0
        ]
        return not any(begin <= start and end <= finish for begin, finish in covered)


def stated_spans(pool: VacancyPool, row: int) -> list[Span]:
    """When a vacancy surely works, as far as its advertisement says so; changing shifts are sure of nothing."""
    start, until = int(pool.from_minutes[row]), int(pool.until_minutes[row])
    if start >= 0 and until >= 0:
        until = until if until > start else until + 24 * 60
        days = [day for day in range(7) if int(pool.days[row]) >> day & 1] or list(range(5))
        return [(day, start, until) for day in days]
    surely = [
        TIME_WINDOWS[number]
        for number in range(len(TIME_WINDOWS))
        if int(pool.time_stated[row]) >> number & 1 and pool.time_chance[row, number] >= 1.0
    ]
    if sum(windows[0][2] == 0 for windows in surely) > 1:
        return []
    return [
        (weekday, begin, finish)
        for windows in surely
        for begin, finish, first in windows
        for weekday in (range(5) if first == 0 else (first,))
    ]
