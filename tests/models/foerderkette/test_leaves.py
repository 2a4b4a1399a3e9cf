"""The scalar verdicts of changed states equal the rule trees over columns, and nothing that changes is overlooked."""

import datetime as dt
import random
from functools import partial

import pytest

from matcher.catalog import load_catalog
from matcher.catalog.tree import leaves
from matcher.eligibility.rule import RuleBook
from matcher.facts import Facts
from matcher.fields import FIELDS
from matcher.models.foerderkette import Planner
from matcher.models.foerderkette.changes import EXPIRING, RUNNING, YEARLY, bits_behind, changed, flips, is_running
from matcher.models.foerderkette.leaves import leaf_verdict, tree_verdict
from matcher.participant import Profile
from matcher.participant_time import advance
from matcher.programme import Leaf, Tree
from matcher.read.profile import read_profile
from tests.models.foerderkette.instances import TODAY
from tests.random_people import random_people

LATER = (1, 40, 200, 400, 900)
PEOPLE = [read_profile(data, today=TODAY) for data in random_people(120, 7, TODAY)]
PEOPLE = [advance(person, TODAY) for person in PEOPLE]


def _trees(planner: Planner) -> list[Tree | Leaf]:
    trees: list[Tree | Leaf] = [tree for action in planner.actions for tree in action.trees]
    trees += [programme.terms for programme in load_catalog().programmes.values() if programme.terms is not None]
    return trees + [gain.when for gain in planner.tables.gains if gain.when is not None]


def test_scalar_verdicts_equal_the_rule_trees(planner: Planner) -> None:
    facts = Facts(PEOPLE, TODAY)
    book = RuleBook(facts)
    for tree in _trees(planner):
        expected = book.tree(tree)
        for b in range(len(PEOPLE)):
            assert tree_verdict(tree, partial(_verdict, facts, b)) == expected[b], (tree, PEOPLE[b].id)


def _verdict(facts: Facts, b: int, leaf: Leaf) -> int:
    return leaf_verdict(leaf, facts.value(leaf.field, b), TODAY)


def test_a_changed_state_is_judged_like_its_profile(planner: Planner) -> None:
    """The view asks with the fewest gains and days that matter; the full changed profile must answer the same."""
    rng = random.Random(3)
    for person in PEOPLE[:40]:
        view = planner.view(person)
        for _ in range(6):
            mask = view.held | sum(1 << gain.bit for gain in planner.tables.gains if rng.random() < 0.15)
            day = rng.choice((0, *LATER))
            date = TODAY + dt.timedelta(days=day)
            moved = changed(view.profile, planner.tables.gains, view.new(mask), date, view.horizon)
            book = RuleBook(Facts([moved], date))
            for number in rng.sample(range(len(planner.actions)), 25):
                expected = min((int(book.tree(tree)[0]) for tree in planner.actions[number].trees), default=2)
                assert view.verdict(number, mask, day) == expected, (person.id, planner.actions[number].key, mask, day)


def _values(person: Profile, day: dt.date) -> dict[str, object]:
    facts = Facts([person], day)
    return {name: repr(facts.value(name, 0)) for name in FIELDS}


def test_every_fact_that_time_changes_is_known_to_run() -> None:
    for person in PEOPLE[:60]:
        before = _values(person, TODAY)
        for days in LATER:
            date = TODAY + dt.timedelta(days=days)
            after = _values(advance(person, date), date)
            moved = {name for name in FIELDS if before[name] != after[name]}
            assert moved <= {*RUNNING, *YEARLY, *EXPIRING, "children"}, person.id


def test_every_fact_that_a_gain_changes_is_known_to_change(planner: Planner) -> None:
    gains = planner.tables.gains
    for person in PEOPLE[:40]:
        before = _values(person, TODAY)
        for gain in gains:
            after = _values(changed(person, gains, 1 << gain.bit, TODAY, TODAY + dt.timedelta(days=2500)), TODAY)
            moved = {name for name in FIELDS if before[name] != after[name]} - {"conflict_count"}
            for name in moved:
                hidden = any(name in conflict.fields for conflict in person.conflicts)
                assert hidden or bits_behind(name, gains) >> gain.bit & 1, (gain.id, name, person.id)


@pytest.mark.parametrize("start", range(0, 60, 20))
def test_between_two_flips_a_verdict_stays(planner: Planner, start: int) -> None:
    running = {leaf for tree in _trees(planner) for leaf in leaves(tree) if is_running(leaf)}
    chosen = sorted(running, key=lambda leaf: (leaf.field, leaf.op, str(leaf.value)))
    for person in PEOPLE[start : start + 12]:
        facts = Facts([person], TODAY)
        for leaf in chosen:
            days = sorted({0, *flips(leaf, facts, 1200)})
            seen: dict[int, int] = {}
            for day in range(0, 1200, 43):
                slot = max(flip for flip in days if flip <= day)
                date = TODAY + dt.timedelta(days=day)
                verdict = leaf_verdict(leaf, Facts([advance(person, date)], date).value(leaf.field, 0), date)
                if slot in seen:
                    assert verdict == seen[slot], (person.id, leaf.field, leaf.value, day)
                seen[slot] = verdict


@pytest.mark.parametrize(("until", "days"), [(None, set()), (0, {1}), (40, {41}), (5000, set())])
def test_a_work_permit_changes_the_day_after_its_last(until: int | None, days: set[int]) -> None:
    last = None if until is None else (TODAY + dt.timedelta(days=until)).isoformat()
    person = read_profile({"work_permit": "unrestricted", "work_permit_until": last}, today=TODAY)
    leaf = Leaf(field="work_permit", op="=", value="unrestricted", text="", source="")
    assert is_running(leaf) and flips(leaf, Facts([person], TODAY), 1200) == days
