"""Language of a measure: can the person follow it?

A stated minimum of the offer is a rule (feasibility); this fit grades how well the level carries what the measure
does: learning a trade needs more German than learning German (document 004, AG 1 and AG 4; R-E-06 to R-E-08).
"""

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Feature, Fits
from matcher.pool.offers import MeasurePool
from matcher.pool.seekers import Seekers
from matcher.vocabulary import GERMAN_LEVELS

CARRIES: dict[str, tuple[float, ...]] = {
    # A0   A1   A2   B1   B2   C1   C2  native
    "teaching": (0.0, 0.05, 0.2, 0.55, 0.85, 1.0, 1.0, 1.0),
    "practice": (0.1, 0.3, 0.6, 0.9, 1.0, 1.0, 1.0, 1.0),
    "other": (0.5, 0.6, 0.8, 1.0, 1.0, 1.0, 1.0, 1.0),
    "language": (1.0, 1.0, 1.0, 1.0, 0.8, 0.4, 0.1, 0.0),
}
"""How far each level carries, by what the measure does; expert assumption of 2026-11-20 on document 004."""


def compute(people: Seekers, pool: MeasurePool) -> Fits:
    """Fit in [0, 1]; NaN where the level is unknown."""
    table: NDArray[np.float64] = np.array([CARRIES[kind] for kind in pool.columns.asks_german])
    fit = table[:, people.german].T
    return np.where(people.german[:, None] < 0, np.nan, fit)[:, pool.programme]


def say(people: Seekers, pool: MeasurePool, b: int, row: int) -> str:
    """German words: the level and what it carries."""
    level = people.german[b]
    if level < 0:
        return "Sprachniveau ist nicht bekannt"
    name = "Muttersprache" if GERMAN_LEVELS[level] == "native" else GERMAN_LEVELS[level]
    kind = pool.columns.asks_german[pool.programme[row]]
    fit = CARRIES[kind][level]
    if kind == "language":
        return f"Deutsch {name}: " + ("hier wird Deutsch gelernt" if fit >= 0.5 else "ein Deutschkurs bringt wenig")
    return f"Deutsch {name}: " + ("reicht" if fit >= 0.8 else "knapp" if fit >= 0.5 else "reicht kaum")


FEATURE: Feature[Seekers, MeasurePool] = Feature(
    "language", ("german_level",), compute, say, asks=("german",), words=(("programme", "columns"), ("german",))
)
