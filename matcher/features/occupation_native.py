"""Occupation fit of one person in native code, where numba is installed: six features in one pass over the rows.

A twin of `occupation`, `qualification`, `overqualified` and `standing.compute_seniority`, step by step in the same
order, so that the numbers are the same to the last bit; a test holds it to that. Compiled when it is imported.
"""

from dataclasses import dataclass
from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from matcher.columns import Fits
from matcher.features.occupation_rows import PRACTICE_INSTEAD, near_table, slot_factors
from matcher.features.qualification import (
    BEGUN,
    EXPERT_SHARE,
    LOWER_LEVEL,
    NO_DEGREE,
    OPEN_TO_ALL,
    OTHER_TRAINING,
    SPECIALIST_SHARE,
)
from matcher.features.remember import remember
from matcher.features.standing import EXPERIENCED, SENIOR_NEEDS
from matcher.pool.people import LEARNED, UNFINISHED, PersonColumns
from matcher.pool.vacancies import VacancyPool
from matcher.pool.vacancy_rows import has

NAMES = ("target", "learned", "practised", "qualification", "overqualified", "seniority")
"""The features computed here, in the order of the rows."""
WISHED, TAUGHT, STARTED, PRACTISED, HELD_AT, WISHED_AT = 0, 1, 2, 3, 4, 8
"""Rows of `slot_factors`; the last two stand for four requirement levels each."""


@nb.njit(nogil=True)
def most(one, other):  # type: ignore[no-untyped-def]
    """The greater of two, NaN where either is, as `np.maximum`."""
    return one if one >= other or np.isnan(one) else other


@nb.njit(nogil=True)
def level_fit(learned, begun, practised, at_level, trained, level, doors):  # type: ignore[no-untyped-def]
    """How far the requirement level is reached; `doors` (entry, entry_academic, open to all)."""
    usable = 1.0 if trained >= 2 else 0.7 if trained == 1 else 0.5
    skill = max(learned * usable, PRACTICE_INSTEAD * practised, BEGUN * begun)
    academic = trained == 3
    lateral = doors[1] if academic else 0.0
    fit = 1.0
    if level == 2:
        fit = most(skill, lateral if academic else doors[0] + (OTHER_TRAINING if trained >= 2 else 0.0))
        fit = 1.0 if fit > 1.0 else fit
    elif level == 3:
        fit = most(most(skill * (1.0 if academic else LOWER_LEVEL), SPECIALIST_SHARE * lateral), at_level)
    elif level > 3:
        fit = most(most(skill, EXPERT_SHARE * lateral) if academic else skill * NO_DEGREE, at_level)
    return most(fit, 0.9) if doors[2] > 0.0 else fit


@nb.njit(nogil=True)
def _values(near, slots, factors):  # type: ignore[no-untyped-def]
    """Best weighed nearness of any slot to every code, a row per row of `slot_factors`."""
    values = np.zeros((len(factors), near.shape[1]))
    for row in range(len(factors)):
        for slot in range(len(slots)):
            factor = factors[row, slot]
            if factor > 0.0:
                for place in range(near.shape[1]):
                    values[row, place] = max(values[row, place], factor * near[slots[slot], place])
    return values


@nb.njit(nogil=True)
def _read(values, code, weight):  # type: ignore[no-untyped-def]
    """Values per code for one vacancy, its readings weighed."""
    total = 0.0
    for reading in range(len(code)):
        total += values[code[reading]] * weight[reading]
    return total


@nb.njit(
    "f8[:,::1](i8[::1], f8[:,::1], i8[::1], f8[:,::1], i8[::1], i8[:,::1], f8[:,::1], i8[::1], f8[:,::1], b1[::1])",
    nogil=True,
)
def _fits(rows, near, slots, factors, facts, codes, weights, levels, doors, experienced):  # type: ignore[no-untyped-def]
    """Fits (6, N) of one person; `facts`: qualification, experience, are wishes known, is learned known."""
    values, out = _values(near, slots, factors), np.empty((6, len(rows)))
    trained, has_experience, targets_known, learned_known = facts
    for place in range(len(rows)):
        row = rows[place]
        code, weight, level = codes[row], weights[row], levels[row]
        wished = _read(values[WISHED], code, weight)
        learned = _read(values[TAUGHT], code, weight)
        begun = _read(values[STARTED], code, weight)
        practised = _read(values[PRACTISED], code, weight)
        at_level = _read(values[HELD_AT + level - 1], code, weight) if level >= 3 else 0.0
        fit = level_fit(learned, begun, practised, at_level, trained, level, doors[row])
        over = 1.0
        if trained >= 2 and 0 <= level < trained:
            same = _read(values[WISHED_AT + level - 1], code, weight) if level >= 1 else 0.0
            over = 1.0 - min((trained - level) / 2.0, 1.0) * (1.0 - same)
        shown = min(max(practised / SENIOR_NEEDS, 0.0), 1.0) if has_experience >= 0 else np.nan
        out[0, place] = wished * np.sqrt(wished) if targets_known else np.nan
        out[1, place] = max(learned, 0.5 * begun) if learned_known else np.nan
        out[2, place] = practised if has_experience >= 0 else np.nan
        out[3, place] = np.nan if level < 0 or (trained < 0 and has_experience < 0) else fit
        out[4, place] = np.nan if trained < 0 or not targets_known else over
        out[5, place] = shown if experienced[row] else 1.0
    return out


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the pass reads of a pool, row by row."""

    codes: NDArray[np.int64]
    weights: NDArray[np.float64]
    levels: NDArray[np.int64]
    doors: NDArray[np.float64]
    experienced: NDArray[np.bool_]


@remember
def _columns(_: None, pool: VacancyPool) -> _Columns:
    codes = np.where(pool.code_of < 0, len(pool.codes), pool.code_of)
    doors = np.stack([pool.entry, pool.entry_academic, has(pool, OPEN_TO_ALL).astype(np.float64)], axis=1)
    return _Columns(
        np.ascontiguousarray(codes, dtype=np.int64),
        np.ascontiguousarray(pool.code_weight),
        pool.level.astype(np.int64),
        np.ascontiguousarray(doors),
        has(pool, EXPERIENCED),
    )


def occupation_fits(people: PersonColumns, pool: VacancyPool, rows: NDArray[np.intp]) -> dict[str, Fits]:
    """Fits (1, len(rows)) of the features `NAMES` for a block of one; nothing for others or codes not in the table."""
    near, place = near_table(None, pool)
    slots = [place.get(code, -1 if code else len(near) - 1) for code in people.occ_code[0].tolist()]
    if len(people) != 1 or -1 in slots:
        return {}
    role = people.occ_role[0]
    known = people.qualification[0] >= 0 or bool(((role == LEARNED) | (role == UNFINISHED)).any())
    told: list[Any] = [people.qualification[0], people.has_experience[0], people.targets_known[0], known]
    row = _columns(None, pool)
    factors = np.ascontiguousarray(slot_factors(people)[0])
    fits = _fits(
        rows, near, np.array(slots), factors, np.array(told, dtype=np.int64),
        row.codes, row.weights, row.levels, row.doors, row.experienced,
    )  # fmt: skip
    return {name: fits[number : number + 1] for number, name in enumerate(NAMES)}
