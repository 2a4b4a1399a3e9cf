"""Values as JSON text and back, and digests of them. Keys follow the order of the fields; None is left out."""

import dataclasses
import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from matcher.participant import Conflict, Household, Participant, Profile, Protected
from matcher.programme import Leaf, Programme, Tree

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@lru_cache(maxsize=32)
def _adapter(value_type: Any) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    return TypeAdapter(value_type)


def _adapter_of(value_type: Any) -> "TypeAdapter[Any]":
    return _adapter(value_type)


def encode(value: object) -> str:
    """The value as JSON text."""
    return _adapter_of(type(value)).dump_json(value, exclude_none=True).decode("utf-8")


def decode(value_type: type[T], text: str) -> T:
    """The value that `text` was made from."""
    value = _adapter_of(value_type).validate_json(text)
    if isinstance(value, Programme) and value.terms is not None:
        value = dataclasses.replace(value, terms=_with_dates(value.terms))
    return value  # type: ignore[no-any-return]


def _with_dates(tree: Tree) -> Tree:
    """JSON has no dates: a leaf's value that was one becomes one again."""
    children = tuple(_with_dates(child) if isinstance(child, Tree) else _dated(child) for child in tree.children)
    return dataclasses.replace(tree, children=children)


def _dated(leaf: Leaf) -> Leaf:
    if isinstance(leaf.value, str) and _ISO_DATE.fullmatch(leaf.value):
        return dataclasses.replace(leaf, value=dt.date.fromisoformat(leaf.value))
    return leaf


def encode_conflicts(conflicts: tuple[Conflict, ...]) -> str:
    """Contradictions as JSON text."""
    return _adapter(tuple[Conflict, ...]).dump_json(conflicts).decode("utf-8")


def decode_profile(participant: str, household: str, protected: str, conflicts: str) -> Profile:
    """One person from the payloads of the three tables."""
    return Profile(
        participant=decode(Participant, participant),
        household=decode(Household, household),
        protected=decode(Protected, protected),
        conflicts=_adapter(tuple[Conflict, ...]).validate_json(conflicts),
    )


def digest(*parts: str) -> str:
    """SHA-256 over texts, each with its length, so that no two lists of texts collide."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8")
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()


def version_of(rows: Iterable[tuple[str, str]]) -> str:
    """Content hash over (id, digest) pairs, the same in every database and order."""
    return digest(*(part for row in sorted(rows) for part in row))
