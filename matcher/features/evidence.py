"""Evidence of the programme: published results, shrunken by the number of participants; never a personal chance."""

import numpy as np

from matcher.columns import Feature, Fits
from matcher.features.remember import of_pool
from matcher.pool.offers import MeasurePool
from matcher.pool.seekers import Seekers

FULL_SHARE = 0.6
"""A shrunken share of 60 % counts as fit 1.0: the best documented results lie there (document 000, stage 4)."""
HISTORIC_YEARS = 5
"""Figures older than five years are marked as history (DESIGN section 4, Förderkette)."""


@of_pool
def compute(pool: MeasurePool) -> Fits:
    """Fit from the shrunken share, NaN where nothing was published."""
    fit = np.clip(pool.columns.evidence / FULL_SHARE, 0.0, 1.0)
    return np.asarray(fit[pool.programme])


def say(people: Seekers, pool: MeasurePool, b: int, row: int) -> str:
    """The published figure with n and year, marked as history when old."""
    item = pool.columns.evidence_shown[pool.programme[row]]
    if item is None:
        return "Keine auswertbaren Ergebnisse veröffentlicht"
    year = f" ({item.year})" if item.year else ""
    old = ", historisch" if item.year and pool.today.year - item.year > HISTORIC_YEARS else ""
    return f"Von {item.n} Teilnehmenden{year}: {item.text}{old}"


FEATURE: Feature[Seekers, MeasurePool] = Feature(
    "evidence", (), compute, say, words=(("programme", "columns", "today"), ())
)
