"""What features say about one person and some rows: each contribution's words, remembered for what people share.

A feature that names what its sentence reads (`Feature.words`) says the same to everybody with the same facts about
every row of a class; it is asked once and found again.
"""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from matcher.classes import Classes, Index
from matcher.columns import Feature

P = TypeVar("P")
R = TypeVar("R")


class Sentences(Generic[P, R]):
    """The words of the features for person `b` of a block."""

    def __init__(self, classes: Classes[R], features: Sequence[Feature[P, R]], people: P, b: int) -> None:
        self._classes, self._features, self._people, self._b = classes, features, people, b
        self._kept: list[tuple[dict[int, str], R, Index] | None] = [None] * len(features)

    def say(self, i: int, row: int, pool: R | None = None, place: int | None = None) -> str:
        """Words of feature `i` for a row of the whole pool, which stands at `place` of `pool` where one is given."""
        feature = self._features[i]
        if feature.words is None:
            here = self._classes.pool if pool is None else pool
            return feature.say(self._people, here, self._b, row if place is None else place)
        kept = self._kept[i]
        if kept is None:
            kept = self._kept[i] = self._classes.sentences(feature, self._people, self._b)
        known, part, of_row = kept
        here_class: Any = of_row.item(row)
        text = known.get(here_class)
        if text is None:
            text = known[here_class] = feature.say(self._people, part, self._b, here_class)
        return text
