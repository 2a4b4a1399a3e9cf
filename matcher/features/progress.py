"""Progress: does the measure follow from what has been done, or repeat it?

Links of the documents (next steps, prerequisites) and history; a further similar measure without progress weighs less
(document 000, R-B-03, R-B-10). Said neutrally.
"""

import numpy as np

from matcher.columns import Feature, Fits
from matcher.features.remember import remember
from matcher.pool.offers import MeasurePool
from matcher.pool.programmes import ProgrammeColumns
from matcher.pool.seekers import Seekers
from matcher.programme import Programme

FOLLOWS, FRESH, LACKS_PREREQUISITE, SAME_AGAIN = 1.0, 0.7, 0.3, 0.0


def compute(people: Seekers, pool: MeasurePool) -> Fits:
    """1 follows a documented link, 0.7 new, 0.3 a documented step before it is missing, 0 the same again."""
    columns = pool.columns
    ids = [programme.id for programme in columns.programmes]
    behind = np.array([[i in been for i in ids] for been in map(people.behind, range(len(people)))], dtype=np.float64)
    follows = behind @ columns.leads_to > 0
    prepared = behind @ columns.requires.T > 0
    needs_step = np.asarray(columns.requires.any(axis=1), dtype=np.bool_)[None, :]
    fit = np.where(follows | prepared, FOLLOWS, np.where(needs_step, LACKS_PREREQUISITE, FRESH))
    fit = np.where(behind > 0, SAME_AGAIN, fit)
    unknown = np.array([people.done[b] is None and people.current[b] is None for b in range(len(people))])
    return np.where(unknown[:, None], np.nan, fit)[:, pool.programme]


def say(people: Seekers, pool: MeasurePool, b: int, row: int) -> str:
    """German words for the place of the step in the chain."""
    programme = pool.columns.programmes[pool.programme[row]]
    if people.done[b] is None and people.current[b] is None:
        return "Bisherige Maßnahmen sind nicht bekannt"
    fit = _fit(people.behind(b), programme, pool)
    if fit == FOLLOWS:
        return "Schließt an das Bisherige an"
    if fit == LACKS_PREREQUISITE:
        return "Der dokumentierte Schritt davor fehlt noch"
    return "Wurde schon besucht" if fit == SAME_AGAIN else "Ein neuer Schritt"


def _fit(behind: frozenset[str], programme: Programme, pool: MeasurePool) -> float:
    if programme.id in behind:
        return SAME_AGAIN
    columns = pool.columns
    places = _places(None, columns)
    here, before = places[programme.id], [places[name] for name in behind if name in places]
    if columns.leads_to[before, here].any() or columns.requires[here, before].any():
        return FOLLOWS
    return LACKS_PREREQUISITE if columns.requires[here].any() else FRESH


@remember
def _places(_: None, columns: ProgrammeColumns) -> dict[str, int]:
    """Row of every programme by id."""
    return {programme.id: p for p, programme in enumerate(columns.programmes)}


FEATURE: Feature[Seekers, MeasurePool] = Feature(
    "progress",
    ("measure_history",),
    compute,
    say,
    asks=("done", "current"),
    words=(("programme", "columns"), ("done", "current")),
)
