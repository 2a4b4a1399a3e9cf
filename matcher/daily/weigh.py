"""Everything the batch asks about a block of pairs, by the engine's own rules, features and near misses.

This is the readable reference: `matcher.daily.columns` gives the same numbers much faster, and a test proves it.
"""

from collections.abc import Callable, Iterator, Sequence
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
from matcher.models.assignment import Edges, make_edges
from matcher.models.score import Weights, compute_scores, points_of
from matcher.pool.people import People, PersonColumns
from matcher.pool.vacancies import VacancyPool
from matcher.results import NOT_MET, UNKNOWN

Rows = NDArray[np.int64]
Advance = Callable[[int], None]
"""Told how many persons are done, for a progress bar."""
BLOCK = 32
"""So many persons go through at once."""
PointsAt = Callable[[str, Rows, Rows], Points]


@dataclass(frozen=True, slots=True)
class Bar:
    """What a pair must reach to be a candidate, all in points of the engine.

    `discount` is what a pair with something to clarify moves back in the order; at least one of the `ground`
    features must be known and reach `ground_least`; `never` are the near misses (bits over `near`) that speak
    against a proposal. The points of the features `told` can be asked for pair by pair.
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
    told: frozenset[str]


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
        told=frozenset(name for bridge in policy.bridges for name in bridge.features),
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
    points: PointsAt

    def seen(self, rows: Rows) -> "Seen":
        """The grounded pairs, one after the other; `rows` are the numbers of the block's persons."""
        b, row = np.nonzero(self.grounded)
        return Seen(
            person=rows[b],
            row=row,
            totals=self.totals[b, row],
            overall=self.overall[b, row],
            failed=self.failed[b, row],
            kinds=self.kinds[b, row],
            points=lambda feature, at: self.points(feature, b[at], row[at]),
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """All pairs of some persons for which a ground feature speaks, candidates or not, every array (n,).

    `points` gives the points of a feature that is told, for the pairs at some positions.
    """

    person: Rows
    row: Rows
    totals: Points
    overall: Verdicts
    failed: NDArray[np.uint32]
    kinds: NDArray[np.uint32]
    points: Callable[[str, Rows], Points]

    def candidates(self, bar: Bar) -> tuple[Rows, Rows, Points]:
        """Those that are candidates: person, row, ordering points."""
        good = (self.overall > NOT_MET) & (self.totals >= bar.floor) & ((self.kinds & bar.never) == 0)
        keys = self.totals - np.where(self.overall == UNKNOWN, bar.discount, 0)
        return self.person[good], self.row[good], keys[good]


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

    def candidates(self, lookers: "Sequence[Looker]" = (), advance: Advance | None = None) -> Edges:
        """All pairs that pass every rule and the bar; points are the engine's order. Lookers see every block."""


class Looker(Protocol):
    """Somebody who looks at the grounded pairs of every block of persons as it goes by."""

    def add(self, seen: Seen) -> None:
        """Look at one block."""


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
        fits = {one.id: fit for one, fit in zip(self.bar.features, scored.fits, strict=True) if one.id in self.bar.told}

        def points(feature: str, b: Rows, row: Rows) -> Points:
            found: Points = points_of(self.bar.weights.by_feature[feature], fits[feature][b, row])
            return found

        return Weighed(
            totals=scored.totals,
            overall=checked.overall,
            grounded=grounded,
            failed=_bits([column == NOT_MET for column in checked.verdicts]),
            kinds=_bits(list(find_all(block.open, self.pool))),
            points=points,
        )

    def candidates(self, lookers: Sequence[Looker] = (), advance: Advance | None = None) -> Edges:
        """All pairs that pass every rule and the bar; lookers see the grounded pairs."""
        found = []
        for rows in blocks(len(self.people)):
            weighed = self.block(rows)
            seen = weighed.seen(rows)
            found.append(seen.candidates(self.bar))
            for looker in lookers:
                looker.add(seen)
            if advance is not None:
                advance(len(rows))
        return edges_of(found, len(self.people), len(self.pool))


def blocks(persons: int) -> Iterator[Rows]:
    """All persons, a block at a time."""
    for start in range(0, persons, BLOCK):
        yield np.arange(start, min(start + BLOCK, persons))


def edges_of(parts: Sequence[tuple[Rows, Rows, Points]], persons: int, vacancies: int) -> Edges:
    """Edges of several blocks of persons."""
    empty = [np.zeros(0, dtype=np.int64)]
    person, vacancy, points = (np.concatenate([part[place] for part in parts] or empty) for place in range(3))
    return make_edges(person, vacancy, points, persons, vacancies)


def _bits(flags: Sequence[NDArray[np.bool_]]) -> NDArray[np.uint32]:
    found = np.zeros(flags[0].shape, dtype=np.uint32)
    for number, flag in enumerate(flags):
        found |= flag.astype(np.uint32) << np.uint32(number)
    return found
