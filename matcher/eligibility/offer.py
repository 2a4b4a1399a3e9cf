"""Feasibility of an offer: way, language, hours a person may work, fixed childcare. Words beside the arithmetic.

Source: DESIGN section 6 (Travel, childcare); an estimate excludes only beyond the last limit, only a fixed childcare
contract excludes. What the offer itself does not state asks nothing.
"""

import numpy as np

from matcher.columns import Rule, Verdicts
from matcher.features.reach import reach_ratio, travel_minutes
from matcher.features.schedule import clock, window_fit
from matcher.labels import hours_words
from matcher.pool.offers import MeasurePool
from matcher.pool.people import PersonColumns
from matcher.pool.programmes import KIND_FIT
from matcher.pool.seekers import MeasurePeople
from matcher.pool.travel import load_travel
from matcher.vocabulary import GERMAN_LEVELS

TRAVEL_SOURCE = "Austauschformat, Wegzeiten; catalog/travel.toml"


def is_within_reach(people: MeasurePeople, pool: MeasurePool) -> Verdicts:
    """Not met beyond 1.35 × the person's limit, unless remote or with a shuttle; unknown without places or limit.

    An instrument (voucher, subsidy) without a place has none of its own: nothing to reach.
    """
    ratio = reach_ratio(people.seekers.open, pool)
    verdict = np.where(np.isnan(ratio), 1, np.where(ratio <= load_travel().near_miss_until, 2, 0))
    instrument = pool.columns.kind[pool.programme] == KIND_FIT["instrument"]
    free = (pool.remote == 1) | (pool.shuttle == 1) | (instrument & np.isnan(pool.lat))
    return np.where(free[None, :], 2, verdict).astype(np.uint8)


def say_reach(people: MeasurePeople, pool: MeasurePool, b: int, row: int) -> str:
    """Minutes against the limit, or what is missing to know them."""
    minutes = travel_minutes(people.seekers.open, pool)[b, row]
    limit = people.seekers.open.max_commute_minutes[b]
    if np.isnan(pool.lat[row]):
        return "Zu klären: Ort des Angebots (beim Träger erfragen)"
    if np.isnan(minutes) or np.isnan(limit):
        return f"Zu klären: Weg innerhalb der höchsten Fahrzeit (fehlt: {_unknown_of_way(people.seekers.open, b)})"
    return f"Weg etwa {minutes:.0f} Minuten (Schätzung), Grenze {limit:.0f} Minuten"


def _unknown_of_way(one: PersonColumns, b: int) -> str:
    """What nobody knows of a person's way."""
    facts = (
        ("Wohnort", one.lat[b]),
        ("Verkehrsmittel", one.km_per_hour[b]),
        ("höchste Fahrzeit", one.max_commute_minutes[b]),
    )
    *others, last = [name for name, value in facts if np.isnan(value)]
    return f"{', '.join(others)} und {last}" if others else last


def has_enough_german(people: MeasurePeople, pool: MeasurePool) -> Verdicts:
    """Met where no level is stated or the person has it."""
    have, needed = people.seekers.german[:, None], pool.german_level_min[None, :]
    return np.where(needed < 0, 2, np.where(have < 0, 1, np.where(have >= needed, 2, 0))).astype(np.uint8)


def say_german(people: MeasurePeople, pool: MeasurePool, b: int, row: int) -> str:
    """Level asked and level there."""
    needed, have = GERMAN_LEVELS[pool.german_level_min[row]], people.seekers.german[b]
    if have < 0:
        return f"Zu klären: Deutsch ab {needed}"
    return f"Vorausgesetzt: Deutsch ab {needed}; vorhanden: {GERMAN_LEVELS[have]}"


def may_work_the_hours(people: MeasurePeople, pool: MeasurePool) -> Verdicts:
    """Not met where the offer's hours exceed a health or legal limit; the limit only protects."""
    limit, hours = people.protected.max_hours[:, None], pool.hours_per_week[None, :]
    return np.where(np.isnan(limit) | np.isnan(hours) | (hours <= limit), 2, 0).astype(np.uint8)


def say_hours(people: MeasurePeople, pool: MeasurePool, b: int, row: int) -> str:
    """Hours of the offer against the limit."""
    hours = float(pool.hours_per_week[row])
    return f"{hours_words(hours)} pro Woche {'ist' if hours == 1 else 'sind'} mehr, als derzeit möglich ist"


def fits_fixed_childcare(people: MeasurePeople, pool: MeasurePool) -> Verdicts:
    """Not met where a childcare contract that cannot be extended leaves the offer's times out altogether."""
    columns = people.seekers.open
    verdict = np.full((len(people), len(pool)), 2, dtype=np.uint8)
    rows = pool.from_minutes >= 0
    fixed = (columns.needs_care == 1) & (columns.care_fixed == 1)
    if rows.any() and fixed.any():
        way = np.nan_to_num(travel_minutes(columns, pool))
        fit = window_fit(columns.care_from, columns.care_until, pool, rows, way)
        blocked = fixed[:, None] & (fit == 0.0) & (pool.childcare[rows] != 1)[None, :]
        verdict[:, rows] = np.where(blocked, 0, 2)
    return verdict


def say_childcare(people: MeasurePeople, pool: MeasurePool, b: int, row: int) -> str:
    """Times of the offer that the contract leaves out."""
    return f"Beginnt um {clock(pool.from_minutes[row])}; der feste Betreuungsvertrag lässt das nicht zu"


OFFER_RULES: tuple[Rule[MeasurePeople, MeasurePool], ...] = (
    Rule(
        "offer.reach",
        TRAVEL_SOURCE,
        ("postal_code", "transport_mode", "max_commute_minutes"),
        is_within_reach,
        say_reach,
    ),
    Rule(
        "offer.language",
        "Angebot des Trägers",
        ("german_level",),
        has_enough_german,
        say_german,
        asks=("seekers.german",),
    ),
    Rule(
        "offer.hours_limit",
        "Austauschformat, max_hours_per_week",
        ("max_hours_per_week",),
        may_work_the_hours,
        say_hours,
        asks=("protected.max_hours",),
    ),
    Rule(
        "offer.childcare",
        "Austauschformat, fester Betreuungsvertrag",
        ("children",),
        fits_fixed_childcare,
        say_childcare,
    ),
)
"""Hard rules on offers, in the order in which they are told."""
