"""Character n-grams of many short texts at once, as exact 64-bit keys (no hashing, no collisions)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SHORT = (2, 3, 4, 5)
"""Every n-gram of these lengths inside a word, its surrounding blanks included."""
LONG = (6, 7, 8)
"""Lengths kept only at the beginning or end of a word: heads and stems of German compounds."""
BLANK, LINE = 0x20, 0x0A


def ngram_keys(
    texts: Sequence[str], short: tuple[int, ...] = SHORT, long: tuple[int, ...] = LONG
) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
    """Return (row, key) of every n-gram occurrence; `texts` are folded: ASCII words parted by one blank."""
    joined = "\n".join(f" {text} " for text in texts).encode("ascii", "ignore")
    chars = np.frombuffer(joined, dtype=np.uint8)
    rows = np.cumsum(chars == LINE, dtype=np.int32)
    found_rows, found_keys = [], []
    for length in (*short, *long):
        if chars.size < length:
            continue
        starts, keys = _of_length(chars, length, at_edges=length in long)
        found_rows.append(rows[starts])
        found_keys.append(keys)
    if not found_rows:
        return np.empty(0, np.int32), np.empty(0, np.uint64)
    return np.concatenate(found_rows), np.concatenate(found_keys)


def text_keys(texts: Sequence[str]) -> list[NDArray[np.uint64]]:
    """All n-grams of each text, with repetitions."""
    rows, keys = ngram_keys(texts)
    order = np.argsort(rows, kind="stable")
    ends = np.searchsorted(rows[order], np.arange(1, len(texts)))
    return list(np.split(keys[order], ends))


def _of_length(chars: NDArray[np.uint8], length: int, at_edges: bool) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    count = chars.size - length + 1
    apart = chars <= BLANK
    keep = chars[:count] != LINE
    keep &= chars[length - 1 :] != LINE
    for inner in range(1, length - 1):
        keep &= ~apart[inner : inner + count]
    if length == 2:
        keep &= ~(apart[:count] & apart[1:])
    if at_edges:
        keep &= apart[:count] | apart[length - 1 :]
    starts = np.flatnonzero(keep)
    keys = np.zeros(starts.size, np.uint64)
    for place in range(length):
        keys = (keys << np.uint64(8)) | chars[starts + place].astype(np.uint64)
    return starts, keys


def counted(
    rows: NDArray[np.int32], columns: NDArray[np.int64], width: int
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.float32]]:
    """Sum up equal (row, column) pairs: returns rows (sorted), columns and counts."""
    pairs, counts = np.unique(rows.astype(np.int64) * width + columns, return_counts=True)
    return (pairs // width).astype(np.int32), pairs % width, counts.astype(np.float32)
