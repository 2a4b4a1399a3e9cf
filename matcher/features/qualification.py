"""Qualification: the requirement level a vacancy implies against training, practice and begun training nearby.

Derived from the occupation's fifth KldB digit and words of the title, so never an exclusion: it costs points and
makes a near miss. Reserved occupations are rules (`matcher.eligibility.vacancy`). Numbers: expert assumptions.
"""

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Feature, Fits
from matcher.features.occupation import (
    begun_rows,
    best_of_role,
    learned_rows,
    practice,
    practised_rows,
    to_rows_at_level,
)
from matcher.features.remember import remember
from matcher.pool.people import LEARNED, PRACTISED, PersonColumns
from matcher.pool.vacancies import VacancyPool
from matcher.pool.vacancy_rows import has
from matcher.requirements import bit

PRACTICE_INSTEAD = 0.85
"""Long practice in the same occupation stands for the certificate almost fully."""
BEGUN = 0.35
"""A begun training: external examination or partial qualification needed."""
SPECIALIST_SHARE, EXPERT_SHARE = 0.9, 0.7
"""What the door open to other graduates is worth for specialist and expert posts."""
NO_DEGREE = 0.3
"""What skill without a degree is worth for expert posts."""
LOWER_LEVEL = 0.55
"""Training one level below what is asked."""
OTHER_TRAINING = 0.10
"""What a recognised training in another field adds to how open a skilled post is."""


def held(people: PersonColumns, pool: VacancyPool) -> NDArray[np.float64]:
    """Return how much skill of a skilled worker somebody brings to each vacancy, shape (B, N) in [0, 1]."""
    usable = np.select([people.qualification >= 2, people.qualification == 1], [1.0, 0.7], 0.5)
    result: NDArray[np.float64] = np.maximum.reduce(
        [
            learned_rows(people, pool) * usable[:, None],
            PRACTICE_INSTEAD * practised_rows(people, pool),
            BEGUN * begun_rows(people, pool),
        ]
    )
    return result


def held_at_level(people: PersonColumns, pool: VacancyPool) -> NDArray[np.float64]:
    """Return skill from occupations that are themselves at the vacancy's requirement level or above, (B, N)."""
    levels = np.array([[int(code[4]) if code else 0 for code in row] for row in people.occ_code])
    weight = people.occ_weight * practice(people) * PRACTICE_INSTEAD
    usable = np.where(people.qualification >= 2, 1.0, 0.5)[:, None] * people.occ_weight
    by_level = [
        np.maximum(
            best_of_role(people, pool, PRACTISED, np.where(levels >= level, weight, 0.0)),
            best_of_role(people, pool, LEARNED, np.where(levels >= level, usable, 0.0)),
        )
        for level in range(1, 5)
    ]
    return to_rows_at_level(np.stack(by_level, axis=1), pool)


@remember
def compute(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return 1 where nothing is asked or it is held, less where a level is missing; NaN where unknown."""
    skill = held(people, pool)
    trained = (people.qualification >= 2)[:, None]
    academic = (people.qualification == 3)[:, None]
    open_door = np.where(
        academic, pool.entry_academic[None, :], pool.entry[None, :] + np.where(trained, OTHER_TRAINING, 0.0)
    )
    skilled = np.clip(np.maximum(skill, open_door), 0.0, 1.0)
    lateral = np.where(academic, pool.entry_academic[None, :], 0.0)
    at_level = held_at_level(people, pool)
    specialist = np.maximum(skill * np.where(academic, 1.0, LOWER_LEVEL), SPECIALIST_SHARE * lateral)
    expert = np.where(academic, np.maximum(skill, EXPERT_SHARE * lateral), skill * NO_DEGREE)
    level = pool.level[None, :]
    fit = np.select(
        [level == 2, level == 3, level == 4],
        [skilled, np.maximum(specialist, at_level), np.maximum(expert, at_level)],
        1.0,
    )
    open_to_all = has(pool, bit("career_changers") | bit("no_experience"))
    fit = np.where(open_to_all[None, :], np.maximum(fit, 0.9), fit)
    unknown = (people.qualification < 0) & (people.has_experience < 0)
    fit[unknown] = np.nan
    fit[:, pool.level < 0] = np.nan
    return fit


_LEVELS = {1: "Helfer- und Anlerntätigkeit", 2: "Fachkraft", 3: "Spezialist", 4: "Experte"}


def say(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """German words for the level asked and what is there."""
    level = int(pool.level[row])
    if level < 0:
        return "Anforderungsniveau nicht erkennbar"
    words = f"Anforderungsniveau {_LEVELS[level]} (abgeleitet aus Beruf und Titel)"
    if level == 1:
        return words
    fit = compute(people, pool)[b, row]
    if np.isnan(fit):
        return f"{words}; Qualifikation nicht bekannt"
    return f"{words}; {'vorhanden' if fit >= 0.6 else 'teilweise vorhanden' if fit >= 0.35 else 'Ausbildung fehlt'}"


QUALIFICATION: Feature[PersonColumns, VacancyPool] = Feature(
    "qualification", ("vocational_qualification", "experience"), compute, say
)
