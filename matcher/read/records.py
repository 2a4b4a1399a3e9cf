"""Records of a list as values: dotted fields fill nested values, ids must be unique."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from matcher.read.columns import Record
from matcher.read.problems import Problems

T = TypeVar("T")


def build(
    records: Sequence[Record],
    make: Callable[[Record], T],
    problems: Problems,
    key_title: str,
    key: Callable[[T], str] = lambda value: str(getattr(value, "id")),  # noqa: B009 - T has no bound
) -> list[T]:
    """One value per record, ordered by id; doubled ids are problems. Nothing is built after earlier problems."""
    problems.done()
    found: dict[str, T] = {}
    for record in records:
        problems.row = record.row
        value = make(record)
        if key(value) in found:
            problems.add(key_title, "occurs twice.", "Give every row its own.", key(value))
        found[key(value)] = value
    problems.done()
    return [found[name] for name in sorted(found)]


def nested(value_type: type[T], values: Mapping[str | tuple[str, int], object], **parts: type[Any]) -> T:
    """Build `value_type` from a record; `access.route` goes to the part `access`, given by its type in `parts`."""
    plain: dict[str, Any] = {}
    inner: dict[str, dict[str, Any]] = {name: {} for name in parts}
    known = {item.name for item in dataclasses.fields(value_type)}  # type: ignore[arg-type]
    for key, value in values.items():
        name, _, part = str(key).partition(".")
        if part and name in inner:
            inner[name][part] = value
        elif name in known:
            plain[name] = value
    for name, part_type in parts.items():
        if inner[name]:
            plain[name] = part_type(**inner[name])
    return value_type(**plain)
