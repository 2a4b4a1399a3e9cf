"""Level below one's own: a helper post for somebody trained, unless it is what they wish for."""

import numpy as np

from matcher.columns import Feature, Fits
from matcher.features.occupation_rows import occupation_rows
from matcher.pool.people import PersonColumns
from matcher.pool.vacancies import VacancyPool


def compute(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return 1 where the level matches or is wished for, down to 0 for unskilled work far below training."""
    below = np.clip(people.qualification[:, None] - pool.level[None, :], 0, 3) / 2.0
    below = np.where((people.qualification[:, None] < 2) | (pool.level[None, :] < 0), 0.0, below)
    fit: Fits = 1.0 - np.clip(below, 0.0, 1.0) * (1.0 - occupation_rows(people, pool).wished_at_level)
    fit[(people.qualification < 0) | ~people.targets_known] = np.nan
    return fit


def say(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """German words for a post below the training."""
    below = pool.level[row] >= 0 and people.qualification[b] >= 2 and people.qualification[b] > pool.level[row]
    return "unter dem eigenen Ausbildungsniveau" if below else "Niveau entspricht der Ausbildung"


OVERQUALIFIED: Feature[PersonColumns, VacancyPool] = Feature(
    "overqualified", ("vocational_qualification",), compute, say, words=(("level",), ("qualification",))
)
