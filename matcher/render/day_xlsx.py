"""A case worker's morning and the employer service's near misses as XLSX; text is never a formula, ids are text."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from matcher.render.cells import safe_text
from matcher.render.day_rows import Desk

Cell = str | int | dt.date | None
TOP = Alignment(wrap_text=True, vertical="top")
PROPOSALS = {
    "Termin": 12,
    "Frist": 12,
    "Teilnehmende/r": 16,
    "Stelle": 44,
    "Stellennummer": 22,
    "Arbeitgeber": 30,
    "Ort": 18,
    "Stand": 14,
    "Weg": 18,
    "Gründe": 60,
    "Zu klären": 60,
    "Stattdessen auch möglich": 60,
    "Ausgegeben am": 14,
}
NOTHING = {"Termin": 12, "Teilnehmende/r": 16, "Heute kein passendes Angebot": 60, "Nächster Schritt": 80}
NEAR_MISSES = {
    "Arbeitgeber": 34,
    "Anforderung": 30,
    "Öffnet die Stelle für n Personen": 18,
    "Stellen": 60,
    "Brücke": 70,
    "Antworten auf Vorschläge": 16,
    "Quelle": 40,
}
SAMPLE = {"Teilnehmende/r": 16, "Stellennummer": 22, "Stelle": 44, "Regel": 26, "Grund": 80}


def render_desk(desk: Desk, in_sight: int) -> bytes:
    """Two sheets: proposals (what is beyond `in_sight` is folded) and persons without one."""
    book = Workbook()
    sheet = _sheet(book, "Vorschläge", PROPOSALS)
    for number, row in enumerate(desk.proposals, start=1):
        texts = ("\n".join(lines) for lines in (row.reasons, row.open_points, row.others))
        dates = (row.appointment, row.deadline)
        names = (row.person, row.title, row.vacancy, row.employer, row.place, row.state, row.way)
        _append(sheet, (*dates, *names, *texts, None))
        if number > in_sight:
            sheet.row_dimensions[number + 1].outlineLevel = 1
            sheet.row_dimensions[number + 1].hidden = True
    other = _sheet(book, "Heute kein Angebot", NOTHING)
    for one in desk.nothing:
        _append(other, (one.appointment, one.person, one.text, one.action))
    return _bytes(book)


def render_employer_service(report: Mapping[str, Any]) -> bytes:
    """Near misses by employer and requirement; nobody is named."""
    book = Workbook()
    sheet = _sheet(book, "Brücken", NEAR_MISSES)
    for row in report.get("near_misses", ()):
        vacancies = "\n".join(f"{one['title']} [{one['vacancy']}]: {one['persons']}" for one in row["vacancies"])
        name = row["employer"] or row["employer_id"] or "nicht genannt"
        replies = f"{row['reply_rate']:.0%} von {row['replies_n']}" if row.get("replies_n") else "noch keine"
        _append(sheet, (name, row["title"], row["persons"], vacancies, row["bridge"], replies, row["source"]))
    return _bytes(book)


def render_sample(report: Mapping[str, Any], shown_as: Mapping[str, str]) -> bytes:
    """Sampled exclusions for somebody who may see the caseload: were good vacancies wrongly left out?"""
    book = Workbook()
    other = _sheet(book, "Stichprobe Ausschlüsse", SAMPLE)
    for row in report.get("sampled_exclusions", ()):
        person = shown_as.get(row["participant"], row["participant"])
        _append(other, (person, row["vacancy"], row["title"], row["rule"], row["text"]))
    return _bytes(book)


def _sheet(book: Workbook, title: str, columns: Mapping[str, int]) -> Worksheet:
    sheet = book.active if book.active is not None and book.active.max_row == 1 and title in FIRST else None
    sheet = sheet or book.create_sheet()
    sheet.title = title
    sheet.append(list(columns))
    for cell, width in zip(sheet[1], columns.values(), strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"
    return sheet


FIRST = ("Vorschläge", "Brücken", "Stichprobe Ausschlüsse")
"""Sheets that stand first in their file."""


def _append(sheet: Worksheet, values: Sequence[Cell]) -> None:
    """Add a row; its cells are made beforehand, because a sheet looks at all its cells to find its last row."""
    sheet.append([_cell(sheet, value) for value in values])


def _cell(sheet: Worksheet, value: Cell) -> object:
    cell = WriteOnlyCell(sheet, safe_text(value) if isinstance(value, str) else value)
    cell.alignment = TOP
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    elif isinstance(value, dt.date):
        cell.number_format = "DD.MM.YYYY"
    return cell


def _bytes(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
