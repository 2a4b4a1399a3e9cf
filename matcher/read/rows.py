"""Rows of a list under a template as records, with all problems: missing, unknown, doubled and swapped columns,
and every faulty cell.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from matcher.read import cells
from matcher.read.columns import ColumnMapping, Place, Record, Template, identifier
from matcher.read.exchanged import note_exchanged
from matcher.read.problems import Problems, closest
from matcher.read.safe import Limits
from matcher.read.table import Table, read_table, simplified
from matcher.read.xlsx import FORMULA

SAMPLE_ROWS = 200
MIN_SAMPLE, MOSTLY_WRONG, MOSTLY_RIGHT = 2, 0.8, 0.95
"""Filled cells, and shares of them, from which two columns count as swapped."""


def read_records(
    path: Path,
    template: Template,
    problems: Problems,
    *,
    mapping: ColumnMapping | None = None,
    limits: Limits | None = None,
    table: Table | None = None,
) -> list[Record]:
    """The rows of a list as records; whatever is wrong is noted in `problems` (the caller raises)."""
    mapping = mapping or ColumnMapping()
    titles = _titles(template, mapping, problems)
    table = table or read_table(path, titles, limits, mapping.sheet)
    problems.row = table.header.number
    places = _places(template, table, titles, mapping, problems)
    if not any(places):
        return []
    swapped = _swapped(table, places, mapping, problems)
    readers = [None if place is None or place in swapped else _Reader(place, mapping) for place in places]
    records = []
    for row in table.rows:
        problems.row = row.number
        if len(row.cells) > len(places) and any(row.cells[len(places) :]):
            problems.add(None, "has more cells than the header.", "Quote cells that hold the delimiter.")
        values: dict[str | tuple[str, int], object] = {}
        for reader, cell in zip(readers, row.cells, strict=False):
            if reader is not None:
                reader.read(cell, values, problems)
        _note_missing(places, values, swapped, problems)
        records.append(Record(row.number, values))
    problems.row = table.header.number
    note_exchanged([record.values for record in records], *_coordinate_titles(places), problems)
    problems.row = None
    if not table.rows:
        problems.add(None, "has a header, but no rows.", "Export the list again with its rows.")
    return records


def _coordinate_titles(places: Sequence[Place | None]) -> tuple[str, str]:
    titles = {place.column.field: place.title for place in places if place is not None}
    return titles.get("lat", "lat"), titles.get("lon", "lon")


def _titles(template: Template, mapping: ColumnMapping, problems: Problems) -> dict[str, Place]:
    titles = template.titles()
    for title, name in mapping.columns.items():
        place = titles.get(simplified(name))
        if place is None:
            hint = closest(name, [column.field for column in template.columns])
            problems.add(
                title,
                f"is mapped to {name!r}, which is not a field of this list.",
                f"Did you mean {hint!r}?" if hint else "docs/templates.md lists the fields.",
            )
        else:
            titles[simplified(title)] = place
    return titles


def _places(
    template: Template, table: Table, titles: Mapping[str, Place], mapping: ColumnMapping, problems: Problems
) -> list[Place | None]:
    ignored = {simplified(title) for title in mapping.ignore}
    header = table.header.cells
    places = [None if simplified(title) in ignored else titles.get(simplified(title)) for title in header]
    if not any(places):
        problems.add(
            None,
            f"is no list of {template.kind}: none of its column titles is known.",
            "docs/templates.md shows the titles; name yours in a mapping file (--mapping).",
        )
        return places
    for index, (title, place) in enumerate(zip(header, places, strict=True)):
        if place is None and simplified(title) not in ignored and "*" not in mapping.ignore:
            _note_unknown(template, table, index, problems)
        elif place is not None and place in places[:index]:
            problems.add(title, f"and column {header[places.index(place)]!r} are the same field.", "Keep one of them.")
    _note_absent(template, {place.column.field for place in places if place is not None}, problems)
    return places


def _note_absent(template: Template, present: Collection[str], problems: Problems) -> None:
    for column in template.columns:
        if column.required and column.field not in present:
            problems.add(
                column.title,
                "is missing.",
                f'Add the column, or map yours: "Your title" = "{column.field}" (--mapping).',
            )
    if template.one_of and not set(template.one_of) & set(present):
        names = [column.title for column in template.columns if column.field in template.one_of]
        problems.add(
            " / ".join(names), "are both missing.", f'Add one of them, or map yours: "…" = "{template.one_of[0]}".'
        )


def _note_unknown(template: Template, table: Table, index: int, problems: Problems) -> None:
    title = table.header.cells[index]
    if not title:
        if any(index < len(row.cells) and row.cells[index] for row in table.rows):
            problems.add(f"no. {index + 1}", "has no title.", "Give the column a title or delete it.")
        return
    hint = closest(title, [name for column in template.columns for name in (column.title, *column.aliases)])
    problems.add(
        title,
        "is not a column of this list.",
        (f"Did you mean {hint!r}? " if hint else "")
        + f'Map it ("{title}" = "field") or ignore it (ignore = ["{title}"]) with --mapping.',
    )


def _cell(place: Place, cell: str, mapping: ColumnMapping) -> str:
    replaced = mapping.values.get(place.column.field, {})
    return replaced.get(cell, cell)


class _Reader:
    """Reads the cells of one column; a cell that was read before is looked up."""

    def __init__(self, place: Place, mapping: ColumnMapping) -> None:
        self.place, self.mapping = place, mapping
        self.key = (place.column.field, place.number) if place.number else place.column.field
        self.known: dict[str, object] = {}

    def read(self, raw: str, values: dict[str | tuple[str, int], object], problems: Problems) -> None:
        """Put the cell's value into `values`, nothing for an unknown one, or note its problem."""
        if raw not in self.known:
            cell = _cell(self.place, raw, self.mapping)
            if cell == FORMULA:
                problems.add(self.place.title, "holds a formula.", "Paste the column as values and save again.")
                return
            try:
                self.known[raw] = None if cells.is_unknown(cell) else self.place.column.convert(cell)
            except ValueError as error:
                shown = None if self.place.column.personal else cell
                remedy = "Correct the cell, or leave it empty if unknown."
                problems.add(self.place.title, f"should be {error}.", remedy, shown)
                return
        if (value := self.known[raw]) is not None:
            values[self.key] = value


def _note_missing(
    places: Sequence[Place | None],
    values: Mapping[str | tuple[str, int], object],
    swapped: Sequence[Place],
    problems: Problems,
) -> None:
    failed = {problem.column for problem in problems.found if problem.row == problems.row}
    for place in places:
        if place is None or not place.column.required or place in swapped:
            continue
        if place.column.field not in values and place.title not in failed:
            problems.add(place.title, "is empty.", "Fill it in; without it the row cannot be read.")


def _swapped(table: Table, places: Sequence[Place | None], mapping: ColumnMapping, problems: Problems) -> list[Place]:
    """Pairs of columns whose cells fit the other one's field; each pair is one problem instead of hundreds.

    Ids take any text, so they count only when their own cells are wrong as well.
    """
    samples = {place: _sample(table, index, place, mapping) for index, place in enumerate(places) if place}
    samples = {place: sample for place, sample in samples.items() if len(sample) >= MIN_SAMPLE}
    wrong = [place for place in samples if _fit(place, samples[place]) <= 1 - MOSTLY_WRONG]
    others = [*wrong, *(place for place in samples if place not in wrong and place.column.convert is not identifier)]
    found: list[Place] = []
    for place in wrong:
        for other in others:
            if other is place or place in found or other in found:
                continue
            if min(_fit(place, samples[other]), _fit(other, samples[place])) >= MOSTLY_RIGHT:
                titles = f"{place.title} / {other.title}"
                problems.add(titles, "look swapped: each holds what belongs to the other.", "Exchange the two titles.")
                found += [place, other]
    return found


def _sample(table: Table, index: int, place: Place, mapping: ColumnMapping) -> list[str]:
    found = [_cell(place, row.cells[index], mapping) for row in table.rows[:SAMPLE_ROWS] if index < len(row.cells)]
    return [cell for cell in found if cell != FORMULA and not cells.is_unknown(cell)]


def _fit(place: Place, sample: Sequence[str]) -> float:
    good = 0
    for cell in sample:
        try:
            place.column.convert(cell)
            good += 1
        except ValueError:
            continue
    return good / len(sample)
