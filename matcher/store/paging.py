"""Pages of a list by a cursor: the last key of the page before. One row more than a page tells whether there is more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select

from matcher.store.scope import checked_id
from matcher.store.values import Page

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a page begins and how long it is; `most` rows at the most, at least one."""

    after: str | None
    limit: int
    most: int = 500

    @property
    def size(self) -> int:
        """Rows of the page."""
        return max(1, min(self.limit, self.most))

    def of(self, query: Select[Any], key: ColumnElement[Any]) -> Select[Any]:
        """The query for this page, ordered by `key`, which is also the cursor."""
        if self.after is not None:
            query = query.where(key > checked_id(self.after))
        return query.order_by(key).limit(self.size + 1)

    def page(self, rows: Sequence[Any], make: Callable[[Any], V], key: str = "id") -> Page[V]:
        """What the query found as a page; `key` names the cursor's column in a row."""
        last = str(getattr(rows[self.size - 1], key)) if len(rows) > self.size else None
        return Page([make(row) for row in rows[: self.size]], last)
