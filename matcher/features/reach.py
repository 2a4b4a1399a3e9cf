"""Reach: estimated travel minutes by the person's own mode against their limit.

Straight line (great circle) × detour, speed and extra minutes per mode, whole minutes: neutral participant
format, `catalog/travel.toml`. An estimate may order; it excludes only beyond the last limit (eligibility).
Works on every pool with coordinates: vacancies and offers of measures.
"""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Feature, Fits
from matcher.features.remember import remember
from matcher.pool.people import PersonColumns
from matcher.pool.people_encode import MODES
from matcher.pool.travel import load_travel

EARTH_RADIUS_KM = 6371.0


class Located(Protocol):
    """A pool whose rows lie somewhere; degrees, NaN unknown."""

    @property
    def lat(self) -> NDArray[np.float64]: ...
    @property
    def lon(self) -> NDArray[np.float64]: ...


def distance_km(people: PersonColumns, pool: Located) -> NDArray[np.float64]:
    """Return great-circle distances in km, shape (B, N), NaN where a place is unknown."""
    mine, theirs = _on_sphere(people.lat, people.lon), _on_sphere(pool.lat, pool.lon)
    chord = np.sqrt(np.maximum(2.0 - 2.0 * (mine @ theirs.T), 0.0))
    distance: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(chord / 2)
    return distance


@remember
def _on_sphere(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return unit vectors, shape (n, 3)."""
    phi, lam = np.radians(lat), np.radians(lon)
    cos_phi = np.cos(phi)
    return np.stack([cos_phi * np.cos(lam), cos_phi * np.sin(lam), np.sin(phi)], axis=1)


@remember
def travel_minutes(people: PersonColumns, pool: Located) -> NDArray[np.float64]:
    """Return whole minutes one way, shape (B, N); NaN where place or mode is unknown."""
    way_km = distance_km(people, pool) * load_travel().detour
    minutes: NDArray[np.float64] = np.rint(way_km / people.km_per_hour[:, None] * 60 + people.extra_minutes[:, None])
    return minutes


def reach_ratio(people: PersonColumns, pool: Located) -> NDArray[np.float64]:
    """Return travel minutes as share of the person's limit; NaN where either is unknown."""
    ratio: NDArray[np.float64] = travel_minutes(people, pool) / people.max_commute_minutes[:, None]
    return ratio


def compute(people: PersonColumns, pool: Located) -> Fits:
    """Fall slowly within the limit, clearly beyond it; the line stands in `catalog/travel.toml`."""
    travel = load_travel()
    ratio = reach_ratio(people, pool)
    fit: Fits = np.interp(ratio, travel.ratio, travel.value)
    fit[np.isnan(ratio)] = np.nan
    return fit


def _missing(people: PersonColumns, pool: Located, b: int, row: int) -> str:
    """What an estimate lacks."""
    facts = (
        ("Wohnort", people.lat[b]),
        ("Verkehrsmittel", people.km_per_hour[b]),
        ("Ort der Stelle", pool.lat[row]),
    )
    *others, last = [name for name, value in facts if np.isnan(value)] or ["Ort"]
    return f"{', '.join(others)} und {last}" if others else last


def say(people: PersonColumns, pool: Located, b: int, row: int) -> str:
    """German words for the way to one place."""
    minutes = travel_minutes(people, pool)[b, row]
    if np.isnan(minutes):
        return f"Weg nicht abschätzbar: {_missing(people, pool, b, row)} unbekannt"
    words = load_travel().modes[MODES[int(people.mode[b])]].words
    limit = people.max_commute_minutes[b]
    if np.isnan(limit):
        return f"etwa {minutes:.0f} Minuten {words} (Schätzung)"
    beyond = ", über der eigenen Grenze" if minutes > limit else ""
    return f"etwa {minutes:.0f} Minuten {words} (Schätzung), Grenze {limit:.0f} Minuten{beyond}"


REACH: Feature[PersonColumns, Located] = Feature(
    "reach", ("postal_code", "transport_mode", "max_commute_minutes"), compute, say
)
