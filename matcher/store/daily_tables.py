"""Tables of the daily batch: caseload, days, proposals, abstentions, and the four separate events of a proposal.

The case worker's decision, the person's wish, the employer's answer and the result never share a table, so that a
role may be granted one without the others and a wish can be deleted when its pause is over.
"""

import datetime as dt

from sqlalchemy import CheckConstraint, Date, DateTime, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.tables import ID, Base

PERSON = "participants.id"
PROPOSAL = "proposals.id"


class CaseloadRow(Base):
    """Whose caseload a person is in, which household shares childcare, next appointment and deadline."""

    __tablename__ = "caseload"

    participant_id: Mapped[str] = mapped_column(ForeignKey(PERSON, ondelete="CASCADE"), primary_key=True)
    office: Mapped[str | None] = mapped_column(String(64), index=True)
    case_worker: Mapped[str | None] = mapped_column(String(128))
    household: Mapped[str | None] = mapped_column(String(64))
    appointment_on: Mapped[dt.date | None] = mapped_column(Date)
    due_on: Mapped[dt.date | None] = mapped_column(Date)


class DailyRunRow(Base):
    """One recorded day of one office; whole or not there at all. Times in UTC."""

    __tablename__ = "daily_runs"
    __table_args__ = (UniqueConstraint("office", "day", name="uq_daily_runs_office_day"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    office: Mapped[str] = mapped_column(String(64))
    day: Mapped[dt.date] = mapped_column(Date)
    fence: Mapped[int] = mapped_column(Integer)
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    report: Mapped[str] = mapped_column(Text)
    versions: Mapped[str] = mapped_column(Text)


class ProposalRow(Base):
    """One vacancy proposed to one person: never the same twice, never two on one day."""

    __tablename__ = "proposals"
    __table_args__ = (
        UniqueConstraint("participant_id", "vacancy_id", name="uq_proposals_participant_vacancy"),
        UniqueConstraint("participant_id", "day", name="uq_proposals_participant_day"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("daily_runs.id"), index=True)
    participant_id: Mapped[str] = mapped_column(ForeignKey(PERSON, ondelete="CASCADE"))
    vacancy_id: Mapped[str] = mapped_column(ID, index=True)
    employer: Mapped[str] = mapped_column(String(200))
    occupation: Mapped[str] = mapped_column(String(8))
    day: Mapped[dt.date] = mapped_column(Date, index=True)
    payload: Mapped[str] = mapped_column(Text)


class AbstentionRow(Base):
    """Nothing for one person on one day, with the reason."""

    __tablename__ = "abstentions"

    run_id: Mapped[str] = mapped_column(ForeignKey("daily_runs.id"), primary_key=True)
    participant_id: Mapped[str] = mapped_column(ForeignKey(PERSON, ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(32))
    payload: Mapped[str] = mapped_column(Text)


class DecisionRow(Base):
    """The case worker's decision about a proposal: a named person decides, nothing else does."""

    __tablename__ = "proposal_decisions"
    __table_args__ = (
        CheckConstraint("length(decided_by) > 0", name="named"),
        CheckConstraint("kind IN ('issued', 'not_issued')", name="kind"),
    )

    proposal_id: Mapped[str] = mapped_column(ForeignKey(PROPOSAL, ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    decided_by: Mapped[str] = mapped_column(String(128))
    decided_on: Mapped[dt.date] = mapped_column(Date)


class WishRow(Base):
    """The person's own neutral "no": a closed reason and what it pauses; deleted when the pause is over."""

    __tablename__ = "proposal_wishes"

    proposal_id: Mapped[str] = mapped_column(ForeignKey(PROPOSAL, ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(32))
    scope: Mapped[str] = mapped_column(String(16))
    said_on: Mapped[dt.date] = mapped_column(Date)
    until: Mapped[dt.date] = mapped_column(Date, index=True)


class AnswerRow(Base):
    """The employer's answer; no row means none so far."""

    __tablename__ = "proposal_answers"
    __table_args__ = (CheckConstraint("kind IN ('none', 'invited', 'filled', 'declined')", name="kind"),)

    proposal_id: Mapped[str] = mapped_column(ForeignKey(PROPOSAL, ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    answered_on: Mapped[dt.date] = mapped_column(Date)


class ResultRow(Base):
    """What came of it."""

    __tablename__ = "proposal_results"
    __table_args__ = (CheckConstraint("kind IN ('employed', 'not_employed')", name="kind"),)

    proposal_id: Mapped[str] = mapped_column(ForeignKey(PROPOSAL, ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    known_on: Mapped[dt.date] = mapped_column(Date)


class MarkRow(Base):
    """Counters: `history` grows with every recorded day, `fence:<office>` with every run that starts."""

    __tablename__ = "daily_marks"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
