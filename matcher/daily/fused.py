"""Columns with the fused kernel: the same pairs and points as the reference, where numba is installed."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Points
from matcher.daily.blocks import people_rows
from matcher.daily.columns import Answered, Columns, gate_of
from matcher.daily.grid import Grid, furthest_km, make_grid
from matcher.daily.pairs import minutes_per_radian, unit_vectors
from matcher.daily.way import Way
from matcher.daily.weigh import Rows
from matcher.results import MET

BATCH = 128
"""So many persons share the kernel's buffers."""
BITS = np.array([0, 1, 3], dtype=np.uint8)
"""Verdicts as bytes whose AND is the least of them."""
Table = tuple[NDArray[np.uint64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class _Buffers:
    """Where the kernel writes: candidates and their points, close calls, and how many of both."""

    place: NDArray[np.int32]
    points: NDArray[np.int64]
    count: NDArray[np.int64]
    doubt: NDArray[np.int32]
    doubts: NDArray[np.int64]

    @staticmethod
    def make(persons: int, size: int) -> "_Buffers":
        shape = (persons, size)
        numbers = np.zeros(persons, np.int64), np.zeros(persons, np.int64)
        return _Buffers(
            np.empty(shape, np.int32), np.empty(shape, np.int64), numbers[0], np.empty(shape, np.int32), numbers[1]
        )

    def all(self) -> tuple[NDArray[Any], ...]:
        """In the kernel's order."""
        return self.place, self.points, self.count, self.doubt, self.doubts


@dataclass(slots=True)
class Fused(Columns):
    """Weighs persons against the pool by classes and one native pass; needs numba."""

    grid: Grid = field(init=False)
    spots: NDArray[np.float64] = field(init=False)
    vectors: NDArray[np.float64] = field(init=False)
    traveller: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        Columns.__post_init__(self)
        self.grid = make_grid(self.pool)
        self.spots = np.ascontiguousarray(unit_vectors(self.pool.lat, self.pool.lon)[:, self.grid.order])
        self.vectors = unit_vectors(self.people.open.lat, self.people.open.lon)
        self.traveller = np.stack([minutes_per_radian(self.people), self.people.open.extra_minutes])

    def pairs(self, rows: Rows, answered: list[Answered]) -> tuple[Rows, Rows, Points]:
        """Candidates of some persons, by the kernel; close calls of rounding go to the engine."""
        way = self.way
        if way is None or way.answer.points is None:
            return Columns.pairs(self, rows, answered)
        from matcher.daily.kernel import scan

        fixed = self._fixed(rows, answered, way)
        buffers = _Buffers.make(min(len(rows), BATCH), len(self.pool) + 1)
        sure: list[tuple[Rows, Rows, Points]] = []
        unsure: list[tuple[Rows, Rows]] = []
        for start in range(0, len(rows), BATCH):
            some = np.arange(start, min(start + BATCH, len(rows)))
            scan(*(part[..., some] if moves else part for part, moves in fixed), *buffers.all())
            b, row = self._read(some, buffers.place, buffers.count)
            points = [buffers.points[number, : buffers.count[number]] for number in range(len(some))]
            sure.append((rows[b], row, np.concatenate(points)))
            unsure.append(self._read(some, buffers.doubt, buffers.doubts))
        b, row = (np.concatenate([one[side] for one in unsure]) for side in range(2))
        sure.append(self.weigh_pairs(rows, answered, b, row))
        first, second, third = (np.concatenate([one[side] for one in sure]) for side in range(3))
        return first, second, third

    def _fixed(self, rows: Rows, answered: list[Answered], way: Way) -> list[tuple[Any, bool]]:
        """What the kernel is given, in its order, and whether it has one entry per person (last axis)."""
        scored = [(mine, theirs, one.points) for mine, theirs, one in answered if one.points is not None]
        people, gate = people_rows(self.people, rows), gate_of(way.answer, self.bar)
        points = way.answer.points
        assert points is not None  # noqa: S101 - asked by the caller
        gates, gate_rows = self._stacked([(one, _bits(gate_of(one[2], self.bar))) for one in answered], len(rows))
        grounds, ground_rows = self._stacked([(one, one[2].ground) for one in answered], len(rows))
        boxes = np.ascontiguousarray(self.grid.boxes(people, furthest_km(self.people, rows, way)).T)
        return [
            (boxes, True),
            (self.grid.start, False),
            (self.grid.columns, False),
            (self.grid.lost, False),
            (gates, False),
            (gate_rows, True),
            (grounds, False),
            (ground_rows, True),
            (self.bar.weights.base, False),
            (self.bar.floor, False),
            (self.bar.discount, False),
            (np.concatenate([table.reshape(-1) for _, _, table in scored]), False),
            (np.cumsum([0, *(table.size for _, _, table in scored)])[:-1], False),
            (np.array([table.shape[1] for _, _, table in scored]), False),
            (np.stack([mine.of for mine, _, _ in scored]), True),
            (np.stack([theirs.of[self.grid.order].astype(np.int32) for _, theirs, _ in scored]), False),
            (self.vectors[:, rows], True),
            (self.spots, False),
            (self.traveller[:, rows], True),
            (points, False),
            (np.full(points.shape, BITS[MET], np.uint8) if gate is None else BITS[gate], False),
            (way.of.of[rows], True),
        ]

    def _stacked(self, tables: list[tuple[Answered, NDArray[np.generic] | None]], persons: int) -> Table:
        """Tables over all vacancies in the grid's order, eight to a word, and every person's row in each."""
        size = len(self.pool)
        parts, rows, height = [np.zeros((0, -(-size // 8) * 8), np.uint8)], [], 0
        for (mine, theirs, _), table in tables:
            if table is not None:
                part = np.zeros((len(table), parts[0].shape[1]), np.uint8)
                part[:, :size] = table[:, theirs.of[self.grid.order]]
                parts.append(part)
                rows.append(mine.of + height)
                height += len(table)
        numbers = np.stack(rows) if rows else np.zeros((0, persons), np.int64)
        return np.concatenate(parts).view(np.uint64), numbers

    def _read(self, rows: Rows, places: NDArray[np.int32], counts: NDArray[np.int64]) -> tuple[Rows, Rows]:
        found = [places[number, : counts[number]] for number in range(len(rows))]
        return np.repeat(rows, counts[: len(rows)]), self.grid.order[np.concatenate(found)]


def _bits(gate: NDArray[np.uint8] | None) -> NDArray[np.uint8] | None:
    return None if gate is None else BITS[gate]
