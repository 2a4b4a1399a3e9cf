"""Further files an operator may import for occupations, never shipped: survey counts and expert neighbours.

Survey counts: rows `key, code, n` (parquet with the optional package pyarrow, or CSV). Expert neighbours:
the AuxCO tables `auxco_distinctions.csv`, `auxco_categories.csv`, `auxco_mapping_from_kldb.csv`.
"""

from dataclasses import dataclass
from pathlib import Path

from matcher.errors import MatcherError
from matcher.read.occupations import OccupationRow
from matcher.read.problems import Problems
from matcher.read.safe import Limits, check_file
from matcher.read.table import Table, read_table, simplified

PRIOR_COLUMNS = ("key", "code", "n")
AUXCO_FILES = ("auxco_distinctions.csv", "auxco_categories.csv", "auxco_mapping_from_kldb.csv")
_PARQUET = b"PAR1"


@dataclass(frozen=True, slots=True)
class PriorRow:
    """How often an answer was coded so: phrase as written, five-digit code, count of answers."""

    key: str
    code: str
    count: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Two occupations that experts rate as similar: codes and rating (hoch, mittel, gering)."""

    code: str
    other: str
    rating: str


@dataclass(frozen=True, slots=True)
class Auxco:
    """Expert neighbours, titles of their categories, and the files they came from."""

    neighbours: tuple[Neighbour, ...]
    titles: tuple[OccupationRow, ...]
    files: tuple[str, ...]


def read_prior(path: Path, limits: Limits | None = None) -> tuple[PriorRow, ...]:
    """Read survey counts; raises InputProblems when columns or values are not key, code, n."""
    limits = limits or Limits()
    head = check_file(path, limits)
    rows = _parquet_rows(path) if head.startswith(_PARQUET) else _csv_rows(path, limits)
    problems = Problems(path.name)
    found = []
    for number, (key, written, count) in enumerate(rows, 2):
        code = written.strip().zfill(5)
        if not key.strip() or len(code) != 5 or not code.isdigit() or not _positive(count):
            problems.row = number
            problems.add(
                "code",
                "is no row of phrase, code of five digits and positive count.",
                "Expected for example: abbrucharbeiter, 32101, 2.",
                f"{key}, {code}, {count}",
            )
            continue
        found.append(PriorRow(key.strip(), code, float(count)))
    problems.done()
    if not found:
        problems.add(None, "holds no rows.", "Expected columns key, code, n.")
        problems.done()
    return tuple(found)


def _positive(text: str) -> bool:
    try:
        return 0 < float(text) < 1e9
    except ValueError:
        return False


def _parquet_rows(path: Path) -> list[tuple[str, str, str]]:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        raise MatcherError(
            f"{path.name} is a parquet file; reading it needs the optional package pyarrow.",
            "Install it (pip install 'matcher[priors]'), or save the file as CSV with columns key, code, n.",
        ) from error
    try:
        table = parquet.ParquetFile(path).read(columns=list(PRIOR_COLUMNS))
    except (ArrowException, OSError, KeyError) as error:
        problems = Problems(path.name)
        problems.add(
            None,
            f"cannot be read as parquet with columns key, code, n ({type(error).__name__}).",
            "Save it again, or as CSV.",
        )
        problems.done()
        raise
    columns = [table.column(name).to_pylist() for name in PRIOR_COLUMNS]
    return [(str(key), str(code), str(count)) for key, code, count in zip(*columns, strict=True)]


def _csv_rows(path: Path, limits: Limits) -> list[tuple[str, str, str]]:
    table = read_table(path, PRIOR_COLUMNS, limits)
    places = _places(table, PRIOR_COLUMNS)
    return [tuple(_cell(row.cells, at) for at in places) for row in table.rows]  # type: ignore[misc]


def _places(table: Table, names: tuple[str, ...]) -> list[int]:
    columns = {simplified(name): place for place, name in enumerate(table.header.cells)}
    problems = Problems(table.file)
    problems.row = table.header.number
    for name in names:
        if simplified(name) not in columns:
            problems.add(
                name, "is missing.", f"Expected columns: {', '.join(names)}.", ", ".join(table.header.cells)[:200]
            )
    problems.done()
    return [columns[simplified(name)] for name in names]


def _cell(cells: tuple[str, ...], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def read_auxco(path: Path, limits: Limits | None = None) -> Auxco:
    """Read one AuxCO table and those of its sister tables that lie in the same folder."""
    limits = limits or Limits()
    check_file(path, limits)
    if path.name not in AUXCO_FILES:
        problems = Problems(path.name)
        problems.add(None, "is not one of the AuxCO tables.", f"Expected one of: {', '.join(AUXCO_FILES)}.")
        problems.done()
    neighbours: tuple[Neighbour, ...] = ()
    titles: list[OccupationRow] = []
    files = [name for name in AUXCO_FILES if (path.parent / name).is_file()]
    for name in files:
        if name == AUXCO_FILES[0]:
            neighbours = _neighbours(path.parent / name, limits)
        elif name == AUXCO_FILES[1]:
            titles += _titles(path.parent / name, "default_kldb_id", "title", limits)
        else:
            titles += _titles(path.parent / name, "kldb_id", "kldb_title", limits)
            titles += _titles(path.parent / name, "kldb_id", "auxco_title", limits)
    return Auxco(neighbours, tuple(dict.fromkeys(titles)), tuple(files))


def _neighbours(path: Path, limits: Limits) -> tuple[Neighbour, ...]:
    table = read_table(path, ("auxcoid", "similarauxcoid", "similarity", "defaultkldbid"), limits)
    own, other, rating, code = _places(table, ("auxco_id", "similar_auxco_id", "similarity", "default_kldb_id"))
    code_of = {_cell(row.cells, own): _cell(row.cells, code).zfill(5) for row in table.rows}
    found = []
    for row in table.rows:
        left, right = code_of.get(_cell(row.cells, own), ""), code_of.get(_cell(row.cells, other), "")
        if left != right and all(len(one) == 5 and one.isdigit() for one in (left, right)):
            found.append(Neighbour(left, right, _cell(row.cells, rating).strip().lower()))
    return tuple(found)


def _titles(path: Path, code: str, title: str, limits: Limits) -> list[OccupationRow]:
    table = read_table(path, (simplified(code), simplified(title)), limits)
    code_at, title_at = _places(table, (code, title))
    rows = []
    for row in table.rows:
        value, text = _cell(row.cells, code_at).strip().zfill(5), _cell(row.cells, title_at).strip()
        if len(value) == 5 and value.isdigit() and len(text) > 2:
            rows.append(OccupationRow(value, text))
    return rows
