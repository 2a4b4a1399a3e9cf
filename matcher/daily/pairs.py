"""Travel minutes of single pairs: the engine's own formula, and the engine itself where rounding is a close call."""

import numpy as np
from numpy.typing import NDArray

from matcher.daily.blocks import open_rows
from matcher.features.reach import EARTH_RADIUS_KM, travel_minutes
from matcher.pool.people import People
from matcher.pool.travel import load_travel
from matcher.pool.vacancies import VacancyPool

Rows = NDArray[np.int64]
CLOSE = 1e-5
"""Minutes this near to a half are asked of the engine: two ways of adding up may round differently there."""
NEAR_CHORD, CLOSE_WHEN_NEAR = 1e-5, 1e-2
"""Below some 60 m a chord has few exact digits."""


def unit_vectors(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points on the unit sphere, shape (3, n)."""
    phi, lam = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def minutes_per_radian(people: People) -> NDArray[np.float64]:
    """Minutes of travel per radian of arc, by person."""
    return EARTH_RADIUS_KM * load_travel().detour / people.open.km_per_hour * 60.0


def pair_minutes(people: People, pool: VacancyPool, persons: Rows, row: Rows) -> NDArray[np.float64]:
    """Whole minutes one way of every pair, NaN where unknown; the same as the engine's."""
    mine, theirs = unit_vectors(people.open.lat, people.open.lon), unit_vectors(pool.lat, pool.lon)
    dot = np.zeros(len(persons))
    for axis in range(3):
        dot += mine[axis, persons] * theirs[axis, row]
    chord = np.sqrt(np.maximum(2.0 - 2.0 * dot, 0.0))
    exact = 2.0 * np.arcsin(chord / 2.0) * minutes_per_radian(people)[persons] + people.open.extra_minutes[persons]
    minutes: NDArray[np.float64] = np.rint(exact)
    off = np.abs(np.abs(exact - minutes) - 0.5)
    close = np.flatnonzero(off < np.where(chord < NEAR_CHORD, CLOSE_WHEN_NEAR, CLOSE))
    minutes[close] = engine_minutes(people, pool, persons[close], row[close])
    return minutes


def engine_minutes(people: People, pool: VacancyPool, persons: Rows, row: Rows) -> NDArray[np.float64]:
    """The engine's own minutes of a few pairs."""
    if not len(persons):
        return np.zeros(0)
    asked, place = np.unique(persons, return_inverse=True)
    found: NDArray[np.float64] = travel_minutes(open_rows(people.open, asked), pool)[place, row]
    return found
