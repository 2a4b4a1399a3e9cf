"""CSV and XLSX lists as rows of text: encoding, delimiter, sheet and header row are found, ids stay text."""

import codecs
import csv
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from matcher.errors import UnsafeFile
from matcher.read.delimited import delimited_rows
from matcher.read.safe import PROLOG_BYTES, ZIP_MAGIC, Limits, check_file, refuse
from matcher.read.xlsx import FORMULA, Sheet, read_workbook

DELIMITERS = (";", ",", "\t", "|")
HEADER_WITHIN_ROWS = 20
SAMPLE_LINES = 30
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet counts, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A list as read: header titles as written, and the rows below, empty ones left out."""

    file: str
    header: Row
    rows: tuple[Row, ...]
    sheet: str | None = None


def simplified(title: str) -> str:
    """A column title for comparison: lower case, umlauts transcribed, letters and digits only."""
    text = unicodedata.normalize("NFC", title).lower().translate(_UMLAUTS)
    return _NOT_WORD.sub("", text)


def read_table(
    path: Path, known: Collection[str] = (), limits: Limits | None = None, sheet: str | None = None
) -> Table:
    """Read a CSV or XLSX list; `known` are simplified titles that tell the header row and the right sheet.

    Raises InputProblems for what is not a list, UnsafeFile for what must not be opened.
    """
    limits = limits or Limits()
    head = check_file(path, limits)
    if head.startswith(ZIP_MAGIC):
        chosen = _choose_sheet(path, read_workbook(path, limits), known, sheet)
        return _table(path, list(enumerate(chosen.rows, 1)), known, chosen.name)
    with path.open(encoding=_encoding(path, head), newline="") as file:
        delimiter = _delimiter(_sample(file, limits), known)
        file.seek(0)
        return _table(path, list(_csv_rows(path, file, delimiter, limits)), known, None)


def _encoding(path: Path, head: bytes) -> str:
    """utf-8-sig, utf-16 with its mark, utf-8 or cp1252, in this order; anything else is not a text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in head:
        raise refuse(path, "is not a text file.", "Save the list as XLSX or CSV (UTF-8).")
    for encoding in ("utf-8-sig", "cp1252"):
        if _decodes(path, encoding):
            return encoding
    raise refuse(path, "is neither UTF-8 nor Windows-1252 text.", "Save the list as CSV (UTF-8).")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(PROLOG_BYTES * 16):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _lines(file: TextIO, limits: Limits) -> Iterator[str]:
    """Lines of bounded length, so that one endless line cannot fill the memory."""
    while line := file.readline(limits.line_chars):
        if len(line) >= limits.line_chars:
            raise UnsafeFile(
                f"A line has more than {limits.line_chars} characters.",
                "Export the list again; no cell may hold that much.",
            )
        if "\x00" in line:
            raise UnsafeFile(
                "The file holds NUL characters; it is not a text file.",
                "Save the list as XLSX or CSV (UTF-8).",
            )
        yield line


def _sample(file: TextIO, limits: Limits) -> list[str]:
    return [line for line, _ in zip(_lines(file, limits), range(SAMPLE_LINES), strict=False)]


def _delimiter(sample: list[str], known: Collection[str]) -> str:
    """The delimiter under which most known titles appear, then most cells in the widest row."""

    def merit(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(sample, delimiter=delimiter))
        except csv.Error:
            return (0, 0)
        matches = max((_matches(row, known) for row in rows), default=0)
        return matches, max((len(row) for row in rows), default=0)

    return max(DELIMITERS, key=merit)


def _matches(cells: Collection[str], known: Collection[str]) -> int:
    return len({simplified(cell) for cell in cells} & set(known))


def _csv_rows(path: Path, file: TextIO, delimiter: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    for number, cells in delimited_rows(path, _lines(file, limits), delimiter, limits):
        yield number, [_no_formula(cell) for cell in cells]


def _no_formula(cell: str) -> str:
    return FORMULA if cell.lstrip().startswith("=") else cell


def _choose_sheet(path: Path, sheets: list[Sheet], known: Collection[str], wanted: str | None) -> Sheet:
    """The sheet named, else the one with most known titles; two equally good ones are a question."""
    names = ", ".join(repr(sheet.name) for sheet in sheets)
    if wanted is not None:
        for sheet in sheets:
            if sheet.name == wanted:
                return sheet
        raise refuse(path, f"has no visible sheet {wanted!r}.", f"Sheets: {names}.")
    filled = [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]
    if not filled:
        raise refuse(path, "is empty.", "It needs a header row and at least one row.")
    merit = {id(sheet): max(_matches(row, known) for row in sheet.rows[:HEADER_WITHIN_ROWS]) for sheet in filled}
    best = max(merit.values())
    candidates = [sheet for sheet in filled if merit[id(sheet)] == best]
    if len(candidates) > 1 and best > 0:
        raise refuse(
            path,
            f"has several sheets that could be meant ({names}).",
            'Name one in a mapping file: sheet = "…", and give it with --mapping.',
        )
    return candidates[0]


def _table(path: Path, numbered: list[tuple[int, list[str]]], known: Collection[str], sheet: str | None) -> Table:
    rows = [
        Row(number, tuple(cell.strip() for cell in cells))
        for number, cells in numbered
        if any(cell.strip() for cell in cells)
    ]
    if not rows:
        raise refuse(path, "is empty.", "It needs a header row and at least one row.")
    first = rows[:HEADER_WITHIN_ROWS]
    header = max(first, key=lambda row: (_matches(row.cells, known), -row.number)) if known else first[0]
    below = tuple(row for row in rows if row.number > header.number)
    return Table(path.name, header, below, sheet)
