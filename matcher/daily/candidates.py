"""Candidates: which vacancy is good for whom, by the engine's own rules, features and weights, block by block.

This is the readable reference: `matcher.daily.columns` gives the same pairs much faster, and a test proves it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Feature, Rule
from matcher.daily.blocks import people_rows
from matcher.daily.policy import Policy
from matcher.eligibility.check import check_rules
from matcher.eligibility.vacancy import VACANCY_RULES
from matcher.features.vacancies import VACANCY_FEATURES
from matcher.models.assignment import Edges, make_edges
from matcher.models.score import Weights, compute_scores
from matcher.pool.people import People, PersonColumns
from matcher.pool.vacancies import VacancyPool
from matcher.results import UNKNOWN

BLOCK = 32
Advance = Callable[[int], None]
"""Told how many persons are done, for a progress bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What a pair must reach to be a candidate, all in points of the engine.

    `discount` is what a pair with something to clarify moves back in the order; at least one of the `ground`
    features must be known and reach `ground_least`.
    """

    rules: Sequence[Rule[People, VacancyPool]]
    features: Sequence[Feature[PersonColumns, VacancyPool]]
    weights: Weights
    floor: int
    discount: int
    ground: tuple[str, ...]
    ground_least: float


def make_bar(weights: Weights, policy: Policy, discount: int) -> Bar:
    """The bar of the engine's registries as they are."""
    floor = weights.most(policy.floor_share)
    return Bar(VACANCY_RULES, VACANCY_FEATURES, weights, floor, discount, policy.ground_features, policy.ground_least)


def find_candidates(people: People, pool: VacancyPool, bar: Bar, advance: Advance | None = None) -> Edges:
    """All pairs that pass every rule and the bar; the points are the engine's order (what is open a little behind)."""
    person, vacancy, points = [], [], []
    for start in range(0, len(people), BLOCK):
        rows = np.arange(start, min(start + BLOCK, len(people)))
        good, keys = weigh_block(people_rows(people, rows), pool, bar)
        found = np.nonzero(good)
        person.append(rows[found[0]])
        vacancy.append(found[1])
        points.append(keys[found])
        if advance is not None:
            advance(len(rows))
    if not person:
        empty = np.zeros(0, dtype=np.int32)
        return make_edges(empty, empty, np.zeros(0, dtype=np.int64), 0, len(pool))
    joined = (np.concatenate(part) for part in (person, vacancy, points))
    return make_edges(*joined, len(people), len(pool))


def weigh_block(people: People, pool: VacancyPool, bar: Bar) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which pairs of a block are candidates, and everybody's ordering points; shapes (B, N)."""
    checked = check_rules(bar.rules, people, pool, (len(people), len(pool)))
    scored = compute_scores(bar.features, people.open, pool, bar.weights)
    grounds = [fit for feature, fit in zip(bar.features, scored.fits, strict=True) if feature.id in bar.ground]
    grounded = np.zeros(checked.overall.shape, dtype=np.bool_)
    for fit in grounds:
        grounded |= fit >= bar.ground_least
    good = (checked.overall > 0) & (scored.totals >= bar.floor) & grounded
    return good, scored.totals - np.where(checked.overall == UNKNOWN, bar.discount, 0)
