"""Decisions of named people about recorded suggestions. The database refuses what has no person. Source: TRUST 6, 7."""

import datetime as dt
from typing import Any

from sqlalchemy import Engine, and_, bindparam, insert, select

from matcher.errors import MatcherError
from matcher.store.scope import OWN, READABLE, checked_id, given, missing
from matcher.store.secret import new_id
from matcher.store.service_tables import AccountRow, SuggestionRecordRow
from matcher.store.service_tables import SuggestionDecisionRow as Row
from matcher.store.tables import ParticipantRow
from matcher.store.transaction import reading, writing
from matcher.store.values import DECISIONS, Decision, DecisionKind, NotAllowed, Scope

_FIELDS = (
    "id", "participant_id", "record_id", "item_id", "decision", "reason", "note", "account_id", "actor", "via",
    "decided_at",
)  # fmt: skip
_TABLE = Row.__table__
_ALL = (
    select(*(_TABLE.c[name] for name in _FIELDS))
    .join(ParticipantRow, ParticipantRow.id == Row.participant_id)
    .where(Row.participant_id == bindparam("person"), READABLE)
)
_SOURCE = (
    select(*(bindparam(name, type_=_TABLE.c[name].type) for name in _FIELDS))
    .select_from(SuggestionRecordRow)
    .join(ParticipantRow, ParticipantRow.id == SuggestionRecordRow.participant_id)
    .join(
        AccountRow,
        and_(AccountRow.id == bindparam("scope_account"), AccountRow.active, AccountRow.kind == "human"),
    )
    .where(
        SuggestionRecordRow.id == bindparam("record"),
        SuggestionRecordRow.participant_id == bindparam("person"),
        OWN,
    )
)
_INTO = insert(Row).from_select(_FIELDS, _SOURCE, include_defaults=False).returning(_TABLE.c.id)
"""Fed by the record itself: no row where person, record or account is not what it must be."""


class Decisions:
    """The decisions of one Jobcenter; only ever added, the latest about an item counts."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def record(
        self,
        scope: Scope,
        participant_id: str,
        record_id: str,
        item_id: str,
        decision: DecisionKind,
        reason: str,
        at: dt.datetime,
        note: str | None = None,
    ) -> str:
        """Write down what the scope's own person decided; returns the decision's id.

        Raises NotAllowed for machines, MatcherError without a reason, NotFound for a foreign person or record.
        """
        if not scope.human:
            raise NotAllowed("Only a person decides.", "Sign in and decide in the office's own name.")
        if decision not in DECISIONS or not reason.strip():
            raise MatcherError("A decision is accepted, changed or refused, and has a reason.", "Give both.")
        values = {
            "id": new_id(),
            "participant_id": checked_id(participant_id),
            "record_id": checked_id(record_id),
            "item_id": item_id,
            "decision": decision,
            "reason": reason.strip(),
            "note": note,
            "account_id": scope.account_id,
            "actor": "human",
            "via": "session",
            "decided_at": at,
        }
        with writing(self.engine) as connection:
            if (
                connection.execute(_INTO, given(scope, record=record_id, person=participant_id, **values)).first()
                is None
            ):
                raise missing()
        return str(values["id"])

    def list(self, scope: Scope, participant_id: str) -> list[Decision]:
        """Everything decided about one person, oldest first; nothing for a foreign one."""
        with reading(self.engine) as connection:
            rows = connection.execute(_ALL, given(scope, person=checked_id(participant_id))).all()
        return [_decision(row) for row in sorted(rows, key=lambda row: (row.decided_at, row.id))]


def _decision(row: Any) -> Decision:
    return Decision(
        id=row.id,
        participant_id=row.participant_id,
        record_id=row.record_id,
        item_id=row.item_id,
        decision=row.decision,
        reason=row.reason,
        note=row.note,
        at=row.decided_at,
        account_id=row.account_id,
    )
