"""Times of an offer: its hours and clock window against availability, childcare and the hours somebody can give.

Reuses the arithmetic of vacancies (`features.schedule`); where no offer is known, part-time of the programme counts.
"""

from typing import cast

import numpy as np

from matcher.classes import Index, Rows
from matcher.columns import Feature, Fits
from matcher.features.reach import travel_minutes
from matcher.features.remember import remember
from matcher.features.schedule import clock, window_fit
from matcher.labels import hours_words
from matcher.pool.offers import MeasurePool
from matcher.pool.seekers import Seekers

PART_TIME_MISSING = 0.2
"""Fit of a full-time programme for somebody who looks for part-time (document 004, AG 4; R-E-09)."""
EVERY = slice(None)
HOURS_GAP = 10.0
"""So many hours a week too many make the fit 0 (as for vacancies)."""


def compute(people: Seekers, pool: MeasurePool) -> Fits:
    """The worst of window, childcare and hours, whichever is known; NaN where nothing is."""
    open_columns = people.open
    fit = np.fmin(_hours(people, pool), _part_time(people, pool))
    timed, rows = _timed(None, pool)
    if len(rows):
        window = window_fit(open_columns.free_from, open_columns.free_until, timed, EVERY)
        if (open_columns.needs_care != 0).any():
            way = np.nan_to_num(travel_minutes(open_columns, pool)[:, rows])
            care = window_fit(open_columns.care_from, open_columns.care_until, timed, EVERY, way)
            care[:, timed.childcare == 1] = np.nan
            care[open_columns.needs_care == 0] = np.nan
            window = np.fmin(window, care)
        fit[:, rows] = np.fmin(fit[:, rows], window)
    return fit


@remember
def _timed(_: None, pool: MeasurePool) -> tuple[MeasurePool, Index]:
    """Rows whose offer states clock times, as a pool, and their places."""
    rows = np.flatnonzero(pool.from_minutes >= 0)
    return cast(MeasurePool, Rows(pool, rows)), rows


def _hours(people: Seekers, pool: MeasurePool) -> Fits:
    gap = pool.hours_per_week[None, :] - people.open.hours_max[:, None]
    return np.asarray(np.clip(1.0 - np.maximum(gap, 0.0) / HOURS_GAP, 0.0, 1.0))


def _part_time(people: Seekers, pool: MeasurePool) -> Fits:
    """Part-time wished: 1 where offered, little where not; NaN where hours are known or either side is unknown."""
    fit = np.where(pool.part_time[None, :] == 1, 1.0, PART_TIME_MISSING)
    wished = people.wants_part_time[:, None] == 1
    unknown = (pool.part_time[None, :] < 0) | ~np.isnan(pool.hours_per_week)[None, :] | ~wished
    return np.where(unknown, np.nan, fit)


def say(people: Seekers, pool: MeasurePool, b: int, row: int) -> str:
    """German words for the times of an offer."""
    start, end, hours = pool.from_minutes[row], pool.until_minutes[row], pool.hours_per_week[row]
    parts = []
    if start >= 0:
        parts.append(f"{clock(start)} bis {clock(end)}" if end >= 0 else f"ab {clock(start)}")
    if not np.isnan(hours):
        parts.append(f"{hours_words(hours)} pro Woche")
    elif pool.part_time[row] == 1:
        parts.append("auch in Teilzeit")
    elif pool.part_time[row] == 0:
        parts.append("nur in Vollzeit")
    return "Zeiten: " + ", ".join(parts) if parts else "Zeiten sind nicht bekannt"


FEATURE: Feature[Seekers, MeasurePool] = Feature(
    "schedule",
    ("available_window", "desired_hours_max", "children"),
    compute,
    say,
    words=(("from_minutes", "until_minutes", "hours_per_week", "part_time"), ()),
)
