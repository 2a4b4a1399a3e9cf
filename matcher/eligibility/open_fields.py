"""Which facts of a person are open, so that an unanswered rule asks for those alone and not for what is known.

A rule names all facts it reads; where it stays open because of the vacancy or the offer, nothing is asked of the
person. Source: DESIGN section 3 (unknown is not no: the question to ask) and 6 (encodings).
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from matcher.features.remember import remember
from matcher.pool.people import People, PersonColumns, ProtectedColumns
from matcher.pool.people_times import OPEN_UNKNOWN
from matcher.pool.seekers import MeasurePeople

APPROVAL_NEEDED = 1
"""A work permit that is known and still has to be clarified."""


def _care_open(one: PersonColumns) -> NDArray[np.bool_]:
    """Need, hours, or whether a contract can be extended are not known."""
    unclear = (one.care_from == OPEN_UNKNOWN).all(axis=1) | (one.care_fixed < 0)
    return np.asarray((one.needs_care < 0) | ((one.needs_care == 1) & unclear))


OPEN: Mapping[str, Callable[[PersonColumns, ProtectedColumns], NDArray[np.bool_]]] = {
    "postal_code": lambda one, _: np.isnan(one.lat),
    "transport_mode": lambda one, _: np.isnan(one.km_per_hour),
    "max_commute_minutes": lambda one, _: np.isnan(one.max_commute_minutes),
    "driving_licences": lambda one, _: ~one.licences_known,
    "certificates": lambda one, _: ~one.certificates_known,
    "vocational_qualification": lambda one, _: ~one.regulated_known & (one.qualification < 0),
    "vocational_qualification_title": lambda one, _: ~one.regulated_known,
    "german_level": lambda one, _: one.language < 0,
    "employment_status": lambda one, _: one.student < 0,
    "available_window": lambda one, _: (one.free_from == OPEN_UNKNOWN).all(axis=1),
    "children": lambda one, _: _care_open(one),
    "no_proposals_until": lambda one, _: np.isnat(one.no_proposals_until),
    "work_permit": lambda _, own: (own.work_permit < 0) | (own.work_permit == APPROVAL_NEEDED),
    "max_hours_per_week": lambda _, own: np.isnan(own.max_hours),
    "functional_limits": lambda _, own: ~own.limits_known,
}
"""Per field that a rule over columns names: where it is open, shape (B,)."""


@remember
def _open(one: PersonColumns, own: ProtectedColumns) -> Mapping[str, list[bool]]:
    return {name: test(one, own).tolist() for name, test in OPEN.items()}


def open_fields(people: object, b: int, fields: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the fields that are open for person `b`; all of them where a block has other columns."""
    if isinstance(people, People):
        found = _open(people.open, people.protected)
    elif isinstance(people, MeasurePeople):
        found = _open(people.seekers.open, people.protected)
    else:
        return fields
    return tuple(name for name in fields if name not in found or found[name][b])
