"""Qualification: the requirement level a vacancy implies against training, practice and begun training nearby.

Derived from the occupation's fifth KldB digit and words of the title, so never an exclusion: it costs points and
makes a near miss. Reserved occupations are rules (`matcher.eligibility.vacancy`). Numbers: expert assumptions.
"""

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Feature, Fits
from matcher.features.occupation_rows import PRACTICE_INSTEAD, occupation_rows
from matcher.features.remember import remember
from matcher.pool.people import PersonColumns
from matcher.pool.vacancies import VacancyPool
from matcher.pool.vacancy_rows import has
from matcher.requirements import bit

BEGUN = 0.35
"""A begun training: external examination or partial qualification needed."""
SPECIALIST_SHARE, EXPERT_SHARE = 0.9, 0.7
"""What the door open to other graduates is worth for specialist and expert posts."""
NO_DEGREE = 0.3
"""What skill without a degree is worth for expert posts."""
OPEN_TO_ALL = bit("career_changers") | bit("no_experience")
"""Words of a title that open a post to everybody."""
LOWER_LEVEL = 0.55
"""Training one level below what is asked."""
OTHER_TRAINING = 0.10
"""What a recognised training in another field adds to how open a skilled post is."""


def held(people: PersonColumns, pool: VacancyPool) -> NDArray[np.float64]:
    """Return how much skill of a skilled worker somebody brings to each vacancy, shape (B, N) in [0, 1]."""
    rows = occupation_rows(people, pool)
    usable = np.where(people.qualification >= 2, 1.0, np.where(people.qualification == 1, 0.7, 0.5))
    skill: NDArray[np.float64] = np.maximum(rows.learned * usable[:, None], PRACTICE_INSTEAD * rows.practised)
    return np.maximum(skill, BEGUN * rows.begun, out=skill)


@remember
def compute(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return 1 where nothing is asked or it is held, less where a level is missing; NaN where unknown."""
    skill, at_level = held(people, pool), occupation_rows(people, pool).held_at_level
    trained, academic = (people.qualification >= 2)[:, None], (people.qualification == 3)[:, None]
    lateral = np.where(academic, pool.entry_academic, 0.0)
    open_door = np.where(academic, lateral, pool.entry + np.where(trained, OTHER_TRAINING, 0.0))
    skilled = np.clip(np.maximum(skill, open_door), 0.0, 1.0)
    specialist = np.maximum(skill * np.where(academic, 1.0, LOWER_LEVEL), SPECIALIST_SHARE * lateral)
    expert = np.where(academic, np.maximum(skill, EXPERT_SHARE * lateral), skill * NO_DEGREE)
    higher = np.maximum(np.where(pool.level == 3, specialist, expert), at_level)
    fit = np.where(pool.level == 2, skilled, np.where(pool.level >= 3, higher, 1.0))
    open_to_all = has(pool, OPEN_TO_ALL)
    fit[:, open_to_all] = np.maximum(fit[:, open_to_all], 0.9)
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
