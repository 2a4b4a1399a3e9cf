"""How near a person's occupations are to every vacancy: the arithmetic behind occupation fit and qualification.

Nearness of two occupations comes from `matcher.models.occupation` (KldB tree, curated and learned neighbours). A
vacancy is read twice, by its occupation label and by its title, weighed by how sure the reading is.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from matcher.classes import Rows
from matcher.columns import Fits
from matcher.features.remember import remember
from matcher.models.occupation import nearness_matrix
from matcher.pool.people import LEARNED, PRACTISED, TARGET, UNFINISHED, PersonColumns
from matcher.pool.vacancies import VacancyPool

FIELD_SHARE = 0.5
"""How far nearness looks past requirement levels, which `qualification` and `overqualified` weigh themselves."""
LASTING_YEARS = 3.0
"""Practice of this length counts fully (expert assumption)."""
FRESH_YEARS = 5.0
"""Up to here practice counts as recent; it fades to half over ten more years (expert assumption)."""
RECENCY_FADE_YEARS = 20.0
LEAST_RECENCY = 0.5
PRACTICE_INSTEAD = 0.85
"""Long practice in the same occupation stands for the certificate almost fully."""
LEVELS = np.arange(1, 5)
"""Requirement levels of KldB 2010, the fifth digit of a code."""


@dataclass(frozen=True, slots=True)
class OccupationRows:
    """Nearness to every vacancy, each (B, N) in [0, 1]: learned, begun, practised (by length and recency).

    `held_at_level`: skill from occupations that are themselves at the vacancy's requirement level or above;
    `wished_at_level`: wishes that are themselves at most at the vacancy's level.
    """

    learned: Fits
    begun: Fits
    practised: Fits
    held_at_level: Fits
    wished_at_level: Fits


@remember
def occupation_rows(people: PersonColumns, pool: VacancyPool) -> OccupationRows:
    """All of it at once: values per code, then per vacancy."""
    values, readings = code_values(people, pool), _readings(None, pool)
    plain = _to_rows(values[:, 1:4], readings.codes, readings.weight)
    held, wished = (
        _to_rows(values[:, rows].reshape(len(values), 1, -1), readings.level_codes, readings.level_weight)[:, 0]
        for rows in (slice(4, 8), slice(8, 12))
    )
    return OccupationRows(plain[:, 0], plain[:, 1], plain[:, 2], held, wished)


@remember
def wish_rows(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Nearness of the wishes to every vacancy, (B, N) in [0, 1]."""
    readings = _readings(None, pool)
    return _to_rows(code_values(people, pool)[:, :1], readings.codes, readings.weight)[:, 0]


@remember(of="codes")
def code_values(people: PersonColumns, pool: VacancyPool) -> NDArray[np.float64]:
    """Return the best weighed nearness of any slot to every code, shape (B, 12, K + 1).

    Rows: wishes, learned, begun, practised; held at levels 1 to 4; wished at levels 1 to 4.
    """
    near, factors = slot_nearness(people, pool), slot_factors(people)
    best = np.zeros((*factors.shape[:2], near.shape[2]))
    for b, row, slot in np.argwhere(factors > 0.0).tolist():
        np.maximum(best[b, row], factors[b, row, slot] * near[b, slot], out=best[b, row])
    return best


def slot_factors(people: PersonColumns) -> NDArray[np.float64]:
    """What each slot counts for each row of `code_values`, shape (B, 12, S)."""
    role, weight, done = people.occ_role, people.occ_weight, practice(people)
    usable = np.where(people.qualification >= 2, 1.0, 0.5)[:, None] * weight
    held = np.where(role == PRACTISED, weight * done * PRACTICE_INSTEAD, np.where(role == LEARNED, usable, 0.0))
    wished = np.where(role == TARGET, weight, 0.0)
    plain = [
        wished,
        np.where(role == LEARNED, weight, 0.0),
        np.where(role == UNFINISHED, weight, 0.0),
        np.where(role == PRACTISED, weight * done, 0.0),
    ]
    level = np.array([[int(code[4]) if code else 0 for code in row] for row in people.occ_code.tolist()])[:, None]
    reached, modest = level >= LEVELS[:, None], (level <= LEVELS[:, None]) & (level > 0)
    return np.concatenate(
        [np.stack(plain, axis=1), np.where(reached, held[:, None], 0.0), np.where(modest, wished[:, None], 0.0)], axis=1
    )


@remember(of="codes")
def slot_nearness(people: PersonColumns, pool: VacancyPool) -> NDArray[np.float64]:
    """Return nearness of every occupation slot of a person to the pool's codes, shape (B, S, K + 1), in [0, 1].

    The last column stands for "no code" and is near nothing, as is an empty slot.
    """
    near, place = near_table(None, pool)
    known = [[place.get(code, -1) for code in row] for row in people.occ_code.tolist()]
    table = near[np.array(known, dtype=np.intp)]
    for b, slot in np.argwhere((people.occ_code != "") & (np.array(known) < 0)).tolist():
        table[b, slot, :-1] = np.nan_to_num(nearness_matrix([str(people.occ_code[b, slot])], pool.codes.tolist())[0])
    return table


@remember(of="near")
def near_table(_: None, pool: VacancyPool) -> tuple[NDArray[np.float64], dict[str, int]]:
    """The pool's own table, looking past requirement levels half the way, and where each code stands in it.

    Shape (H + 1, K + 1): the last row and column stand for no code.
    """
    table = np.zeros((len(pool.near_codes) + 1, len(pool.codes) + 1))
    table[:-1, :-1] = (1.0 - FIELD_SHARE) * pool.near + FIELD_SHARE * pool.near_field
    return table, {code: number for number, code in enumerate(pool.near_codes.tolist())}


def practice(people: PersonColumns) -> NDArray[np.float64]:
    """Return how much practice a slot stands for, shape (B, S) in [0, 1]; unknown length counts half."""
    years = np.where(np.isnan(people.occ_years), LASTING_YEARS / 2, people.occ_years)
    length = np.clip(years / LASTING_YEARS, 0.0, 1.0)
    this_year = people.as_of.astype("datetime64[Y]").astype(int)[:, None] + 1970
    gone = np.where(np.isnan(people.occ_last_year), FRESH_YEARS, this_year - people.occ_last_year)
    recency = np.clip(1.0 - (gone - FRESH_YEARS) / RECENCY_FADE_YEARS, LEAST_RECENCY, 1.0)
    amount: NDArray[np.float64] = length * recency
    return amount


@dataclass(frozen=True, slots=True)
class Readings:
    """Codes and weights of every vacancy's readings, shape (C, N) each; "no code" is the last.

    `level_codes` point into values per requirement level and code, one level after the other; weights are 0 where
    no level is known.
    """

    codes: NDArray[np.intp]
    weight: NDArray[np.float64]
    level_codes: NDArray[np.intp]
    level_weight: NDArray[np.float64]


def _to_rows(values: NDArray[np.float64], codes: NDArray[np.intp], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn values per code, shape (B, Q, K), into values per vacancy: its readings, weighed; shape (B, Q, N)."""
    rows = np.zeros((*values.shape[:2], codes.shape[1]))
    for number in np.flatnonzero(values.any(axis=(0, 2))).tolist():
        (values[:, number].take(codes, axis=1) * weight).sum(axis=1, out=rows[:, number])
    return rows


@remember
def _readings(_: None, pool: VacancyPool) -> Readings:
    if isinstance(pool, Rows):
        whole: Readings = _readings(None, pool.pool)
        return Readings(*(getattr(whole, one.name).take(pool.rows, axis=1) for one in fields(Readings)))
    codes = np.ascontiguousarray(np.where(pool.code_of < 0, len(pool.codes), pool.code_of).T, dtype=np.intp)
    weight = np.ascontiguousarray(pool.code_weight.T)
    level_codes = (np.maximum(pool.level, 1).astype(np.intp) - 1) * (len(pool.codes) + 1) + codes
    return Readings(codes, weight, level_codes, np.where(pool.level < 1, 0.0, weight))
