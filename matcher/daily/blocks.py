"""Parts of a block of persons and of a pool, by any list of rows."""

import dataclasses
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.pool.people import People, PersonColumns, ProtectedColumns
from matcher.pool.vacancies import VacancyPool
from matcher.pool.vacancy_rows import rows_of

Rows = NDArray[np.int64]
POSTINGS = frozenset({"posting_start", "posting_row", "posting_weight", "trigram_weight"})
"""Columns of the word index: who reads them needs the whole pool."""


def people_rows(people: People, rows: Rows) -> People:
    """The persons `rows` as a block of their own, in that order."""
    return People(open_rows(people.open, rows), ProtectedColumns(**_rows(people.protected, rows)))


def open_rows(people: PersonColumns, rows: Rows) -> PersonColumns:
    """The persons `rows` of what features may see."""
    return PersonColumns(**_rows(people, rows))


def _rows(columns: Any, rows: Rows) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in dataclasses.fields(columns):
        value = getattr(columns, entry.name)
        found[entry.name] = value[rows] if isinstance(value, np.ndarray) else tuple(value[row] for row in rows)
    return found


def pool_rows(pool: VacancyPool, rows: Rows) -> VacancyPool:
    """The vacancies `rows` as a pool of their own, with their evidence; the word index stays the whole pool's."""
    first = rows_of(pool, slice(0, len(pool)))
    whole = [
        entry.name for entry in dataclasses.fields(pool) if getattr(first, entry.name) is getattr(pool, entry.name)
    ]
    parts = {
        entry.name: getattr(pool, entry.name)[rows]
        for entry in dataclasses.fields(pool)
        if entry.name not in whole and entry.name != "evidence_start"
    }
    return dataclasses.replace(pool, **parts, **_evidence(pool, rows))


def _evidence(pool: VacancyPool, rows: Rows) -> dict[str, Any]:
    start, end = pool.evidence_start[:-1][rows], pool.evidence_start[1:][rows]
    sizes = (end - start).astype(np.int64)
    offsets = np.concatenate(([0], np.cumsum(sizes)))
    entries = np.repeat(start, sizes) + np.arange(offsets[-1]) - np.repeat(offsets[:-1], sizes)
    return {
        "evidence_start": offsets.astype(np.int32),
        "evidence_name": pool.evidence_name[entries],
        "evidence_words": pool.evidence_words[entries],
        "evidence_stated": pool.evidence_stated[entries],
        "evidence_source": pool.evidence_source[entries],
    }
