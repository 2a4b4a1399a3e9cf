"""Rules of a vacancy about place and time: reach, availability, childcare, capacity of hours."""

import numpy as np

from matcher.classes import Rows
from matcher.columns import Rule, Verdicts
from matcher.features import hours, reach, stated_times
from matcher.features.remember import remember
from matcher.features.stated_times import IMPOSSIBLE, least_covered
from matcher.labels import hours_words
from matcher.pool.people import People
from matcher.pool.people_times import OPEN_UNKNOWN
from matcher.pool.travel import load_travel
from matcher.pool.vacancies import VacancyPool
from matcher.results import MET, NOT_MET, UNKNOWN


def within_reach(people: People, pool: VacancyPool) -> Verdicts:
    """The way is at most 1.35 times the person's limit; an estimate, so nearer ones stay."""
    ratio = reach.reach_ratio(people.open, pool)
    verdicts = (ratio <= load_travel().near_miss_until).view(np.uint8) * np.uint8(MET)
    verdicts[np.isnan(ratio)] = UNKNOWN
    return verdicts


def say_reach(people: People, pool: VacancyPool, b: int, row: int) -> str:
    """German words for the way, and that its limit is missing."""
    words = reach.say(people.open, pool, b, row)
    if words.startswith("Weg"):
        return words
    return f"Weg: {words}{'; Grenze klären' if np.isnan(people.open.max_commute_minutes[b]) else ''}"


def available_then(people: People, pool: VacancyPool) -> Verdicts:
    """Work times the advertisement states lie within (or near) the hours somebody is available."""
    one = people.open
    least = least_covered(one.free_from, one.free_until, pool, None)
    verdicts = np.where(least <= IMPOSSIBLE, NOT_MET, MET).astype(np.uint8)
    unknown = (one.free_from == OPEN_UNKNOWN).all(axis=1)
    asks = (pool.from_minutes >= 0) | (pool.time_stated != 0)
    verdicts[np.ix_(unknown, asks)] = UNKNOWN
    verdicts[np.ix_(unknown, ~asks)] = MET
    return verdicts


def say_available(people: People, pool: VacancyPool, b: int, row: int) -> str:
    """German words for availability."""
    return stated_times.say(people.open, pool, b, row)


def childcare_covers(people: People, pool: VacancyPool) -> Verdicts:
    """A fixed childcare contract does not cover stated work times and the way; any other contract never excludes."""
    one = people.open
    verdicts = np.full((len(people), len(pool)), MET, dtype=np.uint8)
    parents = one.needs_care == 1
    if (one.needs_care == 0).all():
        return verdicts
    timed = _timed(None, pool)
    asks = timed.rows
    verdicts[np.ix_(one.needs_care < 0, asks)] = UNKNOWN
    if parents.any() and len(asks):
        way = np.nan_to_num(reach.travel_minutes(one, pool)[:, asks])
        least = least_covered(one.care_from, one.care_until, timed, way)
        unclear = (one.care_from == OPEN_UNKNOWN).all(axis=1) & parents
        short = (least <= IMPOSSIBLE) & parents[:, None] & ~unclear[:, None]
        asked = verdicts[:, asks]
        asked[short] = UNKNOWN
        asked[short & (one.care_fixed == 1)[:, None]] = NOT_MET
        asked[unclear] = UNKNOWN
        verdicts[:, asks] = asked
    return verdicts


@remember
def _timed(_: None, pool: VacancyPool) -> Rows:
    """Rows whose advertisement states times."""
    return Rows(pool, np.flatnonzero((pool.from_minutes >= 0) | (pool.time_stated != 0)))


def say_childcare(people: People, pool: VacancyPool, b: int, row: int) -> str:
    """German words for childcare."""
    return stated_times.say_childcare(people.open, pool, b, row)


def within_capacity(people: People, pool: VacancyPool) -> Verdicts:
    """Hours per week at most what health or law allow."""
    limit = people.protected.max_hours[:, None]
    low = np.where(
        np.isfinite(pool.hours_min),
        pool.hours_min,
        np.where((pool.full_time == 1) & (pool.part_time != 1) & (pool.minijob != 1), hours.FULL_TIME_HOURS[0], np.nan),
    )[None, :]
    open_hours = np.isnan(low) & ~((pool.part_time == 1) | (pool.minijob == 1))[None, :]
    verdicts = np.where(low > limit, NOT_MET, np.where(open_hours & (limit < hours.FULL_TIME_HOURS[0]), UNKNOWN, MET))
    return np.where(np.isnan(limit), MET, verdicts).astype(np.uint8)


def say_capacity(people: People, pool: VacancyPool, b: int, row: int) -> str:
    """German words for the capacity of hours."""
    limit = people.protected.max_hours[b]
    if np.isnan(limit):
        return "Keine Grenze der Wochenstunden bekannt"
    return f"Höchstens {hours_words(round(limit))} pro Woche möglich; {hours.offered_words(pool, row)}"


TIME_RULES: tuple[Rule[People, VacancyPool], ...] = (
    Rule(
        "vacancy.reach",
        "catalog/travel.toml",
        ("postal_code", "transport_mode", "max_commute_minutes"),
        within_reach,
        say_reach,
    ),
    Rule(
        "vacancy.hours_capacity",
        "Austauschformat: max_hours_per_week",
        ("max_hours_per_week",),
        within_capacity,
        say_capacity,
        ("hours_min", "full_time", "part_time", "minijob"),
        ("protected.max_hours",),
    ),
    Rule(
        "vacancy.availability",
        "Austauschformat: available_window; Angabe der Anzeige",
        ("available_window",),
        available_then,
        say_available,
        ("from_minutes", "until_minutes", "time_chance", "time_stated"),
        ("open.free_from", "open.free_until"),
    ),
    Rule(
        "vacancy.childcare",
        "Austauschformat: children; Angabe der Anzeige",
        ("children",),
        childcare_covers,
        say_childcare,
    ),
)
