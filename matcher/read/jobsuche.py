"""Vacancies of the BA Jobsuche, flattened v4 list as CSV.

Source: description of the BA formats (v4 list); traps of real files: the literal `null`, empty titles, the
same reference number several times, foreign postal codes. A flag that the list does not carry is unknown.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from matcher.read import cells
from matcher.read.exchanged import note_exchanged
from matcher.read.problems import Problems
from matcher.read.safe import Limits
from matcher.read.table import Row, Table, read_table, simplified
from matcher.vacancy import Vacancy

GERMANY = "Deutschland"
_COLUMNS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "refnr": ("id", cells.text),
    "titel": ("title", cells.text),
    "beruf": ("occupation_label", cells.text),
    "arbeitgeber": ("employer_name", cells.text),
    "aktuelleVeroeffentlichungsdatum": ("published_on", cells.date),
    "eintrittsdatum": ("starts_on", cells.date),
    "modifikationsTimestamp": ("modified", cells.text),
    "externeUrl": ("url", cells.text),
    "arbeitsort.plz": ("postal_code", cells.postal_code),
    "arbeitsort.ort": ("place", cells.text),
    "arbeitsort.land": ("country", cells.text),
    "arbeitsort.koordinaten.lat": ("lat", cells.latitude),
    "arbeitsort.koordinaten.lon": ("lon", cells.longitude),
}
_KNOWN = {simplified(title): entry for title, entry in _COLUMNS.items()}
SIGNS = frozenset({"refnr", "modifikationstimestamp", "arbeitsortort"})
"""Simplified titles that only this format has."""


def looks_like_jobsuche(table: Table) -> bool:
    """Whether the header is that of a flattened v4 list."""
    return {simplified(title) for title in table.header.cells} >= SIGNS


def read_jobsuche(path: Path, limits: Limits | None = None) -> list[Vacancy]:
    """Read a flattened v4 list, ordered by reference number; raises InputProblems with all that is wrong."""
    return from_table(read_table(path, _KNOWN, limits))


def from_table(table: Table) -> list[Vacancy]:
    """The vacancies of a list that was already opened; of repeated references the newest one counts."""
    problems = Problems(table.file, table.header.number)
    columns = [_KNOWN.get(simplified(title)) for title in table.header.cells]
    present = {column[0] for column in columns if column}
    for needed, title in (("id", "refnr"), ("title", "titel")):
        if needed not in present:
            problems.add(title, "is missing.", "Import the list as the Jobsuche gives it, with its own column titles.")
    newest: dict[str, tuple[str, Vacancy]] = {}
    records = []
    for row in table.rows if not problems.found else ():
        problems.row = row.number
        record = _record(columns, row, table.header.cells, problems)
        records.append(record)
        vacancy = _vacancy(record, problems)
        modified = str(record.get("modified", ""))
        if vacancy is not None and (vacancy.id not in newest or newest[vacancy.id][0] < modified):
            newest[vacancy.id] = (modified, vacancy)
    problems.row = table.header.number
    note_exchanged(records, "arbeitsort.koordinaten.lat", "arbeitsort.koordinaten.lon", problems)
    problems.done()
    return [newest[key][1] for key in sorted(newest)]


def _record(
    columns: Sequence[tuple[str, Callable[[str], object]] | None],
    row: Row,
    titles: Sequence[str],
    problems: Problems,
) -> dict[str, object]:
    record: dict[str, object] = {}
    for column, title, cell in zip(columns, titles, row.cells, strict=False):
        if column is None or cells.is_unknown(cell):
            continue
        name, convert = column
        try:
            record[name] = convert(cell)
        except ValueError as error:
            problems.add(title, f"should be {error}.", "Correct the cell or leave it empty.", cell)
    if len(row.cells) > len(titles):
        problems.add(None, "has more cells than the header.", "Quote cells that hold the delimiter.")
    return record


def _vacancy(record: Mapping[str, object], problems: Problems) -> Vacancy | None:
    known = {name: value for name, value in record.items() if name != "modified"}
    if "id" not in known:
        problems.add("refnr", "is empty.", "Every vacancy needs its reference number.")
        return None
    known.setdefault("title", known.get("occupation_label"))
    if known["title"] is None:
        problems.add("titel", "and beruf are both empty.", "Name the occupation in one of them.")
        return None
    code = known.get("postal_code")
    if isinstance(code, str) and known.get("country") == GERMANY and code.isdigit():
        known["postal_code"] = code.zfill(5)
    if ("lat" in known) != ("lon" in known):
        known.pop("lat", None)
        known.pop("lon", None)
    return Vacancy(**known)  # type: ignore[arg-type]
