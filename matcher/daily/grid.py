"""Vacancies by cell of a geographic grid: whoever is too far away for the way limit is never looked at.

Exact: cells are only left out when every point in them is further than the last minute at which the way is not
excluded (1.35 × the limit). Vacancies without a place belong to everybody. Nothing else is ever left out before the
rules; blocking by occupation hides good proposals (PERFORMANCE C).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.daily.way import Way
from matcher.features.reach import EARTH_RADIUS_KM
from matcher.pool.people import People
from matcher.pool.travel import load_travel
from matcher.pool.vacancies import VacancyPool

CELL_KM = 4.0
KM_PER_DEGREE = EARTH_RADIUS_KM * np.pi / 180.0
EVERYWHERE_KM = 1e6
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grid:
    """`spot` (2, N): row and column of every vacancy's cell, -1 where its place is not known."""

    spot: NDArray[np.int32]
    south: float
    west: float
    rows: int
    columns: int
    height: float
    width: float

    def boxes(self, people: People, furthest_km: NDArray[np.float64]) -> NDArray[np.int64]:
        """Cells that may hold something near enough, (B, 4): first and last row, first and last column."""
        lat, lon = people.open.lat, people.open.lon
        unclear = np.isnan(lat) | np.isnan(lon) | (furthest_km >= EVERYWHERE_KM)
        up = np.where(unclear, 400.0, furthest_km / KM_PER_DEGREE + 1e-6)
        top = np.minimum(np.abs(np.nan_to_num(lat)) + up, 89.0)
        aside = np.where(unclear, 800.0, up / np.cos(np.radians(top)))
        lat, lon = np.nan_to_num(lat), np.nan_to_num(lon)
        return np.stack(
            [
                self._cell(lat - up, self.south, self.height, self.rows),
                self._cell(lat + up, self.south, self.height, self.rows),
                self._cell(lon - aside, self.west, self.width, self.columns),
                self._cell(lon + aside, self.west, self.width, self.columns),
            ],
            axis=1,
        )

    @staticmethod
    def _cell(degrees: NDArray[np.float64], origin: float, size: float, count: int) -> NDArray[np.int64]:
        return np.clip(np.floor((degrees - origin) / size), 0, count - 1).astype(np.int64)


def make_grid(pool: VacancyPool) -> Grid:
    """The cells of all vacancies."""
    placed = ~(np.isnan(pool.lat) | np.isnan(pool.lon))
    spot = np.full((2, len(pool)), -1, dtype=np.int32)
    if not placed.any():
        return Grid(spot, 0.0, 0.0, 1, 1, 1.0, 1.0)
    lat, lon = pool.lat[placed], pool.lon[placed]
    south, west = float(lat.min()), float(lon.min())
    height = CELL_KM / KM_PER_DEGREE
    width = height / max(float(np.cos(np.radians(np.abs(lat).max()))), 0.05)
    spot[0, placed] = ((lat - south) / height).astype(np.int32)
    spot[1, placed] = ((lon - west) / width).astype(np.int32)
    rows, columns = (int(side.max()) + 1 for side in spot)
    return Grid(spot, south, west, rows, columns, height, width)


def furthest_km(people: People, rows: Rows, way: Way) -> NDArray[np.float64]:
    """How far away a vacancy may be for each of these persons before the way excludes it, with a minute to spare."""
    minutes = way.furthest()[way.of.of[rows]].astype(np.float64)
    speed, extra = people.open.km_per_hour[rows], people.open.extra_minutes[rows]
    km = np.maximum(minutes + 1.0 - extra, 0.0) / 60.0 * speed / load_travel().detour
    return np.where(np.isnan(km) | (minutes >= way.last), EVERYWHERE_KM, km)
