"""Rows of delimited text: limits held while reading, quotation marks that swallow rows refused.

`csv` alone reads an unclosed quotation mark to the end of the file as one cell and says nothing.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from matcher.errors import InputProblems, Problem, UnsafeFile
from matcher.read.safe import Limits


class _Taken:
    """Lines on their way to the reader; `row` holds those of the row that is being read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.row: list[str] = []
        self.ended = False

    def __iter__(self) -> "_Taken":
        return self

    def __next__(self) -> str:
        try:
            line = next(self.lines)
        except StopIteration:
            self.ended = True
            raise
        self.row.append(line)
        return line


def delimited_rows(path: Path, lines: Iterator[str], delimiter: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Every row with its number, as a spreadsheet counts.

    A quotation mark that is out of place within one line (`"Muster" GmbH`) is read as it stands. Raises InputProblems
    with the row where a quotation mark opens that is not closed, UnsafeFile above the limits.
    """
    taken = _Taken(lines)
    reader = csv.reader(taken, delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        taken.row.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells = _forgiven(path, taken, delimiter, number, error)
        _check(path, number, cells, limits)
        yield number, cells


def _forgiven(path: Path, taken: _Taken, delimiter: str, number: int, error: csv.Error) -> list[str]:
    """The cells of one line whose quotation marks are out of place; refused where they reach beyond the line."""
    if len(taken.row) == 1 and not taken.ended:
        if "limit" in str(error):
            raise UnsafeFile(f"{path.name}, row {number}: {error}.", "Shorten the cell or leave the column out.")
        line = _Taken(iter(taken.row))
        cells = next(csv.reader(line, delimiter=delimiter))
        if not line.ended:
            return cells
    raise InputProblems(
        [
            Problem(
                path.name,
                number,
                None,
                None,
                "a quotation mark opens here and is not closed; it would swallow the rows below.",
                "Close it, or write it twice inside a quoted cell.",
            )
        ]
    ) from error


def _check(path: Path, number: int, cells: list[str], limits: Limits) -> None:
    if number > limits.rows:
        raise UnsafeFile(
            f"{path.name} has more than {limits.rows} rows.", "Split the file, or raise the setting max_rows."
        )
    if len(cells) > limits.columns:
        raise UnsafeFile(
            f"{path.name}, row {number}: more than {limits.columns} columns.",
            "Export the list again with the right delimiter.",
        )
    if any(len(cell) > limits.cell_chars for cell in cells):
        raise UnsafeFile(
            f"{path.name}, row {number}: a cell has more than {limits.cell_chars} characters.",
            "Shorten it or leave the column out.",
        )
