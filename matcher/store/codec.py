"""Values as JSON text and back, and digests of them. Keys follow the order of the fields; None is left out.

The way back is a plan per class, made once from the types of its fields. Values were validated on their way in, so
that reading them back only restores types: dates, tuples, floats, values within values. Unknown keys are ignored.
"""

import dataclasses
import datetime as dt
import hashlib
import types
import typing
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast

import orjson

from matcher.participant import Conflict, Household, Participant, Profile, Protected
from matcher.programme import Leaf, Scalar, Tree

T = TypeVar("T")
Convert = Callable[[Any], Any]
_ISO_LENGTH = 10


def encode(value: object) -> str:
    """The value as JSON text."""
    return orjson.dumps(_plain(value)).decode("utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if not dataclasses.is_dataclass(value):
        return value
    kind: Any = type(value)
    found = ((name, write, getattr(value, name)) for name, write in _writers(kind))
    return {name: write(one) for name, write, one in found if one is not None}


@lru_cache(maxsize=64)
def _writers(value_type: Any) -> tuple[tuple[str, Convert], ...]:
    """How each field is written: numbers that may have a fraction always as such, so that 60 and 60.0 are one text."""
    hints = typing.get_type_hints(value_type)
    return tuple((name, float if _reader_later(hints[name]) is float else _plain) for name in _names(value_type))


@lru_cache(maxsize=64)
def _names(value_type: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(value_type))


def decode(value_type: type[T], text: str) -> T:
    """The value that `text` was made from."""
    kind: Any = value_type
    return cast(T, _reader(kind)(orjson.loads(text)))


@lru_cache(maxsize=128)
def _reader(hint: Any) -> Convert:
    """How a value of this type comes back from plain JSON."""
    if dataclasses.is_dataclass(hint):
        return _value_reader(cast(type, hint))
    if hint == Scalar | tuple[Scalar, ...]:
        return _scalar
    if typing.get_origin(hint) is tuple:
        return _tuple_reader(_reader(typing.get_args(hint)[0]))
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        parts = [part for part in typing.get_args(hint) if part is not types.NoneType]
        return _reader(parts[0]) if len(parts) == 1 else _choice_reader(parts)
    return _SIMPLE.get(hint, _same)


def _same(value: Any) -> Any:
    return value


_SIMPLE: dict[Any, Convert] = {float: float, dt.date: dt.date.fromisoformat}


def _scalar(value: Any) -> Any:
    """A leaf's value: JSON has no dates and no tuples, and numbers are floats there."""
    if isinstance(value, list):
        return tuple(_scalar(one) for one in value)
    if isinstance(value, str) and len(value) == _ISO_LENGTH and value[4] == value[7] == "-":
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    return float(value) if type(value) is int else value


def _tuple_reader(one: Convert) -> Convert:
    if one is _same:
        return tuple
    return lambda values: tuple([one(value) for value in values])


def _choice_reader(parts: Sequence[Any]) -> Convert:
    """A node of a rule tree: the kind is told by its fields."""
    if set(parts) != {Tree, Leaf}:
        raise TypeError(f"no way to tell {parts} apart in JSON")

    def read(value: Any) -> Any:
        return _reader(Tree if "children" in value else Leaf)(value)

    return read


def _value_reader(value_type: type) -> Convert:
    hints = typing.get_type_hints(value_type)
    names = frozenset(_names(value_type))
    plan = {name: convert for name in names if (convert := _reader_later(hints[name])) is not _same}

    def read(found: dict[str, Any]) -> Any:
        values = {}
        for name, value in found.items():
            if name in plan and value is not None:
                values[name] = plan[name](value)
            elif name in names:
                values[name] = value
        return value_type(**values)

    return read


def _reader_later(hint: Any) -> Convert:
    """As `_reader`, but a tree's children are looked up only when one is read: trees contain trees."""
    if typing.get_origin(hint) is tuple and typing.get_args(hint)[0] == Tree | Leaf:
        return _tuple_reader(_choice_reader((Tree, Leaf)))
    return _reader(hint)


def encode_conflicts(conflicts: tuple[Conflict, ...]) -> str:
    """Contradictions as JSON text."""
    return encode(conflicts)


def decode_profile(participant: str, household: str, protected: str, conflicts: str) -> Profile:
    """One person from the payloads of the three tables."""
    return Profile(
        participant=decode(Participant, participant),
        household=decode(Household, household),
        protected=decode(Protected, protected),
        conflicts=() if conflicts == "[]" else _reader(tuple[Conflict, ...])(orjson.loads(conflicts)),
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
