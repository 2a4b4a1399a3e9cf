"""The store's door: save lists of values in one transaction each, read them back ordered by id.

Saving is idempotent: a value whose digest is already stored is left alone and counted as unchanged.
"""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Engine, Table, bindparam, insert, select, update

from matcher.errors import MatcherError, NotFound
from matcher.participant import Profile
from matcher.programme import Offer, Programme
from matcher.store import codec
from matcher.store.engine import connect, reading, writing
from matcher.store.schema import ensure_schema
from matcher.store.tables import (
    Base,
    EmployerRow,
    HouseholdRow,
    IdentityRow,
    ImportRow,
    OfferRow,
    ParticipantRow,
    PlaceRecord,
    ProgrammeRow,
    ProtectedRow,
    VacancyRow,
    VersionRow,
)
from matcher.vacancy import Employer, Vacancy

if TYPE_CHECKING:
    from matcher.places import Places
    from matcher.read.places import PlaceRow

V = TypeVar("V", Vacancy, Employer, Offer, Programme)
Rows = Mapping[str, dict[str, Any]]
KINDS: Mapping[str, type[Base]] = {
    "participants": ParticipantRow,
    "vacancies": VacancyRow,
    "employers": EmployerRow,
    "offers": OfferRow,
    "programmes": ProgrammeRow,
    "places": PlaceRecord,
}
ID_BYTES = 10
EMPTY = codec.version_of(())
_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Counts:
    """What saving a list did: rows added, rows replaced, rows that were already there."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """One line of the import log; `at` in UTC."""

    kind: str
    file_name: str
    content_hash: str
    at: dt.datetime
    counts: Counts


def open_store(data_dir: Path, url: str | None = None, create: bool = True) -> "Store":
    """Open the database of a data folder and bring its schema up to date.

    `url` is the setting `database_url`; empty means the embedded file. Raises MatcherError when the database
    cannot be reached, is missing (with `create=False`), or was written by a newer program.
    """
    engine = connect(data_dir, url, create)
    try:
        ensure_schema(engine, create)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


class Store:
    """Repositories over one database; every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    def save_participants(
        self, profiles: Sequence[Profile], customer_nos: Sequence[str | None] | None = None
    ) -> Counts:
        """Save persons; with a customer number the internal id is the stored one, or a new random one."""
        numbers = customer_nos if customer_nos is not None else [None] * len(profiles)
        with writing(self.engine) as connection:
            known = _identities(connection)
            rows: dict[str, dict[str, Any]] = {}
            identities: dict[str, str] = {}
            for profile, number in zip(profiles, numbers, strict=True):
                if number is not None:
                    if number not in known:
                        known[number] = identities[number] = secrets.token_hex(ID_BYTES)
                    profile = _renamed(profile, known[number])  # noqa: PLW2901
                _put(rows, profile.id, _person_row(profile))
            counts = _save_people(connection, rows)
            _insert(
                connection,
                IdentityRow,
                [
                    {"participant_id": internal, "customer_no": number}
                    for number, internal in sorted(identities.items())
                ],
            )
        return counts

    def save_vacancies(self, values: Sequence[Vacancy]) -> Counts:
        """Save vacancies by their id (reference number)."""
        return self._save("vacancies", values, ("employer_id", "published_on", "open_until"))

    def save_employers(self, values: Sequence[Employer]) -> Counts:
        """Save employers by their id."""
        return self._save("employers", values, ())

    def save_offers(self, values: Sequence[Offer]) -> Counts:
        """Save local offers by their id."""
        return self._save("offers", values, ("programme_id", "starts_on"))

    def save_programmes(self, values: Sequence[Programme]) -> Counts:
        """Save the office's own programmes by their id."""
        return self._save("programmes", values, ())

    def save_places(self, values: "Sequence[PlaceRow]") -> Counts:
        """Save rows of postal codes and places; a code without a place and one with it are two rows."""
        rows: dict[str, dict[str, Any]] = {}
        for value in values:
            key = f"{value.postal_code}|{value.place or ''}"
            columns = {
                name: getattr(value, name)
                for name in ("postal_code", "place", "lat", "lon", "ags", "district", "state")
            }
            _put(rows, key, {"id": key, "digest": codec.digest(*map(repr, columns.values())), **columns})
        with writing(self.engine) as connection:
            return _save_rows(connection, "places", rows)

    def participant(self, id_or_customer_no: str) -> Profile:
        """One person by internal id, else by customer number; raises NotFound."""
        with reading(self.engine) as connection:
            query = _people_query()
            found = connection.execute(query.where(ParticipantRow.id == id_or_customer_no)).first()
            if found is None:
                query = query.join(IdentityRow, IdentityRow.participant_id == ParticipantRow.id)
                found = connection.execute(query.where(IdentityRow.customer_no == id_or_customer_no)).first()
        if found is None:
            raise NotFound(
                "There is no such participant.", "Give an internal id or a customer number as imported."
            )
        return codec.decode_profile(*found[1:])

    def participants(self) -> list[Profile]:
        """All persons, ordered by internal id."""
        with reading(self.engine) as connection:
            rows = connection.execute(_people_query()).all()
        return [codec.decode_profile(*row[1:]) for row in sorted(rows, key=lambda row: str(row[0]))]

    def vacancies(self) -> list[Vacancy]:
        """All vacancies, ordered by id."""
        return self._all("vacancies", Vacancy)

    def employers(self) -> list[Employer]:
        """All employers, ordered by id."""
        return self._all("employers", Employer)

    def offers(self) -> list[Offer]:
        """All offers, ordered by id."""
        return self._all("offers", Offer)

    def programmes(self) -> list[Programme]:
        """The office's own programmes, ordered by id."""
        return self._all("programmes", Programme)

    def places(self) -> "Places":
        """Postal codes and place names with coordinates; a place without any takes its postal code's."""
        from matcher.places import Places

        with reading(self.engine) as connection:
            rows = connection.execute(
                select(PlaceRecord.postal_code, PlaceRecord.place, PlaceRecord.lat, PlaceRecord.lon)
            ).all()
        centre = {code: (lat, lon) for code, _, lat, lon in sorted(rows, key=str) if lat is not None}
        located = []
        for code, place, lat, lon in rows:
            at = (lat, lon) if lat is not None else centre.get(code)
            if at is not None:
                located.append((code, place, at[0], at[1]))
        return Places.from_rows(located)

    def count(self, kind: str) -> int:
        """How many rows of a kind are stored."""
        from sqlalchemy import func

        with reading(self.engine) as connection:
            return int(connection.execute(select(func.count()).select_from(_table(kind))).scalar_one())

    def version(self, kind: str) -> str:
        """Content hash over the kind's rows: equal content, equal version, in every database."""
        _table(kind)
        with reading(self.engine) as connection:
            found = connection.execute(
                select(VersionRow.version).where(VersionRow.kind == kind)
            ).scalar_one_or_none()
        return EMPTY if found is None else str(found)

    def log_import(self, record: ImportRecord) -> None:
        """Note an import that has been saved."""
        with writing(self.engine) as connection:
            connection.execute(
                insert(ImportRow),
                [
                    {
                        "kind": record.kind,
                        "file_name": record.file_name[:255],
                        "content_hash": record.content_hash,
                        "imported_at": record.at,
                        "new": record.counts.new,
                        "changed": record.counts.changed,
                        "unchanged": record.counts.unchanged,
                    }
                ],
            )

    def first_import(self, kind: str, content_hash: str) -> dt.datetime | None:
        """When a file of this content was first imported, in UTC; None if never."""
        query = (
            select(ImportRow.imported_at)
            .where(ImportRow.kind == kind, ImportRow.content_hash == content_hash)
            .order_by(ImportRow.id)
            .limit(1)
        )
        with reading(self.engine) as connection:
            at = connection.execute(query).scalar_one_or_none()
        return (
            None
            if at is None
            else (at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC))
        )

    def _save(self, kind: str, values: Sequence[V], columns: Sequence[str]) -> Counts:
        rows: dict[str, dict[str, Any]] = {}
        for value in values:
            payload = codec.encode(value)
            extra = {name: getattr(value, name) for name in columns}
            _put(
                rows, value.id, {"id": value.id, "digest": codec.digest(payload), "payload": payload, **extra}
            )
        with writing(self.engine) as connection:
            return _save_rows(connection, kind, rows)

    def _all(self, kind: str, value_type: type[V]) -> list[V]:
        table = _table(kind)
        with reading(self.engine) as connection:
            rows = connection.execute(select(table.c.id, table.c.payload)).all()
        return [codec.decode(value_type, payload) for _, payload in sorted(rows, key=lambda row: str(row[0]))]


def _table(kind: str) -> Table:
    if kind not in KINDS:
        raise MatcherError(f"The store keeps no {kind!r}.", f"Kinds: {', '.join(KINDS)}.")
    table = KINDS[kind].__table__
    assert isinstance(table, Table)  # noqa: S101 - narrows the declarative attribute for the type checker
    return table


def _put(rows: dict[str, dict[str, Any]], key: str, row: dict[str, Any]) -> None:
    if key in rows and rows[key] != row:
        raise MatcherError(
            f"The id {key!r} occurs twice with different content.", "Give every row its own id."
        )
    rows[key] = row


def _identities(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(IdentityRow.customer_no, IdentityRow.participant_id))
    return {str(number): str(internal) for number, internal in rows}


def _renamed(profile: Profile, internal: str) -> Profile:
    return replace(profile, participant=replace(profile.participant, id=internal))


def _person_row(profile: Profile) -> dict[str, Any]:
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


def _people_query() -> Any:
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


def _save_people(connection: Connection, rows: Rows) -> Counts:
    counts = _save_rows(
        connection,
        "participants",
        {
            key: {name: value for name, value in row.items() if name not in ("household", "protected")}
            for key, row in rows.items()
        },
        touched := {},
    )
    for table, part in ((HouseholdRow, "household"), (ProtectedRow, "protected")):
        for is_new, write in ((True, _insert), (False, _replace)):
            write(
                connection,
                table,
                [
                    {"participant_id": key, "payload": rows[key][part]}
                    for key in sorted(touched)
                    if touched[key] is is_new
                ],
            )
    return counts


def _save_rows(
    connection: Connection, kind: str, rows: Rows, touched: dict[str, bool] | None = None
) -> Counts:
    """Insert and replace what differs and renew the kind's version; `touched` receives written ids (True: new)."""
    table = _table(kind)
    stored = {str(key): str(value) for key, value in connection.execute(select(table.c.id, table.c.digest))}
    new = [key for key in sorted(rows) if key not in stored]
    changed = [key for key in sorted(rows) if key in stored and stored[key] != rows[key]["digest"]]
    _insert(connection, KINDS[kind], [rows[key] for key in new])
    _replace(connection, KINDS[kind], [rows[key] for key in changed])
    if touched is not None:
        touched.update(dict.fromkeys(new, True) | dict.fromkeys(changed, False))
    if new or changed:
        stored.update({key: row["digest"] for key, row in rows.items()})
        _set_version(connection, kind, codec.version_of(stored.items()))
    return Counts(len(new), len(changed), len(rows) - len(new) - len(changed))


def _insert(connection: Connection, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    for start in range(0, len(rows), _CHUNK):
        connection.execute(insert(model), list(rows[start : start + _CHUNK]))


def _replace(connection: Connection, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    key = next(iter(model.__table__.primary_key)).name
    names = [name for name in rows[0] if name != key]
    statement = (
        update(model.__table__)
        .where(model.__table__.c[key] == bindparam("key_"))
        .values(  # type: ignore[arg-type]
            {name: bindparam(f"new_{name}") for name in names}
        )
    )
    connection.execute(
        statement, [{"key_": row[key]} | {f"new_{name}": row[name] for name in names} for row in rows]
    )


def _set_version(connection: Connection, kind: str, version: str) -> None:
    done = connection.execute(update(VersionRow).where(VersionRow.kind == kind).values(version=version))
    if done.rowcount == 0:
        connection.execute(insert(VersionRow), [{"kind": kind, "version": version}])
