"""An upper bound on what can still be reached: admission, waiting and prerequisites set aside, the rest exact.

For every set of gains that counts for the final step and every number of steps left, the best product of rates and
discount if each candidate could always be entered at once. Shape (steps + 1, 2 ** bits), filled backwards with numpy.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SLACK = 1.0 + 1e-9
"""Rounding may not cut an equal chain."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """One candidate as the bound sees it: best factor, gains, and for final steps the odds (None: a plain factor)."""

    factor: float
    gains: int
    final: bool
    base_odds: float | None
    odds_factors: tuple[tuple[int, float], ...]


class Bound:
    """`of(mask, left)`: no chain from this state with so many steps left is worth more."""

    def __init__(self, candidates: Sequence[Relaxed], held: int, most_steps: int) -> None:
        counted = 0
        for one in candidates:
            for bit, factor in one.odds_factors:
                counted |= 1 << bit if factor > 1.0 else 0
        given = 0
        for one in candidates:
            given |= one.gains
        open_bits = counted & given & ~held
        self.bits = tuple(bit for bit in range(open_bits.bit_length()) if open_bits >> bit & 1)
        self.table = self._fill(candidates, held, most_steps)
        self._rows: dict[int, int] = {}

    def _index(self, mask: int) -> int:
        return sum(1 << place for place, bit in enumerate(self.bits) if mask >> bit & 1)

    def _fill(self, candidates: Sequence[Relaxed], held: int, most_steps: int) -> NDArray[np.float64]:
        states = np.arange(1 << len(self.bits))
        table = np.zeros((most_steps + 1, len(states)))
        final = np.zeros(len(states))
        for one in candidates:
            if one.final:
                np.maximum(final, one.factor * self._rate(one, held, states), out=final)
        moves: dict[int, float] = {}
        for one in candidates:
            if not one.final:
                gained = self._index(one.gains)
                moves[gained] = max(moves.get(gained, 0.0), one.factor)
        for left in range(1, most_steps + 1):
            row = final.copy()
            for gained, factor in moves.items():
                np.maximum(row, factor * table[left - 1][states | gained], out=row)
            table[left] = row
        return table

    def _rate(self, one: Relaxed, held: int, states: NDArray[np.int64]) -> NDArray[np.float64]:
        if one.base_odds is None:
            return np.ones(len(states))
        odds = np.full(len(states), one.base_odds)
        for bit, factor in one.odds_factors:
            if bit in self.bits:
                odds[(states >> self.bits.index(bit)) & 1 == 1] *= factor
            elif held >> bit & 1:
                odds *= factor
        rates: NDArray[np.float64] = odds / (1.0 + odds)
        return rates

    def of(self, mask: int, left: int) -> float:
        """Best value still possible."""
        row = self._rows.get(mask)
        if row is None:
            row = self._rows[mask] = self._index(mask)
        return float(self.table[left, row]) * SLACK
