"""Occupation fit pair by pair in native code, with what it needs of persons and vacancies looked up once.

Exact: before it is used, some persons are compared with the registries over the whole pool; where anything differs,
or the bar holds other functions than these, `make` gives None and the registries are asked instead.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Points
from matcher.daily.blocks import people_rows
from matcher.daily.classes import Classes
from matcher.daily.parts import Family, Part, PoolClasses, answer_for, person_classes
from matcher.daily.weigh import Bar, Rows
from matcher.eligibility.near_miss import missing_training
from matcher.features.occupation import LEARNED_FEATURE, PRACTISED_FEATURE, TARGET_FEATURE, WISH_SHARPNESS, sharpened
from matcher.features.occupation_rows import slot_factors, slot_nearness
from matcher.features.overqualified import OVERQUALIFIED
from matcher.features.qualification import OPEN_TO_ALL, QUALIFICATION
from matcher.models.score import points_of
from matcher.pool.people import LEARNED, UNFINISHED, People, PersonColumns
from matcher.pool.vacancies import VacancyPool
from matcher.pool.vacancy_rows import has

FEATURES = (LEARNED_FEATURE, PRACTISED_FEATURE, QUALIFICATION, OVERQUALIFIED)
FUNCTIONS = {TARGET_FEATURE.compute, missing_training, *(feature.compute for feature in FEATURES)}
GROUND = {TARGET_FEATURE.id, LEARNED_FEATURE.id, PRACTISED_FEATURE.id}
COMPARED = 16
"""So many persons are compared with the registries."""
NEARLY = 1.0 - 1e-9
"""The native search takes what nearly suffices; numpy's own power decides."""


def is_known(part: Part) -> bool:
    """Is a part of the bar one of those computed here?"""
    return part.function in FUNCTIONS


@dataclass(frozen=True, slots=True)
class Cells:
    """Pairs of classes: persons' and vacancies' class (n,), points, whether they are ground enough, near-miss bits."""

    mine: NDArray[np.int32]
    theirs: NDArray[np.int32]
    points: NDArray[np.int32]
    ground: NDArray[np.bool_]
    kinds: NDArray[np.uint64]
    of_level: NDArray[np.int32]

    def keep(self, kept: NDArray[np.bool_]) -> "Cells":
        """Those where `kept` is true."""
        return Cells(*(getattr(self, field.name)[kept] for field in dataclasses.fields(self)))


@dataclass(frozen=True, slots=True)
class OccupationTable:
    """Occupations of all persons against those of the pool, by classes."""

    bar: Bar
    mine: Classes
    theirs: Classes
    near: NDArray[np.float64]
    held: tuple[NDArray[Any], ...]
    codes: tuple[NDArray[Any], ...]
    level: NDArray[np.int64]
    doors: NDArray[np.float64]
    weights: NDArray[np.float64]
    near_miss: int

    def speaking(self, classes: Rows) -> Cells:
        """What occupation speaks for, for these classes of persons, in their order."""
        from matcher.daily.occupation_kernel import speaking

        least = self.bar.ground_least
        wish = least ** (1.0 / WISH_SHARPNESS) * NEARLY
        cells = self.cells(*speaking(classes, self.near, self.held, self.codes, wish, least))
        return cells.keep(cells.ground)

    def cells(self, mine: NDArray[np.int32], theirs: NDArray[np.int32]) -> Cells:
        """Everything about single pairs of classes."""
        from matcher.daily.occupation_kernel import weigh_cells

        numbers = (self.near, self.held, self.codes, self.level, self.doors, self.weights)
        wish, good, points, of_level, short = weigh_cells(mine, theirs, *numbers)
        fit = sharpened(wish)
        fit[self.held[2][mine, 2] == 0] = np.nan
        points += points_of(self.bar.weights.by_feature[TARGET_FEATURE.id], fit).astype(np.int32)
        ground = (fit >= self.bar.ground_least) | (good >= self.bar.ground_least)
        return Cells(mine, theirs, points, ground, short.astype(np.uint64) << np.uint64(self.near_miss), of_level)

    def told(self, mine: NDArray[np.int32], theirs: NDArray[np.int32]) -> Points:
        """Points of the level alone, by pairs of classes."""
        return self.cells(mine, theirs).of_level.astype(np.int64)


def make(family: Family, people: People, pools: PoolClasses, bar: Bar) -> OccupationTable | None:
    """The table, or None where it would not be the registries' own answer."""
    whole = {part.function for part in family.parts} == FUNCTIONS and len(family.parts) == len(FUNCTIONS)
    if not whole or not set(bar.ground) >= GROUND or bar.told & {"target", "learned", "practised", "overqualified"}:
        return None
    mine, (theirs, pool) = person_classes(people, family.mine), pools.of(family.theirs)
    number = next(part.number for part in family.parts if part.kind == "near")
    near, slots, factors = _occupations(people_rows(people, mine.first).open, pool)
    table = OccupationTable(
        bar=bar,
        mine=mine,
        theirs=theirs,
        near=near,
        held=(slots, factors, _facts(people.open, mine.first)),
        codes=(np.where(pool.code_of < 0, len(pool.codes), pool.code_of).astype(np.int64), pool.code_weight),
        level=pool.level.astype(np.int64),
        doors=_doors(pool),
        weights=np.array([[(w := bar.weights.by_feature[one.id]).weight, w.neutral] for one in FEATURES]),
        near_miss=number,
    )
    return table if _agrees(table, family, people, pools) else None


def _occupations(people: PersonColumns, pool: VacancyPool) -> tuple[NDArray[Any], ...]:
    """Nearness of every code held (H, K + 1), codes of the slots (C, S), what they count for (C, 12, S)."""
    have, slot = np.unique(people.occ_code, return_inverse=True)
    alone = dataclasses.replace(people, occ_code=have[:, None])
    near = np.ascontiguousarray(slot_nearness(alone, pool)[:, 0])
    return near, slot.reshape(people.occ_code.shape), np.ascontiguousarray(slot_factors(people))


def _facts(people: PersonColumns, rows: Rows) -> NDArray[np.int64]:
    """Per class: qualification, experience, whether wishes are known, whether learned occupations are."""
    role = people.occ_role[rows]
    named = ((role == LEARNED) | (role == UNFINISHED)).any(axis=1)
    qualification = people.qualification[rows].astype(np.int64)
    known = (qualification >= 0) | named
    return np.stack([qualification, people.has_experience[rows], people.targets_known[rows], known], axis=1)


def _doors(pool: VacancyPool) -> NDArray[np.float64]:
    to_all = has(pool, OPEN_TO_ALL).astype(np.float64)
    return np.stack([pool.entry, pool.entry_academic, to_all], axis=1)


def _agrees(table: OccupationTable, family: Family, people: People, pools: PoolClasses) -> bool:
    """Does the table give the registries' numbers for some persons and every class of vacancies?"""
    rows = np.unique(np.linspace(0, len(people) - 1, min(COMPARED, len(people))).astype(np.int64))
    own, theirs, answer = answer_for(family, people_rows(people, rows), pools, table.bar)
    person, place = np.divmod(np.arange(len(rows) * len(theirs)), max(len(theirs), 1))
    mine = table.mine.of[rows][person].astype(np.int32)
    cells = table.cells(mine, place.astype(np.int32))
    at = (own.of[person], place)
    assert answer.points is not None and answer.ground is not None and answer.kinds is not None  # noqa: S101
    told = answer.told.get(QUALIFICATION.id)
    return (
        np.array_equal(cells.points, answer.points[at])
        and np.array_equal(cells.ground, answer.ground[at])
        and np.array_equal(cells.kinds, answer.kinds[at])
        and (told is None or np.array_equal(cells.of_level, told[at]))
    )
