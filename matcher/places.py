"""Places: where a postal code or a place name lies, for straight-line travel estimates.

Source: DESIGN section 6 (travel without a timetable is an estimate); the rows come from `matcher import places`.
"""

import math
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Row = tuple[str | None, str | None, float, float]
"""Postal code, place name, latitude and longitude in degrees (WGS 84)."""
Point = tuple[float, float]
KM_PER_DEGREE = 111.2
ONE_TOWN_KM = 20.0
"""Postal codes of one town lie within this of its middle; assumption: in the German lists nine of ten codes of every
large city do (Berlin, Hamburg, Munich), while towns of one name (Neustadt, Michelbach) mostly lie further apart."""
STRAYS = 0.1
"""So large a share of a town's codes may lie further away (Hamburg: one of a hundred) and is then left out."""


def place_key(name: str) -> str:
    """Return the form under which a place name is looked up: lower case, single spaces, no bracketed addition."""
    return " ".join(re.sub(r"\(.*?\)|,.*$", " ", name).casefold().split())


@dataclass(frozen=True, slots=True)
class Places:
    """Rows of places as columns, with lookups; several rows of one code or name count as their mean.

    A name that several towns share is not looked up: it tells nothing.
    """

    postal_codes: NDArray[np.str_]
    names: NDArray[np.str_]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    _by_code: dict[str, tuple[float, float]] = field(repr=False)
    _by_name: dict[str, tuple[float, float]] = field(repr=False)

    @classmethod
    def from_rows(cls, rows: Iterable[Row]) -> "Places":
        """Build the columns and both lookups; the order of the rows changes nothing."""
        listed = sorted(rows, key=lambda row: (row[0] or "", row[1] or "", row[2], row[3]))
        return cls(
            np.array([code or "" for code, _, _, _ in listed], dtype=np.str_),
            np.array([name or "" for _, name, _, _ in listed], dtype=np.str_),
            np.array([lat for _, _, lat, _ in listed], dtype=np.float64),
            np.array([lon for _, _, _, lon in listed], dtype=np.float64),
            _means((code.strip(), lat, lon) for code, _, lat, lon in listed if code),
            _towns((place_key(name), lat, lon) for _, name, lat, lon in listed if name),
        )

    def columns(self) -> dict[str, NDArray[Any]]:
        """Everything as arrays, for a cache; `from_columns` is the way back."""
        found: dict[str, NDArray[Any]] = {
            "postal_codes": self.postal_codes,
            "names": self.names,
            "lat": self.lat,
            "lon": self.lon,
        }
        for key, lookup in (("code", self._by_code), ("name", self._by_name)):
            found[f"{key}_keys"] = np.array(list(lookup), dtype=np.str_)
            found[f"{key}_points"] = np.array(list(lookup.values()), dtype=np.float64).reshape(-1, 2)
        return found

    @classmethod
    def from_columns(cls, columns: Mapping[str, NDArray[Any]]) -> "Places":
        """Places from the arrays of `columns`."""
        lookups = [
            dict(zip(columns[f"{key}_keys"].tolist(), map(tuple, columns[f"{key}_points"].tolist()), strict=True))
            for key in ("code", "name")
        ]
        return cls(columns["postal_codes"], columns["names"], columns["lat"], columns["lon"], *lookups)

    def find(self, postal_code: str | None, place: str | None = None) -> tuple[float, float] | None:
        """Return latitude and longitude of a postal code, else of a place name, else None (unknown or ambiguous)."""
        known = self._by_code.get(postal_code.strip()) if postal_code else None
        return known or (self._by_name.get(place_key(place)) if place else None)

    def __len__(self) -> int:
        return len(self.lat)


def _grouped(rows: Iterable[tuple[str, float, float]]) -> dict[str, list[Point]]:
    groups: dict[str, list[Point]] = {}
    for key, lat, lon in rows:
        groups.setdefault(key, []).append((lat, lon))
    return groups


def _mean(points: Sequence[Point]) -> Point:
    return sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)


def _means(rows: Iterable[tuple[str, float, float]]) -> dict[str, Point]:
    return {key: _mean(points) for key, points in _grouped(rows).items()}


def _towns(rows: Iterable[tuple[str, float, float]]) -> dict[str, Point]:
    """The mean of every name's rows around their middle; names of several towns are left out."""
    found = {}
    for key, points in _grouped(rows).items():
        near = points if len(points) == 1 else _around_middle(points)
        if len(near) >= (1 - STRAYS) * len(points):
            found[key] = _mean(near)
    return found


def _around_middle(points: Sequence[Point]) -> list[Point]:
    lat, lon = (statistics.median(column) for column in zip(*points, strict=True))
    narrow = math.cos(math.radians(lat))
    return [one for one in points if math.hypot(one[0] - lat, (one[1] - lon) * narrow) * KM_PER_DEGREE <= ONE_TOWN_KM]
