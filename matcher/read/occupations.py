"""Official occupation lists, in every layout seen (OCCUPATIONS.md section 4): rows of title and code.

Layouts: Gesamtberufsliste (XLSX, header in row 4, code `B 11412-107` or `B 32101-10600`), Klassifikationsserver
(CSV, lost leading zeros, titles inside "Umfasst ferner"), DKZ XML, alphabetical index (two columns).
All problems of a file are reported at once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import MatcherError
from matcher.read.problems import Problems
from matcher.read.safe import Limits, check_file
from matcher.read.table import Table, read_table, simplified

CODE_TITLES = ("codenummer", "kldb20105steller", "kldb2010", "kldb", "code", "berufsgattung")
TITLE_TITLES = ("bezeichnungneutralkurz", "berufsbenennungen", "berufsbenennung", "bezeichnung", "titel", "title")
LEVEL_TITLES = ("ebene", "digits")
SERVER_KEY = "schluesselkldb2010"
MALE, FEMALE = "bezeichnungmaennlichlang", "bezeichnungweiblichlang"
FEWEST_SOUND = 0.5
"""Below this share of readable rows the file is taken for something else."""

_DKZ = re.compile(r"^\s*[A-Z]?\s*(\d{5})(?:\s*-\s*\d{3,5})?\s*$")
_LISTED = re.compile(r"(?<!\d)(\d{5})-(\d{3,5})\s+(.+?)(?=\s+\d{5}-\d{3,5}\s|$)")
_DATE = re.compile(r"^(\d{2})\.(\d{2})\.(\d{4})$")


@dataclass(frozen=True, slots=True)
class OccupationRow:
    """One title of a list: five-digit code, neutral title, masculine and feminine title ("" where not given)."""

    code: str
    title: str
    male: str = ""
    female: str = ""


@dataclass(frozen=True, slots=True)
class OccupationList:
    """What a file held: its layout, its rows, the edition it names itself ("" if none), rows left out by reason."""

    layout: str
    rows: tuple[OccupationRow, ...]
    named_fassung: str
    left_out: dict[str, int]


def read_occupation_list(path: Path, limits: Limits | None = None) -> OccupationList:
    """Read an official list; raises InputProblems or UnsafeFile."""
    limits = limits or Limits()
    head = check_file(path, limits)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _read_dkz_xml(path)
    table = read_table(path, (*CODE_TITLES, *TITLE_TITLES, SERVER_KEY, MALE, FEMALE, "umfasstferner", "ebene"), limits)
    columns = {simplified(name): place for place, name in enumerate(table.header.cells) if name}
    for name, place in columns.items():
        if name.startswith(SERVER_KEY) and "umfasstferner" in columns:
            return _read_server(table, place, columns)
    return _read_columns(table, columns)


def _read_columns(table: Table, columns: dict[str, int]) -> OccupationList:
    """Gesamtberufsliste, alphabetical index or any list with a code and a title column."""
    problems = Problems(table.file)
    code_at = next((columns[name] for name in CODE_TITLES if name in columns), None)
    title_at = next((columns[name] for name in TITLE_TITLES if name in columns), None)
    if code_at is None or title_at is None:
        problems.row = table.header.number
        problems.add(
            None,
            "has no column of codes and titles as the official lists have.",
            "Import the Gesamtberufsliste, the alphabetical index, the DKZ XML or the "
            "Klassifikationsserver CSV as downloaded.",
            ", ".join(table.header.cells)[:200],
        )
        problems.done()
        raise AssertionError
    level_at = next((columns[name] for name in LEVEL_TITLES if name in columns), None)
    rows = []
    for row in table.rows:
        cells = row.cells + ("",) * (len(table.header.cells) - len(row.cells))
        if level_at is not None and cells[level_at].strip() != "5":
            continue
        text = cells[title_at].strip()
        found = _five_digits(cells[code_at])
        if found is None or len(text) < 2:
            problems.row = row.number
            problems.add(
                table.header.cells[code_at],
                "is no KldB 2010 code with a title.",
                "Expected five digits, for example 'B 11412-107' or '11412'.",
                cells[code_at],
            )
            continue
        rows.append(OccupationRow(found, text, _form(cells, columns.get(MALE)), _form(cells, columns.get(FEMALE))))
    if len(rows) < FEWEST_SOUND * max(len(table.rows), 1) or not rows:
        problems.done()
    layout = "Gesamtberufsliste" if MALE in columns else "Alphabetisches Verzeichnis"
    return OccupationList(layout, tuple(rows), _named(table.header.cells), {"without code": len(problems.found)})


def _form(cells: tuple[str, ...], at: int | None) -> str:
    """A masculine or feminine title; some cells hold junk such as "f" or "-"."""
    text = cells[at].strip() if at is not None and at < len(cells) else ""
    return text if len(text) > 2 else ""


def _five_digits(text: str) -> str | None:
    """The code of a cell: `B 11412-107`, `11412`, or `1104` with its leading zero lost."""
    found = _DKZ.match(text)
    if found is not None:
        return found.group(1)
    digits = text.strip()
    return digits.zfill(5) if digits.isdigit() and len(digits) in {4, 5} else None


def _named(header: tuple[str, ...]) -> str:
    return "2020" if any("2020" in cell for cell in header) else ""


def _read_server(table: Table, key_at: int, columns: dict[str, int]) -> OccupationList:
    """Klassifikationsserver: titles of the rows of Ebene 5 stand in "Umfasst ferner" as `01104-101 Offizier`."""
    level_at, listed_at = columns.get("ebene"), columns["umfasstferner"]
    rows: list[OccupationRow] = []
    skipped = 0
    for row in table.rows:
        cells = row.cells + ("",) * (len(table.header.cells) - len(row.cells))
        level = int(cells[level_at]) if level_at is not None and cells[level_at].strip().isdigit() else 5
        code = cells[key_at].strip().zfill(level)
        if level != 5 or len(code) != 5 or not code.isdigit():
            skipped += 1
            continue
        listed = " ".join(cells[listed_at].replace("&nbsp;", " ").split())
        rows.extend(OccupationRow(code, title) for title in _listed_titles(listed))
    if not rows:
        problems = Problems(table.file)
        problems.add(
            "Umfasst ferner",
            "holds no titles such as '62102-101 Verkäufer/in'.",
            "Export the classification with the column 'Umfasst ferner'.",
        )
        problems.done()
    return OccupationList("Klassifikationsserver", tuple(rows), _named(table.header.cells), {"other levels": skipped})


def _listed_titles(text: str) -> Iterator[str]:
    for found in _LISTED.finditer(text):
        yield found.group(3).strip(" ;")


def _read_dkz_xml(path: Path) -> OccupationList:
    """DKZ: `<beruf codenr="B 11102-10000" bezeichnung="Landwirt/Landwirtin" gueltigBis=""/>`."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    problems = Problems(path.name)
    found: list[tuple[OccupationRow, str]] = []
    dates: list[str] = []
    try:
        for number, (_, element) in enumerate(iterparse(path, forbid_dtd=True), 1):
            if element.tag.rsplit("}", 1)[-1] == "beruf":
                _take_dkz(element.attrib, number, found, dates, problems)
            element.clear()
    except ParseError as error:
        problems.add(None, f"is not well-formed XML ({error}).", "Download the file again.")
        problems.done()
    except DefusedXmlException as error:
        raise MatcherError(f"{path.name} declares a document type or entities.", "Download it again.") from error
    if not found:
        problems.add(None, "holds no element <beruf codenr=… bezeichnung=…>.", "Import DKZ_alle_Berufe….xml.")
        problems.done()
    state = max(dates, default="")
    rows = tuple(row for row, until in found if not until or until >= state)
    return OccupationList(
        "DKZ XML", rows, "2020", {"expired": len(found) - len(rows), "without code": len(problems.found)}
    )


def _take_dkz(
    values: dict[str, str], number: int, found: list[tuple[OccupationRow, str]], dates: list[str], problems: Problems
) -> None:
    code, text = _five_digits(values.get("codenr", "")), values.get("bezeichnung", "").strip()
    if code is None or len(text) < 2:
        problems.row = number
        problems.add("codenr", "is no KldB 2010 code with a title.", "Expected 'B 11102-10000'.", values.get("codenr"))
        return
    since, until = _iso(values.get("gueltigVon", "")), _iso(values.get("gueltigBis", ""))
    if since:
        dates.append(since)
    found.append((OccupationRow(code, text), until))


def _iso(text: str) -> str:
    found = _DATE.match(text.strip())
    return f"{found.group(3)}-{found.group(2)}-{found.group(1)}" if found else ""
