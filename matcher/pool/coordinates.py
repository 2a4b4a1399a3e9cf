"""Where rows of a pool lie: their own coordinates, else those of their postal code or place.

Source: DESIGN section 6 (travel without a timetable is an estimate); BA lists carry coordinates, own lists need not.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.places import Places

Spot = tuple[float | None, float | None, str | None, str | None]
"""Latitude and longitude in degrees as stated, postal code and place name; None is unknown."""
Point = tuple[float, float]
UNKNOWN: Point = (np.nan, np.nan)


def coordinates(spots: Sequence[Spot], places: Places) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latitude and longitude of every row in degrees, NaN where neither is stated nor the place is known.

    Half a pair of coordinates says nothing. Every distinct postal code and place is looked up once.
    """
    looked_up: dict[tuple[str | None, str | None], Point] = {}
    points = [_point(spot, places, looked_up) for spot in spots]
    both = np.array(points, dtype=np.float64).reshape(len(points), 2)
    return both[:, 0].copy(), both[:, 1].copy()


def _point(spot: Spot, places: Places, looked_up: dict[tuple[str | None, str | None], Point]) -> Point:
    lat, lon, code, place = spot
    if lat is not None and lon is not None:
        return lat, lon
    if (code, place) not in looked_up:
        looked_up[code, place] = places.find(code, place) or UNKNOWN
    return looked_up[code, place]
