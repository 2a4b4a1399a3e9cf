"""Take one vacancy out of a pool, so that words about one pair come from the same arithmetic as the ranking."""

import dataclasses
from collections.abc import Sequence
from typing import cast

import numpy as np

from matcher.classes import Rows
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
_OF_ROWS = tuple(entry.name for entry in dataclasses.fields(VacancyPool) if entry.name not in _WHOLE)


def rows_of(pool: VacancyPool, rows: slice) -> VacancyPool:
    """Return a pool of some of the rows, for features and rules that don't read the word index."""
    return dataclasses.replace(
        pool,
        **{name: getattr(pool, name)[rows] for name in _OF_ROWS},
        evidence_start=pool.evidence_start[rows.start : rows.stop + 1],
    )


class PickedRows(Rows):
    """Named rows of a pool in this order, for the words about what is shown; a column is picked when it is read."""

    def evidence(self, row: int, name: str) -> tuple[str, bool, str] | None:
        """As `VacancyPool.evidence`."""
        found: tuple[str, bool, str] | None = self.pool.evidence(int(self.rows[row]), name)
        return found


def picked_rows(pool: VacancyPool, rows: Sequence[int]) -> VacancyPool:
    """Return the named rows as a pool."""
    return cast(VacancyPool, PickedRows(pool, np.array(rows, dtype=np.intp)))


def one_vacancy(pool: VacancyPool, row: int) -> VacancyPool:
    """Return vacancy `row` as a pool of one."""
    return rows_of(pool, slice(row, row + 1))


def has(pool: VacancyPool, trait: np.uint64) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which vacancies have a trait, stated or derived, shape (N,)."""
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = ((pool.stated | pool.derived) & trait) != 0
    return found
