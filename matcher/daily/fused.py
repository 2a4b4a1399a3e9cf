"""The same pairs and points as the reference in native code, where numba is installed.

Nothing is ever done for all pairs: occupation (or the words of the profile) must speak for a vacancy, and that is
found per class. Only these pairs are looked up in the families' tables, put together and compared with the bar.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.daily import occupation_table
from matcher.daily.blocks import people_rows
from matcher.daily.columns import WORKERS, Columns, batched, cells_of, one_family, put_together
from matcher.daily.grid import Grid, make_grid
from matcher.daily.lookup import Lookup
from matcher.daily.occupation_table import OccupationTable
from matcher.daily.pairs import minutes_per_radian, unit_vectors
from matcher.daily.parts import Family, get_to_know
from matcher.daily.way import ask_by_minutes, goes_by_way
from matcher.daily.weigh import Advance, Looker, Rows, Seen, edges_of
from matcher.models.assignment import Edges

BATCH_PAIRS = 300_000
"""So many pairs, roughly, go through at once in each worker."""
TABLE_CELLS = 4_000_000
"""Tables of families over classes hold at most so many entries."""
Pairs = tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]
"""Place of the person in the chunk, vacancy, points, near misses."""
PAIR_COST = 0.2
"""What a family costs per pair of a person and a vacancy: few pairs are looked up (measured, nanoseconds)."""


@dataclass(slots=True)
class Fused(Columns):
    """Weighs persons against the pool by classes and one native pass; needs numba.

    Where a bar holds other functions of occupation than the native ones, it works as `Columns`.
    """

    table: OccupationTable | None = field(init=False)
    heavy: Family | None = field(init=False)
    grid: Grid = field(init=False)
    member: tuple[NDArray[np.int64], NDArray[np.int64]] = field(init=False)
    travel: tuple[NDArray[np.float64], ...] = field(init=False)

    def sort_families(self) -> None:
        """Occupation goes to the native table; the others are kept apart, few pairs being looked up."""
        single = get_to_know(self.bar, self.people, self.pool) if len(self.people) else []
        travelling = [family for family in single if goes_by_way(family)]
        known = [family for family in single if occupation_table.is_known(family.parts[0])]
        others = [family for family in single if family not in travelling and family not in known]
        self.way = ask_by_minutes(one_family(travelling), self.people, self.pool, self.bar) if travelling else None
        self.heavy = one_family(known) if known else None
        self.table = occupation_table.make(self.heavy, self.people, self.pools, self.bar) if self.heavy else None
        if self.table is None or self.way is None or self.way.answer.points is None:
            self.table, self.heavy = None, None
            self.families = put_together(known + others, self.people, self.pools)
            return
        self.families = put_together(others, self.people, self.pools, PAIR_COST)
        self.grid = make_grid(self.pool)
        of = self.table.theirs.of
        self.member = np.searchsorted(np.sort(of), np.arange(len(self.table.theirs) + 1)), np.argsort(of, kind="stable")
        vectors = unit_vectors(self.people.open.lat, self.people.open.lon)
        traveller = np.stack([minutes_per_radian(self.people), self.people.open.extra_minutes])
        self.travel = vectors, unit_vectors(self.pool.lat, self.pool.lon), traveller

    def dense_families(self) -> list[Family]:
        """All families, for whole blocks."""
        return [*self.families, self.heavy] if self.heavy is not None else self.families

    def candidates(self, lookers: Sequence[Looker] = (), advance: Advance | None = None) -> Edges:
        """All pairs that pass every rule and the bar; lookers see the grounded pairs."""
        if self.table is None:
            return Columns.candidates(self, lookers, advance)
        found = []
        for rows in self._chunks(self.table):
            lookup = Lookup.make(self, rows, self.answers(people_rows(self.people, rows)), every=bool(lookers))
            work = partial(self._batch, lookup)
            with ThreadPoolExecutor(WORKERS) as workers:
                for several in batched(self._batches(self.table, rows), WORKERS):
                    for some, seen in zip(several, workers.map(work, several), strict=True):
                        found.append(seen.candidates(self.bar))
                        for looker in lookers:
                            looker.add(seen)
                        if advance is not None:
                            advance(len(some))
        return edges_of(found, len(self.people), len(self.pool))

    def _chunks(self, table: OccupationTable) -> Iterator[Rows]:
        """Persons by occupation, as many at once as the tables of the families may hold."""
        order = np.argsort(table.mine.of, kind="stable")
        cells = sum(cells_of(family, self.people, self.pools) for family in self.families)
        yield from np.array_split(order, max(-(-cells // TABLE_CELLS), 1)) if len(order) else ()

    def _batches(self, table: OccupationTable, rows: Rows) -> Iterator[Rows]:
        """Places of the chunk's persons in parts of bounded size."""
        size = max(BATCH_PAIRS // max(len(self.pool) // 10, 1), 16)
        share = max(-(-len(rows) // WORKERS), 1)
        for start in range(0, len(rows), min(size, share)):
            yield np.arange(start, min(start + min(size, share), len(rows)))

    def _batch(self, lookup: "Lookup", some: Rows) -> Seen:
        """The pairs of some persons of a chunk."""
        from matcher.daily.kernel import spread

        assert self.table is not None  # noqa: S101 - asked by the caller
        own = self.table.mine.of[lookup.rows[some]]
        cells = self.table.speaking(np.unique(own))
        first, until = np.searchsorted(cells.mine, own), np.searchsorted(cells.mine, own, side="right")
        sizes = np.diff(self.member[0])[cells.theirs]
        before = np.concatenate([[0], np.cumsum(sizes)])
        room = int((before[until] - before[first]).sum())
        out = [np.empty(room + 1, np.int32) for _ in range(3)]
        box = np.ascontiguousarray(lookup.boxes[:, some])
        count = spread(first, until, cells.theirs, *self.member, box, self.grid.spot, *out)
        person, row, cell = (part[:count] for part in out)
        pairs: Pairs = some[person], row, cells.points[cell], cells.kinds[cell]
        return lookup.look(*_both(pairs, self._by_words(lookup, some)))

    def _by_words(self, lookup: "Lookup", some: Rows) -> Pairs:
        """Pairs that something else than occupation speaks for."""
        assert self.table is not None  # noqa: S101 - asked by the caller
        person, row = lookup.other_ground(some)
        cells = self.table.cells(
            self.table.mine.of[lookup.rows[person]].astype(np.int32), self.table.theirs.of[row].astype(np.int32)
        )
        new = ~cells.ground
        return person[new], row[new], cells.points[new], cells.kinds[new]


def _both(one: Pairs, other: Pairs) -> Pairs:
    first, second, third, fourth = (np.concatenate([one[side], other[side]]) for side in range(4))
    return first, second, third, fourth
