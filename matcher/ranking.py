"""Rank: order by points, what is to clarify a little behind, ties by id, and variety at the top.

Source: DESIGN section 3 (rank) and 6 (ties by id); thresholds in `catalog/ranking.toml`.
"""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.results import POINTS_PER_UNIT, UNKNOWN

Rows = NDArray[np.int64]

TOP = 10
"""Variety is kept among the first ten, whatever number is asked for."""


def rank_rows(
    totals: NDArray[np.int64], overall: NDArray[np.uint8], id_rank: NDArray[np.int64], discount: NDArray[np.int64]
) -> tuple[Rows, NDArray[np.int64]]:
    """Rows that are not excluded, best first, and their ordering values.

    `totals` and `overall` are one person's columns (N,), `id_rank` the rank of each row's id. What is still to
    clarify moves back by its `discount` (N,) in points; the points told stay as they are.
    """
    rows = np.flatnonzero(overall > 0)
    keys = totals[rows] - np.where(overall[rows] == UNKNOWN, discount[rows], 0)
    order = np.lexsort((id_rank[rows], -keys))
    return rows[order], keys[order]


def unknown_discounts(open_terms: NDArray[np.int64], once: float, each: float, most: float) -> NDArray[np.int64]:
    """How far each row moves back: `once` for being open at all, `each` further open fact, at most `most` units."""
    units = np.minimum(once + each * np.maximum(open_terms - 1, 0), most)
    return np.asarray(np.rint(units * POINTS_PER_UNIT), dtype=np.int64)


def spread(
    rows: Sequence[int], keys: Sequence[int], groups: Sequence[Hashable], top: int, same: int, margin: float
) -> list[int]:
    """Positions for the first `top` places with variety: at most `same` of one group among them.

    A further one of the same group waits for others that are at most `margin` units behind it; where nobody
    else is that near it keeps its place. Everything behind the first `top` keeps the order of the points.
    """
    waiting = list(range(len(rows)))
    chosen: list[int] = []
    counts: dict[Hashable, int] = {}
    limit = round(margin * POINTS_PER_UNIT)
    while waiting and len(chosen) < top:
        pick = _next(waiting, keys, groups, counts, same, limit)
        waiting.remove(pick)
        chosen.append(pick)
        counts[groups[pick]] = counts.get(groups[pick], 0) + 1
    return chosen + waiting


def _next(
    waiting: Sequence[int],
    keys: Sequence[int],
    groups: Sequence[Hashable],
    counts: dict[Hashable, int],
    same: int,
    limit: int,
) -> int:
    best = waiting[0]
    for candidate in waiting:
        if keys[best] - keys[candidate] > limit:
            break
        if counts.get(groups[candidate], 0) < same:
            return candidate
    return best
