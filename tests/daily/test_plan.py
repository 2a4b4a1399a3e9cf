"""A day keeps its promises: one each, within capacity, never twice, bounded loss, an honest reason for everybody else."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from matcher.answering.vacancies import VacancyRanking
from matcher.daily.abstain import ASKED, Speaker, say_unclear
from matcher.daily.answer_json import render_day
from matcher.daily.blocks import people_rows
from matcher.daily.past import employer_of, make_limits
from matcher.daily.plan import plan_day, plan_with_match
from matcher.daily.restrictions import Followed
from matcher.daily.shifts import Shifts, stated_spans
from matcher.daily.text import REASONS
from matcher.daily.values import Care, DayPlan, History, Past, Wish
from matcher.daily.words import look, suggest_briefly
from matcher.demo import DEMO_DATE
from matcher.participant import Conflict, Participant
from matcher.pool.people_encode import encode_people
from tests.daily.conftest import Demo

TOMORROW = DEMO_DATE + dt.timedelta(days=1)


@pytest.fixture(scope="module")
def day(demo: Demo) -> DayPlan:
    return plan_day(demo.morning())


def past_of(plan: DayPlan, **facts: object) -> list[Past]:
    return [
        Past(participant=one.participant, vacancy=one.vacancy, employer=one.employer, day=plan.day, **facts)  # type: ignore[arg-type]
        for one in plan.proposals
    ]


def test_everybody_gets_one_proposal_or_one_reason(demo: Demo, day: DayPlan) -> None:
    named = [one.participant for one in day.proposals] + [one.participant for one in day.abstentions]
    assert sorted(named) == sorted(one.id for one in demo.profiles)
    assert len(day.proposals) > 100


def test_no_vacancy_is_over_its_capacity(demo: Demo, day: DayPlan) -> None:
    policy = demo.morning().policy
    for vacancy, count in Counter(one.vacancy for one in day.proposals).items():
        assert count <= (demo.positions[vacancy] or 1) * policy.open_per_position
    assert day.report["vacancies"]["over_capacity"] == 0


def test_nobody_loses_more_than_the_bound(demo: Demo, day: DayPlan) -> None:
    morning = demo.morning()
    bound = morning.engine.tables.vacancy_weights.most(morning.policy.loss_share)
    assert all(0 <= one.loss <= bound for one in day.proposals)
    assert all((one.loss == 0) == (one.first_choice == one.vacancy) or one.loss == 0 for one in day.proposals)


def test_the_points_told_are_the_engines(demo: Demo, day: DayPlan) -> None:
    for one in day.proposals:
        told = sum(part["points"] for part in one.body["contributions"]) + one.body["base"]
        assert told == one.body["score"]
        assert one.body["score"] - one.points in (0, 50_000)
        assert len(one.runners_up) <= 2 + (one.loss > 0)


def test_the_order_of_the_input_changes_nothing(demo: Demo, day: DayPlan) -> None:
    shuffled = plan_day(demo.morning(profiles=demo.profiles[::-1]))
    assert render_day(shuffled, {}) == render_day(day, {})


@pytest.mark.parametrize("solver", ["flow", "matching"])
def test_both_solvers_reach_the_same_sum(demo: Demo, day: DayPlan, solver: str) -> None:
    if solver == "flow":
        pytest.importorskip("ortools")
    other = plan_day(demo.morning(solver=solver, with_near_misses=False))
    assert other.report["assignment"]["points"] == day.report["assignment"]["points"]
    assert other.report["assignment"]["points"] >= other.report["assignment"]["greedy_points"]


def test_reasons_are_told_with_a_next_step(day: DayPlan) -> None:
    assert day.abstentions
    for one in day.abstentions:
        assert one.reason in REASONS
        assert one.text and one.action and "{" not in one.action
        assert one.reason != "data_missing" or one.open_questions, one


def test_contradictions_are_named_unless_they_are_protected(demo: Demo) -> None:
    labels, policy = demo.engine.tables.labels, demo.morning().policy
    one = demo.profiles[0]
    plain = replace(one, conflicts=(Conflict(fields=("experience", "age"), text="Mehr Jahre Erfahrung als möglich."),))
    hidden = replace(one, conflicts=(Conflict(fields=("functional_limits",), text="Rücken und Heben."),))
    said = [say_unclear(Speaker(policy, labels), profile) for profile in (plain, hidden)]
    assert [one.reason for one in said] == ["contradiction"] * 2
    assert "Mehr Jahre" in said[0].action and "Rücken" not in said[1].action + said[1].text
    empty = replace(one, participant=Participant(id=one.id, as_of=one.participant.as_of), conflicts=())
    asked = say_unclear(Speaker(policy, labels), empty)
    assert asked.reason == "data_missing" and len(asked.open_questions) == ASKED and "?" in asked.action


def test_never_the_same_twice_and_open_proposals_count(demo: Demo, day: DayPlan) -> None:
    past = past_of(day)
    seen = {(one.participant, one.vacancy) for one in past}
    open_count = Counter(one.vacancy for one in past)
    policy = demo.morning().policy
    for number in range(1, 4):
        today = DEMO_DATE + dt.timedelta(days=number)
        following = plan_day(demo.morning(today=today, history=History(past), with_near_misses=False))
        pairs = {(one.participant, one.vacancy) for one in following.proposals}
        assert following.proposals and not pairs & seen
        seen |= pairs
        past = [*past, *past_of(following)]
        open_count = Counter(one.vacancy for one in past)
        assert all(
            count <= (demo.positions[vacancy] or 1) * policy.open_per_position for vacancy, count in open_count.items()
        )


def test_a_day_is_not_given_twice(demo: Demo, day: DayPlan) -> None:
    again = plan_day(demo.morning(history=History(past_of(day)), with_near_misses=False))
    given = {one.participant for one in day.proposals}
    assert not given & {one.participant for one in again.proposals}
    assert {one.reason for one in again.abstentions if one.participant in given} == {"already_today"}


def test_withdrawn_and_answered_proposals_free_their_place(demo: Demo, day: DayPlan) -> None:
    morning, pool = demo.morning(), demo.engine.vacancy_pool
    assert pool is not None
    full = make_limits(pool, demo.positions, History(past_of(day)), morning.policy, TOMORROW).capacity
    for facts in ({"withdrawn": True}, {"closed": True}):
        freed = make_limits(pool, demo.positions, History(past_of(day, **facts)), morning.policy, TOMORROW).capacity
        assert (freed >= full).all() and freed.sum() > full.sum()
    filled = make_limits(
        pool, demo.positions, History(past_of(day, closed=True, filled=True)), morning.policy, TOMORROW
    )
    rows = [int(np.flatnonzero(pool.ids == one.vacancy)[0]) for one in day.proposals]
    assert all(filled.capacity[row] == 0 for row in rows if (demo.positions[str(pool.ids[row])] or 1) == 1)


def test_a_pause_after_a_no(demo: Demo, day: DayPlan) -> None:
    one = day.proposals[0]
    until = TOMORROW + dt.timedelta(days=3)

    def following(scope: str) -> DayPlan:
        wish = Wish(
            participant=one.participant,
            scope=scope,
            vacancy=one.vacancy,
            employer=one.employer,
            occupation=one.occupation,
            until=until,
        )
        history = History(past_of(day), [wish])
        return plan_day(demo.morning(today=TOMORROW, history=history, with_near_misses=False))

    paused = next(other for other in following("everything").abstentions if other.participant == one.participant)
    assert paused.reason == "cool_down" and f"{until:%d.%m.%Y}" in paused.text
    for scope in ("employer", "occupation"):
        for other in following(scope).proposals:
            if other.participant == one.participant:
                assert (
                    (other.employer != one.employer)
                    if scope == "employer"
                    else (other.occupation[:3] != one.occupation[:3])
                )


def test_employers_that_do_not_answer_pause(demo: Demo, day: DayPlan) -> None:
    bridged = {row["employer_id"] for row in day.report["near_misses"]}
    employer = next(name for name, _ in Counter(one.employer for one in day.proposals).most_common() if name in bridged)
    issued = DEMO_DATE - dt.timedelta(days=40)
    silent = [
        Past(participant=f"x{n}", vacancy=f"v{n}", employer=employer, day=issued, issued_on=issued) for n in range(5)
    ]
    paused = plan_day(demo.morning(history=History(silent)))
    assert employer not in {one.employer for one in paused.proposals}
    assert employer not in {row["employer_id"] for row in paused.report["near_misses"]}
    answered = [*silent[:4], replace(silent[4], answered_on=DEMO_DATE)]
    open_ = plan_day(demo.morning(history=History(answered), with_near_misses=False))
    assert employer in {one.employer for one in open_.proposals}


def test_no_proposals_until_is_respected(demo: Demo, day: DayPlan) -> None:
    name = day.proposals[0].participant
    profiles = [
        replace(one, participant=replace(one.participant, no_proposals_until=DEMO_DATE)) if one.id == name else one
        for one in demo.profiles
    ]
    changed = plan_day(demo.morning(profiles=profiles, with_near_misses=False))
    assert next(one for one in changed.abstentions if one.participant == name).reason == "no_proposals_until"


def test_no_vacancies(demo: Demo) -> None:
    nothing = plan_day(demo.morning(engine=replace(demo.engine, vacancy_pool=None)))
    assert {one.reason for one in nothing.abstentions} == {"no_vacancies"} and not nothing.proposals


def test_households_do_not_get_shifts_that_exclude_each_other(demo: Demo, day: DayPlan) -> None:
    pool = demo.engine.vacancy_pool
    assert pool is not None
    stated = {str(pool.ids[row]) for row in range(len(pool)) if stated_spans(pool, row)}
    parents = {one.id for one in demo.profiles if one.household.children}
    working = [one.participant for one in day.proposals if one.vacancy in stated and one.participant in parents]
    cares = {key: Care(participant=key, household=f"h{number // 2}") for number, key in enumerate(working)}
    plan, matched = plan_with_match(demo.morning(cares=cares, with_near_misses=False))
    assert matched is not None
    people = encode_people(
        [one for one in demo.profiles if one.id in cares], demo.engine.places, demo.engine.occupations, DEMO_DATE
    )
    place = {str(key): number for number, key in enumerate(people.open.ids)}
    shifts, row = Shifts(people.open, pool), {str(key): number for number, key in enumerate(pool.ids)}
    given = {one.participant: row[one.vacancy] for one in plan.proposals if one.participant in cares}
    before = {one.participant: row[one.vacancy] for one in day.proposals if one.participant in cares}
    pairs = list(zip(working[::2], working[1::2], strict=False))

    def violated(rows: dict[str, int]) -> int:
        return sum(shifts.exclude((place[a], place[b]), rows[a], rows[b]) for a, b in pairs if a in rows and b in rows)

    assert violated(before) > 0, "the demo office should have households that need care"
    assert violated(given) == 0
    assert plan.report["assignment"]["gap"] >= 0.0


def test_near_misses_name_no_person_and_each_bridge_opens(demo: Demo, day: DayPlan) -> None:
    text = str(day.report["near_misses"])
    assert day.report["near_misses"] and not any(one.id in text for one in demo.profiles)
    for row in day.report["near_misses"]:
        assert row["persons"] >= 1 and row["bridge"] and row["vacancies"]
        assert row["persons"] <= sum(one["persons"] for one in row["vacancies"])


def test_sampled_exclusions_are_good_jobs_that_a_rule_took(day: DayPlan) -> None:
    sample = day.report["sampled_exclusions"]
    assert 0 < len(sample) <= 100
    assert all(one["rule"].startswith("vacancy.") or one["rule"] == "protected" for one in sample)
    limits = {"vacancy.functional_limits", "vacancy.hours_capacity", "vacancy.work_permit"}
    assert any(one["rule"] == "protected" for one in sample) and not any(one["rule"] in limits for one in sample)
    assert all("geschützten Angaben" in one["text"] for one in sample if one["rule"] == "protected")


def test_report_counts_small_groups_without_comparing_them(demo: Demo, day: DayPlan) -> None:
    for row in day.report["groups"]:
        assert ("coverage" in row) == (row["n"] >= demo.morning().policy.least_n)


def test_employers_are_found_by_id(demo: Demo) -> None:
    pool = demo.engine.vacancy_pool
    assert pool is not None
    assert employer_of(pool, 0) == str(pool.employer_ids[0])
    people = encode_people(demo.profiles[:2], demo.engine.places, demo.engine.occupations, DEMO_DATE)
    assert len(people_rows(people, np.array([1]))) == 1


def test_runners_up_are_told_with_the_engines_own_reasons(demo: Demo) -> None:
    _, matched = plan_with_match(demo.morning(with_near_misses=False))
    assert matched is not None
    weigher, order = matched.weigher, demo.engine.tables.vacancy_order
    rows = np.unique(matched.edges.vacancy)[:12].astype(np.int64)
    looked = look(people_rows(weigher.people, np.arange(10)), weigher.pool, rows, weigher.bar, order)
    for b in range(10):
        words = VacancyRanking(looked, b, (), np.zeros(0, dtype=np.bool_))
        for row in range(len(rows)):
            whole, brief = words.suggest([row])[0], suggest_briefly(looked, b, row)
            assert (brief.reasons, brief.score.total) == (whole.reasons, whole.score.total)


def test_a_recorded_legal_reason_keeps_a_vacancy_from_those_it_excludes(demo: Demo, day: DayPlan) -> None:
    one = day.proposals[0]
    profiles = [
        replace(profile, protected=replace(profile.protected, gender="male"))
        if profile.id == one.participant
        else profile
        for profile in demo.profiles
    ]
    ignored = plan_day(demo.morning(profiles=profiles, with_near_misses=False))
    assert next(two.vacancy for two in ignored.proposals if two.participant == one.participant) == one.vacancy
    asked = {one.vacancy: Followed(sexes=frozenset({"female"}))}
    lawful = plan_day(demo.morning(profiles=profiles, restricted=asked, with_near_misses=False))
    given = {two.participant: two.vacancy for two in lawful.proposals}
    assert given.get(one.participant) != one.vacancy
    assert one.vacancy not in {
        two["vacancy"] for p in lawful.proposals if p.participant == one.participant for two in p.runners_up
    }
