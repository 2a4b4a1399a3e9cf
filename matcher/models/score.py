"""The additive score: weight × fit per feature, in integer points, the same numbers that are explained.

Source: DESIGN section 4 (Score) and 6 (Points are integers in millionths after float64 arithmetic).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from matcher.columns import Feature, Fits, Points
from matcher.results import POINTS_PER_UNIT, Contribution, Score

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Weight:
    """One feature's weight in units of score, the fit that counts when it is unknown, and why."""

    weight: float
    neutral: float
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of one kind of answer (measures or vacancies) and the base in points."""

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
    """Fits of every feature over a block and the exact totals, shapes (B, N)."""

    features: Sequence[Feature[P, R]]
    fits: Sequence[Fits]
    totals: Points
    weights: Weights

    def score(self, people: P, pool: R, b: int, row: int) -> Score:
        """The score of one pair with its contributions, words included; the sum equals `totals[b, row]`."""
        parts = []
        for feature, fits in zip(self.features, self.fits, strict=True):
            fit = fits[b, row]
            parts.append(
                Contribution(
                    feature=feature.id,
                    points=_points(self.weights.by_feature[feature.id], float(fit)),
                    text=feature.say(people, pool, b, row),
                    known=not math.isnan(fit),
                )
            )
        return Score(base=self.weights.base, contributions=tuple(parts))

    def brief(self, b: int, row: int) -> Score:
        """The score of one pair without words, for long lists."""
        parts = []
        for feature, fits in zip(self.features, self.fits, strict=True):
            fit, weight = float(fits[b, row]), self.weights.by_feature[feature.id]
            parts.append(
                Contribution(feature=feature.id, points=_points(weight, fit), text="", known=not math.isnan(fit))
            )
        return Score(base=self.weights.base, contributions=tuple(parts))


def _points(weight: Weight, fit: float) -> int:
    """`points_of` for one fit: round and rint both take ties to even."""
    return round(weight.weight * (weight.neutral if math.isnan(fit) else fit) * POINTS_PER_UNIT)


def points_of(weight: Weight, fits: Any) -> Any:
    """Integer points of a fit: rint(weight × fit × 10⁶), the neutral fit where it is unknown."""
    filled = np.where(np.isnan(fits), weight.neutral, fits)
    return np.rint(weight.weight * filled * POINTS_PER_UNIT).astype(np.int64)


def compute_scores(features: Sequence[Feature[P, R]], people: P, pool: R, weights: Weights) -> Scored[P, R]:
    """Compute every feature once over the block and add up; features without a weight are an error."""
    fits = [feature.compute(people, pool) for feature in features]
    totals = np.full(fits[0].shape, weights.base, dtype=np.int64)
    for feature, fit in zip(features, fits, strict=True):
        totals += points_of(weights.by_feature[feature.id], fit)
    return Scored(features=features, fits=fits, totals=totals, weights=weights)
