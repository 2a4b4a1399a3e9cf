"""Repository of the legal reasons for which a vacancy may ask for a sex, an age, health or a nationality."""

from sqlalchemy import ColumnElement, Engine, delete, insert, select

from matcher.daily.values import LegalReason
from matcher.errors import MatcherError, NotFound
from matcher.store.daily_tables import LegalReasonRow
from matcher.store.engine import reading, writing
from matcher.store.tables import VacancyRow


class LegalReasons:
    """One reason per vacancy and restriction, named and dated; every writing method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def all(self) -> list[LegalReason]:
        """Every recorded reason, by vacancy and restriction."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(LegalReasonRow.__table__)).all()
        found = [
            LegalReason(
                vacancy=row.vacancy_id,
                restriction=row.restriction,
                norm=row.norm,
                reason=row.reason,
                recorded_by=row.recorded_by,
                recorded_on=row.recorded_on,
            )
            for row in rows
        ]
        return sorted(found, key=lambda one: (one.vacancy, one.restriction))

    def of(self, vacancy: str) -> dict[str, LegalReason]:
        """The reasons of one vacancy by restriction."""
        return {one.restriction: one for one in self.all() if one.vacancy == vacancy}

    def record(self, one: LegalReason) -> None:
        """Record a reason, in place of an earlier one; raises NotFound, and MatcherError where something is missing."""
        if not (one.norm.strip() and one.reason.strip() and one.recorded_by.strip()):
            raise MatcherError(
                "A legal reason needs a norm, a reason and the person who records it.",
                'For example: --norm "§ 8 AGG" --reason "…" --by NAME',
            )
        values = {
            "vacancy_id": one.vacancy,
            "restriction": one.restriction,
            "norm": one.norm.strip(),
            "reason": one.reason.strip(),
            "recorded_by": one.recorded_by.strip(),
            "recorded_on": one.recorded_on,
        }
        with writing(self.engine) as connection:
            if connection.execute(select(VacancyRow.id).where(VacancyRow.id == one.vacancy)).first() is None:
                raise NotFound("There is no such vacancy.", "Give its reference number as imported.")
            connection.execute(delete(LegalReasonRow).where(*_same(one.vacancy, one.restriction)))
            connection.execute(insert(LegalReasonRow), [values])

    def withdraw(self, vacancy: str, restriction: str) -> None:
        """Take a reason back; raises NotFound where there is none."""
        with writing(self.engine) as connection:
            done = connection.execute(delete(LegalReasonRow).where(*_same(vacancy, restriction)))
            if done.rowcount == 0:
                raise NotFound("No such legal reason is recorded.", "matcher legal-reason VACANCY lists them.")


def _same(vacancy: str, restriction: str) -> tuple[ColumnElement[bool], ...]:
    return LegalReasonRow.vacancy_id == vacancy, LegalReasonRow.restriction == restriction
