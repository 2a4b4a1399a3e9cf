"""What gains and time change: facts that depend on them, the changed profile, the days on which a rule may flip.

Admission of a future state is asked on the profile that `changed` gives; the search only avoids asking again where
no fact that a rule reads has changed.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from matcher.facts import Facts
from matcher.models.foerderkette.tables import Gain
from matcher.participant import Conflict, Profile
from matcher.participant_time import advance
from matcher.programme import Leaf
from matcher.vocabulary import GERMAN_LEVELS, SCHOOL_ORDER, VOCATIONAL_ORDER

READS: dict[str, tuple[str, ...]] = {
    "no_usable_qualification": ("vocational_qualification",),
    "course_right_age_months": ("integration_course_right_date",),
    "course_interrupted_months": ("integration_course_interrupted_since",),
    "months_until_training": ("training_contract_start",),
    "driving_licence": ("driving_licence", "driving_licences"),
    "known_core_facts": ("german_level", "vocational_qualification", "school_leaving_level"),
}
"""Recorded facts behind computed ones, where a gain can change them."""

RUNNING: dict[str, tuple[str, float]] = {
    "age": ("age", 1 / 12),
    "youngest_child_age": ("youngest_child_age", 1 / 12),
    "oldest_child_age": ("oldest_child_age", 1 / 12),
    "unemployment_months": ("unemployment_months", 1.0),
    "long_term_unemployed": ("unemployment_months", 1.0),
    "months_since_last_job": ("months_since_last_job", 1.0),
    "months_since_last_topup_job": ("months_since_last_topup_job", 1.0),
    "topup_job_last_60_months": ("months_since_last_topup_job", 1.0),
    "months_since_job_start": ("months_since_job_start", 1.0),
    "jps_months_in_stage": ("jps_months_in_stage", 1.0),
    "benefit_months_total": ("benefit_months_total", 1.0),
    "benefit_months_last_24": ("benefit_months_last_24", 1.0),
    "long_term_benefit": ("benefit_months_last_24", 1.0),
    "course_right_age_months": ("course_right_age_months", 1.0),
    "course_interrupted_months": ("course_interrupted_months", 1.0),
    "months_until_stage_end": ("months_until_stage_end", -1.0),
    "months_until_course_end": ("months_until_course_end", -1.0),
    "months_until_training": ("months_until_training", -1.0),
    "months_since_known": ("months_since_known", 1.0),
}
"""Facts that time alone changes: the fact that runs, and its change per month."""

FIXED_LIMITS = {"long_term_unemployed": 12.0, "long_term_benefit": 21.0, "topup_job_last_60_months": 60.0}
"""Month counts behind computed yes/no facts (matcher/facts.py)."""

YEARLY = frozenset({"years_since_practice"})
EXPIRING = {"work_permit": "work_permit_until"}
"""Facts that are unknown from the day after another fact's day."""
HORIZON = "horizon"
_ORDERS: dict[str, Any] = {
    "german_level": {level: rank for rank, level in enumerate(GERMAN_LEVELS)},
    "school_leaving_level": SCHOOL_ORDER,
    "vocational_qualification": VOCATIONAL_ORDER,
}


def facts_behind(field: str) -> tuple[str, ...]:
    """The recorded facts that a fact is made of, as far as gains change them."""
    return READS.get(field, (field,))


def bits_behind(field: str, gains: Sequence[Gain]) -> int:
    """Gains that can change a fact."""
    raw = set(facts_behind(field))
    return sum(1 << gain.bit for gain in gains if raw & {name for name, _ in gain.sets})


def is_running(leaf: Leaf) -> bool:
    """Can time alone change the answer of a leaf?"""
    moves = leaf.field in RUNNING or leaf.field in YEARLY or leaf.field in EXPIRING
    return moves or leaf.valid_from is not None or leaf.valid_to is not None


def changed(profile: Profile, gains: Sequence[Gain], mask: int, day: dt.date, horizon: dt.date) -> Profile:
    """The profile on `day` after the gains of `mask`; ordinal facts never fall, new rights last to the horizon."""
    moved = advance(profile, day)
    written: dict[str, dict[str, Any]] = {"participant": {}, "household": {}, "protected": {}}
    for gain in gains:
        if mask >> gain.bit & 1:
            for name, value in gain.sets:
                owner = _owner(moved, name)
                current = written[owner].get(name, getattr(getattr(moved, owner), name))
                written[owner][name] = _written(name, current, horizon if value == HORIZON else value)
    if not any(written.values()):
        return moved
    names = {name for part in written.values() for name in part}
    return replace(
        moved,
        participant=replace(moved.participant, **written["participant"]),
        household=replace(moved.household, **written["household"]),
        protected=replace(moved.protected, **written["protected"]),
        conflicts=_without(moved.conflicts, names),
    )


def _owner(profile: Profile, name: str) -> str:
    owners = ("participant", "household", "protected")
    return next(owner for owner in owners if hasattr(getattr(profile, owner), name))


def _written(name: str, current: Any, value: Any) -> Any:
    if name == "driving_licences":
        return tuple(dict.fromkeys((*(current or ()), value)))
    order = _ORDERS.get(name)
    if order is not None and current is not None and order.get(current, -1) >= order[value]:
        return current
    if name == "jps_internships_done" and current is not None:
        return max(current, value)
    return value


def _without(conflicts: Iterable[Conflict], names: set[str]) -> tuple[Conflict, ...]:
    """A fact that a step has newly established no longer contradicts anything."""
    kept = (replace(item, fields=tuple(f for f in item.fields if f not in names)) for item in conflicts)
    return tuple(item for item in kept if item.fields)


def flips(leaf: Leaf, facts: Facts, horizon_days: int) -> set[int]:
    """Days from today on which time may change a leaf's answer; a day too many does no harm."""
    found: set[int] = set()
    for bound in (leaf.valid_from, leaf.valid_to):
        if bound is not None:
            found |= {(bound - facts.today).days, (bound - facts.today).days + 1}
    if leaf.field in EXPIRING and (last := facts.value(EXPIRING[leaf.field], 0)) is not None:
        found.add((last - facts.today).days + 1)
    if leaf.field in YEARLY:
        found |= {(dt.date(facts.today.year + n, 1, 1) - facts.today).days for n in range(1, horizon_days // 365 + 1)}
        years = facts.value(leaf.field, 0)
        if years is not None:
            for limit in _limits(leaf):
                found |= _around(facts.today, (limit - years) * 12, horizon_days)
    if leaf.field in RUNNING:
        name, per_month = RUNNING[leaf.field]
        value = facts.value(name, 0)
        if name == "age" and value is not None:
            value = facts.profiles[0].participant.age  # the fact itself counts completed years
        if value is not None:
            for limit in _limits(leaf):
                months = (limit - value) / per_month
                found |= _around(facts.today, months, horizon_days)
    return {day for day in found if 0 < day <= horizon_days}


def _limits(leaf: Leaf) -> tuple[float, ...]:
    if leaf.field in FIXED_LIMITS:
        return (FIXED_LIMITS[leaf.field],)
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    numbers = tuple(float(v) for v in values if isinstance(v, int | float) and not isinstance(v, bool))
    return numbers + tuple(number + 1 for number in numbers) if leaf.field == "age" else numbers


def _around(today: dt.date, months: float, horizon_days: int) -> set[int]:
    if not -1.0 <= months <= horizon_days / 28:
        return set()
    whole = int(months // 1)
    first, following = month_later(today, whole), month_later(today, whole + 1)
    day = (first - today).days + round((months - whole) * (following - first).days)
    return {day + shift for shift in (-2, -1, 0, 1, 2)}


@lru_cache(maxsize=4096)
def month_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
