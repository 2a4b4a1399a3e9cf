"""Columns with the fused kernel: the same pairs and points as the reference, where numba is installed."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Points
from matcher.daily.blocks import people_rows
from matcher.daily.columns import Answered, Columns, gate_of
from matcher.daily.grid import Grid, furthest_km, make_grid
from matcher.daily.pairs import minutes_per_radian, unit_vectors
from matcher.daily.weigh import Rows
from matcher.results import MET

Table = tuple[NDArray[np.uint8], NDArray[np.int64]]


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

        scored = [one for one in answered if one[2].points is not None]
        tables = [one[2].points for one in scored if one[2].points is not None]
        gate = gate_of(way.answer, self.bar)
        size, persons = len(self.pool), len(rows)
        gates, gate_rows = self._stacked([(one, gate_of(one[2], self.bar)) for one in answered], persons)
        grounds, ground_rows = self._stacked([(one, one[2].ground) for one in answered], persons)
        out_place, doubt = np.empty((persons, size + 1), np.int32), np.empty((persons, size + 1), np.int32)
        out_points = np.empty((persons, size + 1), np.int64)
        out_count, doubt_count = np.zeros(persons, np.int64), np.zeros(persons, np.int64)
        scan(
            self.grid.boxes(people_rows(self.people, rows), furthest_km(self.people, rows, way)),
            self.grid.start,
            self.grid.columns,
            self.grid.lost,
            gates,
            gate_rows,
            grounds,
            ground_rows,
            self.bar.weights.base,
            self.bar.floor,
            self.bar.discount,
            np.concatenate([table.reshape(-1) for table in tables]),
            np.cumsum([0, *(table.size for table in tables)])[:-1],
            np.array([table.shape[1] for table in tables]),
            np.stack([mine.of for mine, _, _ in scored]),
            np.stack([theirs.of[self.grid.order].astype(np.int32) for _, theirs, _ in scored]),
            np.ascontiguousarray(self.vectors[:, rows]),
            self.spots,
            np.ascontiguousarray(self.traveller[:, rows]),
            way.answer.points,
            np.full(way.answer.points.shape, MET, np.uint8) if gate is None else gate,
            way.of.of[rows],
            out_place,
            out_points,
            out_count,
            doubt,
            doubt_count,
        )
        sure = self._read(rows, out_place, out_count)
        points = np.concatenate([out_points[b, :count] for b, count in enumerate(out_count)])
        b, row = self._read(np.arange(persons), doubt, doubt_count)
        asked = self.weigh_pairs(rows, answered, b, row)
        return (
            np.concatenate([sure[0], asked[0]]),
            np.concatenate([sure[1], asked[1]]),
            np.concatenate([points, asked[2]]),
        )

    def _stacked(self, tables: list[tuple[Answered, NDArray[np.generic] | None]], persons: int) -> Table:
        """Tables over all vacancies in the grid's order under one another, and every person's row in each."""
        parts, rows, height = [], [], 0
        for (mine, theirs, _), table in tables:
            if table is not None:
                parts.append(table[:, theirs.of[self.grid.order]].astype(np.uint8))
                rows.append(mine.of + height)
                height += len(table)
        if not parts:
            return np.zeros((0, len(self.pool)), np.uint8), np.zeros((0, persons), np.int64)
        return np.concatenate(parts), np.stack(rows)

    def _read(self, rows: Rows, places: NDArray[np.int32], counts: NDArray[np.int64]) -> tuple[Rows, Rows]:
        found = [places[b, :count] for b, count in enumerate(counts)]
        return np.repeat(rows, counts), self.grid.order[np.concatenate(found)]
