"""The repository on both databases: whole or nothing, once, one at a time, four events apart."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from matcher.daily.plan import plan_day
from matcher.daily.run import run_day
from matcher.daily.values import Care, DayPlan, History, LegalReason
from matcher.demo import DEMO_DATE, import_demo
from matcher.errors import MatcherError, NotFound
from matcher.store import Store, open_store
from matcher.store.daily import DailyStore
from matcher.store.daily_tables import AbstentionRow, ProposalRow, WishRow
from matcher.store.engine import reading
from matcher.store.legal_reasons import LegalReasons
from tests.daily.conftest import Demo

NOW = dt.datetime(2022, 5, 2, 4, 0, tzinfo=dt.UTC)
NEXT = DEMO_DATE + dt.timedelta(days=1)


@pytest.fixture(scope="module")
def day(demo: Demo) -> DayPlan:
    return plan_day(demo.morning())


@pytest.fixture
def daily(store: Store, demo: Demo) -> DailyStore:
    store.save_participants(demo.profiles)
    return DailyStore(store.engine)


def count(daily: DailyStore, model: type) -> int:
    with reading(daily.engine) as connection:
        return int(connection.execute(select(func.count()).select_from(model)).scalar_one())


def record(daily: DailyStore, day: DayPlan, office: str = "") -> None:
    with daily.run(office) as fence:
        assert daily.record(replace(day, office=office), fence, daily.history(day.day).mark, NOW)


def test_what_goes_in_comes_out(daily: DailyStore, day: DayPlan) -> None:
    record(daily, day)
    found = daily.recorded("", DEMO_DATE)
    assert found is not None
    assert [one.participant for one in found.proposals] == [one.participant for one in day.proposals]
    assert [one.body["title"] for one in found.proposals] == [one.body["title"] for one in day.proposals]
    assert list(found.abstentions) == list(day.abstentions)
    assert found.report["near_misses"] == day.report["near_misses"]
    assert daily.recorded("", NEXT) is None and daily.recorded("other", DEMO_DATE) is None


def test_a_recorded_day_is_returned_and_not_planned_again(daily: DailyStore, day: DayPlan) -> None:
    planned: list[History] = []

    def plan(history: History) -> DayPlan:
        planned.append(history)
        return day

    first = run_day(daily, "", DEMO_DATE, plan, NOW)
    second = run_day(daily, "", DEMO_DATE, plan, NOW)
    assert (first.new, second.new, len(planned)) == (True, False, 1)
    assert first.plan == second.plan
    assert count(daily, ProposalRow) == len(day.proposals)
    assert count(daily, AbstentionRow) == len(day.abstentions)


def test_a_day_recorded_meanwhile_makes_this_one_plan_again(daily: DailyStore, day: DayPlan) -> None:
    tries: list[int] = []

    def plan(history: History) -> DayPlan:
        tries.append(history.mark)
        if len(tries) == 1:
            empty = replace(day, office="other", proposals=(), abstentions=())
            with daily.run("other") as fence:
                assert daily.record(empty, fence, history.mark, NOW)
        return day

    assert run_day(daily, "", DEMO_DATE, plan, NOW).new
    assert tries == [0, 1]


def test_a_late_writer_is_refused(daily: DailyStore, day: DayPlan) -> None:
    with daily.run("") as late:
        pass
    with daily.run("") as latest:
        assert latest == late + 1
    with pytest.raises(MatcherError, match="later daily run"):
        daily.record(day, late, 0, NOW)
    assert count(daily, ProposalRow) == 0


def test_one_run_at_a_time_per_office(daily: DailyStore) -> None:
    with daily.run("A"):
        with pytest.raises(MatcherError, match="under way"), daily.run("A"):
            pytest.fail("a second run started")
        with daily.run("B"):
            pass
    with daily.run("A"):
        pass


def test_a_fault_while_recording_leaves_nothing(daily: DailyStore, day: DayPlan) -> None:
    twice = replace(day, proposals=[*day.proposals, day.proposals[0]])
    with daily.run("") as fence, pytest.raises(IntegrityError):
        daily.record(twice, fence, 0, NOW)
    assert count(daily, ProposalRow) == 0 and daily.history(DEMO_DATE).mark == 0


def test_history_reads_what_matters(daily: DailyStore, day: DayPlan) -> None:
    record(daily, day)
    one, other, third = (daily.proposal_id(row.participant, row.vacancy) for row in day.proposals[:3])
    daily.decide(one, issued=True, decided_by="IFK 7", on=DEMO_DATE)
    daily.decide(other, issued=False, decided_by="IFK 7", on=DEMO_DATE)
    daily.answer(one, kind="filled", on=NEXT)
    daily.result(third, kind="employed", on=NEXT)
    daily.wish(third, reason="not_now", scope="everything", said_on=DEMO_DATE, until=NEXT)
    history = daily.history(NEXT)
    past = {row.participant: row for row in history.past}
    first, second, last = (past[row.participant] for row in day.proposals[:3])
    assert first.filled and first.closed and first.issued_on == DEMO_DATE and first.answered_on == NEXT
    assert second.withdrawn and not second.closed
    assert last.closed and not last.filled
    assert [wish.participant for wish in history.wishes] == [day.proposals[2].participant]


def test_a_wish_is_deleted_when_its_pause_is_over(daily: DailyStore, day: DayPlan) -> None:
    record(daily, day)
    key = daily.proposal_id(day.proposals[0].participant, day.proposals[0].vacancy)
    daily.wish(key, reason="times", scope="vacancy", said_on=DEMO_DATE, until=NEXT)
    assert daily.forget_wishes(NEXT) == 0 and count(daily, WishRow) == 1
    assert daily.forget_wishes(NEXT + dt.timedelta(days=1)) == 1 and count(daily, WishRow) == 0


def test_nobody_decides_without_a_name(daily: DailyStore, day: DayPlan) -> None:
    record(daily, day)
    key = daily.proposal_id(day.proposals[0].participant, day.proposals[0].vacancy)
    with pytest.raises(MatcherError, match="person who decides"):
        daily.decide(key, issued=True, decided_by=" ", on=DEMO_DATE)
    with pytest.raises(NotFound):
        daily.decide("nowhere", issued=True, decided_by="IFK 7", on=DEMO_DATE)
    with pytest.raises(NotFound):
        daily.proposal_id("nobody", "nothing")


def test_caseload_by_internal_id_or_customer_number(store: Store, demo: Demo) -> None:
    store.save_participants(demo.profiles[:1])
    store.save_participants(demo.profiles[1:2], ["042D000001"])
    daily = DailyStore(store.engine)
    internal = next(iter(daily.customer_numbers()))
    cares = [Care(participant=demo.profiles[0].id, office="A"), Care(participant="042D000001", case_worker="Ü")]
    assert daily.save_caseload(cares) == 2 == daily.save_caseload(cares)
    assert {key: (one.office, one.case_worker) for key, one in daily.caseload().items()} == {
        demo.profiles[0].id: ("A", None),
        internal: (None, "Ü"),
    }
    with pytest.raises(NotFound, match="Row 2"):
        daily.save_caseload([Care(participant="unknown")])


def test_both_databases_record_the_same_day(demo: Demo, day: DayPlan, url: str | None, tmp_path: Path) -> None:
    with open_store(tmp_path / "a") as first, open_store(tmp_path / "b", url) as second:
        found = []
        for opened in (first, second):
            opened.save_participants(demo.profiles)
            daily = DailyStore(opened.engine)
            record(daily, day)
            found.append(daily.recorded("", DEMO_DATE))
    assert found[0] == found[1]


def test_erasing_a_person_erases_their_proposals(daily: DailyStore, day: DayPlan) -> None:
    from sqlalchemy import delete

    from matcher.store.engine import writing
    from matcher.store.tables import ParticipantRow

    record(daily, day)
    with writing(daily.engine) as connection:
        connection.execute(delete(ParticipantRow).where(ParticipantRow.id == day.proposals[0].participant))
    assert count(daily, ProposalRow) == len(day.proposals) - 1


def test_legal_reasons_are_replaced_withdrawn_and_need_a_person(store: Store, demo: Demo) -> None:
    import_demo(store)
    reasons = LegalReasons(store.engine)
    vacancy = store.vacancies()[0].id
    one = LegalReason(
        vacancy=vacancy,
        restriction="sex",
        norm=" § 8 AGG ",
        reason="Beratung im Frauenhaus",
        recorded_by="AGS 2",
        recorded_on=DEMO_DATE,
    )
    reasons.record(replace(one, norm="§ 10 AGG"))
    reasons.record(one)
    assert reasons.all() == [replace(one, norm="§ 8 AGG")] and set(reasons.of(vacancy)) == {"sex"}
    for wrong in (replace(one, recorded_by=" "), replace(one, norm=""), replace(one, reason="")):
        with pytest.raises(MatcherError, match="needs a norm"):
            reasons.record(wrong)
    with pytest.raises(NotFound, match="no such vacancy"):
        reasons.record(replace(one, vacancy="nowhere"))
    reasons.withdraw(vacancy, "sex")
    assert reasons.all() == []
    with pytest.raises(NotFound, match="No such legal reason"):
        reasons.withdraw(vacancy, "sex")


def test_a_wish_can_be_withdrawn(daily: DailyStore, day: DayPlan) -> None:
    record(daily, day)
    one = day.proposals[0]
    key = daily.proposal_id(one.participant, one.vacancy)
    daily.wish(key, reason="not_now", scope="everything", said_on=DEMO_DATE, until=NEXT)
    assert len(daily.history(NEXT).wishes) == 1
    daily.forget_wish(key)
    daily.forget_wish(key)
    assert not daily.history(NEXT).wishes and count(daily, WishRow) == 0
