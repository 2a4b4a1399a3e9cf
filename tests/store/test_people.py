"""Nobody sees a foreign person: three offices, three workers each, every other role, every method, both databases."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from matcher.daily.values import Care
from matcher.errors import NotFound
from matcher.store.service import ServiceStore
from matcher.store.values import Conflict, NotAllowed, PeopleFilter, Scope
from tests.store.offices import NOW, OFFICES, Offices, build, person, record


@pytest.fixture
def offices(service: ServiceStore) -> Offices:
    return build(service)


def everybody(service: ServiceStore, scope: Scope, filters: PeopleFilter | None = None) -> list[str]:
    found, after = [], None
    while True:
        page = service.people.list(scope, filters, after, limit=2)
        found += [one.id for one in page.items]
        if page.next is None:
            return found
        after = page.next


def test_a_case_worker_lists_the_own_caseload_alone(service: ServiceStore, offices: Offices) -> None:
    for login, own in offices.people.items():
        assert everybody(service, offices.scope(login)) == own
    for role in ("employer_service", "planner", "administrator", "auditor"):
        assert everybody(service, offices.scope(role)) == []


def test_filters_never_widen(service: ServiceStore, offices: Offices) -> None:
    scope, foreign = offices.scope("nord-0"), offices.accounts["nord-1"].id
    all_ids = tuple(one for ids in offices.people.values() for one in ids)
    assert everybody(service, scope, PeopleFilter(ids=all_ids)) == offices.people["nord-0"]
    assert everybody(service, scope, PeopleFilter(case_worker=foreign)) == []
    assert everybody(service, scope, PeopleFilter(office="mitte")) == []
    assert everybody(service, scope, PeopleFilter(office="nord")) == offices.people["nord-0"]
    assert everybody(service, scope, PeopleFilter(as_of_before=dt.date(2022, 5, 2))) == []


def test_what_is_foreign_looks_like_what_does_not_exist(service: ServiceStore, offices: Offices) -> None:
    for login in offices.people:
        scope = offices.scope(login)
        foreign = [one for other, ids in offices.people.items() if other != login for one in ids]
        for one in [*foreign, "missing", "", "x" * 500, "a\x00b", "\ud800"]:
            refused(lambda: service.people.get(scope, one))  # noqa: B023
            refused(lambda: service.people.replace(scope, one, person(), "*"))  # noqa: B023
            refused(lambda: service.records.write(scope, record(one)))  # noqa: B023


def refused(attempt: Callable[[], object]) -> None:
    with pytest.raises(NotFound) as caught:
        attempt()
    assert str(caught.value) == "There is no such thing. Look it up in a list."


def test_other_roles_read_nobody(service: ServiceStore, offices: Offices) -> None:
    one = offices.people["nord-0"][0]
    for role in ("employer_service", "planner", "administrator", "auditor"):
        with pytest.raises(NotFound):
            service.people.get(offices.scope(role), one)
        with pytest.raises(NotAllowed):
            service.people.create(offices.scope(role), person(), None, "nord")


def test_who_may_stand_in_a_list_for_one_vacancy(service: ServiceStore, offices: Offices) -> None:
    everyone = sorted(one for ids in offices.people.values() for one in ids)
    listed = service.people.for_ranking
    assert [one.id for one in listed(offices.scope("employer_service"))] == everyone
    assert [one.id for one in listed(offices.scope("sued-2"))] == offices.people["sued-2"]
    assert not any(listed(offices.scope(role)) for role in ("planner", "administrator", "auditor"))


def test_a_move_counts_at_once(service: ServiceStore, offices: Offices) -> None:
    one = offices.people["nord-0"][0]
    service.people.assign(one, offices.accounts["mitte-1"].id, "mitte")
    with pytest.raises(NotFound):
        service.people.get(offices.scope("nord-0"), one)
    assert service.people.get(offices.scope("mitte-1"), one).office == "mitte"
    assert service.daily.caseload()[one].office == "mitte"
    assert service.accounts.change(offices.accounts["mitte-1"].id, offices=["sued"]).offices == ("sued",)
    with pytest.raises(NotFound):
        service.people.get(service.accounts.by_login("mitte-1").scope(), one)


def test_nobody_is_given_to_a_worker_elsewhere(service: ServiceStore, offices: Offices) -> None:
    one = offices.people["nord-0"][0]
    for worker, office in (
        (offices.accounts["mitte-0"].id, "nord"),
        (offices.accounts["planner"].id, "nord"),
        ("nobody", "nord"),
    ):
        with pytest.raises(NotFound):
            service.people.assign(one, worker, office)
    with pytest.raises(NotFound):
        service.people.assign("missing", None, "nord")
    assert service.people.get(offices.scope("nord-0"), one).office == "nord"


def test_facts_are_replaced_only_over_the_state_that_was_read(service: ServiceStore, offices: Offices) -> None:
    scope, one = offices.scope("nord-0"), offices.people["nord-0"][0]
    before = service.people.get(scope, one)
    after = service.people.replace(scope, one, person(55), before.etag)
    assert after.profile.participant.age == 55 and after.etag != before.etag
    assert after.profile.participant.id == one
    with pytest.raises(Conflict) as caught:
        service.people.replace(scope, one, person(56), before.etag)
    assert caught.value.etag == after.etag
    assert service.people.get(scope, one) == after


def test_a_new_person_gets_a_new_id_and_a_customer_number_is_taken_once(
    service: ServiceStore, offices: Offices
) -> None:
    scope = offices.scope("nord-0")
    made = service.people.create(scope, person(), "00042", "nord")
    assert made.id != "x" and service.store.participant("00042").id == made.id
    with pytest.raises(Conflict):
        service.people.create(offices.scope("sued-0"), person(), "00042", "sued")
    with pytest.raises(NotAllowed):
        service.people.create(scope, person(), None, "sued")
    assert len(everybody(service, scope)) == 4 and len(everybody(service, offices.scope("sued-0"))) == 3


def test_versions_follow_single_changes_too(service: ServiceStore) -> None:
    empty = service.store.version("participants")
    worker = service.accounts.create("w", None, "case_worker", OFFICES, "w").scope()
    made = service.people.create(worker, person(), None, "nord")
    created = service.store.version("participants")
    service.people.replace(worker, made.id, person(60), made.etag)
    changed = service.store.version("participants")
    assert len({empty, created, changed}) == 3
    service.store.save_participants([replace(made.profile, participant=replace(made.profile.participant, age=60.0))])
    assert service.store.version("participants") == changed


def test_an_import_keeps_the_caseload(service: ServiceStore, offices: Offices) -> None:
    one = service.people.get(offices.scope("nord-0"), offices.people["nord-0"][0])
    newer = replace(one.profile, participant=replace(one.profile.participant, age=61.0))
    service.store.save_participants([newer])
    again = service.people.get(offices.scope("nord-0"), one.id)
    assert again.profile == newer and (again.office, again.case_worker) == (one.office, one.case_worker)


def test_records_are_read_by_their_caseload_and_the_auditor(service: ServiceStore, offices: Offices) -> None:
    one = offices.people["mitte-1"][0]
    mine = offices.scope("mitte-1")
    first = service.records.write(mine, record(one, b'{"a":1}'))
    second = service.records.write(mine, replace(record(one, b'{"a":2}'), asked_at=NOW + dt.timedelta(seconds=1)))
    found = service.records.get(mine, first)
    assert found.record == record(one, b'{"a":1}') and found.purpose == "beratung"
    assert found.account_id == offices.accounts["mitte-1"].id
    latest = service.records.latest(mine, one)
    assert latest is not None and latest.id == second
    assert service.records.get(offices.scope("auditor"), first) == found
    for login in ("mitte-0", "nord-0", "planner", "administrator", "employer_service"):
        assert service.records.latest(offices.scope(login), one) is None
        with pytest.raises(NotFound):
            service.records.get(offices.scope(login), first)


def test_the_caseload_list_decides_too(service: ServiceStore, offices: Offices) -> None:
    one, other, third = (offices.people[login][0] for login in ("nord-0", "nord-1", "nord-2"))
    service.daily.save_caseload(
        [
            Care(participant=one, office="sued", case_worker="SUED-1"),
            Care(participant=other, office="nord", case_worker="somebody without an account"),
            Care(participant=third, office="nord"),
        ]
    )
    assert service.people.get(offices.scope("sued-1"), one).office == "sued"
    assert service.people.get(offices.scope("nord-2"), third).id == third
    for login in offices.people:
        if login != "sued-1":
            assert not {one, other} & set(everybody(service, offices.scope(login)))
