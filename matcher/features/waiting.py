"""Waiting time until an offer starts: short waits keep people in the chain (document 004, AG 2 and AG 5)."""

import numpy as np

from matcher.columns import Feature, Fits
from matcher.features.remember import of_pool
from matcher.pool.offers import MeasurePool
from matcher.pool.seekers import Seekers

LONGEST_DAYS = 180
"""From half a year of waiting on the fit is 0 (project assumption; planning runs half-yearly, document 000)."""


def _days(pool: MeasurePool) -> np.ndarray:
    days = (pool.starts_on - np.datetime64(pool.today)).astype("timedelta64[D]")
    wait = np.where(np.isnat(days), np.nan, days.astype(np.float64))
    return np.where(pool.flexible_start == 1, 0.0, np.maximum(wait, 0.0))


@of_pool
def compute(pool: MeasurePool) -> Fits:
    """1 for an immediate start, falling to 0 at half a year; NaN without a date."""
    fit = np.clip(1.0 - _days(pool) / LONGEST_DAYS, 0.0, 1.0)
    return fit


def say(people: Seekers, pool: MeasurePool, b: int, row: int) -> str:
    """German words for the start."""
    if pool.offer[row] < 0:
        return "Kein Beginn bekannt"
    if pool.flexible_start[row] == 1:
        return "Einstieg jederzeit möglich"
    start = pool.starts_on[row]
    return "Beginn nicht bekannt" if np.isnat(start) else f"Beginn am {start.astype(object):%d.%m.%Y}"


FEATURE: Feature[Seekers, MeasurePool] = Feature(
    "waiting", (), compute, say, words=(("offer", "flexible_start", "starts_on"), ())
)
