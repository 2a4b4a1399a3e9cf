"""How near a person's occupations are to every vacancy: the arithmetic behind occupation fit and qualification.

Nearness of two occupations comes from `matcher.models.occupation` (KldB tree, curated and learned neighbours). A
vacancy is read twice, by its occupation label and by its title, weighed by how sure the reading is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    """Nearness to every vacancy, each (B, N) in [0, 1]: wishes, learned, begun, practised (by length and recency).

    `held_at_level`: skill from occupations that are themselves at the vacancy's requirement level or above;
    `wished_at_level`: wishes that are themselves at most at the vacancy's level.
    """

    target: Fits
    learned: Fits
    begun: Fits
    practised: Fits
    held_at_level: Fits
    wished_at_level: Fits


@remember
def occupation_rows(people: PersonColumns, pool: VacancyPool) -> OccupationRows:
    """All of it at once: values per code, then per vacancy."""
    values = code_values(people, pool)
    plain = _to_rows(values[:, :4], pool)
    level = np.maximum(pool.level, 1) - 1
    held = _to_rows_at_level(values[:, 4:8], pool, level)
    wished = _to_rows_at_level(values[:, 8:], pool, level)
    return OccupationRows(plain[:, 0], plain[:, 1], plain[:, 2], plain[:, 3], held, wished)


@remember(of="codes")
def code_values(people: PersonColumns, pool: VacancyPool) -> NDArray[np.float64]:
    """Return the best weighed nearness of any slot to every code, shape (B, 12, K + 1).

    Rows: wishes, learned, begun, practised; held at levels 1 to 4; wished at levels 1 to 4.
    """
    near, factors = slot_nearness(people, pool), slot_factors(people)
    best = np.zeros((*factors.shape[:2], near.shape[2]))
    for slot in range(near.shape[1]):
        used = np.flatnonzero((factors[:, :, slot] > 0.0).any(axis=0))
        if len(used):
            weighed = factors[:, used, slot, None] * near[:, slot, None]
            best[:, used] = np.maximum(best[:, used], weighed)
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
    have, slot_of = np.unique(people.occ_code, return_inverse=True)
    table = np.zeros((len(have), len(pool.codes) + 1))
    named = np.flatnonzero(have != "")
    if len(named) and len(pool.codes):
        table[named, :-1] = _table(have[named], pool)
    return table[slot_of.reshape(people.occ_code.shape)]


def _table(have: NDArray[np.str_], pool: VacancyPool) -> NDArray[np.float64]:
    """Return nearness of codes to the pool's codes: the pool's own table, else computed; unknown codes are far."""
    found = np.searchsorted(pool.near_codes, have)
    found = np.minimum(found, max(len(pool.near_codes) - 1, 0))
    if len(pool.near_codes) and bool((pool.near_codes[found] == have).all()):
        return np.asarray(_near(None, pool)[found])
    return np.nan_to_num(nearness_matrix([str(code) for code in have], [str(code) for code in pool.codes]))


@remember(of="near")
def _near(_: None, pool: VacancyPool) -> NDArray[np.float64]:
    """The pool's own table, looking past requirement levels half the way, shape (H, K)."""
    return (1.0 - FIELD_SHARE) * pool.near + FIELD_SHARE * pool.near_field


def practice(people: PersonColumns) -> NDArray[np.float64]:
    """Return how much practice a slot stands for, shape (B, S) in [0, 1]; unknown length counts half."""
    years = np.where(np.isnan(people.occ_years), LASTING_YEARS / 2, people.occ_years)
    length = np.clip(years / LASTING_YEARS, 0.0, 1.0)
    this_year = people.as_of.astype("datetime64[Y]").astype(int)[:, None] + 1970
    gone = np.where(np.isnan(people.occ_last_year), FRESH_YEARS, this_year - people.occ_last_year)
    recency = np.clip(1.0 - (gone - FRESH_YEARS) / RECENCY_FADE_YEARS, LEAST_RECENCY, 1.0)
    amount: NDArray[np.float64] = length * recency
    return amount


def _to_rows(values: NDArray[np.float64], pool: VacancyPool) -> NDArray[np.float64]:
    """Turn values per code, shape (B, Q, K + 1), into values per vacancy: its readings, weighed; shape (B, Q, N)."""
    rows = np.zeros((*values.shape[:2], len(pool)))
    codes, weight = _readings(None, pool)
    for number in np.flatnonzero(values.any(axis=(0, 2))):
        rows[:, number] = (values[:, number].take(codes, axis=1) * weight).sum(axis=1)
    return rows


def _to_rows_at_level(values: NDArray[np.float64], pool: VacancyPool, level: NDArray[np.int8]) -> Fits:
    """As `_to_rows` for values per requirement level and code, shape (B, 4, K + 1); 0 where no level is known."""
    if not values.any():
        return np.zeros((len(values), len(pool)))
    codes, weight = _readings(None, pool)
    places = level.astype(np.intp) * values.shape[2] + codes
    rows: Fits = (values.reshape(len(values), -1).take(places, axis=1) * weight).sum(axis=1)
    rows[:, pool.level < 1] = 0.0
    return rows


@remember
def _readings(_: None, pool: VacancyPool) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Codes and weights of every vacancy's readings, shape (C, N) each; "no code" is the last."""
    codes = np.where(pool.code_of < 0, len(pool.codes), pool.code_of).T
    return np.ascontiguousarray(codes, dtype=np.intp), np.ascontiguousarray(pool.code_weight.T)
