"""How the programme itself is drawn: kind of help, and how narrow its documented target group is.

Both are constants of the programme; whether the person belongs to the target group is the rules' answer.
"""

import numpy as np

from matcher.catalog.tree import leaves
from matcher.columns import Feature, Fits
from matcher.features.remember import of_pool
from matcher.pool.offers import MeasurePool
from matcher.pool.seekers import Seekers

KIND_WORDS = {
    "measure": "Maßnahme, in die man eintreten kann",
    "support_structure": "Begleitung neben anderen Schritten",
    "instrument": "Förderung, die einen anderen Schritt trägt",
}


@of_pool
def compute_kind(pool: MeasurePool) -> Fits:
    """1 for measures, less for support structures and instruments."""
    return np.asarray(pool.columns.kind[pool.programme])


def say_kind(people: Seekers, pool: MeasurePool, b: int, row: int) -> str:
    """German words for the kind."""
    return KIND_WORDS[pool.columns.programmes[pool.programme[row]].kind]


@of_pool
def compute_narrowness(pool: MeasurePool) -> Fits:
    """Narrowness of the documented terms, 0 to 1; NaN where the source documents none."""
    programmes = pool.columns.programmes
    documented = np.array([p.terms_documented for p in programmes])
    fit = np.where(documented, pool.columns.narrowness, np.nan)
    return np.asarray(fit[pool.programme])


def say_narrowness(people: Seekers, pool: MeasurePool, b: int, row: int) -> str:
    """How many terms describe the target group."""
    programme = pool.columns.programmes[pool.programme[row]]
    if not programme.terms_documented:
        return "Aufnahmebedingungen sind nicht dokumentiert"
    count = len({leaf.field for leaf in leaves(programme.terms)} - {"legal_circle"})
    if count == 0:
        return "Offen für alle im Rechtskreis"
    return f"Für eine benannte Zielgruppe gemacht ({count} {'Merkmal' if count == 1 else 'Merkmale'})"


KIND: Feature[Seekers, MeasurePool] = Feature("kind", (), compute_kind, say_kind, words=(("programme", "columns"), ()))
NARROWNESS: Feature[Seekers, MeasurePool] = Feature(
    "target_group", (), compute_narrowness, say_narrowness, words=(("programme", "columns"), ())
)
