"""Errors that teach: what is wrong, where, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

LISTED = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input.

    `file` is the file's name, `row` counts as the spreadsheet does (the header is row 1), `column` is the
    column title or a JSON pointer, `value` is what was found there (never shown for personal columns),
    `message` says what is wrong, `remedy` what to do.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    message: str
    remedy: str

    def __str__(self) -> str:
        row = f", row {self.row}" if self.row is not None else ""
        column = f", column {self.column}" if self.column else ""
        value = f": {self.value[:60]!r}" if self.value is not None else ""
        return f"{self.file}{row}{column}{value}: {self.message} {self.remedy}".rstrip()


class MatcherError(Exception):
    """Base of every error this project raises on purpose; carries the remedy beside the message."""

    def __init__(self, message: str, remedy: str = "") -> None:
        self.message, self.remedy = message, remedy
        super().__init__(f"{message} {remedy}".strip())


class InputProblems(MatcherError):
    """Everything wrong with an input, collected and raised once; nothing of it was taken over."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        shown = "\n".join(f"  - {problem}" for problem in self.problems[:LISTED])
        more = len(self.problems) - LISTED
        tail = f"\n  ... and {more} more" if more > 0 else ""
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''}; nothing was taken over.\n{shown}{tail}")


class CatalogProblems(InputProblems):
    """The catalogue contradicts itself or its schema."""


class UnsafeFile(MatcherError):
    """A file was refused before it was read: too large, too dense, or carrying active content."""


class NotFound(MatcherError):
    """Something named on the command line or in a question does not exist in the data folder."""
