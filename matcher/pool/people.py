"""A block of persons as columns: what features may see, and apart from it what only rules may read.

Encodings of DESIGN section 6. `PersonColumns` comes from Participant and Household alone; `ProtectedColumns`
from Protected alone. A feature is only ever given the former.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Texts = NDArray[np.str_]
Flags = NDArray[np.int8]
Masks = NDArray[np.uint64]
Numbers = NDArray[np.float64]

TARGET, LEARNED, PRACTISED, UNFINISHED = 0, 1, 2, 3
"""Roles of an occupation in a person's life."""


@dataclass(frozen=True, slots=True)
class PersonColumns:
    """Columns of B persons that features may see; row b of every column is the same person.

    `occ_*` are (B, S) slots of occupations: KldB code ("" is empty), role, `occ_weight` in [0, 1] (confidence
    times wish order; experience: confidence), `occ_years`, `occ_last_year` (NaN unknown), `occ_text` as written.
    `grams` holds per person the trigram buckets of every target text. Windows are (B, 7), Monday first, minutes
    after midnight: `free_*` availability, `care_*` hours in which every young child is cared for; -1 where the
    day is closed, -2 where nothing is known; `care_fixed` is 1 for a contract that cannot be extended.
    """

    ids: Texts
    as_of: NDArray[np.datetime64]
    lat: Numbers
    lon: Numbers
    km_per_hour: Numbers
    extra_minutes: Numbers
    mode: Flags
    max_commute_minutes: Numbers
    occ_code: Texts
    occ_role: Flags
    occ_weight: Numbers
    occ_years: Numbers
    occ_last_year: Numbers
    occ_text: Texts
    targets_known: NDArray[np.bool_]
    grams: tuple[tuple[NDArray[np.int32], ...], ...]
    school: Flags
    qualification: Flags
    language: Flags
    has_experience: Flags
    leadership: Flags
    student: Flags
    licences: Masks
    licences_known: NDArray[np.bool_]
    certificates: Masks
    certificates_known: NDArray[np.bool_]
    regulated: Masks
    regulated_known: NDArray[np.bool_]
    hours_min: Numbers
    hours_max: Numbers
    free_from: NDArray[np.int16]
    free_until: NDArray[np.int16]
    needs_care: Flags
    care_from: NDArray[np.int16]
    care_until: NDArray[np.int16]
    care_fixed: Flags
    prefer: Masks
    avoid: Masks
    avoid_times: NDArray[np.uint8]
    wishes_known: NDArray[np.bool_]
    own_car: Flags
    no_proposals_until: NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class ProtectedColumns:
    """Columns of B persons that only rules may read; they remove what is incompatible and change nothing else.

    `limits` is a mask over `DEMANDS`; `max_hours` hours per week, NaN unknown; `work_permit` 0 none,
    1 approval needed, 2 unrestricted, -1 unknown.
    """

    limits: Masks
    limits_known: NDArray[np.bool_]
    max_hours: Numbers
    work_permit: Flags
    work_permit_until: NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class People:
    """A block of persons: `open` for rules and features, `protected` for rules alone."""

    open: PersonColumns
    protected: ProtectedColumns

    def __len__(self) -> int:
        return len(self.open)
