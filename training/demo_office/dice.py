"""Repeatable choices: the same words give the same sequence on every machine and Python version.

Only `random()` is drawn from the generator, because its sequence is what the standard library promises.
"""

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Choices seeded by words, one per record, so that changing a record changes no other."""

    def __init__(self, *words: str) -> None:
        self._random = random.Random("/".join(words))  # noqa: S311 - invented data, no secrets

    def share(self) -> float:
        """A number in [0, 1)."""
        return self._random.random()

    def chance(self, share: float) -> bool:
        """True in `share` of all throws."""
        return self.share() < share

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, all equally likely."""
        return options[int(self.share() * len(options))]

    def weighted(self, options: Mapping[T, float]) -> T:
        """One of the options, as likely as its weight says."""
        point = self.share() * sum(options.values())
        for option, weight in options.items():
            point -= weight
            if point < 0:
                return option
        return list(options)[-1]

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.share() * (high - low + 1))

    def step(self, low: float, high: float, width: float) -> float:
        """A multiple of `width` between low and high."""
        return round(low + width * self.whole(0, round((high - low) / width)), 2)

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """`count` different options in the order in which they were drawn."""
        left = list(options)
        return [left.pop(int(self.share() * len(left))) for _ in range(min(count, len(left)))]
