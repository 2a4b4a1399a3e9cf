"""What one vacancy asks for, stated and derived apart, each with its evidence."""

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.requirements.vocabulary import TIMES

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Evidence:
    """What implied a requirement: its name, the words seen, whether the advertisement itself says so."""

    name: str
    words: str
    stated: bool
    source: str


@dataclass(slots=True)
class Requirements:
    """Working copy while a vacancy is encoded; masks follow `matcher.requirements.vocabulary`.

    `chances` are assumptions in [0, 1] for the times of a week, NaN where nothing is assumed; `time_stated`
    marks those the advertisement states. `flags` holds yes/no columns (1, 0; absent: unknown). Hours per week; times in minutes after midnight, -1 unknown.
    """

    stated: int = 0
    derived: int = 0
    licences: int = 0
    licences_likely: int = 0
    certificates: int = 0
    certificates_likely: int = 0
    demands: int = 0
    demands_possible: int = 0
    regulated: int = 0
    language: int = UNKNOWN
    language_stated: bool = False
    level: int = UNKNOWN
    kind: int = 0
    flags: dict[str, int] = field(default_factory=dict)
    hours_min: float = float("nan")
    hours_max: float = float("nan")
    part_time_chance: float = float("nan")
    minijob_chance: float = 0.0
    entry: float = 0.0
    entry_academic: float = 0.0
    from_minutes: int = UNKNOWN
    until_minutes: int = UNKNOWN
    days: int = 0
    ends_on: dt.date | None = None
    chances: NDArray[np.float64] = field(default_factory=lambda: np.full(len(TIMES), np.nan))
    time_stated: int = 0
    evidence: list[Evidence] = field(default_factory=list)

    def note(self, name: str, words: str, stated: bool, source: str) -> None:
        """Remember what implied a requirement, once per name."""
        if all(known.name != name for known in self.evidence):
            self.evidence.append(Evidence(name, words, stated, source))
