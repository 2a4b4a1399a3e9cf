"""Everything the families and the way say about the persons of a chunk, as flat tables for the native pass."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Points
from matcher.daily.blocks import people_rows
from matcher.daily.columns import Answered
from matcher.daily.grid import furthest_km
from matcher.daily.parts import Answer
from matcher.daily.weigh import Rows, Seen
from matcher.features.qualification import QUALIFICATION
from matcher.results import MET, NOT_MET, UNKNOWN

if TYPE_CHECKING:
    from matcher.daily.fused import Fused

KINDS_FROM, OPEN_BIT, CLOSE_BIT = np.uint64(32), np.uint64(1 << 63), np.uint64(1 << 62)
LOW = np.uint64(0xFFFFFFFF)


def words_of(answer: Answer) -> NDArray[np.uint64]:
    """What a family says of every pair of classes, as words (`matcher.daily.kernel`)."""
    shape = next(part.shape for part in (answer.verdict, answer.points, answer.kinds) if part is not None)
    found = np.zeros(shape, dtype=np.uint64)
    if answer.verdict is not None and answer.failed is not None:
        found |= answer.failed | np.where(answer.verdict == UNKNOWN, OPEN_BIT, np.uint64(0))
    if answer.kinds is not None:
        found |= answer.kinds.astype(np.uint64) << KINDS_FROM
    return found


@dataclass(frozen=True, slots=True)
class Lookup:
    """Tables for the persons `rows`; `boxes` (4, persons) the cells of the grid in their reach."""

    fused: "Fused"
    rows: Rows
    answered: list[Answered]
    boxes: NDArray[np.int64]
    every: bool
    mine: NDArray[np.int32]
    theirs: NDArray[np.int32]
    tables: tuple[NDArray[Any], ...]
    way: tuple[NDArray[Any], ...]

    @staticmethod
    def make(fused: "Fused", rows: Rows, answered: list[Answered], *, every: bool) -> "Lookup":
        """Put the families' answers into flat tables; with `every` pair the grid leaves nothing out."""
        assert fused.way is not None and fused.way.answer.points is not None  # noqa: S101 - asked by the caller
        words = [words_of(one) for _, _, one in answered]
        points = [
            np.zeros(w.shape, np.int32) if a.points is None else a.points
            for (*_, a), w in zip(answered, words, strict=True)
        ]
        sizes = [table.size for table in words]
        km = furthest_km(fused.people, rows, fused.way)
        vectors, spots, traveller = fused.travel
        return Lookup(
            fused,
            rows,
            answered,
            np.ascontiguousarray(
                fused.grid.boxes(people_rows(fused.people, rows), np.full_like(km, np.inf) if every else km).T
            ),
            every,
            np.stack([mine.of.astype(np.int32) for mine, _, _ in answered]),
            np.stack([theirs.of.astype(np.int32) for _, theirs, _ in answered]),
            (
                np.cumsum([0, *sizes])[:-1],
                np.array([table.shape[1] for table in words]),
                np.concatenate([table.reshape(-1) for table in points]),
                np.concatenate([table.reshape(-1) for table in words]),
            ),
            (
                np.ascontiguousarray(vectors[:, rows]),
                spots,
                np.ascontiguousarray(traveller[:, rows]),
                fused.way.of.of[rows],
                fused.way.answer.points.astype(np.int64),
                words_of(fused.way.answer),
            ),
        )

    def other_ground(self, some: Rows) -> tuple[Rows, Rows]:
        """Pairs of some persons that a ground feature of the families speaks for: places in the chunk, vacancies."""
        found = [np.zeros(0, dtype=np.int64)]
        size = len(self.fused.pool)
        for mine, theirs, answer in self.answered:
            if answer.ground is None:
                continue
            speaks = np.asarray(answer.ground.any(axis=1))
            asked = some[speaks[mine.of[some]]]
            b, row = np.nonzero(answer.ground[mine.of[asked]][:, theirs.of])
            found.append(asked[b] * size + row)
        person, row = np.divmod(np.unique(np.concatenate(found)), max(size, 1))
        return person, row

    def look(self, person: Rows, row: Rows, points: NDArray[np.int32], kinds: NDArray[np.uint64]) -> Seen:
        """Add up all that is said about single pairs; without `every`, only candidates are left."""
        from matcher.daily.kernel import weigh

        bar = self.fused.bar
        totals, words = points.astype(np.int64) + bar.weights.base, kinds << KINDS_FROM
        dead = LOW | np.uint64(int(bar.never) << 32)
        left = weigh(
            person, row, totals, words, self.mine, self.theirs, self.tables, self.way, self.every, dead, bar.floor
        )
        self._add_close_calls(person[:left], row[:left], totals[:left], words[:left])
        return self._seen(person[:left], row[:left], totals[:left], words[:left])

    def _add_close_calls(self, person: Rows, row: Rows, totals: Points, words: NDArray[np.uint64]) -> None:
        """Ask the engine for the minutes of pairs that round only just; in place."""
        at = np.flatnonzero(words & CLOSE_BIT)
        column = self.fused.way_columns(self.rows[person[at]], row[at].astype(np.int64))
        place = (self.way[3][person[at]], column)
        totals[at] += self.way[4][place]
        words[at] = (words[at] & ~CLOSE_BIT) | self.way[5][place]

    def _seen(self, person: Rows, row: Rows, totals: Points, words: NDArray[np.uint64]) -> Seen:
        failed = (words & LOW).astype(np.uint32)
        kinds = ((words & ~(OPEN_BIT | CLOSE_BIT)) >> KINDS_FROM).astype(np.uint32)
        overall = np.where(failed != 0, NOT_MET, np.where((words & OPEN_BIT) != 0, UNKNOWN, MET)).astype(np.uint8)
        numbers = self.rows[person]
        return Seen(
            numbers, row, totals, overall, failed, kinds, lambda name, at: self._told(name, person[at], row[at])
        )

    def _told(self, feature: str, person: Rows, row: Rows) -> Points:
        """Points of one feature for single pairs."""
        table, way = self.fused.table, self.fused.way
        assert table is not None and way is not None  # noqa: S101 - asked when it was made
        if feature == QUALIFICATION.id:
            own = table.mine.of[self.rows[person]].astype(np.int32)
            return table.cells(own, table.theirs.of[row].astype(np.int32)).of_level.astype(np.int64)
        for mine, theirs, answer in self.answered:
            if feature in answer.told:
                found: Points = answer.told[feature][mine.of[person], theirs.of[row]].astype(np.int64)
                return found
        column = self.fused.way_columns(self.rows[person], row.astype(np.int64))
        by_way: Points = way.answer.told[feature][self.way[3][person], column].astype(np.int64)
        return by_way
