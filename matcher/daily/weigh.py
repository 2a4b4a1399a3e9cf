"""Everything the batch asks about a block of pairs, by the engine's own rules, features and near misses.

This is the readable reference: `matcher.daily.columns` gives the same numbers much faster, and a test proves it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Feature, Points, Rule, Verdicts
from matcher.daily.blocks import people_rows
from matcher.daily.policy import Policy
from matcher.eligibility.check import check_rules
from matcher.eligibility.near_miss import NEAR_MISSES, NearMiss, find_all
from matcher.eligibility.vacancy import VACANCY_RULES
from matcher.features.vacancies import VACANCY_FEATURES
from matcher.models.score import Weights, compute_scores, points_of
from matcher.pool.people import People, PersonColumns
from matcher.pool.vacancies import VacancyPool
from matcher.results import NOT_MET, UNKNOWN

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bar:
    """What a pair must reach to be a candidate, all in points of the engine.

    `discount` is what a pair with something to clarify moves back in the order; at least one of the `ground`
    features must be known and reach `ground_least`; `never` are the near misses (bits over `near`) that speak
    against a proposal.
    """

    rules: Sequence[Rule[People, VacancyPool]]
    features: Sequence[Feature[PersonColumns, VacancyPool]]
    near: Sequence[NearMiss]
    weights: Weights
    floor: int
    discount: int
    ground: tuple[str, ...]
    ground_least: float
    never: np.uint32


def make_bar(weights: Weights, policy: Policy, discount: int) -> Bar:
    """The bar of the engine's registries as they are."""
    return Bar(
        rules=VACANCY_RULES,
        features=VACANCY_FEATURES,
        near=NEAR_MISSES,
        weights=weights,
        floor=weights.most(policy.floor_share),
        discount=discount,
        ground=policy.ground_features,
        ground_least=policy.ground_least,
        never=np.uint32(sum(1 << number for number, kind in enumerate(NEAR_MISSES) if kind.id in policy.no_bridge)),
    )


@dataclass(frozen=True, slots=True)
class Weighed:
    """A block of B persons and N vacancies, every array (B, N).

    `failed` and `kinds` are bit masks over the rules not met and the near misses found; `grounded`: some ground
    feature is known and good enough.
    """

    totals: Points
    overall: Verdicts
    grounded: NDArray[np.bool_]
    failed: NDArray[np.uint32]
    kinds: NDArray[np.uint32]

    def good(self, bar: Bar) -> NDArray[np.bool_]:
        """Pairs that are candidates."""
        enough = (self.overall > NOT_MET) & (self.totals >= bar.floor) & self.grounded
        return np.asarray(enough & ((self.kinds & bar.never) == 0))

    def keys(self, bar: Bar) -> Points:
        """Ordering points: what is to clarify stands a little behind."""
        return self.totals - np.where(self.overall == UNKNOWN, bar.discount, 0)


class Weigher(Protocol):
    """Weighs persons against the whole pool."""

    @property
    def bar(self) -> Bar: ...
    @property
    def people(self) -> People: ...
    @property
    def pool(self) -> VacancyPool: ...

    def block(self, rows: Rows) -> Weighed:
        """Everything about some persons."""

    def points(self, feature: str, rows: Rows) -> Points:
        """One feature's points for some persons, shape (B, N)."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The engine itself, a block at a time."""

    people: People
    pool: VacancyPool
    bar: Bar

    def block(self, rows: Rows) -> Weighed:
        """Everything about some persons."""
        block = people_rows(self.people, rows)
        checked = check_rules(self.bar.rules, block, self.pool, (len(block), len(self.pool)))
        scored = compute_scores(self.bar.features, block.open, self.pool, self.bar.weights)
        grounded = np.zeros(checked.overall.shape, dtype=np.bool_)
        for feature, fit in zip(self.bar.features, scored.fits, strict=True):
            if feature.id in self.bar.ground:
                grounded |= fit >= self.bar.ground_least
        return Weighed(
            totals=scored.totals,
            overall=checked.overall,
            grounded=grounded,
            failed=_bits([column == NOT_MET for column in checked.verdicts]),
            kinds=_bits(list(find_all(block.open, self.pool))),
        )

    def points(self, feature: str, rows: Rows) -> Points:
        """One feature's points for some persons."""
        found = next(one for one in self.bar.features if one.id == feature)
        fits = found.compute(people_rows(self.people, rows).open, self.pool)
        points: Points = points_of(self.bar.weights.by_feature[feature], fits)
        return points


def _bits(flags: Sequence[NDArray[np.bool_]]) -> NDArray[np.uint32]:
    found = np.zeros(flags[0].shape, dtype=np.uint32)
    for number, flag in enumerate(flags):
        found |= flag.astype(np.uint32) << np.uint32(number)
    return found
