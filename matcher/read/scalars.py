"""JSON values of the exchange format as Python values, with a problem for each that does not fit."""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence

from matcher.participant_time import FIRST_DAY, LAST_DAY, is_countable
from matcher.read import cells
from matcher.read.fields import MOST_ENTRIES, SHORT_TEXT, FieldSpec
from matcher.read.problems import Problems, closest

NONE_WORDS = frozenset({"none", "not_applicable"})
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CODE_LIKE = re.compile(r"^\s*[A-TV-Z]\d{2}(\.\d{1,2})?[A-Z!*+]?\s*$", re.IGNORECASE)


def read_scalar(spec: FieldSpec, value: object, pointer: str, problems: Problems) -> object:
    """The value in the form of `spec`; None for null or after a problem was noted."""
    if value is None:
        return None
    return _READERS[spec.kind](spec, value, pointer, problems)


def read_number(value: object, pointer: str, problems: Problems, upper: float, show: bool = True) -> float | None:
    """A finite number from 0 to `upper`."""
    shown = value if show else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        problems.add(pointer, "is not a number.", "Write a number such as 12 or 12.5, or null if unknown.", shown)
        return None
    if not 0 <= value <= upper:
        problems.add(pointer, f"must lie between 0 and {upper:g}.", "Correct it, or write null if unknown.", shown)
        return None
    return float(value)


def read_date(value: object, pointer: str, problems: Problems, show: bool = True) -> dt.date | None:
    """An ISO date, YYYY-MM-DD, that durations can be counted from."""
    day = _iso(value) if isinstance(value, str) else value
    if isinstance(day, dt.date) and is_countable(day):
        return day
    known = isinstance(day, dt.date)
    problems.add(
        pointer,
        f"is not a date from {FIRST_DAY.year} to {LAST_DAY.year}." if known else "is not a date.",
        "Write an ISO date such as 2025-09-20, or null if unknown.",
        value if show else None,
    )
    return None


def _iso(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def read_text(value: object, pointer: str, problems: Problems, limit: int = SHORT_TEXT) -> str | None:
    """A text without control characters; empty texts are unknown."""
    if not isinstance(value, str):
        problems.add(pointer, "is not a text.", "Write it in quotes, or null if unknown.")
        return None
    if len(value) > limit:
        problems.add(pointer, f"has more than {limit} characters.", "Shorten it.")
        return None
    if any(ord(char) < 32 and char not in "\n\t" for char in value):
        problems.add(pointer, "holds control characters.", "Remove them.")
        return None
    return value.strip() or None


def _text(spec: FieldSpec, value: object, pointer: str, problems: Problems) -> str | None:
    text = read_text(value, pointer, problems, spec.longest)
    if text is None or spec.name != "postal_code":
        return text
    try:
        return cells.german_postal_code(text)
    except ValueError as error:
        problems.add(pointer, f"is not {error}.", "Correct it, or write null if unknown.")
        return None


def few_enough(items: Sequence[object], pointer: str, problems: Problems) -> bool:
    """Whether a list is short enough to be read; a problem otherwise."""
    if len(items) <= MOST_ENTRIES:
        return True
    problems.add(pointer, f"has more than {MOST_ENTRIES} entries.", f"Keep the {MOST_ENTRIES} that matter most.")
    return False


def read_yes_no(value: object, pointer: str, problems: Problems, show: bool = True) -> bool | None:
    """true or false; 1 and 0 say the same."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float) and value in (0, 1):
        return bool(value)
    problems.add(
        pointer,
        "is neither true nor false.",
        "Write true, false, or null if unknown.",
        value if show else None,
    )
    return None


def says_none(value: object) -> bool:
    """Whether a value of a list field means "known: none": false, 0, `none` or `not_applicable`, alone or as entry.

    Source: neutral participant format.
    """
    if isinstance(value, list | tuple) and len(value) == 1:
        value = value[0] if isinstance(value[0], str) else None
    if isinstance(value, str):
        return value.strip().lower() in NONE_WORDS
    return isinstance(value, bool | int | float) and value == 0


def _choice(spec: FieldSpec, value: object, pointer: str, problems: Problems) -> str | None:
    if isinstance(value, str) and value in spec.choices:
        return value
    if isinstance(value, str) and not value.strip():
        return None
    hit = closest(value, spec.choices) if isinstance(value, str) and spec.shows_value else None
    hint = f"Did you mean {hit!r}? " if hit else ""
    problems.add(
        pointer,
        "is not one of the known values.",
        f"{hint}Allowed: {', '.join(spec.choices)}; null if unknown.",
        value if spec.shows_value else None,
    )
    return None


def _items(value: object, pointer: str, problems: Problems) -> list[object] | None:
    if says_none(value):
        return []
    if isinstance(value, str):
        value = [part.strip() for part in re.split(r"[;,]", value) if part.strip()]
    if isinstance(value, list | tuple):
        return list(value) if few_enough(value, pointer, problems) else None
    problems.add(pointer, "is not a list.", 'Write a list such as ["…", "…"]; [] means known: none; null unknown.')
    return None


def _choices(spec: FieldSpec, value: object, pointer: str, problems: Problems) -> tuple[str, ...] | None:
    items = _items(value, pointer, problems)
    if items is None:
        return None
    before, chosen = len(problems.found), []
    for index, item in enumerate(items):
        if spec.name == "functional_limits" and not (isinstance(item, str) and item in spec.choices):
            _refuse_health_text(spec, item, f"{pointer}/{index}", problems)
        elif (found := _choice(spec, item, f"{pointer}/{index}", problems)) is not None and found not in chosen:
            chosen.append(found)
    return tuple(chosen) if len(problems.found) == before else None


def _refuse_health_text(spec: FieldSpec, item: object, pointer: str, problems: Problems) -> None:
    code = isinstance(item, str) and _CODE_LIKE.match(item)
    what = "looks like a diagnosis code." if code else "is not a functional limit of the closed list."
    problems.add(
        pointer,
        what,
        "Diagnoses and free text about health are never stored; "
        f"use what work must not demand: {', '.join(spec.choices)}.",
    )


def _texts(spec: FieldSpec, value: object, pointer: str, problems: Problems) -> tuple[str, ...] | None:
    items = _items(value, pointer, problems)
    if items is None:
        return None
    before = len(problems.found)
    texts = [read_text(item, f"{pointer}/{index}", problems, spec.longest) for index, item in enumerate(items)]
    return tuple(text for text in texts if text) if len(problems.found) == before else None


def _whole(spec: FieldSpec, value: object, pointer: str, problems: Problems) -> int | None:
    number = read_number(value, pointer, problems, spec.upper, spec.shows_value)
    if number is None or number.is_integer():
        return None if number is None else int(number)
    problems.add(pointer, "is not a whole number.", "Write a whole number.", value if spec.shows_value else None)
    return None


_READERS: Mapping[str, Callable[[FieldSpec, object, str, Problems], object]] = {
    "number": lambda spec, value, pointer, problems: read_number(
        value, pointer, problems, spec.upper, spec.shows_value
    ),
    "whole": _whole,
    "yes_no": lambda spec, value, pointer, problems: read_yes_no(value, pointer, problems, spec.shows_value),
    "text": _text,
    "date": lambda spec, value, pointer, problems: read_date(value, pointer, problems, spec.shows_value),
    "choice": _choice,
    "choices": _choices,
    "texts": _texts,
}
