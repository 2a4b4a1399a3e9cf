"""Sentences and answers that are remembered for shared facts say what would be said without remembering."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matcher.classes import Classes
from matcher.eligibility.offer import OFFER_RULES
from matcher.eligibility.ruleset import book_of
from matcher.facts import Facts
from matcher.features.measures import MEASURE_FEATURES
from matcher.features.vacancies import VACANCY_FEATURES
from matcher.needs import compute_needs
from matcher.participant import Profile
from matcher.pipeline import Engine, Question
from matcher.pool.people_encode import encode_people
from matcher.pool.seekers import MeasurePeople, encode_seekers, wished_fields
from matcher.sentences import Sentences
from tests.conftest import TODAY
from tests.features.test_vacancy_features import BLOCK, POOL
from tests.features.test_vacancy_features import Facts as Only
from tests.vacancy_office import people

MANY = 40


def seekers_of(engine: Engine, person: Profile) -> MeasurePeople:
    """One person as measure features see them."""
    book = book_of(engine.rules, Facts([person], TODAY))
    block = encode_people([person], engine.places, engine.occupations, TODAY)
    needs = compute_needs(engine.tables.needs, book)
    return MeasurePeople(encode_seekers(book.facts, block.open, needs, [wished_fields(block.open, 0)]), block.protected)


@pytest.mark.parametrize("feature", [one for one in VACANCY_FEATURES if one.words], ids=lambda one: one.id)
def test_a_sentence_about_a_vacancy_reads_what_it_names(feature: Any) -> None:
    part, of_row = Classes(POOL).of(feature.words[0])
    for person in BLOCK:
        whole = people(person).open
        only = Only(whole, list(feature.words[1]))
        for row in range(len(POOL)):
            assert feature.say(only, part, 0, of_row[row]) == feature.say(whole, POOL, 0, row)


@pytest.mark.parametrize("feature", [one for one in MEASURE_FEATURES if one.words], ids=lambda one: one.id)
def test_a_sentence_about_a_measure_reads_what_it_names(
    feature: Any, engine: Engine, demo_people: list[Profile]
) -> None:
    classes = engine.programme_rows(Question(today=TODAY)).classes
    part, of_row = classes.of(feature.words[0])
    for person in demo_people[:MANY:4]:
        whole = seekers_of(engine, person).seekers
        only = whole if feature.id == "progress" else Only(whole, list(feature.words[1]))
        for row in range(0, len(classes), 7):
            assert feature.say(only, part, 0, of_row[row]) == feature.say(whole, classes.pool, 0, row)


@pytest.mark.parametrize("one", [*MEASURE_FEATURES, *OFFER_RULES], ids=lambda one: one.id)
def test_an_answer_about_measures_reads_what_it_names(one: Any, engine: Engine, demo_people: list[Profile]) -> None:
    if one.asks is None:
        assert one.id in {"need", "target_group", "kind", "schedule", "reach", "waiting", "evidence",
                          "offer.reach", "offer.childcare"}  # fmt: skip
        return
    pool = engine.programme_rows(Question(today=TODAY)).pool
    compute = one.compute if hasattr(one, "compute") else one.check
    answers: dict[tuple[object, ...], Any] = {}
    limited = replace(demo_people[0], protected=replace(demo_people[0].protected, max_hours_per_week=10.0))
    for person in [*demo_people[:MANY], limited]:
        block = seekers_of(engine, person)
        whole: Any = block if hasattr(one, "check") else block.seekers
        key = tuple(_value(whole, name) for name in one.asks)
        known = answers.setdefault(key, compute(whole, pool))
        assert np.array_equal(np.asarray(known, float), np.asarray(compute(whole, pool), float), equal_nan=True)
    assert len(answers) > 1


def _value(whole: Any, name: str) -> object:
    for part in name.split("."):
        whole = getattr(whole, part)
    return str(whole[0])


def test_remembered_sentences_are_those_of_the_features(engine: Engine, demo_people: list[Profile]) -> None:
    classes = engine.programme_rows(Question(today=TODAY)).classes
    for person in demo_people[:MANY]:
        block = seekers_of(engine, person).seekers
        told = Sentences(classes, MEASURE_FEATURES, block, 0)
        for i, feature in enumerate(MEASURE_FEATURES):
            for row in range(0, len(classes), 11):
                assert told.say(i, row) == feature.say(block, classes.pool, 0, row)
