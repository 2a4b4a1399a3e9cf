"""The store's door: save lists of values in one transaction each, read them back ordered by id.

Saving is idempotent: a value whose digest is already stored is left alone and counted as unchanged.
"""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Engine, insert, select

from matcher.errors import NotFound
from matcher.participant import Profile
from matcher.programme import Offer, Programme
from matcher.settings import setting
from matcher.store import codec
from matcher.store.engine import DEFAULT_JOBCENTER, connect, reading, serve, writing
from matcher.store.saving import (
    KINDS,
    Counts,
    identities_of,
    insert_new,
    insert_rows,
    people_query,
    person_row,
    put,
    renamed,
    save_people,
    save_rows,
    table_of,
)
from matcher.store.schema import ensure_schema
from matcher.store.tables import (
    IdentityRow,
    ImportRow,
    ParticipantRow,
    PlaceRecord,
)
from matcher.store.versions import read_versions
from matcher.vacancy import Employer, Vacancy

if TYPE_CHECKING:
    from matcher.places import Places
    from matcher.read.places import PlaceRow

__all__ = ["KINDS", "Counts", "ImportRecord", "Store", "open_store"]

V = TypeVar("V", Vacancy, Employer, Offer, Programme)
ID_BYTES = 10
HISTORY = "history"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """One line of the import log; `at` in UTC."""

    kind: str
    file_name: str
    content_hash: str
    at: dt.datetime
    counts: Counts


def open_store(
    data_dir: Path,
    url: str | None = None,
    create: bool = True,
    jobcenter: str = DEFAULT_JOBCENTER,
    owner_url: str | None = None,
) -> "Store":
    """Open the database of a data folder for one Jobcenter and bring its schema up to date.

    `url` is the setting `database_url`; empty means the embedded file. `owner_url` is the owner of the tables where
    that is somebody else. Raises MatcherError when the database cannot be reached, is missing (with `create=False`),
    was written by a newer program, or does not serve this Jobcenter.
    """
    engine = connect(data_dir, url, create)
    try:
        ensure_schema(engine, create, owner_url)
        served = serve(engine, jobcenter)
        prepare(served)
    except BaseException:
        engine.dispose()
        raise
    return Store(served)


def open_configured(data_dir: Path, create: bool = True) -> "Store":
    """The store that the settings name for this data folder."""
    return open_store(data_dir, create=create, **configured(data_dir))


def configured(data_dir: Path) -> "dict[str, Any]":
    """Database, owner and Jobcenter from the settings."""
    return {
        "url": str(setting("database_url", data_dir)) or None,
        "owner_url": str(setting("database_owner_url", data_dir)) or None,
        "jobcenter": str(setting("jobcenter", data_dir)),
    }


def prepare(engine: Engine) -> None:
    """What a Jobcenter needs before its first row: the counter of recorded days."""
    if engine.dialect.name != "postgresql":
        return  # the migration has made it
    from matcher.store.daily_tables import MarkRow

    with reading(engine) as connection:
        found = connection.execute(select(MarkRow.name).where(MarkRow.name == HISTORY)).first()
    if found is None:
        with writing(engine) as connection:
            connection.execute(insert_new(connection, MarkRow), {"name": HISTORY, "number": 0})


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
            known = identities_of(connection)
            rows: dict[str, dict[str, Any]] = {}
            identities: dict[str, str] = {}
            for profile, number in zip(profiles, numbers, strict=True):
                if number is not None:
                    if number not in known:
                        known[number] = identities[number] = secrets.token_hex(ID_BYTES)
                    profile = renamed(profile, known[number])  # noqa: PLW2901
                put(rows, profile.id, person_row(profile))
            counts = save_people(connection, rows)
            insert_rows(
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
            put(rows, key, {"id": key, "digest": codec.digest(*map(repr, columns.values())), **columns})
        with writing(self.engine) as connection:
            return save_rows(connection, "places", rows)

    def participant(self, id_or_customer_no: str) -> Profile:
        """One person by internal id, else by customer number; raises NotFound."""
        with reading(self.engine) as connection:
            query = people_query()
            found = connection.execute(query.where(ParticipantRow.id == id_or_customer_no)).first()
            if found is None:
                query = query.join(IdentityRow, IdentityRow.participant_id == ParticipantRow.id)
                found = connection.execute(query.where(IdentityRow.customer_no == id_or_customer_no)).first()
        if found is None:
            raise NotFound("There is no such participant.", "Give an internal id or a customer number as imported.")
        return codec.decode_profile(*found[1:])

    def participants(self) -> list[Profile]:
        """All persons, ordered by internal id."""
        with reading(self.engine) as connection:
            rows = connection.execute(people_query()).all()
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
        centre: dict[str, tuple[float, float]] = {}
        for code, _, lat, lon in sorted(rows, key=_by_place):
            if lat is not None and lon is not None:
                centre[code] = (lat, lon)
        located: list[tuple[str | None, str | None, float, float]] = []
        for code, place, lat, lon in rows:
            if lat is not None and lon is not None:
                located.append((code, place, lat, lon))
            elif code in centre:
                located.append((code, place, *centre[code]))
        return Places.from_rows(located)

    def count(self, kind: str) -> int:
        """How many rows of a kind are stored."""
        from sqlalchemy import func

        with reading(self.engine) as connection:
            return int(connection.execute(select(func.count()).select_from(table_of(kind))).scalar_one())

    def version(self, kind: str) -> str:
        """Content hash over the kind's rows: equal content, equal version, in every database."""
        return self.versions((kind,))[0]

    def versions(self, kinds: Sequence[str]) -> tuple[str, ...]:
        """The same for several kinds, as of one moment."""
        with reading(self.engine) as connection:
            return read_versions(connection, kinds)

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
        return None if at is None else (at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC))

    def _save(self, kind: str, values: Sequence[V], columns: Sequence[str]) -> Counts:
        rows: dict[str, dict[str, Any]] = {}
        for value in values:
            payload = codec.encode(value)
            extra = {name: getattr(value, name) for name in columns}
            put(rows, value.id, {"id": value.id, "digest": codec.digest(payload), "payload": payload, **extra})
        with writing(self.engine) as connection:
            return save_rows(connection, kind, rows)

    def _all(self, kind: str, value_type: type[V]) -> list[V]:
        table = table_of(kind)
        with reading(self.engine) as connection:
            rows = connection.execute(select(table.c.id, table.c.payload)).all()
        return [codec.decode(value_type, payload) for _, payload in sorted(rows, key=lambda row: str(row[0]))]


def _by_place(row: Any) -> str:
    return str(row[1] or "")
