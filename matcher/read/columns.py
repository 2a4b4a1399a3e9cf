"""Lists under a documented template: one table per kind says which column is which field, and how to read it.

Columns are found by German title, alias or field name; a mapping file (TOML) covers lists that are titled otherwise."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import tomli

from matcher.read import cells
from matcher.read.problems import Problems
from matcher.read.safe import Limits, check_file, refuse
from matcher.read.table import simplified

MAX_NUMBERED = 12
"""Numbered columns (`Kind 1 Alter`, `Kind 2 Alter` …) are looked for up to this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: the field it fills, its German title (`{n}` in numbered ones), converter and help."""

    field: str
    title: str
    convert: cells.Converter
    help: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    example: str = ""
    personal: bool = False

    @property
    def numbered(self) -> bool:
        """Whether the column occurs several times, with a number in its title."""
        return "{n}" in self.title


@dataclass(frozen=True, slots=True)
class Template:
    """The columns of one kind of list and what the documentation says about it."""

    kind: str
    intro: str
    columns: tuple[Column, ...]
    one_of: tuple[str, ...] = ()
    """Fields of which a list needs at least one."""

    def titles(self) -> dict[str, "Place"]:
        """Every simplified title under which a column is found, with its number (0 where not numbered)."""
        found: dict[str, Place] = {}
        for column in self.columns:
            for number in range(1, MAX_NUMBERED + 1) if column.numbered else (0,):
                place = Place(column, number)
                for name in (column.title, column.field, *column.aliases):
                    found.setdefault(simplified(name.replace("{n}", str(number))), place)
        return found


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the template, and which repetition of it."""

    column: Column
    number: int

    @property
    def title(self) -> str:
        """The title in the template."""
        return self.column.title.replace("{n}", str(self.number))


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A saved column mapping: sheet, column title to field, ignored titles (`*`: all unknown ones), values per field."""

    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its number and the values of its filled cells by field; numbered fields as (field, n)."""

    row: int
    values: Mapping[str | tuple[str, int], object]


def read_mapping(path: Path) -> ColumnMapping:
    """Read a mapping file; raises InputProblems when it is not one."""
    check_file(path, Limits(file_bytes=1_000_000))
    try:
        data = tomli.loads(path.read_text("utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise refuse(path, f"is not TOML: {error}.", "See docs/templates.md for an example.") from error
    problems = Problems(path.name)
    for key in data:
        if key not in ("sheet", "columns", "ignore", "values"):
            problems.add(key, "is not part of a mapping.", "Known: sheet, columns, ignore, values.")
    columns, values = data.get("columns", {}), data.get("values", {})
    ignore, sheet = data.get("ignore", []), data.get("sheet")
    if not isinstance(columns, dict) or not all(isinstance(name, str) for name in columns.values()):
        problems.add("columns", "must be a table of column title = field.", 'Write "Kd-Nr" = "customer_no".')
    if not isinstance(values, dict) or not all(
        isinstance(pairs, dict) and all(isinstance(to, str) for to in pairs.values()) for pairs in values.values()
    ):
        problems.add("values", "must hold one table per field.", 'Write [values.german_level] and "B1+" = "B1".')
    if not isinstance(ignore, list) or not all(isinstance(name, str) for name in ignore):
        problems.add("ignore", "must be a list of column titles.", 'Write ignore = ["Bemerkung"].')
    if sheet is not None and not isinstance(sheet, str):
        problems.add("sheet", "must be the name of a sheet.", 'Write sheet = "Tabelle1".')
    problems.done()
    return ColumnMapping(sheet, columns, tuple(ignore), values)


_SCIENTIFIC = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)


def identifier(cell: str) -> str:
    """An id as text, with its leading zeros; one that a spreadsheet has turned into 1,2E+11 is refused."""
    bare = cell.strip()
    if _SCIENTIFIC.fullmatch(bare) or len(bare) > 64:
        raise ValueError("an id as text; the spreadsheet has turned it into a number and lost digits")
    return bare
