"""Slow twin of admission: reads `tests/data/terms.csv`, one person and one programme at a time, nothing of `matcher`.

A second reading of the source documents, made by hand as a table. Rows of a programme with the same `group` are a
block: `each` (every row holds), `some` (one holds), `count` (at least `n` hold), `none` (no row holds); a programme
needs all its blocks. `sub-` blocks count only where a row names them as `block:<group>`. Mode `open`: the source
states no terms, nobody is refused.
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.slow_facts import LEVELS, Person

TABLE = Path(__file__).parent / "data" / "terms.csv"
MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"
MODES = ("each", "some", "count", "none")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    fact: str
    comparison: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together; `sub` blocks count only where another row names them."""

    mode: str
    least: int
    sub: bool
    rows: tuple[Row, ...]


Terms = dict[str, dict[str, Block]]


def read_table(path: Path = TABLE) -> Terms:
    """Programme id to its blocks by group; an open programme has no block."""
    with path.open(encoding="utf-8", newline="") as file:
        return build(list(csv.DictReader(file)))


def build(lines: list[dict[str, str]]) -> Terms:
    """The blocks of the table's lines."""
    terms: Terms = {}
    for line in lines:
        blocks = terms.setdefault(line["programme"], {})
        if line["mode"] == "open":
            continue
        mode = line["mode"].removeprefix("sub-")
        if mode not in MODES:
            raise ValueError(f"{line['programme']}: mode {line['mode']!r} is none of {', '.join(MODES)}")
        row = Row(line["fact"], line["comparison"], tuple(line["values"].split("|")))
        before = blocks.get(line["group"])
        rows = (*before.rows, row) if before else (row,)
        blocks[line["group"]] = Block(mode, int(line["n"] or 1), line["mode"].startswith("sub-"), rows)
    return terms


def verdict(blocks: dict[str, Block], person: Person) -> str:
    """`met`, `not_met` or `unknown` for one person; a programme without blocks is open: `unknown`."""
    if not blocks:
        return UNKNOWN
    answers = [_block(blocks, block, person) for block in blocks.values() if not block.sub]
    if False in answers:
        return NOT_MET
    return UNKNOWN if None in answers else MET


def _block(blocks: dict[str, Block], block: Block, person: Person) -> Any:
    answers = [_row(blocks, row, person) for row in block.rows]
    if block.mode == "each":
        return False if False in answers else (None if None in answers else True)
    sure, possible = answers.count(True), len(answers) - answers.count(False)
    if block.mode == "none":
        return False if sure else (None if possible else True)
    return True if sure >= block.least else (None if possible >= block.least else False)


def _row(blocks: dict[str, Block], row: Row, person: Person) -> Any:
    if row.fact.startswith("block:"):
        have = _block(blocks, blocks[row.fact.removeprefix("block:")], person)
    else:
        have = person(row.fact)
    return None if have is None else holds(have, row.comparison, row.values)


def holds(have: Any, comparison: str, values: tuple[str, ...]) -> bool:
    """Does a known fact pass the comparison?"""
    if comparison == "contains":
        return any(value in have for value in values)
    if comparison in ("is", "one of"):
        return _written(have) in values
    if comparison in ("is not", "none of"):
        return _written(have) not in values
    left, right = _comparable(have), _comparable(values[0])
    if comparison == "at least":
        return bool(left >= right)
    if comparison == "more than":
        return bool(left > right)
    if comparison == "at most":
        return bool(left <= right)
    if comparison == "less than":
        return bool(left < right)
    raise ValueError(f"unknown comparison {comparison!r}")


def _written(have: Any) -> str:
    return ("yes" if have else "no") if isinstance(have, bool) else str(have)


def _comparable(value: Any) -> Any:
    """Language levels by rank, ISO dates as text, everything else as a number."""
    text = str(value)
    if text in LEVELS:
        return LEVELS.index(text)
    return text if text.count("-") == 2 else float(text)
