"""Participants as the service sees them: within a scope, page by page, changed only over the state that was read."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from matcher.errors import NotFound
from matcher.participant import Profile
from matcher.store import codec
from matcher.store.daily_tables import CaseloadRow
from matcher.store.paging import Cut
from matcher.store.saving import person_row, renamed
from matcher.store.scope import OWN, RANKABLE, checked_id, given, missing
from matcher.store.secret import new_id
from matcher.store.service_tables import AccountOfficeRow, AccountRow
from matcher.store.tables import HouseholdRow, IdentityRow, ParticipantRow, ProtectedRow, VersionRow
from matcher.store.transaction import lock, reading, writing
from matcher.store.values import Conflict, NotAllowed, Page, PeopleFilter, Scope, StoredPerson

_PEOPLE = (
    select(
        ParticipantRow.id,
        ParticipantRow.office,
        ParticipantRow.case_worker,
        ParticipantRow.digest,
        ParticipantRow.payload,
        HouseholdRow.payload.label("household"),
        ProtectedRow.payload.label("protected"),
        ParticipantRow.conflicts,
    )
    .join(HouseholdRow, HouseholdRow.participant_id == ParticipantRow.id)
    .join(ProtectedRow, ProtectedRow.participant_id == ParticipantRow.id)
)
_LIST = _PEOPLE.where(OWN)
_ONE = _PEOPLE.where(OWN, ParticipantRow.id == bindparam("person"))
_ONE_TO_CHANGE = _ONE.with_for_update(of=ParticipantRow)
_FOR_RANKING = _PEOPLE.where(RANKABLE)


class People:
    """The participants of one Jobcenter; what is foreign is NotFound, like what does not exist."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def list(
        self, scope: Scope, filters: PeopleFilter | None = None, after: str | None = None, limit: int = 50
    ) -> Page[StoredPerson]:
        """One page of the caseload, ordered by id; `after` is the `next` of the page before."""
        cut = Cut(after, limit)
        query = cut.of(_LIST.where(*_conditions(filters or PeopleFilter())), ParticipantRow.id)
        with reading(self.engine) as connection:
            return cut.page(connection.execute(query, given(scope)).all(), _person)

    def get(self, scope: Scope, participant_id: str) -> StoredPerson:
        """One person of the caseload; raises NotFound."""
        with reading(self.engine) as connection:
            return _person(_found(connection, _ONE, scope, participant_id))

    def for_ranking(self, scope: Scope) -> Sequence[StoredPerson]:
        """Everybody who may stand in a list for one vacancy, ordered by id: the whole Jobcenter's persons for the
        employer service, the own caseload for a case worker, nobody else."""
        with reading(self.engine) as connection:
            rows = connection.execute(_FOR_RANKING, given(scope)).all()
        return [_person(row) for row in sorted(rows, key=lambda row: str(row.id))]

    def create(self, scope: Scope, profile: Profile, customer_no: str | None, office: str) -> StoredPerson:
        """A new person in the case worker's own caseload, under a new random id.

        Raises NotAllowed for other roles and offices, Conflict where the customer number is stored already.
        """
        if scope.role != "case_worker" or office not in scope.offices:
            raise NotAllowed("This account may not add participants there.", "Ask an administrator.")
        profile = renamed(profile, new_id())
        try:
            with _changing(self.engine) as connection:
                _insert(connection, profile, office, scope.account_id)
                if customer_no is not None:
                    connection.execute(insert(IdentityRow), {"participant_id": profile.id, "customer_no": customer_no})
        except IntegrityError as error:
            raise Conflict("This customer number cannot be taken.", "Look the participant up.") from error
        return self.get(scope, profile.id)

    def replace(self, scope: Scope, participant_id: str, profile: Profile, if_match: str) -> StoredPerson:
        """Replace all facts of one person; raises NotFound, or Conflict where `if_match` is not the etag in force."""
        profile = renamed(profile, participant_id)
        with _changing(self.engine) as connection:
            row = _found(connection, _ONE_TO_CHANGE, scope, participant_id)
            if _etag(row) != if_match:
                raise Conflict("Somebody else has changed this participant.", "Read it again.", etag=_etag(row))
            _update(connection, profile)
        return self.get(scope, participant_id)

    def assign(self, participant_id: str, case_worker: str | None, office: str) -> None:
        """Put a person into a caseload; counts from the next request on.

        `case_worker` is an open case worker's account in that office, None nobody yet. Raises NotFound for either.
        """
        with _changing(self.engine) as connection:
            if case_worker is not None and connection.execute(_works_in(case_worker, office)).first() is None:
                raise NotFound("There is no such case worker in this office.", "See `matcher user list`.")
            done = connection.execute(
                update(ParticipantRow)
                .where(ParticipantRow.id == checked_id(participant_id))
                .values(case_worker=case_worker, office=office)
            )
            if done.rowcount == 0:
                raise missing()
            _note_office(connection, participant_id, office)


@contextmanager
def _changing(engine: Engine) -> Iterator[Connection]:
    """A transaction that changes single persons: beside others of its kind, never beside an import."""
    with writing(engine) as connection:
        lock(connection, "participants", shared=True)
        yield connection
        connection.execute(delete(VersionRow).where(VersionRow.kind == "participants"))


def _conditions(filters: PeopleFilter) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.office is not None:
        found.append(ParticipantRow.office == filters.office)
    if filters.case_worker is not None:
        found.append(ParticipantRow.case_worker == filters.case_worker)
    if filters.as_of_before is not None:
        found.append(ParticipantRow.as_of < filters.as_of_before)
    if filters.ids is not None:
        found.append(ParticipantRow.id.in_([checked_id(one) for one in filters.ids]))
    return found


def _found(connection: Connection, query: Any, scope: Scope, participant_id: str) -> Any:
    row = connection.execute(query, given(scope, person=checked_id(participant_id))).first()
    if row is None:
        raise missing()
    return row


def _works_in(account_id: str, office: str) -> Select[Any]:
    return (
        select(AccountRow.id)
        .join(AccountOfficeRow, AccountOfficeRow.account_id == AccountRow.id)
        .where(
            AccountRow.id == account_id,
            AccountRow.active,
            AccountRow.role == "case_worker",
            AccountOfficeRow.office == office,
        )
    )


def _person(row: Any) -> StoredPerson:
    return StoredPerson(
        id=row.id,
        office=row.office,
        case_worker=row.case_worker,
        etag=_etag(row),
        profile=codec.decode_profile(row.payload, row.household, row.protected, row.conflicts),
    )


def _etag(row: Any) -> str:
    shown = "\x1f".join((row.digest, row.office or "", row.case_worker or ""))
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


def _insert(connection: Connection, profile: Profile, office: str, case_worker: str) -> None:
    row = person_row(profile)
    household, protected = row.pop("household"), row.pop("protected")
    connection.execute(insert(ParticipantRow), {**row, "office": office, "case_worker": case_worker})
    connection.execute(insert(HouseholdRow), {"participant_id": profile.id, "payload": household})
    connection.execute(insert(ProtectedRow), {"participant_id": profile.id, "payload": protected})
    _note_office(connection, profile.id, office)


def _update(connection: Connection, profile: Profile) -> None:
    row = person_row(profile)
    household, protected = row.pop("household"), row.pop("protected")
    key = row.pop("id")
    connection.execute(update(ParticipantRow).where(ParticipantRow.id == key).values(row))
    connection.execute(update(HouseholdRow).where(HouseholdRow.participant_id == key).values(payload=household))
    connection.execute(update(ProtectedRow).where(ProtectedRow.participant_id == key).values(payload=protected))


def _note_office(connection: Connection, participant_id: str, office: str) -> None:
    """The daily batch reads offices in the caseload list."""
    done = connection.execute(
        update(CaseloadRow).where(CaseloadRow.participant_id == participant_id).values(office=office)
    )
    if done.rowcount == 0:
        connection.execute(insert(CaseloadRow), {"participant_id": participant_id, "office": office})
