"""Collecting everything that is wrong with an input before one error is raised."""

import reprlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matcher.errors import InputProblems, Problem

MOST = 10_000
"""So many problems are collected; a file with more is not the list it is taken for."""
CLOSE_ENOUGH = 68.0
"""Similarity (0-100) from which a known name is offered as what was probably meant."""


@dataclass(slots=True)
class Problems:
    """The problems found so far in one file; `row` counts as a spreadsheet or text editor does."""

    file: str
    row: int | None = None
    found: list[Problem] = field(default_factory=list)

    def add(self, column: str | None, message: str, remedy: str, value: object = None) -> None:
        """Note one problem; `value` is left out for personal columns."""
        self.found.append(Problem(self.file, self.row, column, _shown(value), message, remedy))
        if len(self.found) >= MOST:
            self.found.append(
                Problem(
                    self.file, self.row, None, None, f"reading stopped after {MOST} problems.", "Correct them first."
                )
            )
            raise InputProblems(self.found)

    def done(self) -> None:
        """Raise InputProblems when there was any."""
        if self.found:
            raise InputProblems(self.found)


def _shown(value: object) -> str | None:
    """A value in brief; of lists and objects only the first few levels and entries, however deep and long they are."""
    if isinstance(value, list | tuple | Mapping):
        return reprlib.repr(value)
    return None if value is None else str(value)[:200]


def closest(name: str, known: Sequence[str]) -> str | None:
    """The known name that is probably meant, or None."""
    from rapidfuzz import fuzz, process, utils

    hit = process.extractOne(name, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=CLOSE_ENOUGH)
    return None if hit is None else str(hit[0])


def meant(name: str, known: Sequence[str]) -> str:
    """`Did you mean …?`, or an empty text."""
    hit = closest(name, known)
    return f"Did you mean {hit!r}?" if hit is not None else ""
