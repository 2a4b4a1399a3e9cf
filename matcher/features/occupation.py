"""Occupation fit: what somebody wishes for, has learned and has practised against what a vacancy is."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Feature, Fits
from matcher.features.occupation_rows import occupation_rows, slot_nearness, wish_rows
from matcher.features.remember import remember
from matcher.pool.people import LEARNED, PRACTISED, TARGET, UNFINISHED, PersonColumns
from matcher.pool.vacancies import VacancyPool

WISH_SHARPNESS = 1.5
"""Nearness counts to this power, as x·√x, which every machine rounds alike: a related occupation is less than half of
a wish (expert assumption)."""


def sharpened(near: NDArray[np.float64]) -> Fits:
    """Return nearness to the power `WISH_SHARPNESS`."""
    fit: Fits = near * np.sqrt(near)
    return fit


def compute_target(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return nearness to the wishes, most wanted first; NaN where nobody knows what is wanted."""
    fit = sharpened(wish_rows(people, pool))
    fit[~people.targets_known] = np.nan
    return fit


def compute_learned(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return nearness to the learned occupation; an unfinished training counts half, none is 0, unknown NaN."""
    rows = occupation_rows(people, pool)
    fit: Fits = np.maximum(rows.learned, 0.5 * rows.begun)
    named = (people.occ_role == LEARNED) | (people.occ_role == UNFINISHED)
    known = (people.qualification >= 0) | named.any(axis=1)
    fit[~known] = np.nan
    return fit


def compute_practised(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return nearness to what was practised, by length and recency; 0 without experience, NaN where unknown."""
    fit = occupation_rows(people, pool).practised.copy()
    fit[people.has_experience < 0] = np.nan
    return fit


@remember
def slot_rows(people: PersonColumns, pool: VacancyPool) -> NDArray[np.float64]:
    """Return weighed nearness of every slot to every vacancy, shape (B, S, N); for the few that are shown."""
    near = slot_nearness(people, pool)[:, :, pool.code_of] * pool.code_weight
    return np.asarray(near.sum(axis=3) * people.occ_weight[:, :, None])


@remember
def _best_slots(people: PersonColumns, pool: VacancyPool) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return for every role the best nearness of its slots to every vacancy, and the slot, (B, roles, N) each."""
    of_role = people.occ_role[:, None] == np.arange(UNFINISHED + 1)[:, None]
    near = np.where(of_role[:, :, :, None], slot_rows(people, pool)[:, None], 0.0)
    return near.max(axis=2), near.argmax(axis=2)


def best_slot(people: PersonColumns, pool: VacancyPool, b: int, row: int, role: int) -> tuple[str, float] | None:
    """Return the person's own words for the slot of a role that is nearest to one vacancy, and the nearness."""
    near, best = _best_slots(people, pool)
    found = near.item(b, role, row)
    return (str(people.occ_text[b, best.item(b, role, row)]), found) if found > 0.0 else None


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
