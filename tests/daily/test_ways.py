"""Reference, columns and fused kernel give the same numbers; one person is a batch of one; the grid loses nobody."""

import dataclasses
import random

import numpy as np
import pytest

from matcher.daily.blocks import people_rows, pool_rows
from matcher.daily.classes import classes_of
from matcher.daily.columns import Columns
from matcher.daily.fused import Fused
from matcher.daily.grid import furthest_km, make_grid
from matcher.daily.match import bar_of
from matcher.daily.methods import weigher_of
from matcher.daily.pairs import pair_minutes
from matcher.daily.weigh import Reference, Seen
from matcher.features.reach import travel_minutes
from matcher.participant import Profile
from matcher.pool.people import People, PersonColumns
from matcher.pool.people_encode import encode_people
from matcher.pool.vacancies import VacancyPool
from tests.daily.conftest import Demo

FIELDS = ("totals", "overall", "grounded", "failed", "kinds")
EDGES = ("person", "vacancy", "points")


def mixed(profiles: list[Profile], count: int, seed: int) -> list[Profile]:
    """Persons put together from the facts of several others, with unknowns sprinkled in."""
    rng = random.Random(seed)
    names = [field.name for field in dataclasses.fields(profiles[0].participant) if field.name not in ("id", "as_of")]
    found = []
    for number in range(count):
        facts = {name: getattr(rng.choice(profiles).participant, name) for name in names if rng.random() < 0.9}
        person = dataclasses.replace(rng.choice(profiles).participant, id=f"M{number:04d}", **facts)
        person = dataclasses.replace(person, max_commute_minutes=rng.choice([None, 20.0, 45.0, 90.0]))
        parts = {"household": rng.choice(profiles).household, "protected": rng.choice(profiles).protected}
        found.append(Profile(participant=person, **parts))  # type: ignore[arg-type]
    return found


@pytest.fixture(scope="module")
def people(demo: Demo) -> People:
    profiles = [*demo.profiles, *mixed(demo.profiles, 120, 7)]
    return encode_people(profiles, demo.engine.places, demo.engine.occupations, demo.morning().today)


@pytest.mark.parametrize("way", ["columns", "fused"])
def test_every_way_gives_the_same_pairs_and_points(demo: Demo, people: People, way: str) -> None:
    if way == "fused":
        pytest.importorskip("numba")
    pool, bar = demo.engine.vacancy_pool, bar_of(demo.morning())
    assert pool is not None
    reference = Reference(people, pool, bar)
    other = weigher_of(way)(people, pool, bar)
    slow, fast = reference.candidates(), other.candidates()
    assert len(slow) > 500
    for name in EDGES:
        assert np.array_equal(getattr(slow, name), getattr(fast, name)), name
    rows = np.arange(len(people))
    whole, quick = reference.block(rows), other.block(rows)
    for name in FIELDS:
        assert np.array_equal(getattr(whole, name), getattr(quick, name)), name
    b, row = np.nonzero(whole.kinds != 0)
    for feature in sorted(bar.told):
        assert np.array_equal(whole.points(feature, b, row), quick.points(feature, b, row)), feature


def test_the_native_table_is_the_registries_own_or_none(demo: Demo, people: People) -> None:
    pytest.importorskip("numba")
    pool, bar = demo.engine.vacancy_pool, bar_of(demo.morning())
    assert pool is not None
    shipped = Fused(people, pool, bar)
    assert shipped.table is not None, "the native twin of the occupation features has fallen behind them"
    whole = shipped.table.speaking(np.arange(len(shipped.table.mine)))
    assert len(whole.mine) and whole.ground.all()
    learned = next(number for number, one in enumerate(bar.features) if one.id == "learned")

    def halved(block: PersonColumns, vacancies: VacancyPool) -> np.ndarray:
        return np.asarray(bar.features[learned].compute(block, vacancies)) * 0.5

    changed = list(bar.features)
    changed[learned] = dataclasses.replace(changed[learned], compute=halved)
    other = dataclasses.replace(bar, features=tuple(changed))
    fused = Fused(people, pool, other)
    assert fused.table is None
    slow, fast = Reference(people, pool, other).candidates(), fused.candidates()
    assert all(np.array_equal(getattr(slow, name), getattr(fast, name)) for name in EDGES)


class Collected:
    """A looker that keeps what it is shown."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, ...]] = []

    def add(self, seen: Seen) -> None:
        told = seen.points("qualification", np.arange(len(seen.row)))
        parts = (seen.person, seen.row, seen.totals, seen.overall, seen.failed, seen.kinds, told)
        self.rows += list(zip(*(part.tolist() for part in parts), strict=True))


@pytest.mark.parametrize("way", ["columns", "fused"])
def test_lookers_see_the_same_pairs_whatever_the_way(demo: Demo, people: People, way: str) -> None:
    if way == "fused":
        pytest.importorskip("numba")
    pool, bar = demo.engine.vacancy_pool, bar_of(demo.morning())
    assert pool is not None
    slow, fast = Collected(), Collected()
    edges = Reference(people, pool, bar).candidates([slow])
    again = weigher_of(way)(people, pool, bar).candidates([fast])
    assert sorted(slow.rows) == sorted(fast.rows) and len(slow.rows) > 5_000
    assert all(np.array_equal(getattr(edges, name), getattr(again, name)) for name in EDGES)


def test_one_person_is_a_batch_of_one(demo: Demo, people: People) -> None:
    pool, bar = demo.engine.vacancy_pool, bar_of(demo.morning())
    assert pool is not None
    whole = Columns(people, pool, bar).candidates()
    for number in range(0, len(people), 29):
        alone = Columns(people_rows(people, np.array([number])), pool, bar).candidates()
        own = whole.person == number
        assert np.array_equal(alone.vacancy, whole.vacancy[own])
        assert np.array_equal(alone.points, whole.points[own])


def test_a_changed_feature_is_followed_without_a_change_here(demo: Demo, people: People) -> None:
    pool, bar = demo.engine.vacancy_pool, bar_of(demo.morning())
    assert pool is not None
    first = bar.features[0]

    def other(block: object, vacancies: object) -> np.ndarray:
        fit = np.asarray(first.compute(block, vacancies))  # type: ignore[arg-type]
        return fit * np.where(np.asarray(block.own_car) == 1, 0.5, 1.0)[:, None]  # type: ignore[attr-defined]

    changed = dataclasses.replace(first, compute=other)
    bar = dataclasses.replace(bar, features=(changed, *bar.features[1:]))
    slow, fast = Reference(people, pool, bar).candidates(), Columns(people, pool, bar).candidates()
    assert all(np.array_equal(getattr(slow, name), getattr(fast, name)) for name in EDGES)


def test_minutes_of_pairs_are_the_engines(demo: Demo, people: People) -> None:
    pool = demo.engine.vacancy_pool
    assert pool is not None
    minutes = travel_minutes(people.open, pool)
    b, row = np.divmod(np.arange(minutes.size), len(pool))
    assert np.array_equal(pair_minutes(people, pool, b, row), minutes.reshape(-1), equal_nan=True)


def test_the_grid_leaves_out_only_what_the_way_excludes(demo: Demo, people: People) -> None:
    pool = demo.engine.vacancy_pool
    assert pool is not None
    columns = Columns(people, pool, bar_of(demo.morning()))
    assert columns.way is not None and columns.way.answer.verdict is not None
    grid, rows = make_grid(pool), np.arange(len(people))
    boxes = grid.boxes(people, furthest_km(people, rows, columns.way))
    reach = next(number for number, rule in enumerate(columns.bar.rules) if rule.id == "vacancy.reach")
    verdicts = columns.bar.rules[reach].check(people, pool)
    left_out = 0
    for number in range(len(people)):
        first, last, west, east = boxes[number].tolist()
        row, column = grid.spot
        seen = (row < 0) | ((first <= row) & (row <= last) & (west <= column) & (column <= east))
        outside = np.flatnonzero(~seen)
        left_out += len(outside)
        assert (verdicts[number, outside] == 0).all()
    assert left_out > 0


def test_parts_of_a_pool_keep_their_evidence(demo: Demo) -> None:
    pool = demo.engine.vacancy_pool
    assert pool is not None
    rows = np.array([7, 3, 3, 400])
    part = pool_rows(pool, rows)
    for place, row in enumerate(rows.tolist()):
        for name in pool.names[:40]:
            assert part.evidence(place, str(name)) == pool.evidence(row, str(name))


def test_classes_are_exact() -> None:
    numbers = np.array([1.0, np.nan, 1.0, np.nan, 2.0])
    texts = np.array([["a", ""], ["a", ""], ["a", ""], ["b", ""], ["a", ""]])
    found = classes_of([numbers, texts], 5)
    assert found.of[0] == found.of[2] and len(set(found.of.tolist())) == 4
    assert all(found.of[first] == number for number, first in enumerate(found.first))
