"""At least one row in every table of a Jobcenter, through the repositories; all synthetic."""

import contextlib
import datetime as dt

from sqlalchemy import insert

from matcher.daily.values import Abstention, Care, DayPlan, Proposal
from matcher.errors import NotFound
from matcher.programme import Offer, Programme
from matcher.read.places import PlaceRow
from matcher.store import Counts, ImportRecord
from matcher.store.daily_tables import LegalReasonRow
from matcher.store.engine import writing
from matcher.store.service import ServiceStore
from matcher.vacancy import Employer, Vacancy
from tests.store.offices import NOW, PURPOSE, TODAY, person, record


def fill(service: ServiceStore) -> None:
    """Fill a store."""
    _lists(service)
    account = service.accounts.create("filler", "ein langes Kennwort", "case_worker", ["nord"], "F")
    scope = account.scope(PURPOSE, human=True)
    people = [service.people.create(scope, person(), number, "nord").id for number in ("1", None)]
    written = service.records.write(scope, record(people[0]))
    service.decisions.record(scope, people[0], written, "p1", "changed", "other_wish", NOW, "Notiz")
    service.idempotency.begin("key", account.id, "POST /x", "0" * 64, NOW)
    service.sessions.open(account.id, NOW)
    service.tokens.issue(account.id, ["a:read"], dt.datetime.now(dt.UTC) + dt.timedelta(days=1), "t")
    with contextlib.suppress(NotFound):
        service.accounts.verify("filler", "falsch", NOW, "s")
    _day(service, people)


def _lists(service: ServiceStore) -> None:
    store = service.store
    store.save_places([PlaceRow(postal_code="09599", lat=50.9, lon=13.3)])
    store.save_employers([Employer(id="e1", name="Muster GmbH")])
    store.save_offers([Offer(id="o1", programme_id="p1", title="Kurs")])
    store.save_programmes([Programme(id="p1", title="Startklar", kind="measure", subkind="Aktivierung")])
    store.save_vacancies([Vacancy(id="v1", title="Lager")])
    store.log_import(ImportRecord(kind="vacancies", file_name="a.csv", content_hash="a", at=NOW, counts=Counts()))
    with writing(service.engine) as connection:
        restricted = {"vacancy_id": "v1", "restriction": "age", "norm": "§ 1", "reason": "Grund"}
        connection.execute(insert(LegalReasonRow), {**restricted, "recorded_by": "IFK 7", "recorded_on": TODAY})


def _day(service: ServiceStore, people: list[str]) -> None:
    daily = service.daily
    daily.save_caseload([Care(participant=one, office="nord") for one in people])
    proposal = Proposal(
        participant=people[0],
        vacancy="v1",
        employer="e1",
        occupation="51311",
        points=1,
        loss=0,
        first_choice="v1",
        runners_up=(),
        body={},
    )
    nothing = Abstention(participant=people[1], reason="floor", text="nichts", action="fragen")
    plan = DayPlan(TODAY, "nord", [proposal], [nothing], {})
    with daily.run("nord") as fence:
        assert daily.record(plan, fence, daily.history(TODAY).mark, NOW)
    key = daily.proposal_id(people[0], "v1")
    daily.decide(key, issued=True, decided_by="IFK 7", on=TODAY)
    daily.wish(key, reason="times", scope="vacancy", said_on=TODAY, until=TODAY)
    daily.answer(key, kind="invited", on=TODAY)
    daily.result(key, kind="employed", on=TODAY)
