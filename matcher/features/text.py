"""Words: how much of a wish's own words an advertisement repeats, beyond what occupation codes can tell."""

import numpy as np
from numpy.typing import NDArray

from matcher.classes import Rows
from matcher.columns import Feature, Fits
from matcher.features.remember import remember
from matcher.pool.people import PersonColumns
from matcher.pool.people_occupations import LEAST_ORDER, ORDER_STEP
from matcher.pool.vacancies import VacancyPool
from matcher.pool.vacancy_text import similarity

KEPT_TEXTS = 256
"""So many wishes are kept with a pool, then all are forgotten."""


def compute(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return the best similarity of any wish's words to title and label, in wish order; NaN without wishes."""
    if isinstance(pool, Rows):
        return compute(people, pool.pool)[:, pool.rows]
    fit = np.full((len(people), len(pool)), np.nan)
    for b, texts in enumerate(people.grams):
        for place, grams in enumerate(texts):
            order = max(LEAST_ORDER, 1.0 - ORDER_STEP * place)
            fit[b] = np.fmax(fit[b], order * _alike(grams, pool))
    return fit


def _alike(grams: NDArray[np.int32], pool: VacancyPool) -> Fits:
    """Similarity of one text to every row, shape (N,); people share their wishes, so it is kept by text."""
    kept, key = _kept(None, pool), grams.tobytes()
    if key not in kept:
        if len(kept) >= KEPT_TEXTS:
            kept.clear()
        kept[key] = similarity(
            grams, pool.posting_start, pool.posting_row, pool.posting_weight, pool.trigram_weight, len(pool)
        )
    return kept[key]


@remember(of="posting_row")
def _kept(_: None, pool: VacancyPool) -> dict[bytes, Fits]:
    return {}


def say(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """German words for the title beside the wishes."""
    return f"Titel „{pool.titles[row]}“ im Vergleich mit den Wunschtexten"


TEXT: Feature[PersonColumns, VacancyPool] = Feature("text", ("target_occupations",), compute, say)
