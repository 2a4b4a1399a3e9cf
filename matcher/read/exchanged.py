"""Latitude and longitude that stand in each other's column: one problem of the list, not jobs far from everybody."""

from collections.abc import Iterable, Mapping
from typing import Any

from matcher.read.problems import Problems

GERMANY_LAT, GERMANY_LON = (47.0, 55.1), (5.8, 15.1)
"""Degrees (WGS 84) within which Germany lies, rounded outwards."""


def note_exchanged(rows: Iterable[Mapping[Any, Any]], lat_title: str, lon_title: str, problems: Problems) -> None:
    """Note a problem where most rows with `lat` and `lon` lie outside Germany, but inside after an exchange."""
    points = [(row["lat"], row["lon"]) for row in rows if "lat" in row and "lon" in row]
    exchanged = sum(_in_germany(lon, lat) and not _in_germany(lat, lon) for lat, lon in points)
    if exchanged * 2 > len(points):
        problems.add(
            f"{lat_title} / {lon_title}",
            f"look swapped (vertauscht): {exchanged} of {len(points)} rows lie in Germany only the other way round.",
            "Exchange the two titles.",
        )


def _in_germany(lat: float, lon: float) -> bool:
    return GERMANY_LAT[0] <= lat <= GERMANY_LAT[1] and GERMANY_LON[0] <= lon <= GERMANY_LON[1]
