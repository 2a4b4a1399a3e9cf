"""Schedule: when the work falls against when somebody is available, and against childcare hours and the way.

One arithmetic for both: a week's windows (availability, or childcare shortened by the way) and the vacancy's own
times: a stated clock window, else the parts of the week it falls into (stated, or assumed shares of such jobs).
Works on every pool with these columns. Source: neutral participant format; `TIME_WINDOWS` are usual shift hours
(expert assumption).
"""

from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Feature, Fits
from matcher.features.reach import Located, travel_minutes
from matcher.features.remember import remember
from matcher.pool.people import PersonColumns
from matcher.pool.people_times import CLOSED, OPEN_UNKNOWN
from matcher.requirements import TIMES

TIME_WINDOWS: tuple[tuple[tuple[int, int, int], ...], ...] = (
    ((6 * 60, 14 * 60, 0),),
    ((8 * 60, 16 * 60 + 30, 0),),
    ((14 * 60, 22 * 60, 0),),
    ((22 * 60, 24 * 60, 0), (0, 6 * 60, 0)),
    ((8 * 60, 14 * 60, 5),),
    ((8 * 60, 14 * 60, 6),),
)
"""(from, until, weekday) of early, day, late, night (before and after midnight), Saturday, Sunday."""
DAY = TIMES.index("day")
PART_NAMES = ("Frühdienst", "Tagdienst", "Spätdienst", "Nachtdienst", "Samstag", "Sonntag")
"""German names of the parts of the week."""
LEAST_SHIFT_MINUTES = 120.0
"""Work whose end is not stated lasts at least so long."""
WORKDAYS = slice(0, 5)
NEGOTIABLE_MINUTES = 60
"""Work that would have to start this much later or end earlier counts as half fitting (expert assumption)."""


class Clocked(Protocol):
    """A pool whose rows may state a clock window; minutes after midnight, -1 unknown."""

    @property
    def from_minutes(self) -> NDArray[np.int16]: ...
    @property
    def until_minutes(self) -> NDArray[np.int16]: ...


class Scheduled(Clocked, Located, Protocol):
    """A pool that says when its rows work."""

    @property
    def days(self) -> NDArray[np.uint8]: ...
    @property
    def time_chance(self) -> NDArray[np.float64]: ...
    @property
    def time_stated(self) -> NDArray[np.uint8]: ...
    @property
    def full_time(self) -> NDArray[np.int8]: ...
    @property
    def part_time(self) -> NDArray[np.int8]: ...
    @property
    def part_time_chance(self) -> NDArray[np.float64]: ...


def span(start: NDArray[np.int16], end: NDArray[np.int16], day: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the usual hours of a weekday (the widest common ones for workdays) as (B,) floats; NaN unknown."""
    return _spans(start, end)[max(day - 4, 0)]


@remember
def _spans(
    start: NDArray[np.int16], end: NDArray[np.int16]
) -> tuple[tuple[NDArray[np.float64], NDArray[np.float64]], ...]:
    """Return the hours of workdays, Saturday and Sunday."""
    return tuple(_span(start, end, day) for day in (0, 5, 6))


def _span(
    start: NDArray[np.int16], end: NDArray[np.int16], day: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if day >= 5:
        begin, finish = start[:, day].astype(float), end[:, day].astype(float)
    else:
        known = start[:, WORKDAYS] >= 0
        begin = np.where(known, start[:, WORKDAYS], 9999).min(axis=1).astype(float)
        finish = np.where(known, end[:, WORKDAYS], -9999).max(axis=1).astype(float)
        begin = np.where(known.any(axis=1), begin, CLOSED)
        finish = np.where(known.any(axis=1), finish, CLOSED)
    unknown = (start == OPEN_UNKNOWN).all(axis=1)
    return np.where(unknown, np.nan, begin), np.where(unknown, np.nan, finish)


def missing_minutes(
    begin: NDArray[np.float64],
    finish: NDArray[np.float64],
    work_from: NDArray[np.float64] | float,
    work_until: NDArray[np.float64] | float,
) -> NDArray[np.float64]:
    """Return how many minutes of work [from, until] lie outside hours [begin, finish]; all on a closed day."""
    outside = np.maximum(begin - work_from, 0.0) + np.maximum(work_until - finish, 0.0)
    length = np.asarray(work_until - work_from)
    missing: NDArray[np.float64] = np.where(begin < 0, length, np.minimum(outside, length))
    return missing


def coverage(missing: NDArray[np.float64]) -> Fits:
    """Return the fit of missing minutes: 1 for none, 0.5 for one hour, 0 for two hours and more."""
    fit: Fits = np.clip(1.0 - missing / (2.0 * NEGOTIABLE_MINUTES), 0.0, 1.0)
    return fit


def week_parts(people_start: NDArray[np.int16], people_end: NDArray[np.int16], way: NDArray[np.float64] | None) -> Fits:
    """Return coverage of each part of the week: (B, 6, 1), or (B, 6, N) where the way shortens the hours."""
    if way is not None:
        return _parts(people_start, people_end, way)
    if len(people_start) == 1:
        return _parts_of_one(people_start.tobytes(), people_end.tobytes())
    return _parts_of_block(people_start, people_end)


@remember
def _parts_of_block(people_start: NDArray[np.int16], people_end: NDArray[np.int16]) -> Fits:
    return _parts(people_start, people_end, None)


@lru_cache(maxsize=4096)
def _parts_of_one(start: bytes, end: bytes) -> Fits:
    """The same hours come again with the next person."""
    found = _parts(np.frombuffer(start, np.int16)[None], np.frombuffer(end, np.int16)[None], None)
    found.flags.writeable = False
    return found


_SEGMENTS = [segment for segments in TIME_WINDOWS for segment in segments]
_FIRST = np.cumsum([0, *(len(segments) for segments in TIME_WINDOWS)])[:-1]
_FROM, _UNTIL = (np.array([float(segment[end]) for segment in _SEGMENTS])[:, None] for end in (0, 1))
_SPAN = [max(day - 4, 0) for _, _, day in _SEGMENTS]


def _parts(people_start: NDArray[np.int16], people_end: NDArray[np.int16], way: NDArray[np.float64] | None) -> Fits:
    """Ways are whole minutes: coverage is computed once per minute and looked up."""
    if way is None or not way.size:
        return _coverage_of_parts(people_start, people_end, np.zeros((1, 1)))
    minutes = way.astype(np.intp)
    table = _coverage_of_parts(people_start, people_end, np.arange(int(minutes.max()) + 1, dtype=np.float64)[None, :])
    return np.take_along_axis(table, minutes[:, None], axis=2)


def _coverage_of_parts(
    people_start: NDArray[np.int16], people_end: NDArray[np.int16], way: NDArray[np.float64]
) -> Fits:
    spans = _spans(people_start, people_end)
    begin, finish = (np.stack([spans[day][end] for day in _SPAN], axis=1)[:, :, None] for end in (0, 1))
    begin, finish = shortened(begin, finish, way[:, None])
    missing = missing_minutes(begin, finish, _FROM, _UNTIL)
    return coverage(np.add.reduceat(missing, _FIRST, axis=1))


def shortened(
    begin: NDArray[np.float64], finish: NDArray[np.float64], way: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return hours with the way taken off at both ends; closed days stay closed."""
    return np.where(begin >= 0, begin + way, begin), np.where(finish >= 0, finish - way, finish)


@remember
def _chances(_: None, pool: Scheduled) -> NDArray[np.float64]:
    """Return how likely work falls into each part of the week, shape (6, N); day work follows full time."""
    chances = np.where(np.isnan(pool.time_chance), 0.0, pool.time_chance)
    full_time = np.where(pool.full_time == 1, 1.0, np.where(pool.part_time == 1, 0.0, 1.0 - pool.part_time_chance))
    usual = np.where(np.isnan(full_time), 0.5, full_time) * 0.5
    chances[:, DAY] = np.where(np.isnan(pool.time_chance[:, DAY]), usual, chances[:, DAY])
    return np.ascontiguousarray(chances.T)


def week_fit(
    people_start: NDArray[np.int16],
    people_end: NDArray[np.int16],
    pool: Scheduled,
    way: NDArray[np.float64] | None = None,
) -> Fits:
    """Return how well a pool's times fall into the hours of a week, shape (B, N); NaN where hours are unknown.

    Chances multiply: what does not fit costs as much as it is likely. A stated clock window decides alone.
    """
    parts = week_parts(people_start, people_end, way)
    if (parts >= 1.0).all():
        fit = np.ones((len(people_start), len(pool.from_minutes)))
    else:
        fit = (1.0 - _chances(None, pool) * (1.0 - parts)).prod(axis=1)
    stated = pool.from_minutes >= 0
    if stated.any():
        fit[:, stated] = window_fit(people_start, people_end, pool, stated, way)
    fit[(people_start == OPEN_UNKNOWN).all(axis=1)] = np.nan
    return fit


def window_fit(
    people_start: NDArray[np.int16],
    people_end: NDArray[np.int16],
    pool: Clocked,
    rows: NDArray[np.bool_] | slice,
    way: NDArray[np.float64] | None = None,
) -> Fits:
    """Return how well stated clock windows fall into the hours of the week's workdays, shape (B, rows)."""
    hours = span(people_start, people_end, 0)
    begin, finish = hours[0][:, None], hours[1][:, None]
    if way is not None:
        begin, finish = shortened(begin, finish, way[:, rows])
    start = pool.from_minutes[rows].astype(float)
    end = np.where(pool.until_minutes[rows] >= 0, pool.until_minutes[rows], start + LEAST_SHIFT_MINUTES)
    return coverage(missing_minutes(begin, finish, start[None, :], end[None, :]))


@remember
def compute(people: PersonColumns, pool: Scheduled) -> Fits:
    """Return how well the work falls into the person's available hours."""
    return week_fit(people.free_from, people.free_until, pool)


@remember
def compute_childcare(people: PersonColumns, pool: Scheduled) -> Fits:
    """Return how well work and way fall into childcare hours; 1 where no child needs care, NaN where unknown."""
    fit = np.ones((len(people), len(pool.from_minutes)))
    parents = people.needs_care != 0
    if parents.any():
        way = np.nan_to_num(travel_minutes(people, pool))
        fit[parents] = week_fit(people.care_from, people.care_until, pool, way)[parents]
    return fit


def clock(minutes: float) -> str:
    """German clock time."""
    return f"{int(minutes) // 60 % 24}:{int(minutes) % 60:02d} Uhr"


def times_words(pool: Scheduled, row: int) -> str:
    """German words for when a vacancy works: what the advertisement states apart from what is assumed."""
    return _times_words(
        pool.from_minutes.item(row),
        pool.until_minutes.item(row),
        tuple(pool.time_chance[row].tolist()),
        int(pool.time_stated[row]),
    )


@lru_cache(maxsize=4096)
def _times_words(start: int, end: int, chances: tuple[float, ...], stated: int) -> str:
    if start >= 0:
        return f"Arbeit von {clock(start)} bis {clock(end)}" if end >= 0 else f"Arbeit ab {clock(start)}"
    likely = [(part, name) for part, name in enumerate(PART_NAMES) if chances[part] >= 0.5]
    said = ", ".join(name for part, name in likely if stated >> part & 1)
    assumed = ", ".join(name for part, name in likely if not stated >> part & 1)
    words = [f"laut Anzeige: {said}"] if said else []
    words += [f"üblich: {assumed} (Annahme, wenn nicht genannt)"] if assumed else []
    return "; ".join(words) or "Arbeitszeiten tagsüber angenommen"


def say(people: PersonColumns, pool: Scheduled, b: int, row: int) -> str:
    """German words for work times against availability."""
    begin, finish = (bound[b] for bound in span(people.free_from, people.free_until, 0))
    words = times_words(pool, row)
    if np.isnan(begin):
        return f"{words}; Verfügbarkeit nicht bekannt"
    return (
        f"{words}; verfügbar {clock(begin)} bis {clock(finish)}" if begin >= 0 else f"{words}; werktags nicht verfügbar"
    )


def say_childcare(people: PersonColumns, pool: Scheduled, b: int, row: int) -> str:
    """German words for work times against childcare hours."""
    if people.needs_care[b] == 0:
        return "keine Kinderbetreuung nötig"
    begin, finish = (bound[b] for bound in span(people.care_from, people.care_until, 0))
    if np.isnan(begin) or begin < 0:
        return "Betreuungszeiten der Kinder nicht bekannt"
    return f"{times_words(pool, row)}; Kinder betreut {clock(begin)} bis {clock(finish)}, abzüglich Weg"


READS = ("from_minutes", "until_minutes", "time_chance", "full_time", "part_time", "part_time_chance")
SAYS = ("from_minutes", "until_minutes", "time_chance", "time_stated")
SCHEDULE: Feature[PersonColumns, Scheduled] = Feature(
    "schedule",
    ("available_window",),
    compute,
    say,
    READS,
    ("free_from", "free_until"),
    words=(SAYS, ("free_from", "free_until")),
)
CHILDCARE: Feature[PersonColumns, Scheduled] = Feature(
    "childcare",
    ("children",),
    compute_childcare,
    say_childcare,
    words=(SAYS, ("needs_care", "care_from", "care_until")),
)
