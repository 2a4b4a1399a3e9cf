"""Decisions belong to people: the store refuses machines, the database itself refuses what names nobody."""

import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from matcher.errors import MatcherError, NotFound
from matcher.store.engine import reading, writing
from matcher.store.service import ServiceStore
from matcher.store.values import NotAllowed
from tests.store.fill import fill
from tests.store.offices import NOW, Offices, build, record

ROW = {
    "id": "d1",
    "item_id": "p1",
    "decision": "accepted",
    "reason": "fits",
    "actor": "human",
    "via": "session",
    "at": NOW.replace(tzinfo=None),
}
INTO = text(
    "INSERT INTO decisions (id, participant_id, record_id, item_id, decision, reason, account_id, actor, via, decided_at)"
    " VALUES (:id, :participant_id, :record_id, :item_id, :decision, :reason, :account_id, :actor, :via, :at)"
)


@pytest.fixture
def offices(service: ServiceStore) -> Offices:
    return build(service, per_worker=1)


def recorded(service: ServiceStore, offices: Offices, login: str = "nord-0") -> tuple[str, str]:
    one = offices.people[login][0]
    return one, service.records.write(offices.scope(login), record(one))


def test_a_person_decides_about_the_own_caseload(service: ServiceStore, offices: Offices) -> None:
    one, written = recorded(service, offices)
    scope = offices.scope("nord-0")
    first = service.decisions.record(scope, one, written, "p1", "refused", "other_wish", NOW, "Notiz")
    later = NOW + dt.timedelta(minutes=1)
    second = service.decisions.record(scope, one, written, "p1", "accepted", "fits", later)
    found = service.decisions.list(scope, one)
    assert [decision.id for decision in found] == [first, second]
    assert found[0].account_id == scope.account_id and found[0].note == "Notiz" and found[1].at == later
    assert service.decisions.list(offices.scope("auditor"), one) == found
    for login in ("nord-1", "mitte-0", "planner", "administrator", "employer_service"):
        assert service.decisions.list(offices.scope(login), one) == []


def test_nobody_else_decides(service: ServiceStore, offices: Offices) -> None:
    one, written = recorded(service, offices)
    other, elsewhere = recorded(service, offices, "sued-1")
    for login in ("nord-1", "sued-1", "planner", "administrator", "auditor", "employer_service"):
        with pytest.raises(NotFound):
            service.decisions.record(offices.scope(login), one, written, "p1", "accepted", "fits", NOW)
    scope = offices.scope("nord-0")
    for person, key in ((one, elsewhere), (other, written), (one, "missing"), ("missing", written)):
        with pytest.raises(NotFound):
            service.decisions.record(scope, person, key, "p1", "accepted", "fits", NOW)
    with pytest.raises(NotAllowed):
        service.decisions.record(offices.scope("nord-0", human=False), one, written, "p1", "accepted", "fits", NOW)
    with pytest.raises(MatcherError):
        service.decisions.record(scope, one, written, "p1", "accepted", "  ", NOW)
    service.accounts.deactivate(scope.account_id)
    with pytest.raises(NotFound):
        service.decisions.record(scope, one, written, "p1", "accepted", "fits", NOW)
    assert service.decisions.list(scope, one) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"account_id": None},
        {"account_id": "nobody"},
        {"account_id": "machine"},
        {"account_id": "machine", "actor": "machine"},
        {"actor": "machine"},
        {"actor": None},
        {"via": "token"},
        {"via": None},
        {"reason": " "},
        {"reason": None},
        {"decision": "sent"},
        {"record_id": "missing"},
        {"participant_id": "another"},
    ],
    ids=str,
)
def test_the_database_refuses_a_decision_without_a_person(
    service: ServiceStore, offices: Offices, wrong: dict[str, str | None]
) -> None:
    robot = service.accounts.create("robot", None, "case_worker", ["nord"], "R", kind="machine")
    one, written = recorded(service, offices)
    row = ROW | {"participant_id": one, "record_id": written, "account_id": offices.accounts["nord-0"].id}
    given = {"machine": robot.id, "another": offices.people["nord-1"][0]}
    changed = row | {key: given.get(str(value), value) if key != "actor" else value for key, value in wrong.items()}
    with pytest.raises(IntegrityError), writing(service.engine) as connection:
        connection.execute(INTO, changed)
    with writing(service.engine) as connection:
        connection.execute(INTO, row)  # the control: nothing but the fault was refused


def test_nothing_decided_by_nobody_in_the_daily_batch(service: ServiceStore) -> None:
    into = "INSERT INTO proposal_decisions (proposal_id, kind, decided_by, decided_on) VALUES ('x', 'issued', ' ', :on)"
    with pytest.raises(IntegrityError, match="named"), writing(service.engine) as connection:
        connection.execute(text(into), {"on": "2022-05-02"})


PROPOSED = text(
    "INSERT INTO proposal_decisions (proposal_id, kind, decided_by, decided_on, account_id, actor)"
    " VALUES (:proposal_id, 'issued', 'IFK 7', '2022-05-02', :account_id, :actor)"
)


@pytest.mark.parametrize(
    ("account", "actor"),
    [
        ("machine", "human"),
        ("machine", "machine"),
        ("machine", None),
        ("nobody", "human"),
        ("nobody", None),
        (None, "human"),
        (None, "machine"),
        ("person", "machine"),
        ("person", None),
        ("person", "batch"),
    ],
)
def test_the_database_refuses_a_machines_account_in_the_daily_batch(
    service: ServiceStore, account: str | None, actor: str | None
) -> None:
    fill(service)
    person = service.accounts.by_login("filler")
    robot = service.accounts.create("robot", None, "case_worker", ["nord"], "R", kind="machine")
    with writing(service.engine) as connection:
        proposal = connection.execute(text("SELECT proposal_id FROM proposal_decisions")).scalar_one()
        connection.execute(text("DELETE FROM proposal_decisions"))
    ids = {"person": person.id, "machine": robot.id}
    row = {"proposal_id": proposal, "account_id": ids.get(str(account), account), "actor": actor}
    with pytest.raises(IntegrityError), writing(service.engine) as connection:
        connection.execute(PROPOSED, row)
    for right in ({"account_id": person.id, "actor": "human"}, {"account_id": None, "actor": None}):
        with writing(service.engine) as connection:
            connection.execute(text("DELETE FROM proposal_decisions"))
            connection.execute(PROPOSED, row | right)  # the control: nothing but the fault was refused


def test_a_proposal_is_decided_by_a_persons_account(service: ServiceStore) -> None:
    fill(service)
    person = service.accounts.by_login("filler")
    robot = service.accounts.create("robot", None, "case_worker", ["nord"], "R", kind="machine")
    everything = text("SELECT proposal_id, decided_by, account_id, actor FROM proposal_decisions")
    with reading(service.engine) as connection:
        ((proposal, *before),) = connection.execute(everything)
    assert before == ["IFK 7", None, None]
    service.daily.decide(proposal, issued=False, decided_by=person, on=NOW.date())
    with reading(service.engine) as connection:
        assert connection.execute(everything).one() == (proposal, "filler", person.id, "human")
    service.accounts.deactivate(person.id)
    for wrong in (robot, service.accounts.get(person.id)):
        with pytest.raises(NotAllowed):
            service.daily.decide(proposal, issued=True, decided_by=wrong, on=NOW.date())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET decision = 'accepted'",
        "UPDATE suggestion_records SET purpose = ''",
        "DELETE FROM decisions",
        "DELETE FROM suggestion_records",
    ],
)
def test_records_and_decisions_are_only_added_to(service: ServiceStore, offices: Offices, statement: str) -> None:
    one, written = recorded(service, offices)
    scope = offices.scope("nord-0")
    service.decisions.record(scope, one, written, "p1", "refused", "other_wish", NOW)
    with pytest.raises(DBAPIError), writing(service.engine) as connection:
        connection.execute(text(statement))
    assert service.decisions.list(scope, one)[0].decision == "refused"


def test_records_and_decisions_go_with_their_person(service: ServiceStore, offices: Offices) -> None:
    one, written = recorded(service, offices)
    kept, _ = recorded(service, offices, "nord-1")
    service.decisions.record(offices.scope("nord-0"), one, written, "p1", "refused", "other_wish", NOW)
    with writing(service.engine) as connection:
        connection.execute(text("DELETE FROM participants WHERE id = :id"), {"id": one})
    with reading(service.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM decisions")).scalar_one() == 0
        assert connection.execute(text("SELECT participant_id FROM suggestion_records")).scalars().all() == [kept]
