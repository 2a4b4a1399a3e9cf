"""`matcher occupation`: occupation codes for texts given or for a column of a CSV file."""

import csv
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

import click
import orjson

from matcher.errors import InputProblems, MatcherError, Problem
from matcher.models.occupation import OccupationMatch, OccupationMatcher, load_matcher
from matcher.read.safe import Limits, check_file
from matcher.read.table import DELIMITERS, Table, read_table
from matcher.read.xlsx import FORMULA
from matcher.render.cells import safe_text
from matcher.settings import data_path

TOP = 5
CHUNK = 500
NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?|-?[0-9]+([.,][0-9]+)?")
"""A plain number, as German or English lists write it; every spreadsheet takes it for one and for nothing else."""
ADDED = (
    *(f"code_{n}" for n in range(1, TOP + 1)),
    *(f"confidence_{n}" for n in range(1, TOP + 1)),
    *(f"title_{n}" for n in range(1, TOP + 1)),
    "level",
    "unsure",
)


@click.command("occupation", epilog='Example:  matcher occupation "Kfm. f. Bürom." "Staplerfahrer (m/w/d)"')
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option("--file", "file", type=click.Path(path_type=Path), help="CSV or XLSX file with a column of titles.")
@click.option("--column", help="Title of that column.")
@click.option("--out", type=click.Path(path_type=Path), help="CSV file to write: every row, codes added.")
@click.option("--top", type=click.IntRange(1, 20), default=TOP, show_default=True, help="Candidates per text.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder (MATCHER_DATA).")
def command(
    texts: tuple[str, ...],
    file: Path | None,
    column: str | None,
    out: Path | None,
    top: int,
    as_json: bool,
    data: Path | None,
) -> None:
    """Find the KldB 2010 occupation code of titles as people write them.

    Answers up to five codes with confidence, the matched title and the requirement level; says which register
    answered. Below a confidence the answer is marked unsure: a person has to choose.
    """
    if bool(texts) == (file is not None):
        raise click.UsageError("Give TEXT..., or --file with --column and --out.")
    matcher = load_matcher(data_path(data))
    if file is not None:
        if column is None or out is None:
            raise click.UsageError("--file needs --column and --out.")
        _code_file(matcher, file, column, out)
        return
    matches = matcher.match(texts, top)
    click.echo(_as_json(matcher, matches) if as_json else _as_text(matcher, matches))


def _as_json(matcher: OccupationMatcher, matches: Sequence[OccupationMatch]) -> str:
    content = {"register": matcher.register, "matches": matches}
    return orjson.dumps(content, option=orjson.OPT_INDENT_2).decode()


def _as_text(matcher: OccupationMatcher, matches: Sequence[OccupationMatch]) -> str:
    lines = []
    for match in matches:
        lines.append(f"{match.text[:100]}{'   (unsicher, bitte wählen)' if match.unsure else ''}")
        lines += [f"  {one.code}  {one.confidence:5.2f}  Niveau {one.level}  {one.title}" for one in match.candidates]
        if not match.candidates:
            lines.append("  no occupation recognised")
    return "\n".join([*lines, "", _about(matcher)])


def _about(matcher: OccupationMatcher) -> str:
    row = matcher.register
    extras = f", {row.prior_rows} survey counts" if row.prior_rows else ""
    extras += f", {row.neighbour_pairs} expert neighbours" if row.neighbour_pairs else ""
    return (
        f"Register: {row.name}, {row.fassung}: {row.titles} titles, {row.codes} codes, {row.groups} of 144 groups, "
        f"{row.synonyms} everyday words{extras}."
    )


def _code_file(matcher: OccupationMatcher, file: Path, column: str, out: Path) -> None:
    """Write `out` with every row of `file` and the added columns; it appears only when complete."""
    limits = Limits()
    check_file(file, limits)
    table = read_table(file, (), limits)
    if column not in table.header.cells:
        raise InputProblems(
            [
                Problem(
                    file.name,
                    table.header.number,
                    column,
                    None,
                    "There is no such column.",
                    f"Columns: {', '.join(table.header.cells)[:300]}.",
                )
            ]
        )
    if not out.parent.is_dir():
        raise MatcherError(f"The folder {out.parent} does not exist.", "Create it, or choose another --out.")
    rows = _raw_rows(file, table) if table.sheet is None else _every_row(table)
    partial = out.with_name(f".{out.name}.part")
    try:
        with partial.open("w", encoding="utf-8-sig", newline="") as target:
            _write(matcher, table, rows, table.header.cells.index(column), target)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    click.echo(f"{len(rows)} rows written to {out}. {_about(matcher)}", err=True)


def _write(
    matcher: OccupationMatcher, table: Table, cells_of_rows: list[tuple[str, ...]], at: int, target: TextIO
) -> None:
    writer = csv.writer(target, delimiter=";", lineterminator="\n")
    width = len(table.header.cells)
    writer.writerow([_safe(cell) for cell in (*table.header.cells, *ADDED)])
    with _bar(len(cells_of_rows)) as advance:
        for rows in _chunks(cells_of_rows):
            padded = [(*cells, *[""] * (width - len(cells))) for cells in rows]
            for cells, match in zip(padded, matcher.match([cells[at] for cells in padded], TOP), strict=True):
                writer.writerow([_safe(cell) for cell in (*cells, *_added(match))])
            advance(len(padded))


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], object]]:
    """A progress bar on standard error where somebody watches."""
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("Coding titles", total=total)
        yield lambda done: shown.advance(task, done)


def _raw_rows(file: Path, table: Table) -> list[tuple[str, ...]]:
    """All rows of a CSV file as written (empty ones and formula-like cells too), which the reader has checked."""
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        try:
            text = file.read_text(encoding)
        except UnicodeError:
            continue
        for delimiter in DELIMITERS:
            rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
            start = table.header.number
            if len(rows) >= start and tuple(cell.strip() for cell in rows[start - 1]) == table.header.cells:
                return [tuple(row) for row in rows[start:]]
    return _every_row(table)


def _every_row(table: Table) -> list[tuple[str, ...]]:
    """The rows of a sheet with the empty ones between them; formulas are not repeated."""
    rows: list[tuple[str, ...]] = []
    for row in table.rows:
        missing = row.number - table.header.number - 1 - len(rows)
        rows.extend([()] * max(missing, 0))
        rows.append(tuple("" if cell == FORMULA else cell for cell in row.cells))
    return rows


def _chunks(rows: Sequence[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _added(match: OccupationMatch) -> list[str]:
    empty = [""] * (TOP - len(match.candidates))
    return [
        *(found.code for found in match.candidates),
        *empty,
        *(f"{found.confidence:.4f}" for found in match.candidates),
        *empty,
        *(found.title for found in match.candidates),
        *empty,
        "" if match.level is None else str(match.level),
        "yes" if match.unsure else "no",
    ]


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return cell if NUMBER.fullmatch(cell) else safe_text(cell)
