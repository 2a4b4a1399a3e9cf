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
