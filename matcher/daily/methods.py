"""Which way candidates are computed; all ways give the same numbers."""

import importlib.util
from collections.abc import Callable

from matcher.daily.columns import Columns
from matcher.daily.weigh import Bar, Reference, Weigher
from matcher.pool.people import People
from matcher.pool.vacancies import VacancyPool

Make = Callable[[People, VacancyPool, Bar], Weigher]
WORTH_COMPILING = 40_000_000
"""From so many pairs on the fused kernel earns back the seconds in which it is compiled."""


def weigher_of(method: str) -> Make:
    """How pairs are weighed: "reference", "columns" (numpy), "fused" (numba), or "auto" by size."""
    ways: dict[str, Make] = {"reference": Reference, "columns": Columns, "fused": _fused}
    return ways.get(method, _by_size)


def _fused(people: People, pool: VacancyPool, bar: Bar) -> Weigher:
    from matcher.daily.fused import Fused

    return Fused(people, pool, bar)


def _by_size(people: People, pool: VacancyPool, bar: Bar) -> Weigher:
    large = len(people) * len(pool) >= WORTH_COMPILING
    return (_fused if large and importlib.util.find_spec("numba") else Columns)(people, pool, bar)
