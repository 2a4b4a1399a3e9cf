"""An upper bound on what can still be reached: admission and waiting set aside, the rest exact.

For every set of gains that counts (for the final rate, or needed by another step) and every number of steps left, the
best product of rates and discount if each candidate could be entered at once. Filled backwards with numpy, shape
(steps + 1, 2 ** bits). Gains beyond `MOST_BITS` are taken as given, which keeps the bound an upper one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

SLACK = 1.0 + 1e-9
"""Rounding may not cut an equal chain."""
MOST_BITS = 11


@dataclass(frozen=True, slots=True)
class Relaxed:
    """One candidate as the bound sees it: best factor, gains, needs; for final steps the odds (None: plain factor)."""

    factor: float
    gains: int
    needs: int
    final: bool
    base_odds: float | None
    odds_factors: tuple[tuple[int, float], ...]


class Bound:
    """`of(mask, left)`: no chain from this state with so many steps left is worth more."""

    def __init__(self, candidates: Sequence[Relaxed], held: int, most_steps: int) -> None:
        self.bits = _counted(candidates, held)
        self._free = ~sum(1 << bit for bit in self.bits)
        self._given = held | (_union(one.gains for one in candidates) & self._free)
        self.table = self._fill(candidates, most_steps)
        self._rows: dict[int, int] = {}

    def _index(self, mask: int) -> int:
        return sum(1 << place for place, bit in enumerate(self.bits) if mask >> bit & 1)

    def _fill(self, candidates: Sequence[Relaxed], most_steps: int) -> NDArray[np.float64]:
        states = np.arange(1 << len(self.bits))
        table = np.zeros((most_steps + 1, len(states)))
        final = np.zeros(len(states))
        moves: dict[tuple[int, int], float] = {}
        for one in candidates:
            need, gained = self._index(one.needs), self._index(one.gains)
            if one.final:
                reached = np.where(states & need == need, one.factor * self._rate(one, states), 0.0)
                np.maximum(final, reached, out=final)
            else:
                moves[need, gained] = max(moves.get((need, gained), 0.0), one.factor)
        steps = [(states[states & need == need], gained, factor) for (need, gained), factor in moves.items()]
        for left in range(1, most_steps + 1):
            row = final.copy()
            for here, gained, factor in steps:
                row[here] = np.maximum(row[here], factor * table[left - 1][here | gained])
            table[left] = row
        return table

    def _rate(self, one: Relaxed, states: NDArray[np.int64]) -> NDArray[np.float64]:
        if one.base_odds is None:
            return np.ones(len(states))
        odds = np.full(len(states), one.base_odds)
        for bit, factor in one.odds_factors:
            if bit in self.bits:
                odds[(states >> self.bits.index(bit)) & 1 == 1] *= factor
            elif self._given >> bit & 1:
                odds *= factor
        rates: NDArray[np.float64] = odds / (1.0 + odds)
        return rates

    def of(self, mask: int, left: int) -> float:
        """Best value still possible."""
        row = self._rows.get(mask)
        if row is None:
            row = self._rows[mask] = self._index(mask)
        return float(self.table[left, row]) * SLACK


def _counted(candidates: Sequence[Relaxed], held: int) -> tuple[int, ...]:
    """Gains that are still open and matter: what steps need first, then what raises the final rate most."""
    given = _union(one.gains for one in candidates) & ~held
    needed = _union(one.needs for one in candidates) & given
    weight: dict[int, float] = {}
    for one in candidates:
        for bit, factor in one.odds_factors:
            if given >> bit & 1 and factor > 1.0:
                weight[bit] = max(weight.get(bit, 0.0), factor)
    first = [bit for bit in range(needed.bit_length()) if needed >> bit & 1]
    rest = sorted((bit for bit in weight if bit not in first), key=lambda bit: (-weight[bit], bit))
    return tuple([*first, *rest][:MOST_BITS])


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)
