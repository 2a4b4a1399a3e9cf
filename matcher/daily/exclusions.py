"""A sample of exclusions to look at: good jobs that a hard rule took away, drawn evenly and the same every time."""

import hashlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.daily.weigh import Seen, Weigher

NOT_OF_THE_PAIR = ("vacancy.open", "vacancy.no_proposals")
"""Rules about the vacancy or the person alone: nothing to look at for a pair."""


@dataclass(slots=True)
class ExclusionSample:
    """The `size` excluded pairs with the smallest hash among those that would be candidates without the rules."""

    weigher: Weigher
    size: int
    seed: str
    kept: NDArray[np.uint64] = field(init=False)
    pairs: NDArray[np.int64] = field(init=False)
    mine: NDArray[np.uint64] = field(init=False)
    theirs: NDArray[np.uint64] = field(init=False)

    def __post_init__(self) -> None:
        self.kept = np.zeros(0, dtype=np.uint64)
        self.pairs = np.zeros((0, 2), dtype=np.int64)
        self.mine = _hashes(self.weigher.people.open.ids, self.seed)
        self.theirs = _hashes(self.weigher.pool.ids, self.seed)

    def add(self, seen: Seen) -> None:
        """Look at one block of persons."""
        bar = self.weigher.bar
        skip = sum(1 << number for number, rule in enumerate(bar.rules) if rule.id in NOT_OF_THE_PAIR)
        found = (seen.failed != 0) & ((seen.failed & np.uint32(skip)) == 0) & (seen.totals >= bar.floor)
        person, row = seen.person[found], seen.row[found]
        draws = (self.mine[person] ^ self.theirs[row]) * np.uint64(0x9E3779B97F4A7C15)
        kept = np.concatenate([self.kept, draws])
        pairs = np.concatenate([self.pairs, np.stack([person, row], axis=1)])
        order = np.lexsort((pairs[:, 1], pairs[:, 0], kept))[: self.size]
        self.kept, self.pairs = kept[order], pairs[order]


def _hashes(ids: NDArray[np.str_], seed: str) -> NDArray[np.uint64]:
    return np.array(
        [int.from_bytes(hashlib.sha256(f"{seed}|{key}".encode()).digest()[:8], "big") for key in ids], dtype=np.uint64
    )
