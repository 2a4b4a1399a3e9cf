"""Candidates: which vacancy is good for whom, block by block; the edges of the assignment."""

from collections.abc import Callable

import numpy as np

from matcher.daily.weigh import Weigher
from matcher.models.assignment import Edges, make_edges

BLOCK = 32
Advance = Callable[[int], None]
"""Told how many persons are done, for a progress bar."""


def find_candidates(weigher: Weigher, advance: Advance | None = None, block: int = BLOCK) -> Edges:
    """All pairs that pass every rule and the bar; the points are the engine's order (what is open a little behind)."""
    count, size = len(weigher.people), len(weigher.pool)
    person = [np.zeros(0, dtype=np.int64)]
    vacancy = [np.zeros(0, dtype=np.int64)]
    points = [np.zeros(0, dtype=np.int64)]
    for start in range(0, count if size else 0, block):
        rows = np.arange(start, min(start + block, count))
        weighed = weigher.block(rows)
        found = np.nonzero(weighed.good(weigher.bar))
        person.append(rows[found[0]])
        vacancy.append(found[1])
        points.append(weighed.keys(weigher.bar)[found])
        if advance is not None:
            advance(len(rows))
    return make_edges(np.concatenate(person), np.concatenate(vacancy), np.concatenate(points), count, size)
