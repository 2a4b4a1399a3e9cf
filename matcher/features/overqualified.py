"""Level below one's own: a helper post for somebody trained, unless it is what they wish for."""

import numpy as np

from matcher.columns import Feature, Fits
from matcher.features.occupation import best_of_role, to_rows_at_level
from matcher.pool.people import TARGET, PersonColumns
from matcher.pool.vacancies import VacancyPool


def _wished_at_level(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return nearness to the wishes that are themselves at most at the vacancy's level, shape (B, N)."""
    levels = np.array([[int(code[4]) if code else 9 for code in row] for row in people.occ_code])
    by_level = [
        best_of_role(people, pool, TARGET, np.where(levels <= level, people.occ_weight, 0.0)) for level in range(1, 5)
    ]
    return to_rows_at_level(np.stack(by_level, axis=1), pool)


def compute(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return 1 where the level matches or is wished for, down to 0 for unskilled work far below training."""
    below = np.clip(people.qualification[:, None] - pool.level[None, :], 0, 3) / 2.0
    below = np.where((people.qualification[:, None] < 2) | (pool.level[None, :] < 0), 0.0, below)
    fit: Fits = 1.0 - np.clip(below, 0.0, 1.0) * (1.0 - _wished_at_level(people, pool))
    fit[(people.qualification < 0) | ~people.targets_known] = np.nan
    return fit


def say(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """German words for a post below the training."""
    below = pool.level[row] >= 0 and people.qualification[b] >= 2 and people.qualification[b] > pool.level[row]
    return "unter dem eigenen Ausbildungsniveau" if below else "Niveau entspricht der Ausbildung"


OVERQUALIFIED: Feature[PersonColumns, VacancyPool] = Feature(
    "overqualified", ("vocational_qualification",), compute, say
)
