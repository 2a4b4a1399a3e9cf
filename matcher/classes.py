"""A pool by classes: rows that agree in every column a computation reads are computed once.

Thousands of vacancies share a few dozen combinations of kind, level, hours or papers. A rule or feature that names
the columns it reads is given one row per combination; its answers are spread over the pool by index. A name that
was not given is an AttributeError, so nothing can be read that was not named.
"""

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

R = TypeVar("R")
Index = NDArray[np.intp]

WHOLE = frozenset({"codes", "near_codes", "near", "near_field", "today", "columns", "offers"})
"""What belongs to the pool as a whole and is handed on as it is."""


class Combinations:
    """One row per combination of the named columns; no other attribute exists."""

    def __init__(self, columns: dict[str, Any], count: int) -> None:
        self.__dict__.update(columns)
        self._count = count

    def __len__(self) -> int:
        return self._count


class Rows:
    """Some rows of a pool: a column is picked when it is first read. `place` (N,) leads from the pool's rows here."""

    def __init__(self, pool: Any, rows: Index) -> None:
        self.pool, self.rows = pool, rows

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def place(self) -> Index:
        """Where the pool's rows stand here; 0 for those that don't."""
        place = np.zeros(len(self.pool), dtype=np.intp)
        place[self.rows] = np.arange(len(self.rows))
        return place

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.pool, name)
        if name not in WHOLE:
            value = value[self.rows]
        self.__dict__[name] = value
        return value


KEPT_ANSWERS = 4096
"""So many answers for combinations of a person's facts are kept; then all are forgotten."""


class Asked(Protocol):
    """A rule or feature: its name, the pool's columns it reads and the person's facts it asks for."""

    @property
    def id(self) -> str: ...
    @property
    def reads(self) -> tuple[str, ...] | None: ...
    @property
    def asks(self) -> tuple[str, ...] | None: ...


class Worded(Protocol):
    """A feature that names what its sentence reads."""

    @property
    def id(self) -> str: ...
    @property
    def words(self) -> tuple[tuple[str, ...], tuple[str, ...]] | None: ...


def _facts(people: Any, names: tuple[str, ...], b: int = 0) -> Iterator[object]:
    """One person's values of some columns, to be compared; `protected.x` and `open.x` name the part."""
    for name in names:
        fact = _reader(name)(people)[b]
        yield fact if type(fact) in _PLAIN else fact.tobytes()


_PLAIN = frozenset({frozenset, str, type(None)})


@lru_cache(maxsize=256)
def _reader(name: str) -> Callable[[Any], Any]:
    return attrgetter(name)


class Classes(Generic[R]):
    """The classes of one pool, found when first asked for and kept with it."""

    def __init__(self, pool: R) -> None:
        self.pool = pool
        self._answers: dict[tuple[object, ...], NDArray[Any]] = {}
        self._codes: dict[str, Index] = {}
        self._found: dict[tuple[str, ...], tuple[R, Index]] = {}
        self._sentences: dict[tuple[object, ...], dict[int, str]] = {}

    def __len__(self) -> int:
        return len(cast(Any, self.pool))

    def of(self, reads: tuple[str, ...]) -> tuple[R, Index]:
        """One row per combination of the named columns, and for every row of the pool its combination, (N,)."""
        if reads not in self._found:
            self._found[reads] = self._split(reads)
        return self._found[reads]

    def answer(self, one: "Asked", people: Any, pool: R, compute: Callable[[Any, R], NDArray[Any]]) -> NDArray[Any]:
        """What a rule or feature says of a block; for one person what it said of anybody with the same facts."""
        if one.asks is None or isinstance(pool, Rows) or len(people) != 1:
            return compute(people, pool)
        key = (one.id, compute, *_facts(people, one.asks))
        known = self._answers.get(key)
        if known is None:
            if len(self._answers) >= KEPT_ANSWERS:
                self._answers.clear()
            known = self._answers[key] = compute(people, pool)
        return known

    def sentences(self, one: Worded, people: Any, b: int) -> tuple[dict[int, str], R, Index]:
        """The sentences about a person with these facts by class, the classes, and the class of every row."""
        reads, asks = one.words or ((), ())
        part, of_row = self.of(reads)
        key = (one.id, reads, *_facts(people, asks, b))
        if key not in self._sentences:
            if len(self._sentences) >= KEPT_ANSWERS:
                self._sentences.clear()
            self._sentences[key] = {}
        return self._sentences[key], part, of_row

    def some(self, rows: Index) -> Rows:
        """Some rows of the pool."""
        return Rows(self.pool, rows)

    def _split(self, reads: tuple[str, ...]) -> tuple[R, Index]:
        rows = tuple(name for name in reads if name not in WHOLE)
        code = np.zeros(len(self), dtype=np.intp)
        for name in rows:
            own = self._code(name)
            code = np.unique(code * (int(own.max(initial=0)) + 1) + own, return_inverse=True)[1]
        first = np.unique(code, return_index=True)[1]
        columns = {name: getattr(self.pool, name)[first] for name in rows}
        columns |= {name: getattr(self.pool, name) for name in reads if name in WHOLE}
        return cast(R, Combinations(columns, len(first))), code

    def _code(self, name: str) -> Index:
        if name not in self._codes:
            column = np.ascontiguousarray(getattr(self.pool, name))
            wide = column.reshape(len(column), -1)
            flat = wide.view(np.dtype((np.void, wide.dtype.itemsize * wide.shape[1]))).ravel()
            kind = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}.get(flat.dtype.itemsize)
            self._codes[name] = np.unique(flat.view(kind) if kind else flat, return_inverse=True)[1].astype(np.intp)
        return self._codes[name]


def spread(values: NDArray[Any], of_row: Index | None) -> NDArray[Any]:
    """Values per class, shape (B, K), as values per row, shape (B, N)."""
    return values if of_row is None else values.take(of_row, axis=1, mode="clip")
