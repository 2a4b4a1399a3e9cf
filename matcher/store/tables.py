"""The tables. Values are kept as JSON text beside a digest; what queries need stands in columns of its own.

Facts of a person lie in three tables, so that a role may be granted one without the others; the customer number
lies in a fourth and is joined only at the rim. Every row belongs to one Jobcenter: the column is part of every key
and is filled in by the database (a constant in the embedded one, the transaction's Jobcenter on PostgreSQL).
"""

from typing import get_args

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    FetchedValue,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)

from matcher.store.closed_list import NAME, closed_list
from matcher.store.rows import JOBCENTER, Base, Utc, column
from matcher.vocabulary import FunctionalLimit

__all__ = ["Base", "Utc", "column"]

ID = String(128)
DIGEST = String(64)
ACCOUNT = String(40)


def refers(column: str, target: str, ondelete: str | None = None) -> ForeignKeyConstraint:
    """A foreign key within the same Jobcenter; `target` is `table.column`."""
    table = target.split(".", maxsplit=1)[0]
    return ForeignKeyConstraint([column, "jobcenter"], [target, f"{table}.jobcenter"], ondelete=ondelete)


def of_person() -> ForeignKeyConstraint:
    """The row goes when its person goes."""
    return refers("participant_id", "participants.id", "CASCADE")


class ValueMixin:
    """Columns of every table that keeps one value per row."""

    id = column(ID, key=True)
    digest = column(DIGEST)
    payload = column(Text)


class ParticipantRow(ValueMixin, Base):
    """What features may see of a person; `digest` covers all three parts, `conflicts` what contradicts.

    `office` and `case_worker` (an account's id) are the caseload: who may see the person at all.
    """

    __tablename__ = "participants"
    __table_args__ = (refers("case_worker", "accounts.id"), Index("ix_participants_caseload", "case_worker", "office"))

    office = column(String(64), empty=True)
    case_worker = column(ACCOUNT, empty=True)
    as_of = column(Date)
    conflicts = column(Text, default="[]")


class HouseholdRow(Base):
    """Bedarfsgemeinschaft and care duties of a person."""

    __tablename__ = "households"
    __table_args__ = (of_person(),)

    participant_id = column(ID, key=True)
    payload = column(Text)


class ProtectedRow(Base):
    """Facts that only rules with a cited source may read; functional limits are of the closed list or refused."""

    __tablename__ = "protected_facts"
    __table_args__ = (
        of_person(),
        *(
            CheckConstraint(closed_list(dialect, get_args(FunctionalLimit)), name=NAME).ddl_if(dialect=dialect)
            for dialect in ("postgresql", "sqlite")
        ),
    )

    participant_id = column(ID, key=True)
    payload = column(Text)


class IdentityRow(Base):
    """Who an internal id is: guarded, read at the rim only."""

    __tablename__ = "identities"
    __table_args__ = (of_person(), UniqueConstraint("customer_no", "jobcenter"))

    participant_id = column(ID, key=True)
    customer_no = column(String(64))


class VacancyRow(ValueMixin, Base):
    """Reported vacancies."""

    __tablename__ = "vacancies"

    employer_id = column(ID, index=True, empty=True)
    published_on = column(Date, index=True, empty=True)
    open_until = column(Date, empty=True)


class EmployerRow(ValueMixin, Base):
    """Employers."""

    __tablename__ = "employers"


class ProgrammeRow(ValueMixin, Base):
    """Programmes the office has added to the catalogue."""

    __tablename__ = "programmes"


class OfferRow(ValueMixin, Base):
    """Local, dated offers of programmes."""

    __tablename__ = "offers"

    programme_id = column(ID, index=True)
    starts_on = column(Date, empty=True)


class PlaceRecord(Base):
    """Postal codes and places; the id joins both, degrees are WGS 84."""

    __tablename__ = "places"

    id = column(String(160), key=True)
    digest = column(DIGEST)
    postal_code = column(String(10), index=True)
    place = column(String(140), empty=True)
    lat = column(Float, empty=True)
    lon = column(Float, empty=True)
    ags = column(String(12), empty=True)
    district = column(String(140), empty=True)
    state = column(String(140), empty=True)


class VersionRow(Base):
    """Content hash over all rows of a kind, renewed in the transaction that changes them."""

    __tablename__ = "versions"

    kind = column(String(32), key=True)
    version = column(DIGEST)


class ImportRow(Base):
    """What was imported when: file name, content hash and counts; times in UTC. The database draws the id."""

    __tablename__ = "imports"

    id = column(Integer, key=True)
    jobcenter = Column(JOBCENTER, nullable=False, server_default=FetchedValue())
    kind = column(String(32), index=True)
    file_name = column(String(255))
    content_hash = column(DIGEST)
    imported_at = column(DateTime(timezone=True))
    new = column(Integer)
    changed = column(Integer)
    unchanged = column(Integer)
