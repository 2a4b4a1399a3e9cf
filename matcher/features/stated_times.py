"""What an advertisement itself states of its times: how well somebody's hours cover that, and which parts fail.

Rules and near misses read only this; what jobs of the kind usually ask for orders and never excludes
(`features.schedule`). Source: DESIGN section 3; catalog/vacancy_signals.toml (`times`).
"""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Fits
from matcher.features import schedule
from matcher.features.reach import travel_minutes
from matcher.pool.people import PersonColumns

IMPOSSIBLE = 0.0
"""Coverage at which stated times cannot be met: two hours or more lie outside."""
COVERED = 0.999
"""Coverage from which times lie within the hours."""
WEEKEND = ((4, 5, "samstags"), (5, 6, "sonntags"))
"""Part of the week, weekday and its name."""


class Timed(schedule.Clocked, Protocol):
    """A pool that says which of its times are stated."""

    @property
    def time_chance(self) -> NDArray[np.float64]: ...
    @property
    def time_stated(self) -> NDArray[np.uint8]: ...


def least_covered(
    start: NDArray[np.int16], end: NDArray[np.int16], pool: Timed, way: NDArray[np.float64] | None
) -> Fits:
    """Return the least coverage of what the advertisement states of its times, shape (B, N); 1 where nothing."""
    parts = schedule.week_parts(start, end, way)
    number = np.arange(parts.shape[1])[:, None]
    surely = (pool.time_stated >> number & 1).astype(bool) & (pool.time_chance.T >= 1.0)
    least: Fits = np.where(surely, parts, 1.0).min(axis=1)
    clocked = pool.from_minutes >= 0
    if clocked.any():
        least[:, clocked] = schedule.window_fit(start, end, pool, clocked, way)
    return least


def say(people: PersonColumns, pool: schedule.Scheduled, b: int, row: int) -> str:
    """German words for the stated parts of the week that fail somebody, and the hours available then."""
    stated = _stated(pool, row)
    covered = schedule.week_parts(people.free_from, people.free_until, None)[b, :, 0]
    if not stated or np.isnan(covered).any():
        return schedule.say(people, pool, b, row)
    failing = _failing(stated, covered)
    return f"{_names(failing)}; {_available(people, b, failing)}"


def say_childcare(people: PersonColumns, pool: schedule.Scheduled, b: int, row: int) -> str:
    """German words for the stated parts of the week that childcare leaves out, where it is known."""
    begin, finish = (bound[b] for bound in schedule.span(people.care_from, people.care_until, 0))
    stated = _stated(pool, row)
    if not stated or people.needs_care[b] == 0 or not begin >= 0:
        return schedule.say_childcare(people, pool, b, row)
    one, way = slice(b, b + 1), np.nan_to_num(travel_minutes(people, pool)[b : b + 1, row : row + 1])
    covered = schedule.week_parts(people.care_from[one], people.care_until[one], way)[0, :, 0]
    hours = f"Kinder betreut {schedule.clock(begin)} bis {schedule.clock(finish)}, abzüglich Weg"
    return f"{_names(_failing(stated, covered))}; {hours}"


def _stated(pool: schedule.Scheduled, row: int) -> list[int]:
    """Parts of the week that the advertisement surely asks for; none where a clock window decides alone."""
    if pool.from_minutes[row] >= 0:
        return []
    mask, chances = int(pool.time_stated[row]), pool.time_chance[row]
    return [part for part in range(len(chances)) if mask >> part & 1 and chances[part] >= 1.0]


def _failing(stated: list[int], covered: NDArray[np.float64]) -> list[int]:
    """What cannot be met; else what is not wholly covered; else everything stated."""
    for bound in (IMPOSSIBLE, COVERED):
        if found := [part for part in stated if covered[part] <= bound]:
            return found
    return stated


def _names(parts: list[int]) -> str:
    return f"laut Anzeige: {', '.join(schedule.PART_NAMES[part] for part in parts)}"


def _available(people: PersonColumns, b: int, parts: list[int]) -> str:
    """When somebody is available on the days of these parts."""
    days = [(0, "werktags")] if parts[0] < WEEKEND[0][0] else []
    days += [(day, name) for part, day, name in WEEKEND if part in parts]
    told = []
    for day, name in days:
        begin, finish = (bound[b] for bound in schedule.span(people.free_from, people.free_until, day))
        hours = f"{schedule.clock(begin)} bis {schedule.clock(finish)}"
        prefix = f"{name} " if day else ""
        told.append(f"{prefix}verfügbar {hours}" if begin >= 0 else f"{name} nicht verfügbar")
    return ", ".join(told)
