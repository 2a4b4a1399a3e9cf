"""Hours: what a vacancy offers per week against what somebody wants.

Stated hours count as they are; "Teilzeit", "Vollzeit" and "Minijob" as usual ranges; where an advertisement says
nothing, the share of part time usual in the occupation weighs both (derived, marked so in the words).
Works on every pool with these columns. Ranges: `catalog/weights.toml` explains the weight, the ranges here are
usual German ones (Minijob: wage limit / minimum wage, § 8 SGB IV; full time from 35 hours).
"""

import math
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Feature, Fits
from matcher.features.remember import remember
from matcher.pool.people import PersonColumns

FULL_TIME_HOURS = (35.0, 40.0)
PART_TIME_HOURS = (15.0, 25.0)
MINIJOB_HOURS = (3.0, 10.0)
TOLERATED_GAP_HOURS = 10.0
"""A gap this wide makes the fit 0; half of it is negotiable (expert assumption)."""


class Timed(Protocol):
    """A pool that says how long its rows work per week."""

    @property
    def full_time(self) -> NDArray[np.int8]: ...
    @property
    def part_time(self) -> NDArray[np.int8]: ...
    @property
    def minijob(self) -> NDArray[np.int8]: ...
    @property
    def hours_min(self) -> NDArray[np.float64]: ...
    @property
    def hours_max(self) -> NDArray[np.float64]: ...
    @property
    def part_time_chance(self) -> NDArray[np.float64]: ...
    @property
    def minijob_chance(self) -> NDArray[np.float64]: ...


def _range_fit(people: PersonColumns, low: NDArray[np.float64], high: NDArray[np.float64]) -> Fits:
    """Return 1 where the ranges touch, falling to 0 over the tolerated gap; shape (B, 1) or (B, N)."""
    wanted_low, wanted_high = people.hours_min[:, None], people.hours_max[:, None]
    gap = np.maximum(np.maximum(low - wanted_high, wanted_low - high), 0.0)
    fit: Fits = np.clip(1.0 - gap / TOLERATED_GAP_HOURS, 0.0, 1.0)
    return fit


@remember
def compute(people: PersonColumns, pool: Timed) -> Fits:
    """Return the best of what the vacancy offers, shape (B, N); NaN where wish or offer is unknown."""
    full = _range_fit(people, *(np.array([[bound]]) for bound in FULL_TIME_HOURS))
    part = _range_fit(people, *(np.array([[bound]]) for bound in PART_TIME_HOURS))
    mini = _range_fit(people, *(np.array([[bound]]) for bound in MINIJOB_HOURS))
    offered = np.maximum(
        np.where(pool.full_time == 1, full, 0.0),
        np.maximum(np.where(pool.part_time == 1, part, 0.0), np.where(pool.minijob == 1, mini, 0.0)),
    )
    chance = pool.part_time_chance[None, :]
    usual = pool.minijob_chance * mini + (1.0 - pool.minijob_chance) * (chance * part + (1.0 - chance) * full)
    said = (pool.full_time == 1) | (pool.part_time == 1) | (pool.minijob == 1)
    fit = np.where(said[None, :], offered, usual)
    stated = np.isfinite(pool.hours_max)
    if stated.any():
        exact = _range_fit(people, pool.hours_min[None, stated], pool.hours_max[None, stated])
        other_full = np.where(pool.full_time[stated] == 1, full, 0.0)
        fit[:, stated] = np.maximum(exact, np.where(pool.hours_min[stated] < FULL_TIME_HOURS[0], other_full, 0.0))
    unknown = np.isnan(people.hours_min)
    fit[unknown] = np.nan
    return fit


def offered_words(pool: Timed, row: int) -> str:
    """German words for the working time a vacancy offers."""
    low, high = pool.hours_min.item(row), pool.hours_max.item(row)
    if math.isfinite(high):
        hours = _number(low) if low == high else f"{_number(low)} bis {_number(high)}"
        return f"{hours} Stunde{'' if hours == '1' else 'n'} pro Woche"
    names = [
        name
        for name, column in (("Vollzeit", pool.full_time), ("Teilzeit", pool.part_time), ("Minijob", pool.minijob))
        if column[row] == 1
    ]
    return " oder ".join(names) if names else "Arbeitszeit nicht genannt"


@lru_cache(maxsize=1024)
def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def say(people: PersonColumns, pool: Timed, b: int, row: int) -> str:
    """German words for hours offered against hours wanted."""
    offered = offered_words(pool, row)
    if np.isnan(people.hours_min[b]):
        return f"{offered}; gewünschte Stunden sind nicht bekannt"
    wanted = f"{_number(people.hours_min.item(b))} bis {_number(people.hours_max.item(b))} Stunden"
    if offered == "Arbeitszeit nicht genannt":
        chance = pool.part_time_chance[row]
        if pool.minijob_chance[row] >= 0.5:
            return f"Arbeitszeit nicht genannt, bei Aushilfen meist wenige Stunden (Annahme); gewünscht {wanted}"
        usual = "" if np.isnan(chance) else ", im Beruf oft Teilzeit" if chance >= 0.5 else ", im Beruf meist Vollzeit"
        return f"Arbeitszeit nicht genannt{usual} (Annahme); gewünscht {wanted}"
    return f"{offered}; gewünscht {wanted}"


READS = ("full_time", "part_time", "minijob", "hours_min", "hours_max", "part_time_chance", "minijob_chance")
HOURS: Feature[PersonColumns, Timed] = Feature(
    "hours",
    ("desired_hours_min", "desired_hours_max"),
    compute,
    say,
    READS,
    ("hours_min", "hours_max"),
    words=(READS, ("hours_min", "hours_max")),
)
