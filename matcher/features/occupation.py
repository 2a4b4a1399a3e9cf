"""Occupation fit: what somebody wishes for, has learned and has practised against what a vacancy is.

Nearness of two occupations comes from `matcher.models.occupation` (KldB tree, curated and learned neighbours). A
vacancy is read twice, by its occupation label and by its title, weighed by how sure the reading is.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Feature, Fits
from matcher.features.remember import remember
from matcher.models.occupation import nearness_matrix
from matcher.pool.people import LEARNED, PRACTISED, TARGET, UNFINISHED, PersonColumns
from matcher.pool.vacancies import VacancyPool

FIELD_SHARE = 0.5
"""How far nearness looks past requirement levels, which `qualification` and `overqualified` weigh themselves."""
WISH_SHARPNESS = 1.5
"""A related occupation is less than half of a wish (expert assumption)."""
LASTING_YEARS = 3.0
"""Practice of this length counts fully (expert assumption)."""
FRESH_YEARS = 5.0
"""Up to here practice counts as recent; it fades to half over ten more years (expert assumption)."""
RECENCY_FADE_YEARS = 20.0
LEAST_RECENCY = 0.5


@remember
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


def to_rows(values: NDArray[np.float64], pool: VacancyPool) -> Fits:
    """Turn values per code, shape (B, K + 1), into values per vacancy: its readings, weighed; shape (B, N)."""
    rows = np.zeros((len(values), len(pool)))
    for column in range(pool.code_of.shape[1]):
        rows += values.take(pool.code_of[:, column], axis=1, mode="wrap") * pool.code_weight[:, column]
    return rows


def to_rows_at_level(values: NDArray[np.float64], pool: VacancyPool) -> Fits:
    """As `to_rows` for values per requirement level and code, shape (B, 4, K + 1); 0 where no level is known."""
    rows = np.zeros((len(values), len(pool)))
    level = np.maximum(pool.level, 1) - 1
    for column in range(pool.code_of.shape[1]):
        rows += values[:, level, pool.code_of[:, column]] * pool.code_weight[:, column]
    rows[:, pool.level < 1] = 0.0
    return rows


def _table(have: NDArray[np.str_], pool: VacancyPool) -> NDArray[np.float64]:
    """Return nearness of codes to the pool's codes: the pool's own table, else computed; unknown codes are far."""
    found = np.searchsorted(pool.near_codes, have)
    found = np.minimum(found, max(len(pool.near_codes) - 1, 0))
    if len(pool.near_codes) and bool((pool.near_codes[found] == have).all()):
        return (1.0 - FIELD_SHARE) * pool.near[found] + FIELD_SHARE * pool.near_field[found]
    return np.nan_to_num(nearness_matrix([str(code) for code in have], [str(code) for code in pool.codes]))


def practice(people: PersonColumns) -> NDArray[np.float64]:
    """Return how much practice a slot stands for, shape (B, S) in [0, 1]; unknown length counts half."""
    years = np.where(np.isnan(people.occ_years), LASTING_YEARS / 2, people.occ_years)
    length = np.clip(years / LASTING_YEARS, 0.0, 1.0)
    this_year = people.as_of.astype("datetime64[Y]").astype(int)[:, None] + 1970
    gone = np.where(np.isnan(people.occ_last_year), FRESH_YEARS, this_year - people.occ_last_year)
    recency = np.clip(1.0 - (gone - FRESH_YEARS) / RECENCY_FADE_YEARS, LEAST_RECENCY, 1.0)
    amount: NDArray[np.float64] = length * recency
    return amount


def best_of_role(people: PersonColumns, pool: VacancyPool, role: int, weight: NDArray[np.float64]) -> Fits:
    """Return the best weighted nearness among the slots of one role, per code, shape (B, K + 1); 0 without any."""
    near = slot_nearness(people, pool)
    factor = np.where(people.occ_role == role, weight, 0.0)
    best = np.zeros((len(people), len(pool.codes) + 1))
    for slot in np.flatnonzero((factor > 0).any(axis=0)):
        np.maximum(best, factor[:, slot, None] * near[:, slot], out=best)
    return best


@remember
def learned_rows(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return nearness of the learned occupation to every vacancy, shape (B, N)."""
    return to_rows(best_of_role(people, pool, LEARNED, people.occ_weight), pool)


@remember
def begun_rows(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return nearness of a begun training to every vacancy, shape (B, N)."""
    return to_rows(best_of_role(people, pool, UNFINISHED, people.occ_weight), pool)


@remember
def practised_rows(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return nearness of what was practised, by length and recency, to every vacancy, shape (B, N)."""
    return to_rows(best_of_role(people, pool, PRACTISED, people.occ_weight * practice(people)), pool)


def compute_target(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return nearness to the wishes, most wanted first; NaN where nobody knows what is wanted."""
    fit = to_rows(best_of_role(people, pool, TARGET, people.occ_weight), pool) ** WISH_SHARPNESS
    fit[~people.targets_known] = np.nan
    return fit


def compute_learned(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return nearness to the learned occupation; an unfinished training counts half, none is 0, unknown NaN."""
    fit = np.maximum(learned_rows(people, pool), 0.5 * begun_rows(people, pool))
    known = (people.qualification >= 0) | (np.isin(people.occ_role, (LEARNED, UNFINISHED))).any(axis=1)
    fit[~known] = np.nan
    return fit


def compute_practised(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return nearness to what was practised, by length and recency; 0 without experience, NaN where unknown."""
    fit = practised_rows(people, pool).copy()
    fit[people.has_experience < 0] = np.nan
    return fit


def best_slot(people: PersonColumns, pool: VacancyPool, b: int, row: int, role: int) -> tuple[str, float] | None:
    """Return the person's own words for the slot of a role that is nearest to one vacancy, and the nearness."""
    codes = slot_nearness(people, pool)[b][:, pool.code_of[row]] @ pool.code_weight[row]
    near = codes * np.where(people.occ_role[b] == role, people.occ_weight[b], 0.0)
    slot = int(np.argmax(near))
    return (str(people.occ_text[b, slot]), float(near[slot])) if near[slot] > 0 else None


def _say(role: int, near: str, same: str, none: str) -> Callable[[PersonColumns, VacancyPool, int, int], str]:
    def say(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
        found = best_slot(people, pool, b, row, role)
        if found is None or found[1] < 0.15:
            return none
        return (same if found[1] >= 0.75 else near).format(found[0])

    return say


say_target = _say(TARGET, "verwandt mit dem Wunsch „{}“", "entspricht dem Wunsch „{}“", "nicht unter den Wunschberufen")
say_learned = _say(
    LEARNED, "verwandt mit dem gelernten Beruf „{}“", "gelernter Beruf „{}“", "anderer Beruf als der gelernte"
)
say_practised = _say(
    PRACTISED, "Erfahrung aus verwandter Tätigkeit „{}“", "Erfahrung als „{}“", "keine Erfahrung in diesem Beruf"
)

TARGET_FEATURE: Feature[PersonColumns, VacancyPool] = Feature(
    "target", ("target_occupations",), compute_target, say_target
)
LEARNED_FEATURE: Feature[PersonColumns, VacancyPool] = Feature(
    "learned", ("vocational_qualification", "vocational_qualification_title"), compute_learned, say_learned
)
PRACTISED_FEATURE: Feature[PersonColumns, VacancyPool] = Feature(
    "practised", ("experience",), compute_practised, say_practised
)
