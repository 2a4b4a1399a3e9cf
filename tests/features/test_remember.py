"""Remembered results: the same objects give the same array, others are computed anew, nothing grows."""

import numpy as np
import pytest

from matcher.features.remember import KEPT, remember


class Box:
    """A value compared by identity."""


def test_the_same_pair_is_computed_once() -> None:
    calls: list[tuple[Box, Box]] = []

    @remember
    def compute(people: Box, pool: Box) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        calls.append((people, pool))
        return np.zeros(2)

    people, pool = Box(), Box()
    first = compute(people, pool)
    assert compute(people, pool) is first
    assert compute(Box(), pool) is not first
    assert len(calls) == 2
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 1.0


def test_only_the_last_few_are_kept() -> None:
    calls: list[Box] = []

    @remember
    def compute(people: Box, pool: Box) -> int:
        calls.append(people)
        return len(calls)

    pool, persons = Box(), [Box() for _ in range(KEPT + 1)]
    for person in persons:
        compute(person, pool)
    assert compute(persons[-1], pool) == len(persons)
    assert compute(persons[0], pool) == len(persons) + 1
