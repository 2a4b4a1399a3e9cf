"""Places: postal codes with coordinates, and postal codes with place names and municipality keys, as rows.

Source: layouts of the two open PLZ lists (PLZ,lat,lng without a title over the code;
osm_id,ags,ort,plz,… whose codes and keys lost their leading zeros), and an own layout plz;ort;lat;lon.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matcher.read import cells
from matcher.read.exchanged import note_exchanged
from matcher.read.problems import Problems
from matcher.read.safe import Limits
from matcher.read.table import Row, Table, read_table, simplified

AGS_DIGITS = 8
_TITLES: Mapping[str, str] = {
    "plz": "postal_code",
    "postleitzahl": "postal_code",
    "zip": "postal_code",
    "ort": "place",
    "place": "place",
    "gemeindename": "place",
    "gemeinde": "place",
    "name": "place",
    "lat": "lat",
    "latitude": "lat",
    "breitengrad": "lat",
    "breite": "lat",
    "lon": "lon",
    "lng": "lon",
    "longitude": "lon",
    "laengengrad": "lon",
    "laenge": "lon",
    "ags": "ags",
    "landkreis": "district",
    "kreis": "district",
    "bundesland": "state",
    "land": "state",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One postal code in one place; degrees WGS 84; `ags` the eight-digit municipality key."""

    postal_code: str
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    ags: str | None = None
    district: str | None = None
    state: str | None = None


def read_places(path: Path, limits: Limits | None = None) -> list[PlaceRow]:
    """Read a list of postal codes, ordered by code and place; raises InputProblems with everything wrong."""
    table = read_table(path, _TITLES, limits)
    problems = Problems(table.file, table.header.number)
    columns = _columns(table, problems)
    rows: dict[tuple[str, str], PlaceRow] = {}
    for row in table.rows if not problems.found else ():
        problems.row = row.number
        place = _place(columns, row, table.header.cells, problems)
        if place is not None:
            key = (place.postal_code, place.place or "")
            rows[key] = place if key not in rows else _merged(rows[key], place)
    problems.row = table.header.number
    note_exchanged((_located(place) for place in rows.values()), "lat", "lon", problems)
    problems.done()
    return [rows[key] for key in sorted(rows)]


def _columns(table: Table, problems: Problems) -> list[str | None]:
    titles = table.header.cells
    columns = [_TITLES.get(simplified(title)) for title in titles]
    if "postal_code" not in columns and titles and not titles[0]:
        columns[0] = "postal_code"
    if "postal_code" not in columns:
        problems.add("plz", "is missing.", "Name the column with the postal codes plz.")
    if "place" not in columns and not {"lat", "lon"} <= set(columns):
        problems.add(None, "has neither place names nor coordinates.", "Add a column ort, or the columns lat and lon.")
    for name in sorted({name for name in columns if name is not None}):
        if columns.count(name) > 1:
            named = [title for title, column in zip(titles, columns, strict=True) if column == name]
            problems.add(" / ".join(named), "say the same.", "Keep one of these columns.")
    return columns


def _place(columns: Sequence[str | None], row: Row, titles: Sequence[str], problems: Problems) -> PlaceRow | None:
    record: dict[str, object] = {}
    before = len(problems.found)
    for name, title, cell in zip(columns, titles, row.cells, strict=False):
        if name is None or cells.is_unknown(cell):
            continue
        try:
            record[name] = _convert(name, cell)
        except ValueError as error:
            problems.add(title or "plz", f"should be {error}.", "Correct the cell.", cell)
    if "postal_code" not in record and len(problems.found) == before:
        problems.add("plz", "is empty.", "Every row needs its postal code.")
    if len(problems.found) > before:
        return None
    return PlaceRow(**record)  # type: ignore[arg-type]


def _located(place: PlaceRow) -> dict[str, float]:
    return {} if place.lat is None or place.lon is None else {"lat": place.lat, "lon": place.lon}


def _convert(name: str, cell: str) -> object:
    if name == "postal_code":
        return cells.german_postal_code(cell)
    if name in ("lat", "lon"):
        return cells.latitude(cell) if name == "lat" else cells.longitude(cell)
    return cell.zfill(AGS_DIGITS) if name == "ags" and cell.isdigit() else cell


def _merged(first: PlaceRow, second: PlaceRow) -> PlaceRow:
    names = ("lat", "lon", "ags", "district", "state")
    gaps = {name: getattr(second, name) for name in names if getattr(first, name) is None}
    return replace(first, **gaps)
