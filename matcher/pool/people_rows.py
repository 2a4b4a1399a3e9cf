"""Take single rows out of a block or a pool, for the words about one pair."""

import dataclasses
from typing import Any

import numpy as np

from matcher.pool.people import People, PersonColumns, ProtectedColumns


def one_person(people: PersonColumns, b: int) -> PersonColumns:
    """Return person b as a block of one."""
    return PersonColumns(**_row(people, b))


def one_of(people: People, b: int) -> People:
    """Return person b as a block of one, protected columns included."""
    return People(one_person(people.open, b), ProtectedColumns(**_row(people.protected, b)))


def _row(columns: Any, b: int) -> dict[str, Any]:
    values = {entry.name: getattr(columns, entry.name) for entry in dataclasses.fields(columns)}
    return {
        name: value[b : b + 1] if isinstance(value, (np.ndarray, tuple)) else value for name, value in values.items()
    }
