"""Recorded days within a scope, and pages of lists, on both databases."""

import datetime as dt
import itertools

import pytest

from matcher.daily.values import Abstention, DayPlan, Proposal
from matcher.errors import NotFound
from matcher.programme import Offer
from matcher.store.service import ServiceStore
from matcher.vacancy import Vacancy
from tests.store.offices import NOW, Offices, build

DAY = NOW.date()


@pytest.fixture
def offices(service: ServiceStore) -> Offices:
    made = build(service)
    service.store.save_vacancies([Vacancy(id=f"V{i:03d}", title="Helfer/in") for i in range(30)])
    record_day(service, made, "", "V00")
    return made


def record_day(service: ServiceStore, made: Offices, office: str, vacancy: str) -> None:
    """The first two of every caseload get a proposal, the third nothing."""
    caseloads = [people for login, people in sorted(made.people.items()) if login.startswith(office)]
    placed = [one for people in caseloads for one in people[:2]]
    plan = DayPlan(
        day=DAY,
        office=office,
        proposals=[proposal(one, f"V{i:03d}") for i, one in enumerate(placed)],
        abstentions=[
            Abstention(participant=people[2], reason="no_fit", text="nichts", action="Beratung") for people in caseloads
        ],
        report={"persons": 27},
        versions={"catalogue": "1"},
    )
    with service.daily.run(office) as fence:
        assert service.daily.record(plan, fence, service.daily.history(DAY).mark, NOW)


def proposal(participant: str, vacancy: str) -> Proposal:
    return Proposal(
        participant=participant, vacancy=vacancy, employer="Betrieb", occupation="51312", points=1, loss=0,
        first_choice=vacancy, runners_up=(), body={"id": vacancy},
    )  # fmt: skip


def test_a_case_worker_sees_the_own_proposals_page_by_page(service: ServiceStore, offices: Offices) -> None:
    for login, people in offices.people.items():
        scope, found, after = offices.scope(login), [], None
        while True:
            page = service.days.proposals(scope, DAY, after, 1)
            found += [one.proposal.participant for one in page.items]
            if (after := page.next) is None:
                break
        assert found == people[:2]
        assert [one.participant for one in service.days.abstentions(scope, DAY)] == people[2:]
        assert not service.days.proposals(scope, DAY + dt.timedelta(days=1), None, 10).items


def test_foreign_proposals_do_not_exist(service: ServiceStore, offices: Offices) -> None:
    ids = {
        login: [one.id for one in service.days.proposals(offices.scope(login), DAY, None, 10).items]
        for login in offices.people
    }
    for mine, theirs in itertools.permutations(offices.people, 2):
        for one in ids[theirs]:
            with pytest.raises(NotFound):
                service.days.proposal(offices.scope(mine), one)
    for role in ("employer_service", "planner", "administrator", "auditor"):
        scope = offices.scope(role)
        assert not service.days.proposals(scope, DAY, None, 10).items and not service.days.abstentions(scope, DAY)
        with pytest.raises(NotFound):
            service.days.proposal(scope, ids["nord-0"][0])


def test_a_decision_shows_with_its_proposal(service: ServiceStore, offices: Offices) -> None:
    scope = offices.scope("nord-0")
    one = service.days.proposals(scope, DAY, None, 1).items[0]
    assert one.decision is None
    service.daily.decide(one.id, issued=True, decided_by="nord-0", on=DAY)
    again = service.days.proposal(scope, one.id)
    assert (again.decision, again.decided_on, again.proposal) == ("issued", DAY, one.proposal)


def test_days_of_other_offices_are_for_planners(service: ServiceStore, offices: Offices) -> None:
    every = service.days.runs(offices.scope("planner")).items
    assert [one.office for one in every] == [""] and every[0].report == {"persons": 27}
    own = service.days.runs(offices.scope("nord-0")).items
    assert own == every
    assert service.days.run(offices.scope("nord-0"), every[0].id) == every[0]
    with pytest.raises(NotFound):
        service.days.run(offices.scope("planner"), "0" * 40)


def test_a_day_of_one_office_is_not_told_to_another(service: ServiceStore) -> None:
    made = build(service)
    with service.daily.run("nord") as fence:
        plan = DayPlan(DAY, "nord", [], [], {"persons": 9}, {})
        assert service.daily.record(plan, fence, service.daily.history(DAY).mark, NOW)
    run = service.days.runs(made.scope("planner")).items[0]
    assert service.days.run(made.scope("nord-2"), run.id) == run
    for login in ("mitte-0", "sued-1", "employer_service"):
        if login != "employer_service":
            assert not service.days.runs(made.scope(login)).items
            with pytest.raises(NotFound):
                service.days.run(made.scope(login), run.id)


def test_lists_page_without_gap_or_repeat(service: ServiceStore) -> None:
    vacancies = [Vacancy(id=f"V{i:02d}", title="Helfer/in") for i in range(7)]
    service.store.save_vacancies(vacancies)
    service.store.save_offers([Offer(id=f"O{i}", programme_id=f"P{i % 2}", title="Kurs") for i in range(5)])
    found, after = [], None
    while True:
        page = service.listing.vacancies(after, 3)
        found += page.items
        if (after := page.next) is None:
            break
    assert found == vacancies
    assert [one.id for one in service.listing.offers(programme="P1").items] == ["O1", "O3"]
    assert service.listing.offer("O2").title == "Kurs" and service.listing.vacancy("V03") == vacancies[3]
    for missing in ("none", "", "x" * 500, "a\x00b"):
        with pytest.raises(NotFound):
            service.listing.vacancy(missing)
