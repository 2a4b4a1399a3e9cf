"""What measure features may see of a block of persons: needs, wished Berufsfelder, language, past steps.

Built from unprotected facts only; feasibility (travel, hours, childcare) uses `matcher.pool.people`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Fits
from matcher.facts import Facts
from matcher.needs import Needs
from matcher.pool.people import TARGET, PersonColumns, ProtectedColumns
from matcher.vocabulary import GERMAN_LEVELS

CURRENT_STAGE = {
    "EF": "p000_ef",
    "2_QAB_klassisch": "p000_qab",
    "2_QAB_dual": "p000_qab_dual",
    "2_EZU": "p000_ezu",
    "3_IEB": "p000_ieb",
    "4_VdB": "p000_vdb",
}
"""Programme of each stage of JobPerspektive Sachsen (documents 000 and 003)."""


@dataclass(frozen=True, slots=True)
class Seekers:
    """B persons as measure features see them; sets are unknown when None."""

    open: PersonColumns
    needs: Needs
    berufsfelder: Sequence[frozenset[str] | None]
    german: NDArray[np.int8]
    done: Sequence[frozenset[str] | None]
    current: Sequence[str | None]
    is_parent: NDArray[np.int8]
    childcare_secured: NDArray[np.int8]
    wants_part_time: NDArray[np.int8]
    has_car: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.german)

    def behind(self, b: int) -> frozenset[str]:
        """Programmes this person has done or is in."""
        current = self.current[b]
        return (self.done[b] or frozenset()) | (frozenset({current}) if current else frozenset())

    @property
    def strength(self) -> Fits:
        """Need strengths (B, K)."""
        return self.needs.strength


@dataclass(frozen=True, slots=True)
class MeasurePeople:
    """What rules on offers may read: everything features see, and the protected limits apart."""

    seekers: Seekers
    protected: ProtectedColumns

    def __len__(self) -> int:
        return len(self.seekers)


def wished_fields(people: PersonColumns, b: int) -> frozenset[str] | None:
    """Berufsfelder of the occupations one person wishes to work in; None where no wish is known or coded."""
    from matcher.models.occupation import berufsfelder_of

    codes = [
        str(code) for code, role in zip(people.occ_code[b], people.occ_role[b], strict=True) if code and role == TARGET
    ]
    found = frozenset(name for code in codes for name in berufsfelder_of(code))
    return found or None


def encode_seekers(
    facts: Facts, people: PersonColumns, needs: Needs, berufsfelder: Sequence[frozenset[str] | None]
) -> Seekers:
    """Encode the block; `berufsfelder` are the fields of the coded target occupations of each person."""
    hours = facts.column("desired_hours_max")
    possible = facts.column("weekly_hours_possible")
    limit = np.fmin(hours, possible)
    german = facts.column("german_level")
    secured = facts.choice_in("childcare_status", ("secured", "not_needed"))
    return Seekers(
        open=people,
        needs=needs,
        berufsfelder=tuple(berufsfelder),
        german=np.where(german < 0, -1, german).astype(np.int8),
        done=tuple(_done(facts, b) for b in range(len(facts))),
        current=tuple(CURRENT_STAGE.get(facts.value("jps_stage", b) or "") for b in range(len(facts))),
        is_parent=facts.column("is_parent"),
        childcare_secured=secured,
        wants_part_time=np.where(np.isnan(limit), -1, limit < FULL_TIME_FROM_HOURS).astype(np.int8),
        has_car=facts.column("own_car"),
    )


FULL_TIME_FROM_HOURS = 30
"""Below 30 hours a week a person looks for part-time (exchange format, desired hours; project assumption)."""


def _done(facts: Facts, b: int) -> frozenset[str] | None:
    history = facts.value("measure_history", b)
    done = set(history or ())
    if facts.value("integration_course", b) == "completed":
        done.add("p004_ik")
    if facts.value("kompas", b) == "completed":
        done.add("p004_kompas")
    if facts.value("jps_profiling_done", b):
        done.add("p000_ef")
    return None if history is None and not done else frozenset(done)


def level_rank(level: str) -> int:
    """Ordinal of a CEFR level."""
    return GERMAN_LEVELS.index(level)
