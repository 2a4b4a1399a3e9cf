"""Tables as classes without an object mapper: `ParticipantRow.id` is a column, the class itself stands for its table.

The mapper's own import and set-up would cost every cold start a tenth of a second, and nothing here maps objects.
"""

import datetime as dt
from typing import Any, cast

from sqlalchemy import Column, DateTime, Dialect, FetchedValue, MetaData, String, Table, TypeDecorator

JOBCENTER = String(64)


class Utc(TypeDecorator[dt.datetime]):
    """A moment, aware and in UTC on the way in and out; the embedded database keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """To UTC; raises ValueError for a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Back from the database, in UTC."""
        if not isinstance(value, dt.datetime):
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def column(kind: Any, *, key: bool = False, empty: bool = False, index: bool = False, default: Any = None) -> Any:
    """A column; `key`: part of the primary key, `empty`: may be NULL."""
    return Column(kind, primary_key=key, nullable=empty, index=index, default=default)


class _Rows(type):
    """Makes the table of every class that names one, the Jobcenter last."""

    __table__: Table

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> None:
        super().__init__(name, bases, namespace)
        if "__tablename__" not in namespace:
            return
        found: dict[str, Column[Any]] = {}
        for part in reversed(cls.__mro__):
            columns = {key: value for key, value in vars(part).items() if isinstance(value, Column)}
            found |= {key: value if part is cls else value._copy() for key, value in columns.items()}
        last = found.pop("jobcenter", None)
        if last is None:
            last = Column(JOBCENTER, primary_key=True, server_default=FetchedValue())
        found["jobcenter"] = last
        for key, value in found.items():
            value.name = value.key = key
        rest = namespace.get("__table_args__", ())
        cls.__table__ = Table(namespace["__tablename__"], cast(Any, cls).metadata, *found.values(), *rest)
        for key, value in found.items():
            setattr(cls, key, value)

    def __clause_element__(cls) -> Table:
        """What statements see in place of the class."""
        return cls.__table__


class Base(metaclass=_Rows):
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
