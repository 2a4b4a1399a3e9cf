"""Pages of the lists that hold no person: vacancies and offers, ordered by id."""

from typing import TypeVar

from sqlalchemy import Engine, select

from matcher.programme import Offer
from matcher.store import codec
from matcher.store.paging import Cut
from matcher.store.saving import table_of
from matcher.store.scope import checked_id, missing
from matcher.store.transaction import reading
from matcher.store.values import Page
from matcher.vacancy import Vacancy

V = TypeVar("V", Vacancy, Offer)


class Listing:
    """The lists of one Jobcenter, page by page."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def vacancies(self, after: str | None = None, limit: int = 50) -> Page[Vacancy]:
        """Some vacancies; `after` is the `next` of the page before."""
        return self._page("vacancies", Vacancy, after, limit)

    def vacancy(self, vacancy_id: str) -> Vacancy:
        """One vacancy; raises NotFound."""
        return self._one("vacancies", Vacancy, vacancy_id)

    def offers(self, after: str | None = None, limit: int = 50, programme: str | None = None) -> Page[Offer]:
        """Some offers, of one programme where named; `after` is the `next` of the page before."""
        return self._page("offers", Offer, after, limit, programme)

    def offer(self, offer_id: str) -> Offer:
        """One offer; raises NotFound."""
        return self._one("offers", Offer, offer_id)

    def _page(
        self, kind: str, value_type: type[V], after: str | None, limit: int, programme: str | None = None
    ) -> Page[V]:
        table, cut = table_of(kind), Cut(after, limit)
        query = select(table.c.id, table.c.payload)
        if programme is not None:
            query = query.where(table.c.programme_id == programme)
        with reading(self.engine) as connection:
            rows = connection.execute(cut.of(query, table.c.id)).all()
        return cut.page(rows, lambda row: codec.decode(value_type, row.payload))

    def _one(self, kind: str, value_type: type[V], key: str) -> V:
        table = table_of(kind)
        with reading(self.engine) as connection:
            row = connection.execute(select(table.c.payload).where(table.c.id == checked_id(key))).first()
        if row is None:
            raise missing()
        return codec.decode(value_type, row.payload)
