"""A day as the rows that a case worker reads: by appointment and deadline, never by points."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from matcher.daily.values import Abstention, Care, DayPlan, Proposal

T = TypeVar("T", Proposal, Abstention)
NOBODY = "ohne Zuordnung"
LATE = dt.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One proposal in words."""

    person: str
    appointment: dt.date | None
    deadline: dt.date | None
    vacancy: str
    title: str
    employer: str
    place: str
    state: str
    way: str
    reasons: tuple[str, ...]
    open_points: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NothingRow:
    """One person without a proposal today, in words."""

    person: str
    appointment: dt.date | None
    text: str
    action: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What one case worker gets in the morning."""

    case_worker: str
    day: dt.date
    proposals: Sequence[ProposalRow]
    nothing: Sequence[NothingRow]


def make_desks(plan: DayPlan, cares: Mapping[str, Care], shown_as: Mapping[str, str]) -> list[Desk]:
    """One desk per case worker, by name; `shown_as` gives the number a case worker knows a person by."""
    people = [one.participant for one in plan.proposals] + [one.participant for one in plan.abstentions]
    names = {worker_of(cares.get(one)) for one in people}
    return [
        Desk(
            name,
            plan.day,
            sorted((_proposal(one, cares, shown_as) for one in _own(plan.proposals, name, cares)), key=_by_date),
            sorted((_nothing(one, cares, shown_as) for one in _own(plan.abstentions, name, cares)), key=_nothing_date),
        )
        for name in sorted(names)
    ]


def worker_of(care: Care | None) -> str:
    """The case worker's sign, or that there is none."""
    return care.case_worker if care is not None and care.case_worker else NOBODY


def file_stem(name: str) -> str:
    """A case worker's sign as part of an ASCII file name."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower() or "unbenannt"


def _own(rows: Sequence[T], name: str, cares: Mapping[str, Care]) -> list[T]:
    return [one for one in rows if worker_of(cares.get(one.participant)) == name]


def _by_date(row: ProposalRow) -> tuple[dt.date, dt.date, str]:
    return (row.appointment or LATE, row.deadline or LATE, row.person)


def _nothing_date(row: NothingRow) -> tuple[dt.date, str]:
    return (row.appointment or LATE, row.person)


def _date(text: object) -> dt.date | None:
    return dt.date.fromisoformat(text) if isinstance(text, str) else None


def _proposal(one: Proposal, cares: Mapping[str, Care], shown_as: Mapping[str, str]) -> ProposalRow:
    body, care = one.body, cares.get(one.participant)
    dates = [care.due_on if care else None, _date(body.get("open_until"))]
    minutes = body.get("travel_minutes")
    near = tuple(body.get("near_miss", ()))
    state = "Brücke nötig" if near else {"met": "passt"}.get(body["eligibility"], "zu klären")
    asked = tuple(verdict["text"] for verdict in body.get("verdicts", ()))
    return ProposalRow(
        person=shown_as.get(one.participant, one.participant),
        appointment=care.appointment_on if care else None,
        deadline=min((day for day in dates if day is not None), default=None),
        vacancy=one.vacancy,
        title=str(body["title"]),
        employer=str(body.get("employer") or ""),
        place=str(body.get("place") or ""),
        state=state,
        way="" if minutes is None else f"etwa {minutes} Minuten",
        reasons=tuple(body["reasons"]),
        open_points=(*near, *asked),
        others=tuple(_other(runner) for runner in one.runners_up),
    )


def _other(runner: Mapping[str, object]) -> str:
    parts = [str(runner[key]) for key in ("title", "employer", "place") if runner.get(key)]
    return f"{', '.join(parts)} [{runner['vacancy']}]"


def _nothing(one: Abstention, cares: Mapping[str, Care], shown_as: Mapping[str, str]) -> NothingRow:
    care = cares.get(one.participant)
    return NothingRow(
        shown_as.get(one.participant, one.participant), care.appointment_on if care else None, one.text, one.action
    )
