"""The search against its slow twin: same best value for every first step, on small random problems."""

import math

import pytest

from matcher.models.foerderkette.choose import best_chains
from matcher.models.foerderkette.plan import searches, wants
from tests.models.foerderkette.brute_force import BruteForce, fast_per_root
from tests.models.foerderkette.instances import instance


@pytest.mark.parametrize("seed", range(30))
def test_every_first_step_has_the_best_chain(seed: int) -> None:
    planner, profile = instance(seed)
    view = planner.view(profile)
    for goal, search in searches(view):
        slow = BruteForce(planner, view.profile, goal.bit).best_per_root()
        assert fast_per_root(search) == pytest.approx(slow, rel=1e-9), (seed, goal.id)


@pytest.mark.parametrize("seed", range(300, 330))
def test_also_beside_and_after_what_is_running(seed: int) -> None:
    planner, profile = instance(seed, current=True)
    view = planner.view(profile)
    for goal, search in searches(view):
        slow = BruteForce(planner, view.profile, goal.bit).best_per_root()
        assert fast_per_root(search) == pytest.approx(slow, rel=1e-9), (seed, goal.id)


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
