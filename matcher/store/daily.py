"""Repository of the daily batch: caseload, history, one transaction per day, and the four events of a proposal.

A day is recorded whole or not at all. The transaction first checks that its run is still the latest one of the
office (fence) and that no other day was recorded since its history was read (mark).
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, delete, insert, or_, select, update

from matcher.daily.values import Abstention, Care, DayPlan, History, Past, Proposal, Wish
from matcher.errors import MatcherError, NotFound
from matcher.store.caseload import place
from matcher.store.daily_tables import (
    AbstentionRow,
    AnswerRow,
    CaseloadRow,
    DailyRunRow,
    DecisionRow,
    MarkRow,
    ProposalRow,
    ResultRow,
    WishRow,
)
from matcher.store.engine import reading, writing
from matcher.store.locks import one_at_a_time
from matcher.store.saving import insert_rows
from matcher.store.tables import Base, IdentityRow, ParticipantRow, VacancyRow
from matcher.store.values import Account, NotAllowed

HISTORY_MARK = "history"
KEPT_DAYS = 365
"""Proposals of vacancies that are gone matter this long for what employers answered."""


class DailyStore:
    """The daily batch's door to one database; every writing method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    # -- the run -------------------------------------------------------------------------------------------------

    @contextmanager
    def run(self, office: str) -> Iterator[int]:
        """Hold the office's lock and return the number of this run; a later run's number is higher."""
        with one_at_a_time(self.engine, f"daily|{office}"):
            yield self._next_fence(f"fence:{office}")

    def _next_fence(self, name: str) -> int:
        with writing(self.engine) as connection:
            done = connection.execute(update(MarkRow).where(MarkRow.name == name).values(number=MarkRow.number + 1))
            if done.rowcount == 0:
                connection.execute(insert(MarkRow), [{"name": name, "number": 1}])
            return _number(connection, name)

    def recorded(self, office: str, day: dt.date) -> DayPlan | None:
        """The recorded day, as it was recorded; None where there is none yet."""
        with reading(self.engine) as connection:
            run = connection.execute(
                select(DailyRunRow).where(DailyRunRow.office == office, DailyRunRow.day == day)
            ).first()
            if run is None:
                return None
            proposals = connection.execute(select(ProposalRow.payload).where(ProposalRow.run_id == run.id)).scalars()
            nothing = connection.execute(select(AbstentionRow.payload).where(AbstentionRow.run_id == run.id)).scalars()
            return DayPlan(
                day=day,
                office=office,
                proposals=sorted((_proposal(text) for text in proposals), key=lambda one: one.participant),
                abstentions=sorted((_abstention(text) for text in nothing), key=lambda one: one.participant),
                report=orjson.loads(run.report),
                versions=orjson.loads(run.versions),
            )

    def record(self, plan: DayPlan, fence: int, mark: int, now: dt.datetime) -> bool:
        """Record a whole day; False where another day was recorded since `mark`: plan again.

        Raises MatcherError where a later run of this office has begun.
        """
        run_id = _digest("run", plan.office, plan.day.isoformat())
        with writing(self.engine) as connection:
            self._still_latest(connection, plan.office, fence)
            if not _advance(connection, HISTORY_MARK, mark):
                connection.rollback()
                return False
            row = {
                "id": run_id,
                "office": plan.office,
                "day": plan.day,
                "fence": fence,
                "recorded_at": now,
                "report": _text(plan.report),
                "versions": _text(plan.versions),
            }
            connection.execute(insert(DailyRunRow), [row])
            insert_rows(connection, ProposalRow, [_proposal_row(run_id, plan.day, one) for one in plan.proposals])
            insert_rows(connection, AbstentionRow, [_abstention_row(run_id, one) for one in plan.abstentions])
        return True

    @staticmethod
    def _still_latest(connection: Connection, office: str, fence: int) -> None:
        held = update(MarkRow).where(MarkRow.name == f"fence:{office}", MarkRow.number == fence)
        if connection.execute(held.values(number=fence)).rowcount != 1:
            raise MatcherError(
                "A later daily run of this office has begun.", "This one stops; nothing of it was recorded."
            )

    # -- what a new day has to respect ---------------------------------------------------------------------------

    def history(self, today: dt.date) -> History:
        """Everything recorded that matters today: repeats, open proposals, running pauses, answers."""
        with reading(self.engine) as connection:
            mark = _number(connection, HISTORY_MARK)
            decisions = _by_proposal(connection, DecisionRow)
            answers = _by_proposal(connection, AnswerRow)
            results = _by_proposal(connection, ResultRow)
            matters = or_(
                ProposalRow.vacancy_id.in_(select(VacancyRow.id)),
                ProposalRow.day >= today - dt.timedelta(days=KEPT_DAYS),
            )
            rows = connection.execute(
                select(
                    ProposalRow.id,
                    ProposalRow.participant_id,
                    ProposalRow.vacancy_id,
                    ProposalRow.employer,
                    ProposalRow.day,
                ).where(matters)
            ).all()
            wishes = self._wishes(connection, today)
        past = [
            _past(row, decisions.get(row.id), answers.get(row.id), results.get(row.id))
            for row in sorted(rows, key=lambda row: str(row.id))
        ]
        return History(past, wishes, mark)

    @staticmethod
    def _wishes(connection: Connection, today: dt.date) -> list[Wish]:
        rows = connection.execute(
            select(
                ProposalRow.participant_id,
                ProposalRow.vacancy_id,
                ProposalRow.employer,
                ProposalRow.occupation,
                WishRow.scope,
                WishRow.until,
            )
            .join(WishRow, WishRow.proposal_id == ProposalRow.id)
            .where(WishRow.until >= today)
        ).all()
        found = [
            Wish(
                participant=row.participant_id,
                scope=row.scope,
                vacancy=row.vacancy_id,
                employer=row.employer,
                occupation=row.occupation,
                until=row.until,
            )
            for row in rows
        ]
        return sorted(found, key=lambda wish: (wish.participant, wish.vacancy))

    def forget_wishes(self, today: dt.date) -> int:
        """Delete every wish whose pause is over; returns how many."""
        with writing(self.engine) as connection:
            return int(connection.execute(delete(WishRow).where(WishRow.until < today)).rowcount)

    # -- caseload ------------------------------------------------------------------------------------------------

    def save_caseload(self, cares: Sequence[Care]) -> int:
        """Replace the caseload of these persons; internal ids or customer numbers. Raises NotFound."""
        with writing(self.engine) as connection:
            ids = {str(key) for key in connection.execute(select(ParticipantRow.id)).scalars()}
            numbers = connection.execute(select(IdentityRow.customer_no, IdentityRow.participant_id)).all()
            internal = {str(row.customer_no): str(row.participant_id) for row in numbers} | {key: key for key in ids}
            unknown = [place for place, one in enumerate(cares, start=2) if one.participant not in internal]
            if unknown:
                raise NotFound(
                    f"Row {unknown[0]} and {len(unknown) - 1} more name participants that are not stored.",
                    "Import the participants first; nothing was taken over.",
                )
            rows = {internal[one.participant]: _care_row(internal[one.participant], one) for one in cares}
            for key in sorted(rows):
                connection.execute(delete(CaseloadRow).where(CaseloadRow.participant_id == key))
            insert_rows(connection, CaseloadRow, [rows[key] for key in sorted(rows)])
            place(connection, [rows[key] for key in sorted(rows)])
        return len(rows)

    def caseload(self) -> dict[str, Care]:
        """Everybody's caseload by internal id."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(CaseloadRow.__table__)).all()
        return {
            row.participant_id: Care(
                participant=row.participant_id,
                office=row.office,
                case_worker=row.case_worker,
                household=row.household,
                appointment_on=row.appointment_on,
                due_on=row.due_on,
            )
            for row in sorted(rows, key=lambda row: str(row.participant_id))
        }

    def customer_numbers(self) -> dict[str, str]:
        """Customer number by internal id: for the rim alone, never for logs or machines."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(IdentityRow.participant_id, IdentityRow.customer_no)).all()
        return {str(row.participant_id): str(row.customer_no) for row in rows}

    # -- four events, apart --------------------------------------------------------------------------------------

    def proposal_id(self, participant: str, vacancy: str) -> str:
        """The id of a recorded proposal; raises NotFound."""
        with reading(self.engine) as connection:
            found = connection.execute(
                select(ProposalRow.id).where(
                    ProposalRow.participant_id == participant, ProposalRow.vacancy_id == vacancy
                )
            ).scalar_one_or_none()
        if found is None:
            raise NotFound("There is no such proposal.", "Look it up in the list of its day.")
        return str(found)

    def decide(self, proposal: str, *, issued: bool, decided_by: Account | str, on: dt.date) -> None:
        """The case worker's decision: issued in the office's own procedure or not, by whom, when.

        `decided_by` is the person's account, or a sign where the installation has no accounts. Raises NotAllowed for
        a machine and a closed account.
        """
        kind = "issued" if issued else "not_issued"
        self._replace(DecisionRow, proposal, {"kind": kind, "decided_on": on, **_person(decided_by)})

    def wish(self, proposal: str, *, reason: str, scope: str, said_on: dt.date, until: dt.date) -> None:
        """The person's own neutral "no" (catalog/refusal_reasons.toml); only the pause reads it."""
        self._replace(WishRow, proposal, {"reason": reason, "scope": scope, "said_on": said_on, "until": until})

    def forget_wish(self, proposal: str) -> None:
        """Delete what a person said; whether there was anything is not told."""
        with writing(self.engine) as connection:
            connection.execute(delete(WishRow).where(WishRow.proposal_id == proposal))

    def answer(self, proposal: str, *, kind: str, on: dt.date) -> None:
        """The employer's answer: none, invited, filled, declined."""
        self._replace(AnswerRow, proposal, {"kind": kind, "answered_on": on})

    def result(self, proposal: str, *, kind: str, on: dt.date) -> None:
        """What came of it: employed, not_employed."""
        self._replace(ResultRow, proposal, {"kind": kind, "known_on": on})

    def _replace(self, model: type[Base], proposal: str, values: Mapping[str, Any]) -> None:
        key: Any = model.__table__.c["proposal_id"]
        with writing(self.engine) as connection:
            known = connection.execute(select(ProposalRow.id).where(ProposalRow.id == proposal)).first()
            if known is None:
                raise NotFound("There is no such proposal.", "Look it up in the list of its day.")
            connection.execute(delete(model).where(key == proposal))
            connection.execute(insert(model), [{"proposal_id": proposal, **values}])


def _person(decided_by: Account | str) -> dict[str, str | None]:
    """Who decided, as the row has it; the database holds an account to be a person's."""
    if isinstance(decided_by, str):
        if not decided_by.strip():
            raise MatcherError("A decision needs the person who decides.", "Give the case worker's own sign.")
        return {"decided_by": decided_by.strip(), "account_id": None, "actor": None}
    if decided_by.kind != "human" or not decided_by.active:
        raise NotAllowed("Only a person decides.", "Let somebody with an open account of their own decide.")
    return {"decided_by": decided_by.login, "account_id": decided_by.id, "actor": decided_by.kind}


def _number(connection: Connection, name: str) -> int:
    found = connection.execute(select(MarkRow.number).where(MarkRow.name == name)).scalar_one_or_none()
    return int(found or 0)


def _advance(connection: Connection, name: str, mark: int) -> bool:
    done = connection.execute(
        update(MarkRow).where(MarkRow.name == name, MarkRow.number == mark).values(number=mark + 1)
    )
    return bool(done.rowcount == 1)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]


def _text(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _proposal_row(run_id: str, day: dt.date, one: Proposal) -> dict[str, Any]:
    body = {
        "points": one.points,
        "loss": one.loss,
        "first_choice": one.first_choice,
        "runners_up": list(one.runners_up),
        "body": one.body,
    }
    named = {name: getattr(one, name) for name in ("participant", "vacancy", "employer", "occupation")}
    return {
        "id": _digest("proposal", one.participant, one.vacancy),
        "run_id": run_id,
        "participant_id": one.participant,
        "vacancy_id": one.vacancy,
        "employer": one.employer[:200],
        "occupation": one.occupation,
        "day": day,
        "payload": _text(named | body),
    }


def _proposal(text: str) -> Proposal:
    row = orjson.loads(text)
    return Proposal(**(row | {"runners_up": tuple(row["runners_up"])}))


def _abstention_row(run_id: str, one: Abstention) -> dict[str, Any]:
    payload = {
        "participant": one.participant,
        "reason": one.reason,
        "text": one.text,
        "action": one.action,
        "open_questions": list(one.open_questions),
    }
    return {"run_id": run_id, "participant_id": one.participant, "reason": one.reason, "payload": _text(payload)}


def _abstention(text: str) -> Abstention:
    row = orjson.loads(text)
    return Abstention(**(row | {"open_questions": tuple(row["open_questions"])}))


def _care_row(key: str, one: Care) -> dict[str, Any]:
    names = ("office", "case_worker", "household", "appointment_on", "due_on")
    return {"participant_id": key} | {name: getattr(one, name) for name in names}


def _by_proposal(connection: Connection, model: type[Base]) -> dict[str, Any]:
    return {str(row.proposal_id): row for row in connection.execute(select(model.__table__)).all()}


def _past(row: Any, decision: Any, answer: Any, result: Any) -> Past:
    kind = answer.kind if answer is not None else "none"
    return Past(
        participant=row.participant_id,
        vacancy=row.vacancy_id,
        employer=row.employer,
        day=row.day,
        withdrawn=decision is not None and decision.kind == "not_issued",
        issued_on=decision.decided_on if decision is not None and decision.kind == "issued" else None,
        answered_on=answer.answered_on if kind != "none" else None,
        filled=kind == "filled",
        closed=kind in ("filled", "declined") or result is not None,
    )
