"""Berufsfeld: does the measure prepare for a field the person wishes to work in?"""

import numpy as np

from matcher.columns import Feature, Fits
from matcher.pool.offers import MeasurePool
from matcher.pool.seekers import Seekers


def compute(people: Seekers, pool: MeasurePool) -> Fits:
    """1 where a wished field is among the programme's, 0 where none is, NaN where either side names none."""
    columns = pool.columns
    wished = np.array([[name in (fields or ()) for name in columns.field_names] for fields in people.berufsfelder])
    common = wished.reshape(len(people), -1).astype(np.int64) @ columns.field_table.T.astype(np.int64)
    known = np.array([fields is not None for fields in people.berufsfelder])[:, None] & columns.field_table.any(axis=1)
    fit = np.where(known, (common > 0).astype(np.float64), np.nan)
    return np.asarray(fit[:, pool.programme])


def say(people: Seekers, pool: MeasurePool, b: int, row: int) -> str:
    """German words for the match of fields."""
    from matcher.models.occupation import berufsfeld_title

    offered = pool.columns.berufsfelder[pool.programme[row]]
    wished = people.berufsfelder[b]
    if not offered:
        return "Ohne festes Berufsfeld"
    names = ", ".join(berufsfeld_title(name) for name in sorted(offered)[:3])
    if wished is None:
        return f"Berufsfelder {names}; der Wunsch ist nicht bekannt"
    common = sorted(wished & offered)
    if common:
        return "Im gewünschten Berufsfeld " + ", ".join(berufsfeld_title(name) for name in common)
    return f"Andere Berufsfelder als gewünscht ({names})"


FEATURE: Feature[Seekers, MeasurePool] = Feature(
    "berufsfeld",
    ("target_occupations",),
    compute,
    say,
    asks=("berufsfelder",),
    words=(("programme", "columns"), ("berufsfelder",)),
)
