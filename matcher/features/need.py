"""Need–goal fit: what a measure addresses against the unprotected needs that show.

Half coverage (how much of what shows is addressed), half precision (how much of what is addressed shows). Protected
needs that a measure addresses are left aside: they reach it by rule only (DESIGN section 4, Features).
"""

import numpy as np

from matcher.columns import Feature, Fits
from matcher.pool.offers import MeasurePool
from matcher.pool.seekers import Seekers

COUNTED_NEEDS = 3
"""Coverage is measured against the three strongest needs: nobody works on everything at once (001 TEIL 1 Nr. 3)."""
COVERAGE_SHARE = 0.5
FIELDS = (
    "employment_status",
    "german_level",
    "vocational_qualification",
    "unemployment_months",
    "target_occupations",
    "age",
    "experience",
    "childcare_status",
)


def compute(people: Seekers, pool: MeasurePool) -> Fits:
    """Fit per person and row, NaN where none of the addressed needs is known."""
    by_programme = _fit(people.strength, pool.columns.addresses)
    return by_programme[:, pool.programme]


def _fit(strength: Fits, addresses: np.ndarray) -> Fits:
    known = ~np.isnan(strength)
    filled = np.where(known, strength, 0.0)
    addressed = addresses.astype(np.float64)
    total = np.sort(filled, axis=1)[:, -COUNTED_NEEDS:].sum(axis=1, keepdims=True)
    hit = filled @ addressed.T
    strongest = np.sort(filled[:, None, :] * addressed[None, :, :], axis=2)[:, :, -COUNTED_NEEDS:].sum(axis=2)
    coverage = np.divide(strongest, total, out=np.zeros_like(hit), where=total > 0)
    counted = known.astype(np.float64) @ addressed.T
    precision = np.divide(hit, counted, out=np.zeros_like(hit), where=counted > 0)
    fit = COVERAGE_SHARE * coverage + (1 - COVERAGE_SHARE) * precision
    return np.where(counted > 0, np.clip(fit, 0.0, 1.0), np.nan)


def say(people: Seekers, pool: MeasurePool, b: int, row: int) -> str:
    """Which needs the measure works on and what shows them."""
    addressed = np.flatnonzero(pool.columns.addresses[pool.programme[row]]).tolist()
    if len(addressed) == 0:
        return "Woran die Maßnahme arbeitet, ist nicht dokumentiert"
    strength = people.strength[b]
    shown = [k for k in addressed if strength[k] > 0]
    shown.sort(key=lambda k: (-strength[k], k))
    table = people.needs.table
    if not shown:
        named = ", ".join(f"„{table.labels[k]}“" for k in addressed[:3])
        return f"Arbeitet an {named}; dafür zeigt sich kein Bedarf"
    parts = [f"{table.labels[k]} ({people.needs.words[b][k]})" for k in shown[:3]]
    return "Passt zu dem, was ansteht: " + "; ".join(parts)


FEATURE: Feature[Seekers, MeasurePool] = Feature("need", FIELDS, compute, say)
