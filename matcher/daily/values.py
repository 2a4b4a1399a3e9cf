"""Values of the daily batch: what is known before it, and what it answers."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Whose caseload a person is in: office, case worker, shared household, next appointment, deadline."""

    participant: str
    office: str | None = None
    case_worker: str | None = None
    household: str | None = None
    appointment_on: dt.date | None = None
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One earlier proposal and what became of it: still open, issued, answered, filled."""

    participant: str
    vacancy: str
    employer: str
    day: dt.date
    withdrawn: bool = False
    issued_on: dt.date | None = None
    answered_on: dt.date | None = None
    filled: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A person's neutral "no" while its pause runs: what is paused and until when (inclusive)."""

    participant: str
    scope: str
    vacancy: str
    employer: str
    occupation: str
    until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalReason:
    """A norm and a reason why one vacancy may lawfully ask for a sex, an age, health or a nationality."""

    vacancy: str
    restriction: str
    norm: str
    reason: str
    recorded_by: str
    recorded_on: dt.date


@dataclass(frozen=True, slots=True)
class History:
    """Everything recorded that a new day has to respect; `mark` changes whenever a batch is recorded."""

    past: Sequence[Past] = ()
    wishes: Sequence[Wish] = ()
    mark: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One proposal for one person: the vacancy, its points with reasons, runners-up, what was given up for it.

    `loss` are the points behind the person's own best vacancy of the day, `first_choice` that vacancy.
    `body` is the suggestion as rendered for machines: contributions, reasons, open questions.
    """

    participant: str
    vacancy: str
    employer: str
    occupation: str
    points: int
    loss: int
    first_choice: str
    runners_up: tuple[Mapping[str, Any], ...]
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention:
    """Nothing today for one person: a closed reason, German words, the next best action, what is asked."""

    participant: str
    reason: str
    text: str
    action: str
    open_questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The whole answer of one day and office."""

    day: dt.date
    office: str
    proposals: Sequence[Proposal]
    abstentions: Sequence[Abstention]
    report: Mapping[str, Any]
    versions: Mapping[str, str] = field(default_factory=dict)
