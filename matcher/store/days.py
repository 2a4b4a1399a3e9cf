"""Recorded days of the batch as the service shows them: reports by office, proposals of the own caseload alone."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Engine, String, bindparam, or_, select

from matcher.daily.values import Abstention, Proposal
from matcher.store.daily_tables import AbstentionRow, DailyRunRow, DecisionRow, ProposalRow
from matcher.store.paging import Cut
from matcher.store.scope import OWN, checked_id, given, missing
from matcher.store.tables import ParticipantRow
from matcher.store.transaction import reading
from matcher.store.values import Page, Scope

MOST = 200
_SEES_ALL = bindparam("scope_role", type_=String).in_(("planner", "administrator"))
_RUNS = select(DailyRunRow.id, DailyRunRow.office, DailyRunRow.day, DailyRunRow.report, DailyRunRow.versions).where(
    or_(
        _SEES_ALL,
        DailyRunRow.office == "",
        DailyRunRow.office.in_(bindparam("scope_offices", expanding=True)),
    )
)
_PROPOSALS = (
    select(ProposalRow.id, ProposalRow.participant_id, ProposalRow.payload, DecisionRow.kind, DecisionRow.decided_on)
    .join(ParticipantRow, ParticipantRow.id == ProposalRow.participant_id)
    .outerjoin(DecisionRow, DecisionRow.proposal_id == ProposalRow.id)
    .where(OWN)
)
_ABSTENTIONS = (
    select(AbstentionRow.participant_id, AbstentionRow.payload)
    .join(DailyRunRow, DailyRunRow.id == AbstentionRow.run_id)
    .join(ParticipantRow, ParticipantRow.id == AbstentionRow.participant_id)
    .where(OWN)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One recorded day of one office, without anybody in it."""

    id: str
    office: str
    day: dt.date
    report: Mapping[str, Any]
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProposal:
    """A proposal for somebody of the own caseload, and whether it was issued."""

    id: str
    proposal: Proposal
    decision: str | None
    decided_on: dt.date | None


class Days:
    """The recorded days of one Jobcenter, within a scope."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def runs(self, scope: Scope, after: str | None = None, limit: int = 50) -> Page[Run]:
        """Recorded days of the own offices, of all for planners and administrators, ordered by id."""
        cut = Cut(after, limit, MOST)
        with reading(self.engine) as connection:
            return cut.page(connection.execute(cut.of(_RUNS, DailyRunRow.id), given(scope)).all(), _run)

    def run(self, scope: Scope, run_id: str) -> Run:
        """One recorded day; raises NotFound."""
        query = _RUNS.where(DailyRunRow.id == bindparam("run"))
        with reading(self.engine) as connection:
            row = connection.execute(query, given(scope, run=checked_id(run_id))).first()
        if row is None:
            raise missing()
        return _run(row)

    def proposals(self, scope: Scope, day: dt.date, after: str | None, limit: int) -> Page[OwnProposal]:
        """A day's proposals for the own caseload, ordered by participant, which is also the cursor."""
        cut = Cut(after, limit, MOST)
        query = cut.of(_PROPOSALS.where(ProposalRow.day == bindparam("on_day")), ProposalRow.participant_id)
        with reading(self.engine) as connection:
            rows = connection.execute(query, given(scope, on_day=day)).all()
        return cut.page(rows, _own, "participant_id")

    def proposal(self, scope: Scope, proposal_id: str) -> OwnProposal:
        """One proposal of the own caseload; raises NotFound for a foreign one."""
        query = _PROPOSALS.where(ProposalRow.id == bindparam("proposal"))
        with reading(self.engine) as connection:
            row = connection.execute(query, given(scope, proposal=checked_id(proposal_id))).first()
        if row is None:
            raise missing()
        return _own(row)

    def abstentions(self, scope: Scope, day: dt.date) -> Sequence[Abstention]:
        """Who of the own caseload got nothing on a day, and why."""
        query = _ABSTENTIONS.where(DailyRunRow.day == bindparam("on_day")).order_by(AbstentionRow.participant_id)
        with reading(self.engine) as connection:
            rows = connection.execute(query, given(scope, on_day=day)).all()
        return [_abstention(row.payload) for row in rows]


def _run(row: Any) -> Run:
    return Run(
        id=row.id,
        office=row.office,
        day=row.day,
        report=orjson.loads(row.report),
        versions=orjson.loads(row.versions),
    )


def _own(row: Any) -> OwnProposal:
    return OwnProposal(id=row.id, proposal=_proposal(row.payload), decision=row.kind, decided_on=row.decided_on)


def _proposal(text: str) -> Proposal:
    row = orjson.loads(text)
    return Proposal(**(row | {"runners_up": tuple(row["runners_up"])}))


def _abstention(text: str) -> Abstention:
    row = orjson.loads(text)
    return Abstention(**(row | {"open_questions": tuple(row["open_questions"])}))
