"""The catalogue against a second reading of the sources made by hand (`tests/data/terms.csv`).

Counts hard violations: pairs that the second reading refuses and the catalogue admits, and pairs that the catalogue
refuses though the second reading admits or cannot decide. Both must be none, over random people and all programmes.
"""

import datetime as dt
import math
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from matcher.catalog import load_catalog
from matcher.eligibility.rule import RuleBook
from matcher.facts import Facts
from matcher.fields import FIELDS
from matcher.participant import Profile
from matcher.participant_time import advance
from matcher.read.profile import read_profile
from matcher.results import ELIGIBILITY
from tests.random_people import Data, random_people
from tests.slow_facts import DERIVED, RECORDED, Person, person_on
from tests.slow_terms import MET, NOT_MET, UNKNOWN, Block, Terms, read_table, verdict

DAY = dt.date(2022, 5, 2)
TOLERANCE = 1e-9
EXCHANGE_NAMES = {"children": ("children", "children_ages", "childcare_window"), "available_windows": ()}
Pairs = dict[tuple[str, str], Counter[str]]


def _both_sides(count: int, seed: int) -> tuple[list[Profile], list[Person]]:
    """Profiles for the catalogue and plain persons for the slow side, contradictory fields unknown to both."""
    profiles, persons = [], []
    for data in random_people(count, seed, DAY):
        profile = read_profile(data, today=DAY)
        profiles.append(advance(profile, DAY))
        persons.append(person_on(_without_conflicts(data, profile), DAY))
    return profiles, persons


def _without_conflicts(data: Data, profile: Profile) -> Data:
    hidden = {field for conflict in profile.conflicts for field in conflict.fields}
    names = {name for field in hidden for name in EXCHANGE_NAMES.get(field, (field,))}
    return {name: value for name, value in data.items() if name not in names}


def _pairs(terms: Terms, count: int, seed: int) -> Pairs:
    """(slow verdict, catalogue verdict) to the number of pairs per programme."""
    profiles, persons = _both_sides(count, seed)
    programmes = sorted(load_catalog().programmes.values(), key=lambda programme: programme.id)
    matrix = RuleBook(Facts(profiles, DAY)).matrix([programme.terms for programme in programmes])
    found: Pairs = {}
    for column, programme in enumerate(programmes):
        blocks = terms[programme.id]
        for person, code in zip(persons, matrix[:, column].tolist(), strict=True):
            found.setdefault((verdict(blocks, person), ELIGIBILITY[code]), Counter())[programme.id] += 1
    return found


def _violations(found: Pairs) -> dict[str, dict[str, int]]:
    """Wrongly admitted and wrongly refused pairs per programme."""
    refused = found.get((MET, NOT_MET), Counter()) + found.get((UNKNOWN, NOT_MET), Counter())
    return {"wrongly admitted": dict(found.get((NOT_MET, MET), Counter())), "wrongly refused": dict(refused)}


def _apart(terms: Terms, found: Pairs) -> dict[str, int]:
    """Pairs of documented programmes on which the two readings differ at all, unknown included."""
    differing = sum((counter for (slow, quick), counter in found.items() if slow != quick), Counter[str]())
    return {programme_id: count for programme_id, count in differing.items() if terms[programme_id]}


NO_VIOLATION: dict[str, dict[str, int]] = {"wrongly admitted": {}, "wrongly refused": {}}


def test_table_speaks_of_the_catalogue_and_of_known_facts() -> None:
    terms = read_table()
    assert sorted(terms) == sorted(load_catalog().programmes)
    rows = [row for blocks in terms.values() for block in blocks.values() for row in block.rows]
    facts = {row.fact for row in rows if not row.fact.startswith("block:")}
    assert facts <= set(FIELDS)
    for row in rows:
        spec = FIELDS.get(row.fact)
        if spec is not None and spec.values:
            assert set(row.values) <= set(spec.values), row


def test_slow_facts_are_the_facts_of_the_engine() -> None:
    profiles, persons = _both_sides(500, seed=7)
    facts = Facts(profiles, DAY)
    for name in sorted((set(DERIVED) | set(RECORDED)) - {"children"}):
        for b, person in enumerate(persons):
            assert _same(person(name), facts.value(name, b)), (name, b, person(name), facts.value(name, b))


def _same(left: Any, right: Any) -> bool:
    if left is None or right is None or isinstance(left, bool):
        return left is right
    return math.isclose(left, right, abs_tol=TOLERANCE)


REPEATED = [("p001_08", "hemmnis", "psychological_limitation")]
"""The form lists it beside health limitations, which contain it."""


@pytest.mark.deep
def test_every_row_of_the_table_decides_about_somebody() -> None:
    persons = _both_sides(3000, seed=3)[1]
    idle = []
    for programme_id, blocks in read_table().items():
        usual = [verdict(blocks, person) for person in persons]
        for group, block in blocks.items():
            for row in block.rows:
                without = {**blocks, group: replace(block, rows=tuple(r for r in block.rows if r != row))}
                if all(verdict(_filled(without), person) == v for person, v in zip(persons, usual, strict=True)):
                    idle.append((programme_id, group, row.fact))
    assert idle == REPEATED


def _filled(blocks: dict[str, Block]) -> dict[str, Block]:
    """Without blocks that have lost their last row."""
    return {group: block for group, block in blocks.items() if block.rows}


def test_no_hard_violation_among_a_thousand_people() -> None:
    found = _pairs(read_table(), 1000, seed=1)
    assert _violations(found) == NO_VIOLATION
    assert _apart(read_table(), found) == {}


@pytest.mark.deep
def test_no_hard_violation_among_ten_thousand_people() -> None:
    found = _pairs(read_table(), 10_000, seed=2)
    assert _violations(found) == NO_VIOLATION
    assert _apart(read_table(), found) == {}
