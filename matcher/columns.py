"""The contract between pools, rules, features and scores: columns in, a block of columns out.

A rule or feature sees a block of B persons and a pool of N rows and answers with an array of shape (B, N);
one person is a block of one. Words for one pair (b, row) come from the same module, after ranking, for the
few rows that are shown. Source: DESIGN sections 3 and 6.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Verdicts = NDArray[np.uint8]
Fits = NDArray[np.float64]
Points = NDArray[np.int64]

P = TypeVar("P")
"""The block of persons a function may see: features never get one that holds protected facts."""
R = TypeVar("R")
"""The pool: vacancies or offers."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[P, R]):
    """A hard rule over columns: verdicts 0 not met, 1 unknown, 2 met, shape (B, N).

    `fields` are the person's fields it reads, `source` the norm or document, `say(people, pool, b, row)` the
    German sentence for one pair, in the words of the verdict it got. `reads` names the pool's columns that `check`
    reads: rows that agree in them are checked once (`matcher.classes`); None: any of them. `asks` names the person's
    columns it reads: what people share is checked once; None: any of them.
    """

    id: str
    source: str
    fields: tuple[str, ...]
    check: Callable[[P, R], Verdicts]
    say: Callable[[P, R, int, int], str]
    reads: tuple[str, ...] | None = None
    asks: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Feature(Generic[P, R]):
    """A graded fit over columns: float64 in [0, 1], NaN where unknown, shape (B, N).

    `fields` are the person's fields it reads; they are asked for where the fit is unknown.
    `say(people, pool, b, row)` gives the German words for one pair. `reads` and `asks` as in `Rule`, for `compute`;
    `words` names the pool's columns and the person's that `say` reads, None: any of them.
    """

    id: str
    fields: tuple[str, ...]
    compute: Callable[[P, R], Fits]
    say: Callable[[P, R, int, int], str]
    reads: tuple[str, ...] | None = None
    asks: tuple[str, ...] | None = None
    words: tuple[tuple[str, ...], tuple[str, ...]] | None = None


def tri(value: NDArray[np.int8]) -> Verdicts:
    """Yes/no columns (1, 0, -1 unknown) as verdicts (2 met, 0 not met, 1 unknown)."""
    return np.where(value < 0, 1, np.where(value > 0, 2, 0)).astype(np.uint8)
