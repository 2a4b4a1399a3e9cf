"""Tables of the daily batch: caseload, days, proposals, abstentions, and the four separate events of a proposal.

The case worker's decision, the person's wish, the employer's answer and the result never share a table, so that a
role may be granted one without the others and a wish can be deleted when its pause is over.
"""

from sqlalchemy import CheckConstraint, Date, DateTime, ForeignKeyConstraint, Integer, String, Text, UniqueConstraint

from matcher.store.tables import ACCOUNT, ID, Base, column, of_person, refers


def of_proposal() -> ForeignKeyConstraint:
    """The event goes when its proposal goes."""
    return refers("proposal_id", "proposals.id", "CASCADE")


class CaseloadRow(Base):
    """Whose caseload a person is in, which household shares childcare, next appointment and deadline."""

    __tablename__ = "caseload"
    __table_args__ = (of_person(),)

    participant_id = column(ID, key=True)
    office = column(String(64), index=True, empty=True)
    case_worker = column(String(128), empty=True)
    household = column(String(64), empty=True)
    appointment_on = column(Date, empty=True)
    due_on = column(Date, empty=True)


class DailyRunRow(Base):
    """One recorded day of one office; whole or not there at all. Times in UTC."""

    __tablename__ = "daily_runs"
    __table_args__ = (UniqueConstraint("office", "day", "jobcenter", name="uq_daily_runs_office_day"),)

    id = column(String(40), key=True)
    office = column(String(64))
    day = column(Date)
    fence = column(Integer)
    recorded_at = column(DateTime(timezone=True))
    report = column(Text)
    versions = column(Text)


class ProposalRow(Base):
    """One vacancy proposed to one person: never the same twice, never two on one day."""

    __tablename__ = "proposals"
    __table_args__ = (
        refers("run_id", "daily_runs.id"),
        of_person(),
        UniqueConstraint("participant_id", "vacancy_id", "jobcenter", name="uq_proposals_participant_vacancy"),
        UniqueConstraint("participant_id", "day", "jobcenter", name="uq_proposals_participant_day"),
    )

    id = column(String(40), key=True)
    run_id = column(String(40), index=True)
    participant_id = column(ID)
    vacancy_id = column(ID, index=True)
    employer = column(String(200))
    occupation = column(String(8))
    day = column(Date, index=True)
    payload = column(Text)


class AbstentionRow(Base):
    """Nothing for one person on one day, with the reason."""

    __tablename__ = "abstentions"
    __table_args__ = (refers("run_id", "daily_runs.id"), of_person())

    run_id = column(String(40), key=True)
    participant_id = column(ID, key=True)
    reason = column(String(32))
    payload = column(Text)


class DecisionRow(Base):
    """The case worker's decision about a proposal: a named person decides, nothing else does.

    `account_id` is the person's account and `actor` its kind, always `human`; an installation without accounts keeps
    the name alone.
    """

    __tablename__ = "proposal_decisions"
    __table_args__ = (
        of_proposal(),
        ForeignKeyConstraint(
            ["account_id", "actor", "jobcenter"], ["accounts.id", "accounts.kind", "accounts.jobcenter"]
        ),
        CheckConstraint("length(trim(decided_by)) > 0", name="named"),
        CheckConstraint("kind IN ('issued', 'not_issued')", name="kind"),
        CheckConstraint("(account_id IS NULL) = (actor IS NULL) AND (actor IS NULL OR actor = 'human')", name="human"),
    )

    proposal_id = column(String(40), key=True)
    kind = column(String(16))
    decided_by = column(String(128))
    decided_on = column(Date)
    account_id = column(ACCOUNT, empty=True)
    actor = column(String(8), empty=True)


class WishRow(Base):
    """The person's own neutral "no": a closed reason and what it pauses; deleted when the pause is over."""

    __tablename__ = "proposal_wishes"
    __table_args__ = (of_proposal(),)

    proposal_id = column(String(40), key=True)
    reason = column(String(32))
    scope = column(String(16))
    said_on = column(Date)
    until = column(Date, index=True)


class AnswerRow(Base):
    """The employer's answer; no row means none so far."""

    __tablename__ = "proposal_answers"
    __table_args__ = (of_proposal(), CheckConstraint("kind IN ('none', 'invited', 'filled', 'declined')", name="kind"))

    proposal_id = column(String(40), key=True)
    kind = column(String(16))
    answered_on = column(Date)


class ResultRow(Base):
    """What came of it."""

    __tablename__ = "proposal_results"
    __table_args__ = (of_proposal(), CheckConstraint("kind IN ('employed', 'not_employed')", name="kind"))

    proposal_id = column(String(40), key=True)
    kind = column(String(16))
    known_on = column(Date)


class MarkRow(Base):
    """Counters: `history` grows with every recorded day, `fence:<office>` with every run that starts."""

    __tablename__ = "daily_marks"

    name = column(String(80), key=True)
    number = column(Integer)


class LegalReasonRow(Base):
    """A norm and a reason why one vacancy may be restricted; without one a restriction is ignored."""

    __tablename__ = "legal_reasons"
    __table_args__ = (
        CheckConstraint("restriction IN ('sex', 'age', 'health', 'nationality')", name="restriction"),
        CheckConstraint("length(trim(norm)) > 0 AND length(trim(reason)) > 0", name="reasoned"),
        CheckConstraint("length(trim(recorded_by)) > 0", name="named"),
    )

    vacancy_id = column(ID, key=True)
    restriction = column(String(16), key=True)
    norm = column(String(200))
    reason = column(Text)
    recorded_by = column(String(128))
    recorded_on = column(Date)
