"""Participant lists: rows of the template become profiles of the exchange format.

Titles and German values come from `catalog/fields.toml`. Nested facts are numbered columns (`Kind 1 Alter`,
`Tätigkeit 1`). The customer number is a column of its own and never becomes part of a profile.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import Problem
from matcher.participant import Profile, Window
from matcher.read import cells
from matcher.read.columns import Column, ColumnMapping, Record, Template
from matcher.read.participant_columns import participant_template
from matcher.read.problems import Problems
from matcher.read.profile import read_into
from matcher.read.rows import read_records
from matcher.read.safe import Limits
from matcher.read.table import Table

CUSTOMER, INTERNAL = "Kundennummer", "Interne Nummer"
"""Titles of the two columns that tell persons apart."""


@dataclass(frozen=True, slots=True)
class Registration:
    """One row of a participant list: the facts, and the customer number apart from them."""

    profile: Profile
    customer_no: str | None = None


def read_participants(
    path: Path,
    *,
    today: dt.date,
    mapping: ColumnMapping | None = None,
    limits: Limits | None = None,
    table: Table | None = None,
) -> list[Registration]:
    """Read a participant list; `as_of` is the column Stand, else `today`. Raises InputProblems."""
    problems = Problems(path.name)
    template = participant_template()
    records = read_records(path, template, problems, mapping=mapping, limits=limits, table=table)
    _note_both(records, problems)
    found, seen = [], dict[tuple[str, str], int]()
    must_identify = _rows_to_identify(records, problems)
    for record in records:
        problems.row = record.row
        if record.row in must_identify and not {"customer_no", "id"} & set(record.values):
            problems.add(
                _id_title(records), "is empty.", "Fill it in; every row needs a Kundennummer or Interne Nummer."
            )
        registration = _registration(record, template, today, problems)
        title = INTERNAL if registration.customer_no is None else CUSTOMER
        key = (title, registration.customer_no or registration.profile.id)
        if key in seen:
            problems.add(title, f"occurs twice (also in row {seen[key]}).", "Keep one row per person.")
        seen[key] = record.row
        found.append(registration)
    problems.done()
    return found


def _note_both(records: Sequence[Record], problems: Problems) -> None:
    """One problem for all rows with both numbers: the internal id of a person with a customer number is the store's."""
    both = [record.row for record in records if {"customer_no", "id"} <= set(record.values)]
    if both:
        problems.row = both[0]
        problems.add(
            f"{CUSTOMER} / {INTERNAL}",
            f"are both filled (in {len(both)} rows); the second would be lost.",
            f'Keep one of them, or leave the second out: ignore = ["{INTERNAL}"] with --mapping.',
        )


def _rows_to_identify(records: Sequence[Record], problems: Problems) -> frozenset[int]:
    """Rows whose missing numbers are to be noted: none where the columns themselves or the cells were wrong."""
    reported = {one.row for one in problems.found if any(title in (one.column or "") for title in (CUSTOMER, INTERNAL))}
    rows = {record.row for record in records}
    return frozenset() if reported - rows else frozenset(rows - reported)


def _id_title(records: Sequence[Record]) -> str:
    """The column that tells the persons of this list apart."""
    named = {name for record in records for name in ("customer_no", "id") if name in record.values}
    return INTERNAL if named == {"id"} else CUSTOMER


def _registration(record: Record, template: Template, today: dt.date, problems: Problems) -> Registration:
    data, customer_no = _exchange(record)
    inner = Problems(problems.file, record.row)
    profile = read_into(data, today=today, problems=inner, default_id=f"row-{record.row}")
    if inner.found:
        titles = {column.field.split(".")[0]: column for column in reversed(template.columns)}
        problems.found += [_titled(problem, titles) for problem in inner.found]
    return Registration(profile, customer_no)


def _titled(problem: Problem, titles: Mapping[str, Column]) -> Problem:
    column = titles.get((problem.column or "").strip("/").split("/")[0])
    title = column.title.replace("{n}", "…") if column else problem.column
    return Problem(problem.file, problem.row, title, None, problem.message, problem.remedy)


def _exchange(record: Record) -> tuple[dict[str, object], str | None]:
    """The row in the exchange format, and the customer number."""
    data: dict[str, object] = {}
    nested: dict[str, dict[int, dict[str, object]]] = {}
    for key, value in record.values.items():
        if isinstance(key, tuple):
            name, _, part = key[0].partition(".")
            nested.setdefault(name, {}).setdefault(key[1], {}).update(_part(part, value))
        else:
            data[key] = _plain(value)
    for name, items in nested.items():
        data[name] = [items[number] for number in sorted(items) if not _is_none(items[number])]
    customer_no = data.pop("customer_no", None)
    return data, None if customer_no is None else str(customer_no)


def _is_none(item: Mapping[str, object]) -> bool:
    return len(item) == 1 and cells.says_none(str(item.get("title", "")))


def _part(name: str, value: object) -> dict[str, object]:
    if isinstance(value, Window):
        start, end = _clock(value.from_minutes), _clock(value.until_minutes)
        return {"contract_from": start, "contract_until": end, "days": list(value.days)}
    return {name: value}


def _plain(value: object) -> object:
    if isinstance(value, Window):
        return {"from": _clock(value.from_minutes), "until": _clock(value.until_minutes), "days": list(value.days)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
