"""JSON pointers (RFC 6901) to faulty fields."""

from collections.abc import Iterable

LONGEST_INDEX = 6
"""Digits of the place in a list; no body holds more entries."""


def located(column: str, sent: object) -> str:
    """The place that a reader names, as a pointer into what was sent: names in it may hold slashes and tildes."""
    head, more, rest = column.removeprefix("/").partition("/")
    whole = column.removeprefix("/")
    if not more or (isinstance(sent, dict) and whole in sent):
        return pointer([whole])
    inside = sent.get(head) if isinstance(sent, dict) else _entry(sent, head)
    return pointer([head]) + (f"/{rest}" if inside is None else located(rest, inside))


def _entry(sent: object, number: str) -> object:
    fits = isinstance(sent, list) and number.isdecimal() and len(number) <= LONGEST_INDEX and int(number) < len(sent)
    return sent[int(number)] if fits else None  # type: ignore[index]


def pointer(parts: Iterable[object]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
