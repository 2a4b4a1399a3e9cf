"""Remember the last blocks of a computation, so that words and rules read the numbers the ranking was made of.

Keyed by identity of the two frozen values, never by content; it changes no result, only saves doing it again.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import numpy as np

P = TypeVar("P")
R = TypeVar("R")
T = TypeVar("T")

KEPT = 3
"""A question touches vacancies and offers; a further block may be in the making."""


def remember(compute: Callable[[P, R], T]) -> Callable[[P, R], T]:
    """Return `compute` with its last few results kept; an array it returns is read-only."""
    kept: list[tuple[P, R, T]] = []

    @wraps(compute)
    def remembered(people: P, pool: R) -> T:
        for known_people, known_pool, known in tuple(kept):
            if known_people is people and known_pool is pool:
                return known
        result = compute(people, pool)
        if isinstance(result, np.ndarray):
            result.flags.writeable = False
        kept.insert(0, (people, pool, result))
        del kept[KEPT:]
        return result

    return remembered
