"""Take one vacancy out of a pool, so that words about one pair come from the same arithmetic as the ranking."""

import dataclasses
from collections.abc import Sequence

import numpy as np

from matcher.pool.vacancies import VacancyPool

_WHOLE = frozenset(
    {
        "codes",
        "near_codes",
        "near",
        "near_field",
        "today",
        "posting_start",
        "posting_row",
        "posting_weight",
        "trigram_weight",
        "evidence_start",
        "evidence_name",
        "evidence_words",
        "evidence_stated",
        "evidence_source",
        "names",
        "sources",
    }
)
"""Columns that are not one entry per vacancy."""
_OF_EVIDENCE = tuple(sorted(name for name in _WHOLE if name.startswith("evidence_") and name != "evidence_start"))
_OF_ROWS = tuple(entry.name for entry in dataclasses.fields(VacancyPool) if entry.name not in _WHOLE)


def rows_of(pool: VacancyPool, rows: slice) -> VacancyPool:
    """Return a pool of some of the rows, for features and rules that don't read the word index."""
    return dataclasses.replace(
        pool,
        **{name: getattr(pool, name)[rows] for name in _OF_ROWS},
        evidence_start=pool.evidence_start[rows.start : rows.stop + 1],
    )


def picked_rows(pool: VacancyPool, rows: Sequence[int]) -> VacancyPool:
    """Return a pool of the named rows, in this order, for the words about what is shown."""
    chosen = np.array(rows, dtype=np.intp)
    columns = {name: getattr(pool, name)[chosen] for name in _OF_ROWS}
    spans = [(int(pool.evidence_start[row]), int(pool.evidence_start[row + 1])) for row in rows]
    entries = np.array([entry for start, end in spans for entry in range(start, end)], dtype=np.intp)
    starts = np.cumsum([0, *(end - start for start, end in spans)]).astype(np.int32)
    columns |= {name: getattr(pool, name)[entries] for name in _OF_EVIDENCE}
    return dataclasses.replace(pool, **columns, evidence_start=starts)


def one_vacancy(pool: VacancyPool, row: int) -> VacancyPool:
    """Return vacancy `row` as a pool of one."""
    return rows_of(pool, slice(row, row + 1))


def has(pool: VacancyPool, trait: np.uint64) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which vacancies have a trait, stated or derived, shape (N,)."""
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = ((pool.stated | pool.derived) & trait) != 0
    return found
