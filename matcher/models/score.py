"""The additive score: weight × fit per feature, in integer points, the same numbers that are explained.

Source: DESIGN section 4 (Score) and 6 (Points are integers in millionths after float64 arithmetic).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, Generic, TypeVar, cast

import numpy as np

from matcher.classes import Classes, Index, Rows, spread
from matcher.columns import Feature, Fits, Points
from matcher.results import POINTS_PER_UNIT, Score, Told
from matcher.sentences import Sentences

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Weight:
    """One feature's weight in units of score, the fit that counts when it is unknown, and why."""

    weight: float
    neutral: float
    reason: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Weights of one kind of answer (measures or vacancies) and the base in points; told apart by identity."""

    base: int
    by_feature: Mapping[str, Weight]

    def most(self, share: float = 1.0) -> int:
        """A share of the highest attainable points."""
        return self.base + round(share * sum(w.weight for w in self.by_feature.values()) * POINTS_PER_UNIT)


def read_weights(table: Mapping[str, Any], kind: str) -> Weights:
    """The section of `catalog/weights.toml` for `kind`; see there for the meaning of each key."""
    rows = {
        name: Weight(float(row["weight"]), float(row["neutral"]), row["reason"], row["source"])
        for name, row in table[kind].items()
    }
    return Weights(base=round(float(table["base"][kind]) * POINTS_PER_UNIT), by_feature=rows)


@dataclass(frozen=True, slots=True)
class Scored(Generic[P, R]):
    """Fits of every feature over a block, and the exact totals, shape (B, N).

    `fits` have shape (B, N), or (B, K) with K classes of rows and `of_row` (N,) pointing into them.
    """

    features: Sequence[Feature[P, R]]
    fits: Sequence[Fits]
    of_row: Sequence[Index | None]
    totals: Points
    weights: Weights

    def fit(self, name: str, b: int) -> Fits:
        """One person's fits of one feature, shape (N,)."""
        place = next(i for i, feature in enumerate(self.features) if feature.id == name)
        fits, of_row = self.fits[place][b], self.of_row[place]
        return np.asarray(fits if of_row is None else fits[of_row])

    def fits_of(self, b: int, row: int) -> list[float]:
        """The fits of one pair in feature order; NaN where unknown."""
        pairs = zip(self.fits, self.of_row, strict=True)
        return [fits.item(b, row if of_row is None else of_row.item(row)) for fits, of_row in pairs]

    def score(self, people: P, pool: R, b: int, row: int, sentences: Sentences[P, R] | None = None) -> Score:
        """The score of one pair with its contributions, words included; the sum equals `totals[b, row]`."""
        if sentences is not None:
            return self.told(self.fits_of(b, row), lambda i: sentences.say(i, row))
        return self.told(self.fits_of(b, row), lambda i: self.features[i].say(people, pool, b, row))

    def brief(self, b: int, row: int) -> Score:
        """The score of one pair without words, for long lists."""
        return self.told(self.fits_of(b, row), lambda _: "")

    def told(self, fits: Sequence[float], words: Callable[[int], str]) -> Score:
        """The score of one pair from its fits; `words(i)` says what feature i adds."""
        names = [feature.id for feature in self.features]
        points = [_points(self.weights.by_feature[name], fit) for name, fit in zip(names, fits, strict=True)]
        known = [not math.isnan(fit) for fit in fits]
        return Score(base=self.weights.base, contributions=Told(names, points, known, words))


def _points(weight: Weight, fit: float) -> int:
    """`points_of` for one fit: round and rint both take ties to even."""
    return round(weight.weight * (weight.neutral if math.isnan(fit) else fit) * POINTS_PER_UNIT)


def points_of(weight: Weight, fits: Any) -> Any:
    """Integer points of a fit: rint(weight × fit × 10⁶), the neutral fit where it is unknown."""
    filled = np.where(np.isnan(fits), weight.neutral, fits)
    return np.rint(weight.weight * filled * POINTS_PER_UNIT).astype(np.int64)


def compute_scores(
    features: Sequence[Feature[P, R]], people: P, pool: R, weights: Weights, classes: Classes[R] | None = None
) -> Scored[P, R]:
    """Compute every feature once over the block and add up; features without a weight are an error.

    Given the pool's classes, what was computed for somebody with the same facts is found there.
    """
    if classes is None:
        fits = [feature.compute(people, pool) for feature in features]
    else:
        fits = [classes.answer(feature, people, pool, feature.compute) for feature in features]
    totals = np.full(fits[0].shape, weights.base, dtype=np.int64)
    for points in points_of_all([one.id for one in features], fits, weights):
        totals += points
    return Scored(features, fits, [None] * len(features), totals, weights)


Native = Callable[[P, R, Index], Mapping[str, Fits]]
"""Fits of some features by id for some rows of a pool, the same numbers in native code; none where it cannot."""


def compute_scores_of(
    rows: Rows,
    features: Sequence[Feature[P, R]],
    people: P,
    classes: Classes[R],
    weights: Weights,
    native: Native[P, R] | None = None,
) -> Scored[P, R]:
    """The same for some rows of a pool, each feature once per class of the columns it reads.

    Totals of other rows are 0; nobody asks for them.
    """
    part = cast(R, rows)
    known = native(people, classes.pool, rows.rows) if native is not None else {}
    split = [(part, rows.place) if one.reads is None else classes.of(one.reads) for one in features]
    parts = zip(features, split, strict=True)
    fits = [
        known[one.id] if one.id in known else classes.answer(one, people, pool, one.compute) for one, (pool, _) in parts
    ]
    inside = _added([(one.id, fit) for one, fit in zip(features, fits, strict=True) if one.reads is None], weights)
    shared = [place for place, one in enumerate(features) if one.reads is not None]
    names = [features[place].id for place in shared]
    for place, points in zip(shared, points_of_all(names, [fits[place] for place in shared], weights), strict=True):
        inside += spread(points, split[place][1].take(rows.rows))
    totals = np.zeros((len(inside), len(classes)), dtype=np.int64)
    totals[:, rows.rows] = inside
    return Scored(features, fits, [places for _, places in split], totals, weights)


def _added(named: Sequence[tuple[str, Fits]], weights: Weights) -> Points:
    """The base and the points of features of one shape, added up."""
    block = np.stack([fit for _, fit in named])
    weight, neutral, _ = _columns(weights, tuple(name for name, _ in named), (1,) * len(named))
    points: Points = _rounded(block, weight[:, None, None], neutral[:, None, None]).sum(axis=0)
    return points + weights.base


def _rounded(fits: Fits, weight: Fits, neutral: Fits) -> Points:
    """`points_of` in place."""
    np.copyto(fits, neutral, where=np.isnan(fits))
    fits *= weight
    fits *= POINTS_PER_UNIT
    return np.rint(fits, out=fits).astype(np.int64)


def points_of_all(names: Sequence[str], fits: Sequence[Fits], weights: Weights) -> list[Points]:
    """`points_of` for every named feature at once: few classes each, so one pass over all of them is cheaper."""
    sizes = tuple(fit.shape[1] for fit in fits)
    weight, neutral, ends = _columns(weights, tuple(names), sizes)
    points = _rounded(np.concatenate(fits, axis=1), weight, neutral)
    return [points[:, end - size : end] for size, end in zip(sizes, ends, strict=True)]


@lru_cache(maxsize=16)
def _columns(weights: Weights, names: tuple[str, ...], sizes: tuple[int, ...]) -> tuple[Fits, Fits, list[int]]:
    """Weight and neutral fit of every column, and where each feature ends."""
    table = [weights.by_feature[name] for name in names]
    weight = np.repeat([one.weight for one in table], sizes)
    neutral = np.repeat([one.neutral for one in table], sizes)
    return weight, neutral, list(accumulate(sizes))
