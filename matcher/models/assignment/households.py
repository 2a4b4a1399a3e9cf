"""Households that share childcare: solve the flow, then branch on pairs of proposals that exclude each other.

A branch keeps one proposal of a violated pair and forbids everything of the other member that excludes it, or
forbids that proposal. Every flow bounds its branch from above; the search is best first and stops at a number of
flows, with the gap to the best bound reported.
"""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.models.assignment.flow import Capacity, Chosen, best_solver, solve
from matcher.models.assignment.values import Assignment, Edges

Pair = tuple[int, int]
"""Two persons of one household, by number."""
Excludes = Callable[[Pair, int, int], bool]
"""(pair, vacancy of the first, vacancy of the second): do the two jobs exclude each other?"""


@dataclass(frozen=True, slots=True)
class Couples:
    """Pairs of persons who share childcare, and what excludes what between their vacancies."""

    pairs: Sequence[Pair] = ()
    excludes: Excludes = lambda _pair, _first, _second: False


def assign(
    edges: Edges,
    capacity: Capacity,
    couples: Couples | None = None,
    *,
    solver: str | None = None,
    node_limit: int = 40,
) -> Assignment:
    """The best assignment; with couples none whose jobs exclude each other, at most `node_limit` flows."""
    name = solver or best_solver()
    return _Search(edges, capacity, couples or Couples(), name).run(node_limit)


class _Search:
    """Best-first search over sets of forbidden edges."""

    def __init__(self, edges: Edges, capacity: Capacity, couples: Couples, solver: str) -> None:
        self.edges, self.capacity, self.couples, self.solver = edges, capacity, couples, solver
        self.starts = edges.starts()
        self.best = np.zeros(len(edges), dtype=np.bool_)
        self.best_total = -1
        self.nodes = 0
        self.waiting: list[tuple[int, int, NDArray[np.bool_], Chosen]] = []

    def run(self, node_limit: int) -> Assignment:
        """Search until the best bound is reached or the limit is used up."""
        self._push(np.ones(len(self.edges), dtype=np.bool_))
        bound = -self.waiting[0][0]
        while self.waiting and -self.waiting[0][0] > self.best_total:
            bound = -self.waiting[0][0]
            if self.nodes >= node_limit and self.best_total >= 0:
                return Assignment(self.best, self.best_total, bound, self.nodes, self.solver)
            _, _, allowed, chosen = heapq.heappop(self.waiting)
            violated = self._violated(chosen)
            if not violated:
                self._take(chosen)
                continue
            self._take(self._repaired(chosen))
            for branch in self._branches(allowed, *violated[0]):
                self._push(branch)
        return Assignment(self.best, self.best_total, self.best_total, self.nodes, self.solver)

    def _push(self, allowed: NDArray[np.bool_]) -> None:
        chosen = np.zeros(len(self.edges), dtype=np.bool_)
        chosen[allowed] = solve(self.edges.keep(allowed), self.capacity, self.solver)
        self.nodes += 1
        heapq.heappush(self.waiting, (-self._total(chosen), self.nodes, allowed, chosen))

    def _total(self, chosen: Chosen) -> int:
        return int(self.edges.points[chosen].sum())

    def _take(self, chosen: Chosen) -> None:
        if self._total(chosen) > self.best_total:
            self.best, self.best_total = chosen, self._total(chosen)

    def _edge_of(self, chosen: Chosen, person: int) -> int | None:
        start, end = self.starts[person], self.starts[person + 1]
        found = np.flatnonzero(chosen[start:end])
        return int(start + found[0]) if len(found) else None

    def _violated(self, chosen: Chosen) -> list[tuple[Pair, int, int]]:
        found = []
        for pair in self.couples.pairs:
            first, second = self._edge_of(chosen, pair[0]), self._edge_of(chosen, pair[1])
            if first is not None and second is not None and self._excluded(pair, first, second):
                found.append((pair, first, second))
        return found

    def _excluded(self, pair: Pair, first: int, second: int) -> bool:
        vacancy = self.edges.vacancy
        return self.couples.excludes(pair, int(vacancy[first]), int(vacancy[second]))

    def _branches(
        self, allowed: NDArray[np.bool_], pair: Pair, first: int, second: int
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Without the first proposal; or with it alone and without what excludes it."""
        without, with_ = allowed.copy(), allowed.copy()
        without[first] = False
        own = slice(int(self.starts[pair[0]]), int(self.starts[pair[0] + 1]))
        with_[own] = False
        with_[first] = allowed[first]
        for other in range(int(self.starts[pair[1]]), int(self.starts[pair[1] + 1])):
            if with_[other] and self._excluded(pair, first, other):
                with_[other] = False
        return without, with_

    def _repaired(self, chosen: Chosen) -> Chosen:
        """An assignment that holds: of every violated pair the proposal with fewer points is taken back."""
        kept = chosen.copy()
        for _, first, second in self._violated(chosen):
            if kept[first] and kept[second]:
                kept[first if self.edges.points[first] < self.edges.points[second] else second] = False
        return kept
