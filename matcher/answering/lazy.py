"""Sequences whose items are put into words only when somebody looks at them.

A question over 5,500 vacancies excludes thousands; their sentences are built when they are shown or written.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Worded(Sequence[T]):
    """`make(rows[i])` on demand; behaves like a tuple otherwise."""

    def __init__(self, rows: Sequence[int], make: Callable[[int], T]) -> None:
        self.rows, self._make = rows, make

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> "Worded[T]": ...
    def __getitem__(self, index: int | slice) -> "T | Worded[T]":
        if isinstance(index, slice):
            return Worded(self.rows[index], self._make)
        return self._make(self.rows[index])

    def __iter__(self) -> Iterator[T]:
        return (self._make(row) for row in self.rows)


class Joined(Sequence[T]):
    """Several sequences one after the other, none of them copied."""

    def __init__(self, *parts: Sequence[T]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(len(part) for part in self._parts)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return tuple(self)[index]
        place = range(len(self))[index]
        for part in self._parts:
            if place < len(part):
                return part[place]
            place -= len(part)
        raise IndexError(index)

    def __iter__(self) -> Iterator[T]:
        return (item for part in self._parts for item in part)


class Later(Sequence[T]):
    """A sequence that is made when somebody first looks at it; its length may be known before."""

    def __init__(self, make: Callable[[], Sequence[T]], count: Callable[[], int] | None = None) -> None:
        self._make, self._count = make, count
        self._made: Sequence[T] | None = None

    @property
    def _items(self) -> Sequence[T]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __len__(self) -> int:
        return len(self._items) if self._count is None or self._made is not None else self._count()

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._items[index]
