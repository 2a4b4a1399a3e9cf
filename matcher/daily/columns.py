"""The same numbers as the reference, much faster: every family of parts once per class, then sums of rows.

Persons go through in chunks, so memory is bounded by the chunk. The registries are consumed as they are: a new
feature or another weight needs no change here.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Points
from matcher.daily.blocks import people_rows
from matcher.daily.classes import Classes
from matcher.daily.pairs import pair_minutes
from matcher.daily.parts import Answer, Family, PoolClasses, answer_for, get_to_know, person_classes
from matcher.daily.way import Way, ask_by_minutes, goes_by_way
from matcher.daily.weigh import Advance, Bar, Looker, Rows, Seen, Weighed, edges_of
from matcher.features.reach import travel_minutes
from matcher.models.assignment import Edges
from matcher.pool.people import People
from matcher.pool.vacancies import VacancyPool
from matcher.results import MET, NOT_MET, UNKNOWN

PART_COST, ROW_COST = 10.0, 4.0
"""What a part costs per pair of classes, and a family per pair of persons and vacancies (measured, nanoseconds)."""
CHUNK_CELLS = 4_000_000
"""A chunk has at most so many pairs of classes over all families together."""
JUDGED = 512
"""Costs are judged by so many persons."""
WORKERS = max(min(os.cpu_count() or 1, 8), 1)
"""Chunks worked on at once; numpy and the kernel leave the interpreter's lock while they compute."""
MOST_PERSONS = 1_024
Answered = tuple[Classes, Classes, Answer]


@dataclass(slots=True)
class Columns:
    """Weighs persons against the pool by classes; numpy alone."""

    people: People
    pool: VacancyPool
    bar: Bar
    pools: PoolClasses = field(init=False)
    families: list[Family] = field(init=False)
    way: Way | None = field(init=False)

    def __post_init__(self) -> None:
        self.pools = PoolClasses(self.pool)
        self.sort_families()

    def sort_families(self) -> None:
        """Find out which parts go together."""
        single = get_to_know(self.bar, self.people, self.pool) if len(self.people) else []
        travelling = [family for family in single if goes_by_way(family)]
        self.families = put_together([one for one in single if not goes_by_way(one)], self.people, self.pools)
        self.way = ask_by_minutes(one_family(travelling), self.people, self.pool, self.bar) if travelling else None

    def chunks(self) -> Iterator[Rows]:
        """Persons in parts of bounded size."""
        cells = sum(cells_of(family, self.people, self.pools) for family in self.families)
        share = -(-len(self.people) // WORKERS)
        size = int(max(min(CHUNK_CELLS * len(self.people) // max(cells, 1), MOST_PERSONS, share), 16))
        for start in range(0, len(self.people), size):
            yield np.arange(start, min(start + size, len(self.people)))

    def answers(self, people: People) -> list[Answered]:
        """Every family's answer for some persons."""
        return [answer_for(family, people, self.pools, self.bar) for family in self.families]

    def dense_families(self) -> list[Family]:
        """All families, for whole blocks."""
        return self.families

    def block(self, rows: Rows) -> Weighed:
        """Everything about some persons, as the reference gives it."""
        people = people_rows(self.people, rows)
        answered = [answer_for(family, people, self.pools, self.bar) for family in self.dense_families()]
        return self._dense(rows, people, answered)

    def _dense(self, rows: Rows, people: People, answered: list[Answered]) -> Weighed:
        sides = {name: (mine.of, theirs.of, told) for mine, theirs, one in answered for name, told in one.told.items()}
        way = self._way_places(people, rows)

        def points(feature: str, b: Rows, row: Rows) -> Points:
            if feature in sides:
                mine, theirs, told = sides[feature]
                return told[mine[b], theirs[row]].astype(np.int64)
            assert self.way is not None and way is not None  # noqa: S101 - every feature told is in a family
            return self.way.answer.told[feature][way[0][b], way[1][b, row]].astype(np.int64)

        shape = (len(rows), len(self.pool))
        found = Weighed(
            totals=np.full(shape, self.bar.weights.base, dtype=np.int64),
            overall=np.full(shape, 2, dtype=np.uint8),
            grounded=np.zeros(shape, dtype=np.bool_),
            failed=np.zeros(shape, dtype=np.uint32),
            kinds=np.zeros(shape, dtype=np.uint32),
            points=points,
        )
        for mine, theirs, answer in answered:
            _add(found, answer, mine, theirs)
        if self.way is not None and way is not None:
            _add_way(found, self.way.answer, *way)
        return found

    def _way_places(self, people: People, rows: Rows) -> tuple[Rows, NDArray[np.int64]] | None:
        """Class of every person and column of every pair (B, N) in the way table."""
        if self.way is None:
            return None
        minutes = travel_minutes(people.open, self.pool)
        columns = np.where(np.isnan(minutes), self.way.unknown, np.minimum(minutes, self.way.last)).astype(np.int64)
        return self.way.of.of[rows], columns

    def candidates(self, lookers: Sequence[Looker] = (), advance: Advance | None = None) -> Edges:
        """All pairs that pass every rule and the bar; lookers see the grounded pairs."""
        found = []

        def work(rows: Rows) -> tuple[tuple[Rows, Rows, Points], Seen | None]:
            people = people_rows(self.people, rows)
            answered = self.answers(people)
            if not lookers:
                return self.pairs(rows, answered), None
            seen = self._dense(rows, people, answered).seen(rows)
            return seen.candidates(self.bar), seen

        with ThreadPoolExecutor(WORKERS) as workers:
            for several in batched(self.chunks(), WORKERS):
                for rows, (pairs, seen) in zip(several, workers.map(work, several), strict=True):
                    found.append(pairs)
                    for looker in lookers:
                        assert seen is not None  # noqa: S101 - made for whoever looks
                        looker.add(seen)
                    if advance is not None:
                        advance(len(rows))
        return edges_of(found, len(self.people), len(self.pool))

    def pairs(self, rows: Rows, answered: list[Answered]) -> tuple[Rows, Rows, Points]:
        """Candidates of some persons: masks over all pairs first, points only for what they leave."""
        b, row = surviving(answered, self.bar, (len(rows), len(self.pool)))
        return self.weigh_pairs(rows, answered, b, row)

    def weigh_pairs(self, rows: Rows, answered: list[Answered], b: Rows, row: Rows) -> tuple[Rows, Rows, Points]:
        """Those of single pairs that are candidates, with their points."""
        totals = np.full(len(b), self.bar.weights.base, dtype=np.int64)
        open_ = np.full(len(b), MET, dtype=np.uint8)
        for mine, theirs, answer in answered:
            place = (mine.of[b], theirs.of[row])
            if answer.points is not None:
                totals += answer.points[place]
            gate = gate_of(answer, self.bar)
            if gate is not None:
                np.minimum(open_, gate[place], out=open_)
        if self.way is not None:
            place = (self.way.of.of[rows[b]], self.way_columns(rows[b], row))
            totals += self.way.answer.points[place] if self.way.answer.points is not None else 0
            gate = gate_of(self.way.answer, self.bar)
            if gate is not None:
                np.minimum(open_, gate[place], out=open_)
        good = (totals >= self.bar.floor) & (open_ != NOT_MET)
        keys = totals - np.where(open_ == UNKNOWN, self.bar.discount, 0)
        return rows[b[good]], row[good], keys[good]

    def way_columns(self, persons: Rows, row: Rows) -> NDArray[np.int64]:
        """Column of single pairs in the way table, by the engine's minutes."""
        assert self.way is not None  # noqa: S101 - asked by the caller
        minutes = pair_minutes(self.people, self.pool, persons, row)
        return np.where(np.isnan(minutes), self.way.unknown, np.minimum(minutes, self.way.last)).astype(np.int64)


def batched(parts: Iterable[Rows], size: int) -> Iterator[list[Rows]]:
    """The parts, a few at a time."""
    several: list[Rows] = []
    for part in parts:
        several.append(part)
        if len(several) == size:
            yield several
            several = []
    if several:
        yield several


def surviving(answered: list[Answered], bar: Bar, shape: tuple[int, int]) -> tuple[Rows, Rows]:
    """Pairs that no family rules out and that some ground feature speaks for."""
    open_ = np.ones(shape, dtype=np.bool_)
    ground = np.zeros(shape, dtype=np.bool_)
    for mine, theirs, answer in answered:
        gate = gate_of(answer, bar)
        if gate is not None:
            open_ &= (gate != NOT_MET)[:, theirs.of][mine.of]
        if answer.ground is not None:
            ground |= answer.ground[:, theirs.of][mine.of]
    return np.divmod(np.flatnonzero(open_ & ground), max(shape[1], 1))


def gate_of(answer: Answer, bar: Bar) -> NDArray[np.uint8] | None:
    """The least verdict of a family, "not met" where one of its near misses speaks against a proposal."""
    gate = answer.verdict
    if answer.kinds is not None:
        never = (answer.kinds & bar.never) != 0
        gate = np.where(never, NOT_MET, 2 if gate is None else gate).astype(np.uint8)
    return gate


def put_together(single: list[Family], people: People, pools: PoolClasses, row_cost: float = ROW_COST) -> list[Family]:
    """Families computed together wherever that costs less than apart, judged by some of the persons."""
    spaced = np.linspace(0, max(len(people) - 1, 0), min(len(people), JUDGED)).astype(np.int64)
    people = people_rows(people, spaced)
    found: list[Family] = []
    for family in sorted(single, key=lambda one: cells_of(one, people, pools)):
        best, gain = None, 0.0
        for place, other in enumerate(found):
            both = _cost(other.with_(family), people, pools, row_cost)
            saved = _cost(other, people, pools, row_cost) + _cost(family, people, pools, row_cost) - both
            if saved > gain:
                best, gain = place, saved
        if best is None:
            found.append(family)
        else:
            found[best] = found[best].with_(family)
    return found


def cells_of(family: Family, people: People, pools: PoolClasses) -> int:
    """Pairs of classes a family is computed for."""
    return len(person_classes(people, family.mine)) * len(pools.of(family.theirs)[0])


def _cost(family: Family, people: People, pools: PoolClasses, row_cost: float) -> float:
    pairs = len(people) * len(pools.pool)
    return cells_of(family, people, pools) * len(family.parts) * PART_COST + pairs * row_cost


def one_family(families: list[Family]) -> Family:
    """All families as one."""
    found = families[0]
    for family in families[1:]:
        found = found.with_(family)
    return found


def _add(found: Weighed, answer: Answer, mine: Classes, theirs: Classes) -> None:
    """Add a family's answer to the block, in place."""
    if answer.points is not None:
        np.add(found.totals, answer.points[:, theirs.of][mine.of], out=found.totals)
    if answer.verdict is not None:
        np.minimum(found.overall, answer.verdict[:, theirs.of][mine.of], out=found.overall)
    if answer.failed is not None:
        np.bitwise_or(found.failed, answer.failed[:, theirs.of][mine.of], out=found.failed)
    if answer.ground is not None:
        np.logical_or(found.grounded, answer.ground[:, theirs.of][mine.of], out=found.grounded)
    if answer.kinds is not None:
        np.bitwise_or(found.kinds, answer.kinds[:, theirs.of][mine.of], out=found.kinds)


def _add_way(found: Weighed, answer: Answer, mine: Rows, columns: NDArray[np.int64]) -> None:
    place = (mine[:, None], columns)
    if answer.points is not None:
        np.add(found.totals, answer.points[place], out=found.totals)
    if answer.verdict is not None:
        np.minimum(found.overall, answer.verdict[place], out=found.overall)
    if answer.failed is not None:
        np.bitwise_or(found.failed, answer.failed[place], out=found.failed)
    if answer.ground is not None:
        np.logical_or(found.grounded, answer.ground[place], out=found.grounded)
    if answer.kinds is not None:
        np.bitwise_or(found.kinds, answer.kinds[place], out=found.kinds)
