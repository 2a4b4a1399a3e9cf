"""Occupation features in native code are the features, to the last bit."""

import dataclasses

import numpy as np
import pytest

from matcher.features.vacancies import VACANCY_FEATURES, native_fits
from matcher.participant import Profile
from matcher.pipeline import Engine, Question
from matcher.pool.people_encode import encode_people
from tests.conftest import TODAY

pytest.importorskip("numba", reason="native code needs the extra `fast`")
FEATURES = {one.id: one for one in VACANCY_FEATURES}


def test_native_fits_are_those_of_the_features(engine: Engine, demo_people: list[Profile]) -> None:
    native, pool = native_fits(), engine.vacancy_pool
    assert native is not None and pool is not None
    rows = np.arange(0, len(pool), 2)
    for person in demo_people:
        people = encode_people([person], engine.places, engine.occupations, TODAY).open
        found = native(people, pool, rows)
        assert len(found) == 6
        for name, fits in found.items():
            assert np.array_equal(fits, FEATURES[name].compute(people, pool)[:, rows], equal_nan=True), (
                person.id,
                name,
            )


def test_answers_are_the_same(engine: Engine, demo_people: list[Profile]) -> None:
    fast = dataclasses.replace(engine, native=native_fits())
    question = Question(today=TODAY, top=20)
    for person in demo_people[::5]:
        one, other = (each.ask([person], question)[0].vacancies for each in (engine, fast))
        assert [(item.id, item.score.total, item.reasons, item.near_miss) for item in one.suggestions] == [
            (item.id, item.score.total, item.reasons, item.near_miss) for item in other.suggestions
        ]
        assert [(item.id, item.score.total) for item in one.others] == [
            (item.id, item.score.total) for item in other.others
        ]


def test_blocks_and_codes_outside_the_table_are_left_to_the_features(
    engine: Engine, demo_people: list[Profile]
) -> None:
    native, pool = native_fits(), engine.vacancy_pool
    assert native is not None and pool is not None
    rows = np.arange(len(pool))
    block = encode_people(demo_people[:2], engine.places, engine.occupations, TODAY).open
    assert native(block, pool, rows) == {}
    one = encode_people(demo_people[:1], engine.places, engine.occupations, TODAY).open
    strange = dataclasses.replace(one, occ_code=np.where(one.occ_code != "", "99999", ""))
    assert native(strange, pool, rows) == {}
