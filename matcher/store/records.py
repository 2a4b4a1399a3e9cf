"""Records of suggestions: what was asked and answered, by whom, for what purpose. Only ever added. Source: TRUST 9."""

from typing import Any

import orjson
from sqlalchemy import Engine, bindparam, insert, select

from matcher.store.scope import OWN, READABLE, checked_id, given, missing
from matcher.store.secret import new_id
from matcher.store.service_tables import SuggestionRecordRow as Row
from matcher.store.tables import ParticipantRow
from matcher.store.transaction import reading, writing
from matcher.store.values import Scope, StoredRecord, SuggestionRecord

_FIELDS = ("id", "participant_id", "account_id", "purpose", "asked_at", "question", "versions", "answer")
_TABLE = Row.__table__
_ALL = (
    select(*(_TABLE.c[name] for name in _FIELDS))
    .join(ParticipantRow, ParticipantRow.id == Row.participant_id)
    .where(READABLE)
)
_ONE = _ALL.where(Row.id == bindparam("record"))
_LATEST = _ALL.where(Row.participant_id == bindparam("person")).order_by(Row.asked_at.desc(), Row.id.desc()).limit(1)
_INTO = (
    insert(Row)
    .from_select(
        _FIELDS,
        select(*(bindparam(name, type_=_TABLE.c[name].type) for name in _FIELDS)).where(
            ParticipantRow.id == bindparam("person"), OWN
        ),
        include_defaults=False,
    )
    .returning(_TABLE.c.id)
)


class Records:
    """The records of one Jobcenter."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def write(self, scope: Scope, record: SuggestionRecord) -> str:
        """Add a record and return its id; raises NotFound for a person outside the caseload."""
        values = _row(scope, record)
        person = checked_id(record.participant_id)
        with writing(self.engine) as connection:
            if connection.execute(_INTO, given(scope, person=person, **values)).first() is None:
                raise missing()
        return str(values["id"])

    def get(self, scope: Scope, record_id: str) -> StoredRecord:
        """One record of a person the scope may read about; raises NotFound."""
        with reading(self.engine) as connection:
            row = connection.execute(_ONE, given(scope, record=checked_id(record_id))).first()
        if row is None:
            raise missing()
        return _record(row)

    def latest(self, scope: Scope, participant_id: str) -> StoredRecord | None:
        """The newest record about one person; None where there is none or the person is foreign."""
        with reading(self.engine) as connection:
            row = connection.execute(_LATEST, given(scope, person=checked_id(participant_id))).first()
        return None if row is None else _record(row)


def _row(scope: Scope, record: SuggestionRecord) -> dict[str, Any]:
    answer = record.answer_json
    return {
        "id": new_id(),
        "participant_id": record.participant_id,
        "account_id": scope.account_id,
        "purpose": scope.purpose[:64],
        "asked_at": record.asked_at,
        "question": orjson.dumps(dict(record.question), option=orjson.OPT_SORT_KEYS).decode(),
        "versions": orjson.dumps(dict(record.versions), option=orjson.OPT_SORT_KEYS).decode(),
        "answer": answer.encode("utf-8") if isinstance(answer, str) else answer,
    }


def _record(row: Any) -> StoredRecord:
    return StoredRecord(
        id=row.id,
        account_id=row.account_id,
        purpose=row.purpose,
        record=SuggestionRecord(
            participant_id=row.participant_id,
            asked_at=row.asked_at,
            question=orjson.loads(row.question),
            versions=orjson.loads(row.versions),
            answer_json=bytes(row.answer),
        ),
    )
