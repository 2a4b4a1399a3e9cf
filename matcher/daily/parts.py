"""Rules, features and near misses as parts of a sum, each computed once for all rows alike in what it reads.

Nothing here knows any rule or feature: families of parts are watched while they read, persons and vacancies that
agree in these columns form classes, and the parts are computed for one of each. A condition inside a part can only
depend on what it has read before, so watching the representatives finds every column that matters.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.daily.blocks import POSTINGS, people_rows, pool_rows
from matcher.daily.classes import Classes, classes_of
from matcher.daily.reads import Watched
from matcher.daily.weigh import Bar
from matcher.models.score import Weight, points_of
from matcher.pool.people import People
from matcher.pool.vacancies import VacancyPool
from matcher.results import NOT_MET

SAMPLE = 24
"""So many persons are watched first."""
CACHED_CELLS = 150_000
"""Blocks of this many pairs stay in the processor's cache."""
ALIKE_ENOUGH = 0.7
"""Classes that are more than this share of the rows save nothing."""
WHOLE = frozenset({"codes", "near_codes", "near", "near_field", "today", "names", "sources"})
"""Columns of a pool that are not one entry per vacancy."""


@dataclass(frozen=True, slots=True)
class Part:
    """One rule, feature or near miss, by its number in its registry."""

    id: str
    kind: str
    number: int
    function: Callable[[Any, Any], Any]
    weight: Weight | None = None
    ground: bool = False


@dataclass(slots=True)
class Family:
    """Parts computed together; `mine` and `theirs` are the columns they have been seen to read."""

    parts: tuple[Part, ...]
    mine: set[str] = field(default_factory=set)
    theirs: set[str] = field(default_factory=set)

    @property
    def words(self) -> bool:
        """Do they read the word index, which belongs to the whole pool?"""
        return bool(self.theirs & POSTINGS)

    def with_(self, other: "Family") -> "Family":
        """Both families as one."""
        return Family(self.parts + other.parts, self.mine | other.mine, self.theirs | other.theirs)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a family gives over C classes of persons and D of vacancies, every array (C, D), None where it has none.

    `verdict` is the least verdict, `points` the sum, `ground` whether any ground feature is good enough, `told` the
    points of single features.
    """

    verdict: NDArray[np.uint8] | None
    failed: NDArray[np.uint32] | None
    points: NDArray[np.int32] | None
    ground: NDArray[np.bool_] | None
    kinds: NDArray[np.uint32] | None
    told: Mapping[str, NDArray[np.int32]]


def make_parts(bar: Bar) -> list[Part]:
    """All parts of a bar in the order of its registries."""
    rules = [Part(rule.id, "rule", number, rule.check) for number, rule in enumerate(bar.rules)]
    features = [
        Part(one.id, "feature", number, one.compute, bar.weights.by_feature[one.id], one.id in bar.ground)
        for number, one in enumerate(bar.features)
    ]
    return rules + features + [Part(kind.id, "near", number, kind.find) for number, kind in enumerate(bar.near)]


def compute(family: Family, people: People, pool: VacancyPool, bar: Bar) -> tuple[Answer, bool]:
    """The family's answer for a block, and whether anything was read that was not known before (now noted)."""
    watched = Watched(people, pool)
    values = [
        (part, np.asarray(part.function(watched.people if part.kind == "rule" else watched.people.open, watched.pool)))
        for part in family.parts
    ]
    new = not (watched.mine <= family.mine and watched.theirs <= family.theirs)
    family.mine |= watched.mine
    family.theirs |= watched.theirs
    return add_up(values, bar), new


def add_up(values: Sequence[tuple[Part, NDArray[Any]]], bar: Bar) -> Answer:
    """Put the answers of several parts over the same classes together."""
    verdict = failed = points = ground = kinds = None
    told: dict[str, NDArray[np.int32]] = {}
    for part, value in values:
        if part.kind == "rule":
            verdict = value if verdict is None else np.minimum(verdict, value)
            bits = (value == NOT_MET).astype(np.uint32) << np.uint32(part.number)
            failed = bits if failed is None else failed | bits
        elif part.kind == "near":
            bits = value.astype(np.uint32) << np.uint32(part.number)
            kinds = bits if kinds is None else kinds | bits
        elif part.weight is not None:
            gained = points_of(part.weight, value).astype(np.int32)
            points = gained if points is None else points + gained
            if part.id in bar.told:
                told[part.id] = gained
            if part.ground:
                good = value >= bar.ground_least
                ground = good if ground is None else ground | good
    return Answer(verdict, failed, points, ground, kinds, told)


def get_to_know(bar: Bar, people: People, pool: VacancyPool) -> list[Family]:
    """Every part as a family of its own, watched with a few persons; what only others make it read is found later."""
    wordy = [number for number, grams in enumerate(people.open.grams) if grams][:1]
    spaced = np.linspace(0, len(people) - 1, min(SAMPLE, len(people))).astype(np.int64).tolist()
    few = people_rows(people, np.array(sorted({*wordy, *spaced}), dtype=np.int64))
    families = [Family((part,)) for part in make_parts(bar)]
    for family in families:
        compute(family, few, pool, bar)
    return families


def column(people: People, name: str) -> Any:
    """A column by its watched name, such as "open.lat"."""
    side, _, plain = name.partition(".")
    return getattr(getattr(people, side), plain)


def person_classes(people: People, mine: set[str]) -> Classes:
    """Persons alike in the columns read."""
    return classes_of([column(people, name) for name in sorted(mine) if "." in name], len(people))


@dataclass(slots=True)
class PoolClasses:
    """Vacancies alike in the columns read, with a pool of one of each; kept from one question to the next."""

    pool: VacancyPool
    known: dict[frozenset[str], tuple[Classes, VacancyPool]] = field(default_factory=dict)

    def of(self, theirs: set[str]) -> tuple[Classes, VacancyPool]:
        """The whole pool where words are read or most rows differ."""
        key = frozenset(theirs)
        if key not in self.known:
            self.known[key] = self._make(key)
        return self.known[key]

    def _make(self, theirs: frozenset[str]) -> tuple[Classes, VacancyPool]:
        size = len(self.pool)
        if not theirs & POSTINGS:
            rows = [getattr(self.pool, name) for name in sorted(theirs) if name not in WHOLE]
            found = classes_of(rows, size)
            if len(found) <= ALIKE_ENOUGH * size or size <= 1:
                return found, pool_rows(self.pool, found.first)
        return Classes(np.arange(size), np.arange(size)), self.pool


def answer_for(family: Family, people: People, pools: PoolClasses, bar: Bar) -> tuple[Classes, Classes, Answer]:
    """Classes of these persons, classes of the vacancies, and the family's answer for one of each.

    Representatives go through in small blocks that stay in the processor's cache.
    """
    while True:
        mine = person_classes(people, family.mine)
        theirs, pool = pools.of(family.theirs)
        size = max(CACHED_CELLS // max(len(pool), 1), 4)
        found, fresh = [], False
        for start in range(0, len(mine), size):
            answer, new = compute(family, people_rows(people, mine.first[start : start + size]), pool, bar)
            found.append(answer)
            fresh |= new
        if not fresh:
            return mine, theirs, _stacked(found)


def _stacked(answers: Sequence[Answer]) -> Answer:
    """Answers for blocks of classes as one."""
    if len(answers) == 1:
        return answers[0]
    parts: dict[str, Any] = {}
    for name in ("verdict", "failed", "points", "ground", "kinds"):
        values = [getattr(answer, name) for answer in answers]
        parts[name] = None if values[0] is None else np.concatenate(values)
    told = {name: np.concatenate([answer.told[name] for answer in answers]) for name in answers[0].told}
    return Answer(**parts, told=told)
