"""Writing lists of rows: insert what is new, replace what differs, leave the rest alone, renew the version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from matcher.errors import MatcherError
from matcher.participant import Profile
from matcher.store import codec
from matcher.store.engine import lock
from matcher.store.tables import (
    Base,
    EmployerRow,
    HouseholdRow,
    IdentityRow,
    OfferRow,
    ParticipantRow,
    PlaceRecord,
    ProgrammeRow,
    ProtectedRow,
    VacancyRow,
    VersionRow,
)

Rows = Mapping[str, dict[str, Any]]
KINDS: Mapping[str, type[Base]] = {
    "participants": ParticipantRow,
    "vacancies": VacancyRow,
    "employers": EmployerRow,
    "offers": OfferRow,
    "programmes": ProgrammeRow,
    "places": PlaceRecord,
}
_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Counts:
    """What saving a list did: rows added, rows replaced, rows that were already there."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def table_of(kind: str) -> Table:
    """The table of a kind; raises MatcherError for an unknown one."""
    if kind not in KINDS:
        raise MatcherError(f"The store keeps no {kind!r}.", f"Kinds: {', '.join(KINDS)}.")
    return _of(KINDS[kind])


def _of(model: type[Base]) -> Table:
    return model.__table__


def put(rows: dict[str, dict[str, Any]], key: str, row: dict[str, Any]) -> None:
    """Add a row; raises MatcherError when its id is there with other content."""
    if key in rows and rows[key] != row:
        raise MatcherError(f"The id {key!r} occurs twice with different content.", "Give every row its own id.")
    rows[key] = row


def identities_of(connection: Connection) -> dict[str, str]:
    """Internal id by customer number; no other writer of persons works meanwhile."""
    lock(connection, "participants")
    rows = connection.execute(select(IdentityRow.customer_no, IdentityRow.participant_id))
    return {str(number): str(internal) for number, internal in rows}


def renamed(profile: Profile, internal: str) -> Profile:
    """The profile under its internal id."""
    return replace(profile, participant=replace(profile.participant, id=internal))


def person_row(profile: Profile) -> dict[str, Any]:
    """The rows of one person in all tables, as one record."""
    parts = {
        "payload": codec.encode(profile.participant),
        "household": codec.encode(profile.household),
        "protected": codec.encode(profile.protected),
        "conflicts": codec.encode_conflicts(profile.conflicts),
    }
    return {
        "id": profile.id,
        "digest": codec.digest(*parts.values()),
        "as_of": profile.participant.as_of,
        **parts,
    }


def people_query() -> Any:
    """Id, the three payloads and conflicts of every person."""
    return (
        select(
            ParticipantRow.id,
            ParticipantRow.payload,
            HouseholdRow.payload,
            ProtectedRow.payload,
            ParticipantRow.conflicts,
        )
        .join(HouseholdRow, HouseholdRow.participant_id == ParticipantRow.id)
        .join(ProtectedRow, ProtectedRow.participant_id == ParticipantRow.id)
    )


def save_people(connection: Connection, rows: Rows) -> Counts:
    """Write persons into their three tables."""
    apart = ("household", "protected")
    open_rows = {key: {name: row[name] for name in row if name not in apart} for key, row in rows.items()}
    touched: dict[str, bool] = {}
    counts = save_rows(connection, "participants", open_rows, touched)
    for model, part in ((HouseholdRow, "household"), (ProtectedRow, "protected")):
        for is_new, write in ((True, insert_rows), (False, _replace)):
            keys = [key for key in sorted(touched) if touched[key] is is_new]
            write(connection, model, [{"participant_id": key, "payload": rows[key][part]} for key in keys])
    return counts


def save_rows(connection: Connection, kind: str, rows: Rows, touched: dict[str, bool] | None = None) -> Counts:
    """Insert and replace what differs and renew the kind's version; `touched` receives written ids (True: new)."""
    lock(connection, kind)
    table = table_of(kind)
    stored = {str(key): str(value) for key, value in connection.execute(select(table.c.id, table.c.digest))}
    new = [key for key in sorted(rows) if key not in stored]
    changed = [key for key in sorted(rows) if key in stored and stored[key] != rows[key]["digest"]]
    insert_rows(connection, KINDS[kind], [rows[key] for key in new])
    _replace(connection, KINDS[kind], [rows[key] for key in changed])
    if touched is not None:
        touched.update(dict.fromkeys(new, True) | dict.fromkeys(changed, False))
    if new or changed:
        stored.update({key: row["digest"] for key, row in rows.items()})
        _set_version(connection, kind, codec.version_of(stored.items()))
    return Counts(len(new), len(changed), len(rows) - len(new) - len(changed))


def insert_rows(connection: Connection, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows in bulk."""
    for start in range(0, len(rows), _CHUNK):
        connection.execute(insert(model), list(rows[start : start + _CHUNK]))


def insert_new(connection: Connection, model: type[Base]) -> Any:
    """An insert that leaves a row alone whose key is taken; add `returning` to learn which it was."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as on_server

        return on_server(model).on_conflict_do_nothing()
    from sqlalchemy.dialects.sqlite import insert as on_file

    return on_file(model).on_conflict_do_nothing()


def _replace(connection: Connection, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    table = _of(model)
    key = next(iter(table.primary_key)).name
    names = [name for name in rows[0] if name != key]
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    statement = update(table).where(table.c[key] == bindparam("key_")).values(values)
    given = [{"key_": row[key], **{f"new_{name}": row[name] for name in names}} for row in rows]
    connection.execute(statement, given)


def _set_version(connection: Connection, kind: str, version: str) -> None:
    done = connection.execute(update(VersionRow).where(VersionRow.kind == kind).values(version=version))
    if done.rowcount == 0:
        connection.execute(insert(VersionRow), [{"kind": kind, "version": version}])
