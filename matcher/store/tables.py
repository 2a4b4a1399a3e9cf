"""The tables. Values are kept as JSON text beside a digest; what queries need stands in columns of its own.

Facts of a person lie in three tables, so that a role may be granted one without the others; the customer number
lies in a fourth and is joined only at the rim.
"""

import datetime as dt

from sqlalchemy import Date, DateTime, Float, ForeignKey, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ID = String(128)
DIGEST = String(64)


class Base(DeclarativeBase):
    """Common base; constraint names are fixed so that migrations on both databases agree."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )


class ValueMixin:
    """Columns of every table that keeps one value per row."""

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    digest: Mapped[str] = mapped_column(DIGEST)
    payload: Mapped[str] = mapped_column(Text)


class ParticipantRow(ValueMixin, Base):
    """What features may see of a person; `digest` covers all three parts, `conflicts` what contradicts."""

    __tablename__ = "participants"

    as_of: Mapped[dt.date] = mapped_column(Date)
    conflicts: Mapped[str] = mapped_column(Text, default="[]")


class HouseholdRow(Base):
    """Bedarfsgemeinschaft and care duties of a person."""

    __tablename__ = "households"

    participant_id: Mapped[str] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True)
    payload: Mapped[str] = mapped_column(Text)


class ProtectedRow(Base):
    """Facts that only rules with a cited source may read."""

    __tablename__ = "protected_facts"

    participant_id: Mapped[str] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True)
    payload: Mapped[str] = mapped_column(Text)


class IdentityRow(Base):
    """Who an internal id is: guarded, read at the rim only."""

    __tablename__ = "identities"

    participant_id: Mapped[str] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True)
    customer_no: Mapped[str] = mapped_column(String(64), unique=True)


class VacancyRow(ValueMixin, Base):
    """Reported vacancies."""

    __tablename__ = "vacancies"

    employer_id: Mapped[str | None] = mapped_column(ID, index=True)
    published_on: Mapped[dt.date | None] = mapped_column(Date, index=True)
    open_until: Mapped[dt.date | None] = mapped_column(Date)


class EmployerRow(ValueMixin, Base):
    """Employers."""

    __tablename__ = "employers"


class ProgrammeRow(ValueMixin, Base):
    """Programmes the office has added to the catalogue."""

    __tablename__ = "programmes"


class OfferRow(ValueMixin, Base):
    """Local, dated offers of programmes."""

    __tablename__ = "offers"

    programme_id: Mapped[str] = mapped_column(ID, index=True)
    starts_on: Mapped[dt.date | None] = mapped_column(Date)


class PlaceRecord(Base):
    """Postal codes and places; the id joins both, degrees are WGS 84."""

    __tablename__ = "places"

    id: Mapped[str] = mapped_column(String(160), primary_key=True)
    digest: Mapped[str] = mapped_column(DIGEST)
    postal_code: Mapped[str] = mapped_column(String(10), index=True)
    place: Mapped[str | None] = mapped_column(String(140))
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    ags: Mapped[str | None] = mapped_column(String(12))
    district: Mapped[str | None] = mapped_column(String(140))
    state: Mapped[str | None] = mapped_column(String(140))


class VersionRow(Base):
    """Content hash over all rows of a kind, renewed in the transaction that changes them."""

    __tablename__ = "versions"

    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[str] = mapped_column(DIGEST)


class ImportRow(Base):
    """What was imported when: file name, content hash and counts; times in UTC."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(32), index=True)
    file_name: Mapped[str] = mapped_column(String(255))
    content_hash: Mapped[str] = mapped_column(DIGEST)
    imported_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    new: Mapped[int] = mapped_column(Integer)
    changed: Mapped[int] = mapped_column(Integer)
    unchanged: Mapped[int] = mapped_column(Integer)
