"""Way to an offer: unknown where its place is unknown, except for instruments, which have none of their own."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matcher.columns import Rule
from matcher.eligibility.check import check_rules
from matcher.eligibility.offer import OFFER_RULES
from matcher.participant import Profile
from matcher.pipeline import Engine, Question
from matcher.pool.programmes import KIND_FIT
from matcher.results import MET, UNKNOWN
from tests.conftest import TODAY
from tests.features.test_sentences import seekers_of

REACH: Rule[Any, Any] = next(rule for rule in OFFER_RULES if rule.id == "offer.reach")


@pytest.fixture(scope="module")
def nowhere(engine: Engine) -> Any:
    """The demo pool with every place forgotten."""
    pool = engine.programme_rows(Question(today=TODAY)).pool
    lost = np.full(len(pool), np.nan)
    return replace(pool, lat=lost, lon=lost)


@pytest.fixture(scope="module")
def located(demo_people: list[Profile], engine: Engine) -> Any:
    """Somebody whose own way is known."""
    found = next(
        block
        for person in demo_people
        if not np.isnan((block := seekers_of(engine, person)).seekers.open.lat + block.seekers.open.max_commute_minutes)
        and not np.isnan(block.seekers.open.km_per_hour[0])
    )
    return found


def test_unknown_places_are_open_and_instruments_have_none(nowhere: Any, located: Any) -> None:
    verdicts = REACH.check(located, nowhere)[0]
    instrument = nowhere.columns.kind[nowhere.programme] == KIND_FIT["instrument"]
    free = instrument | (nowhere.remote == 1) | (nowhere.shuttle == 1)
    assert free.any()
    assert not free.all()
    assert (verdicts[free] == MET).all()
    assert (verdicts[~free] == UNKNOWN).all()


def test_the_provider_is_asked_and_not_the_person(nowhere: Any, located: Any) -> None:
    row = int(np.flatnonzero(REACH.check(located, nowhere)[0] == UNKNOWN)[0])
    checked = check_rules(OFFER_RULES, located, nowhere, (1, len(nowhere)))
    told = checked.open(0, row, lambda rule: rule.say(located, nowhere, 0, row))
    found = next(verdict for verdict in told if verdict.rule == "offer.reach")
    assert found.text == "Zu klären: Ort des Angebots (beim Träger erfragen)"
    assert found.to_ask == ()


def test_unknown_facts_of_the_person_are_named_alone(demo_people: list[Profile], engine: Engine) -> None:
    pool = engine.programme_rows(Question(today=TODAY)).pool
    person = demo_people[0]
    lost = replace(person, participant=replace(person.participant, max_commute_minutes=None))
    block = seekers_of(engine, lost)
    row = int(np.flatnonzero(~np.isnan(pool.lat) & (pool.remote != 1) & (pool.shuttle != 1))[0])
    words = REACH.say(block, pool, 0, row)
    assert words.startswith("Zu klären: ")
    assert "höchste Fahrzeit" in words
