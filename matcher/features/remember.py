"""Remember the last blocks of a computation, so that words and rules read the numbers the ranking was made of.

Keyed by identity of the two frozen values, never by content; it changes no result, only saves doing it again.
"""

from collections.abc import Callable, Sized
from functools import update_wrapper
from typing import Any, Generic, TypeVar, overload

import numpy as np

P = TypeVar("P")
R = TypeVar("R")
T = TypeVar("T")

KEPT = 4
"""A question touches classes of vacancies, those that are shown, and offers; a further block may be in the making."""


class Remembered(Generic[P, R, T]):
    """A computation with its last few results kept; an array it returns is read-only."""

    def __init__(self, compute: Callable[[P, R], T], of: str | None = None) -> None:
        self._compute, self._of = compute, of
        self._kept: list[tuple[P, Any, T]] = []
        update_wrapper(self, compute)

    def __call__(self, people: P, pool: R) -> T:
        key = pool if self._of is None else getattr(pool, self._of)
        for place, (known_people, known_pool, known) in enumerate(self._kept):
            if known_people is people and known_pool is key:
                if place:
                    kept = self._kept
                    self._kept = [kept[place], *kept[:place], *kept[place + 1 :]]
                return known
        return self.give(people, pool, self._compute(people, pool))

    def give(self, people: P, pool: R, result: T) -> T:
        """Keep a result that is known already: what holds for a pool holds for some of its rows."""
        if isinstance(result, np.ndarray):
            result.flags.writeable = False
        key = pool if self._of is None else getattr(pool, self._of)
        self._kept = [(people, key, result), *self._kept[: KEPT - 1]]
        return result


@overload
def remember(compute: Callable[[P, R], T]) -> Remembered[P, R, T]: ...
@overload
def remember(*, of: str) -> Callable[[Callable[[P, R], T]], Remembered[P, R, T]]: ...
def remember(compute: Any = None, *, of: str | None = None) -> Any:
    """Return `compute` with its last few results kept; `of` names the only part of the pool that it depends on."""
    return Remembered(compute, of) if compute is not None else lambda one: Remembered(one, of)


def of_pool(compute: Callable[[R], np.ndarray[Any, Any]]) -> Callable[[Sized, R], np.ndarray[Any, Any]]:
    """Return a feature's `compute(people, pool)` from one that asks the pool alone, (N,): the same for every person.

    The last few pools are remembered; the answer is a read-only view of shape (B, N).
    """
    kept: Remembered[None, R, np.ndarray[Any, Any]] = Remembered(lambda _, pool: compute(pool))

    def computed(people: Sized, pool: R) -> np.ndarray[Any, Any]:
        row = kept(None, pool)
        return np.broadcast_to(row, (len(people), len(row)))

    return update_wrapper(computed, compute)
