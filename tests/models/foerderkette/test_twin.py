"""The search against its slow twin: same best value for every first step, on small random problems."""

import math

import pytest

from matcher.models.foerderkette.choose import best_chains
from matcher.models.foerderkette.plan import searches, wants
from matcher.models.foerderkette.roots import best_from, find_roots
from matcher.models.foerderkette.search import Found
from tests.models.foerderkette.brute_force import BruteForce
from tests.models.foerderkette.instances import instance


@pytest.mark.parametrize("seed", range(30))
def test_every_first_step_has_the_best_chain(seed: int) -> None:
    planner, profile = instance(seed)
    view = planner.view(profile)
    for goal, search in searches(view):
        slow = BruteForce(planner, view.profile, goal.bit).best_per_root()
        fast = {}
        for root in find_roots(search):
            answer = best_from(search, root, 0.0)
            if isinstance(answer, Found):
                fast[root.number] = answer.value
        assert fast == pytest.approx(slow, rel=1e-9), (seed, goal.id)


@pytest.mark.parametrize("seed", range(30, 60))
def test_the_best_chain_comes_first(seed: int) -> None:
    planner, profile = instance(seed, count=4)
    view = planner.view(profile)
    for goal, search in searches(view):
        assert wants(view, goal)
        slow = BruteForce(planner, view.profile, goal.bit).best_per_root()
        found = best_chains(search, 5)
        assert [f.value for f in found[:1]] == pytest.approx([max(slow.values())] if slow else [], rel=1e-9)


@pytest.mark.parametrize("seed", range(60, 75))
def test_a_deliberate_delay_gains_nothing(seed: int) -> None:
    planner, profile = instance(seed, count=3)
    view = planner.view(profile)
    for goal, _ in searches(view):
        prompt = BruteForce(planner, view.profile, goal.bit).chains()
        delayed = BruteForce(planner, view.profile, goal.bit, delays=(0, 9, 40)).chains()
        best = max((math.prod(step.factor for step in chain) for chain in prompt), default=0.0)
        assert max((math.prod(step.factor for step in chain) for chain in delayed), default=0.0) <= best * (1 + 1e-12)
