"""What time alone changes: durations run only where they run, ages move, nothing else does."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.eligibility.vacancy_person import may_work
from matcher.facts import Facts
from matcher.participant_time import advance, known_later, months_between
from matcher.pipeline import Engine, Question
from matcher.read.profile import profile_to_dict, read_profile
from tests import vacancy_office

START = dt.date(2025, 1, 31)


def later(days: int | dt.date, **data: Any) -> Any:
    profile = read_profile({"id": "t", "as_of": START.isoformat(), **data}, today=START)
    return advance(profile, days if isinstance(days, dt.date) else START + dt.timedelta(days=days))


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (dt.date(2025, 1, 31), dt.date(2025, 2, 28), 1),
        (dt.date(2025, 1, 15), dt.date(2026, 1, 15), 12),
        (dt.date(2024, 2, 29), dt.date(2025, 2, 28), 12),
        (dt.date(2025, 3, 1), dt.date(2025, 3, 1), 0),
        (dt.date(2025, 9, 1), dt.date(2025, 9, 16), 0.5),
    ],
)
def test_months_between(start: dt.date, end: dt.date, months: float) -> None:
    assert months_between(start, end) == pytest.approx(months)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 4000), st.integers(0, 400))
def test_months_only_grow(start: dt.date, days: int, more: int) -> None:
    first, second = start + dt.timedelta(days=days), start + dt.timedelta(days=days + more)
    assert 0 <= months_between(start, first) <= months_between(start, second)


CASES: tuple[tuple[dict[str, Any], str, str, float], ...] = (
    ({"age": 30}, "participant", "age", 31),
    ({"unemployment_months": 11}, "participant", "unemployment_months", 23),
    ({"unemployment_months": 11, "employment_status": "unemployed"}, "participant", "unemployment_months", 23),
    ({"unemployment_months": 11, "employment_status": "minijob"}, "participant", "unemployment_months", 11),
    ({"months_since_last_job": 3}, "participant", "months_since_last_job", 15),
    ({"months_since_last_job": 3, "employment_status": "minijob"}, "participant", "months_since_last_job", 3),
    ({"jps_stage": "3_IEB", "jps_months_in_stage": 2}, "participant", "jps_months_in_stage", 14),
    ({"months_since_job_start": 2, "employment_status": "sv_part_time"}, "participant", "months_since_job_start", 14),
    ({"benefit_months_total": 30}, "protected", "benefit_months_total", 42),
    ({"benefit_months_total": 30, "legal_circle": ["SGB III"]}, "protected", "benefit_months_total", 30),
    ({"benefit_months_last_24": 15}, "protected", "benefit_months_last_24", 24),
    ({"incapacity_months": 4}, "protected", "incapacity_months", 4),
    ({"work_experience_months": 40, "age": 40}, "participant", "work_experience_months", 40),
)


@pytest.mark.parametrize(("data", "part", "name", "expected"), CASES)
def test_one_year_later(data: dict[str, Any], part: str, name: str, expected: float) -> None:
    profile = later(dt.date(2026, 1, 31), **data)
    assert getattr(getattr(profile, part), name) == pytest.approx(expected)
    assert profile.participant.as_of == dt.date(2026, 1, 31)


def test_children_grow_and_unknown_stays_unknown() -> None:
    profile = later(dt.date(2025, 7, 31), children_ages=[2.5, 7])
    assert [child.age for child in profile.household.children] == pytest.approx([3, 7.5])
    assert later(400).participant.age is None


def test_facts_of_a_later_day_stay_as_they_are() -> None:
    profile, day_before = later(0, age=30), START - dt.timedelta(days=1)
    assert advance(profile, day_before) == profile
    assert known_later(profile, START) == ""
    assert known_later(profile, day_before) == f"Stand der Angaben ({START:%d.%m.%Y}) liegt nach dem Tag der Frage."


def test_facts_of_a_later_day_are_noted_with_the_answer(engine: Engine) -> None:
    days = (START, START - dt.timedelta(days=1))
    profile = later(0, age=30, german_level="B2", employment_status="unemployed", legal_circle=["SGB II"])
    same, later_known = (engine.ask([profile], Question(today=day, vacancies=False))[0] for day in days)
    assert same.notes == () and same.outcome == later_known.outcome != "clarify_data"
    assert later_known.notes == (known_later(profile, days[1]),)


PERMITS: tuple[tuple[dict[str, Any], int, str | None], ...] = (
    ({"work_permit": "unrestricted", "work_permit_until": "2025-03-01"}, 28, "unrestricted"),
    ({"work_permit": "unrestricted", "work_permit_until": "2025-03-01"}, 29, "unrestricted"),
    ({"work_permit": "unrestricted", "work_permit_until": "2025-03-01"}, 30, None),
    ({"work_permit": "approval_needed", "work_permit_until": "2025-03-01"}, 30, None),
    ({"work_permit": "none", "work_permit_until": "2025-03-01"}, 30, None),
    ({"work_permit": "unrestricted"}, 900, "unrestricted"),
    ({"work_permit": "unrestricted", "work_permit_until": "2025-01-31"}, 0, "unrestricted"),
    ({"work_permit": "unrestricted", "work_permit_until": "2025-01-30"}, 0, None),
)
"""Facts, days later, and the permit then."""


@pytest.mark.parametrize(("facts", "days", "permit"), PERMITS)
def test_an_expired_work_permit_is_unknown(facts: dict[str, Any], days: int, permit: str | None) -> None:
    assert later(days, **facts).protected.work_permit == permit


@pytest.mark.parametrize(("until", "verdict"), [("2025-09-20", 2), ("2025-09-19", 1)])
@pytest.mark.parametrize("status", [None, "third_country"])
def test_rules_ask_about_an_expired_work_permit(until: str, verdict: int, status: str | None) -> None:
    one = vacancy_office.profile(work_permit="unrestricted", work_permit_until=until, residence_status=status)
    people = vacancy_office.people(advance(one, vacancy_office.TODAY))
    assert may_work(people, vacancy_office.pool(vacancy_office.vacancy("Koch"))).tolist() == [[verdict]]


@given(st.integers(0, 900), st.integers(0, 900))
def test_two_steps_are_close_to_one(first: int, second: int) -> None:
    data = {"age": 30, "unemployment_months": 5}
    once = later(first + second, **data).participant
    twice = advance(later(first, **data), START + dt.timedelta(days=first + second)).participant
    assert twice.age == pytest.approx(once.age, abs=0.01)
    assert twice.unemployment_months == pytest.approx(once.unemployment_months, abs=0.1)


def test_the_day_the_facts_are_of_stays_known() -> None:
    fresh = read_profile({"id": "t"}, today=START)
    assert fresh.origin.known_on == START and fresh.moved_from is None
    moved = advance(later(100), START + dt.timedelta(days=300))
    assert moved.origin.known_on == START and moved.participant.as_of == START + dt.timedelta(days=300)
    facts = Facts([moved, fresh], START + dt.timedelta(days=300))
    assert [facts.value("months_since_known", b) for b in (0, 1)] == [pytest.approx(9.87, abs=0.1)] * 2
    assert profile_to_dict(moved).keys() == {"id", "as_of"}, "the day is not part of the exchange format"
