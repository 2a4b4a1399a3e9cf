"""XLSX sheets as rows of text, read by openpyxl in a process of its own with a memory and time limit."""

import datetime as dt
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.errors import UnsafeFile
from matcher.read.safe import Limits, check_workbook

FORMULA = "\x00formula"
"""Stands for a cell that holds a formula instead of a value."""
_ZEROS = re.compile(r"0+")
SHEETS = 50


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its cells as text, row 1 first."""

    name: str
    rows: list[list[str]]


def read_workbook(path: Path, limits: Limits) -> list[Sheet]:
    """All sheets of a workbook; raises UnsafeFile when it exceeds memory, time or size limits."""
    check_workbook(path, limits)
    numbers = [limits.rows, limits.columns, limits.cell_chars, limits.memory_bytes, limits.seconds]
    command = [
        sys.executable,
        "-I",
        "-c",
        _BOOT,
        str(Path(__file__).resolve().parents[2]),
        str(path),
        *map(str, numbers),
    ]
    try:
        done = subprocess.run(command, capture_output=True, timeout=limits.seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise UnsafeFile(
            f"{path.name} takes more than {limits.seconds} seconds to read.",
            "Save the list alone as CSV (UTF-8) and import that.",
        ) from error
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        detail = reason[-1][:200] if reason else f"exit code {done.returncode}"
        raise UnsafeFile(
            f"{path.name} was refused while it was read: {detail}.",
            "Save the list alone as XLSX or CSV (UTF-8) and import that.",
        )
    return _sheets(done.stdout)


def _sheets(output: bytes) -> list[Sheet]:
    sheets: list[Sheet] = []
    for line in output.splitlines():
        record = json.loads(line)
        if isinstance(record, str):
            sheets.append(Sheet(record, []))
        else:
            sheets[-1].rows.append(record)
    return sheets


_BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from matcher.read.xlsx import worker; worker(sys.argv[2:])"


def worker(arguments: list[str]) -> None:
    """Entry of the limited process: print every sheet name and row as one JSON line."""
    path, (rows, columns, cell, memory, seconds) = arguments[0], map(int, arguments[1:])
    _limit(memory, seconds)
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it and its threads for nothing
    out = sys.stdout.buffer
    try:
        for record in _records(Path(path), rows, columns, cell):
            out.write(json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n")
    except MemoryError:
        sys.exit("out of memory")
    except (ValueError, KeyError, TypeError, SyntaxError, AttributeError, IndexError, OSError) as error:
        sys.exit(f"{type(error).__name__}: {error}")


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows: there the zip inspection alone bounds the memory
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, allowed))


def _records(path: Path, rows: int, columns: int, cell_chars: int) -> Iterator[str | list[str]]:
    import openpyxl

    with path.open("rb") as content:  # by its content: openpyxl refuses names that do not end in .xlsx
        book = openpyxl.load_workbook(content, read_only=True, data_only=False, keep_links=False)
        yield from _sheet_records(book, rows, columns, cell_chars)


def _sheet_records(book: Any, rows: int, columns: int, cell_chars: int) -> Iterator[str | list[str]]:
    total = 0
    for sheet in book.worksheets[:SHEETS]:
        if sheet.sheet_state != "visible":
            continue
        yield sheet.title
        sheet.reset_dimensions()
        blank: list[list[str]] = []
        for cells in sheet.iter_rows():
            total += 1
            if total > rows:
                raise ValueError(f"more than {rows} rows")
            if len(cells) > columns and any(cell.value is not None for cell in cells[columns:]):
                raise ValueError(f"more than {columns} columns")
            texts = [_text(cell) for cell in cells[:columns]]
            if any(len(text) > cell_chars for text in texts):
                raise ValueError(f"row {total} has a cell of more than {cell_chars} characters")
            if any(texts):
                yield from blank
                blank = []
                yield texts
            else:
                blank.append([])


def _text(cell: Any) -> str:
    value = cell.value
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, int | float):
        return _number(float(value), cell.number_format)
    if isinstance(value, dt.date | dt.time):
        return _moment(value)
    return "" if value is None else str(value)


def _moment(value: dt.date | dt.time) -> str:
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return value.isoformat(" ", "minutes")
    return value.isoformat()[:10]


def _number(value: float, number_format: str) -> str:
    if not value.is_integer():
        return repr(value).replace(".", ",")
    text = str(int(value))
    return text.zfill(len(number_format)) if _ZEROS.fullmatch(number_format) else text
