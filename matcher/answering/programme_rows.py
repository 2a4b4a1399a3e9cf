"""What a pool of measures tells about its programmes whoever asks: state by dates, rows of offers, ways in.

Made once per pool and question kind, so that a question only looks it up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.answering.access import access_details, access_words
from matcher.answering.programme_state import State, closed, states
from matcher.classes import Classes
from matcher.pool.offers import MeasurePool

Details = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class ProgrammeRows:
    """`offer_rows[p]`: rows of a programme's offers by start, then id, so that who runs them plays no part."""

    pool: MeasurePool
    catalogue_only: bool
    documented_periods: bool
    state: Sequence[State]
    closed: NDArray[np.bool_]
    groups: Sequence[str]
    offer_rows: Sequence[Sequence[int]]
    place: dict[str, int]
    classes: Classes[MeasurePool]
    ways: dict[tuple[int, int], tuple[str, Details]] = field(default_factory=dict, compare=False, repr=False)

    def way_in(self, row: int) -> tuple[str, Details]:
        """Words and details of the way into a row's programme or offer."""
        p, own = int(self.pool.programme[row]), int(self.pool.offer[row])
        if (p, own) not in self.ways:
            offer = self.pool.offers[own] if own >= 0 else None
            programme = self.pool.columns.programmes[p]
            self.ways[p, own] = access_words(programme, offer), access_details(programme, offer)
        return self.ways[p, own]

    def offer_id(self, row: int) -> str | None:
        """The id of a row's offer, None where it has none."""
        own = int(self.pool.offer[row])
        return self.pool.offers[own].id if own >= 0 else None

    def marked(self, names: frozenset[str]) -> NDArray[np.bool_]:
        """Which programmes have one of these ids, shape (P,)."""
        found = np.zeros(len(self.groups), dtype=np.bool_)
        found[[self.place[name] for name in names if name in self.place]] = True
        return found


def programme_rows(pool: MeasurePool, *, catalogue_only: bool, documented_periods: bool) -> ProgrammeRows:
    """Look everything up once."""
    programmes = pool.columns.programmes
    state = states(programmes, pool.today, catalogue_only, documented_periods)
    return ProgrammeRows(
        pool=pool,
        catalogue_only=catalogue_only,
        documented_periods=documented_periods,
        state=state,
        closed=np.array([closed(one) for one in state], dtype=np.bool_),
        groups=[programme.subkind.split("/")[0].strip().lower() for programme in programmes],
        offer_rows=_offer_rows(pool),
        place={programme.id: p for p, programme in enumerate(programmes)},
        classes=Classes(pool),
    )


def _offer_rows(pool: MeasurePool) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in pool.columns.programmes]
    starts, offer = pool.starts_on, pool.offer.tolist()
    rows = [row for row, own in enumerate(offer) if own >= 0]
    for row in sorted(rows, key=lambda r: (bool(np.isnat(starts[r])), str(starts[r]), pool.offers[offer[r]].id)):
        found[int(pool.programme[row])].append(row)
    return found
