"""Rows that are alike in some columns, found once: what is computed for one of them holds for all.

Exact: two rows are alike when every byte of the columns is the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Classes:
    """`first` (C,) one row of each class, `of` (rows,) the class of every row."""

    first: NDArray[np.int64]
    of: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.first)


def classes_of(columns: Sequence[Any], rows: int) -> Classes:
    """Classes of rows alike in all columns; arrays of any shape (rows, …) or tuples of values."""
    number = np.zeros(rows, dtype=np.int64)
    for column in columns:
        mine, count = _numbered(column, rows)
        if count > 1:
            number = number * count + mine
            if count * (int(number.max(initial=0)) + 1) > 1 << 40:
                number = _dense(number)
    return _classes(number)


def joined(parts: Sequence[Classes], rows: int) -> Classes:
    """Classes alike in every one of several numberings."""
    number = np.zeros(rows, dtype=np.int64)
    for part in parts:
        number = _dense(number * len(part) + part.of) if len(part) > 1 else number
    return _classes(number)


def _classes(number: NDArray[np.int64]) -> Classes:
    if not number.any():
        return Classes(np.zeros(min(len(number), 1), dtype=np.int64), number)
    _, first, of = np.unique(number, return_index=True, return_inverse=True)
    return Classes(first, of.reshape(-1))


def _dense(number: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.unique(number, return_inverse=True)[1].reshape(-1)


def _numbered(column: Any, rows: int) -> tuple[NDArray[np.int64], int]:
    """Every row's number among the distinct values of one column, and how many there are."""
    if not isinstance(column, np.ndarray):
        return _numbered_values(column)
    flat = np.ascontiguousarray(column).reshape(rows, -1)
    if rows == 0 or (flat == flat[:1]).all():
        return np.zeros(rows, dtype=np.int64), 1
    if flat.shape[1] == 1 and flat.dtype.kind in "iub":
        values, of = np.unique(flat[:, 0], return_inverse=True)
        return of.reshape(-1), len(values)
    raw = flat.view(np.uint8).reshape(rows, -1)
    keys = raw.view(f"V{raw.shape[1]}").reshape(-1)
    numbers: dict[bytes, int] = {}
    of = np.fromiter((numbers.setdefault(key, len(numbers)) for key in keys.tolist()), dtype=np.int64, count=rows)
    return of, len(numbers)


def _numbered_values(column: Sequence[Any]) -> tuple[NDArray[np.int64], int]:
    numbers: dict[Any, int] = {}
    of = [numbers.setdefault(tuple(part.tobytes() for part in value), len(numbers)) for value in column]
    return np.array(of, dtype=np.int64), len(numbers)
