"""Who is hardly known gets no ranked list but what to ask, in the answer and in the daily batch. TRUST 30."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.answer_json import render_answer
from matcher.daily.plan import plan_day
from matcher.daily.text import day_text
from matcher.demo import DEMO_DATE
from matcher.derived_facts import CORE
from matcher.models.foerderkette import plan
from matcher.participant import Profile
from matcher.pipeline import Engine, Question
from matcher.read.profile import read_profile
from tests.daily.conftest import Demo

LEAST = 3
"""`minimum_known` of catalog/outcomes.toml."""
KNOWN: dict[str, st.SearchStrategy[Any]] = {
    "age": st.integers(18, 64),
    "german_level": st.sampled_from(["A1", "B1", "native"]),
    "vocational_qualification": st.sampled_from(["none", "recognised"]),
    "employment_status": st.sampled_from(["unemployed", "minijob"]),
    "unemployment_months": st.integers(0, 90),
    "target_occupations": st.sampled_from([["Lagerhelfer"], ["Koch", "Verkäufer"]]),
    "postal_code": st.sampled_from(["09111", "09599"]),
    "desired_hours_max": st.sampled_from([20, 39]),
    "school_leaving_level": st.sampled_from(["none", "Abitur"]),
}
BESIDE: dict[str, st.SearchStrategy[Any]] = {
    "wishes": st.sampled_from(["nur vormittags", "Lager"]),
    "driving_licences": st.just(["B"]),
    "own_car": st.booleans(),
    "certificates": st.just(["Staplerschein"]),
    "gender": st.sampled_from(["f", "m"]),
    "debts_unsettled": st.booleans(),
    "functional_limits": st.just(["no_heights"]),
    "legal_circle": st.just(["SGB II"]),
}


@st.composite
def hardly_known(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(sorted(KNOWN)), max_size=LEAST - 1, unique=True))
    beside = draw(st.lists(st.sampled_from(sorted(BESIDE)), unique=True))
    return {name: draw((KNOWN | BESIDE)[name]) for name in (*names, *beside)}


def test_the_threshold_is_the_catalogues(engine: Engine) -> None:
    assert engine.catalog.table("outcomes")["minimum_known"] == LEAST
    assert set(KNOWN) <= set(CORE) and not set(BESIDE) & set(CORE)


@given(facts=hardly_known())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_blank_profile_gets_no_list(engine: Engine, facts: dict[str, Any]) -> None:
    profile = read_profile({"id": "blank", **facts}, today=DEMO_DATE)
    answer = engine.ask([profile], Question(today=DEMO_DATE, top=None))[0]
    assert answer.outcome == "clarify_data" and answer.outcome_reason
    assert all(one.id.startswith("step:") for one in answer.measures.suggestions), "a talk or clarifying, no measure"
    assert list(answer.vacancies.suggestions) == []
    assert answer.open_questions, "what is missing is asked"


def test_one_fact_more_and_there_is_a_list(engine: Engine) -> None:
    """The control: the rule is about how much is known, not about everybody."""
    facts = {"age": 30, "german_level": "native", "target_occupations": ["Lagerhelfer"], "postal_code": "09111"}
    answer = engine.ask([read_profile({"id": "a", **facts}, today=DEMO_DATE)], Question(today=DEMO_DATE))[0]
    assert answer.outcome != "clarify_data" and len(answer.measures.suggestions) + len(answer.vacancies.suggestions) > 1


def test_the_batch_abstains_with_questions(demo: Demo) -> None:
    blank = [read_profile({"id": f"B{number}"}, today=DEMO_DATE) for number in range(3)]
    day = plan_day(demo.morning(profiles=[*blank, *demo.profiles[:40]]))
    reasons = {one.participant: one for one in day.abstentions}
    for one in blank:
        assert reasons[one.id].reason == "data_missing" and reasons[one.id].open_questions and reasons[one.id].action
    assert day.proposals and not {one.participant for one in day.proposals} & {one.id for one in blank}


WELL_KNOWN = {
    "age": 30, "german_level": "native", "vocational_qualification": "none", "employment_status": "unemployed",
    "target_occupations": ["Lagerhelfer"], "postal_code": "09111",
}  # fmt: skip
TWO_YEARS_AGO = dt.date(DEMO_DATE.year - 2, DEMO_DATE.month, DEMO_DATE.day)


def known_on(day: dt.date, name: str = "old", **more: Any) -> Profile:
    return read_profile({"id": name, "as_of": day.isoformat(), **WELL_KNOWN, **more}, today=DEMO_DATE)


def test_the_oldest_day_is_the_catalogues(engine: Engine) -> None:
    table = engine.catalog.table("outcomes")
    (row,) = [row for row in table["outcome"] if row["rule"].get("field") == "months_since_known"]
    assert row["rule"]["op"] == ">" and row["rule"]["value"] == table["oldest_known_months"] == 24
    assert not row["lists"]


@given(days=st.integers(1, 9000), facts=hardly_known(), crisis=st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_stale_profile_gets_no_list(engine: Engine, days: int, facts: dict[str, Any], crisis: bool) -> None:
    profile = known_on(TWO_YEARS_AGO - dt.timedelta(days=days), **facts, acute_crisis=crisis, job_offer=not crisis)
    answer = engine.ask([profile], Question(today=DEMO_DATE, top=None))[0]
    assert answer.outcome == "clarify_data" and "älter als zwei Jahre" in answer.outcome_reason
    assert all(one.id.startswith("step:") for one in answer.measures.suggestions)
    assert list(answer.vacancies.suggestions) == []
    (chain,) = plan(engine.planner(DEMO_DATE), profile, today=DEMO_DATE)
    assert [step.id for step in chain.steps] == ["step:clarify_data"] and "zu alt" in chain.steps[0].why


def test_contradictions_do_not_hide_that_facts_are_stale(engine: Engine) -> None:
    profile = known_on(TWO_YEARS_AGO - dt.timedelta(days=1), has_children=False, children_ages=[3])
    assert profile.conflicts
    answer = engine.ask([profile], Question(today=DEMO_DATE, top=None))[0]
    assert "älter als zwei Jahre" in answer.outcome_reason and list(answer.vacancies.suggestions) == []


@pytest.mark.parametrize("day", [TWO_YEARS_AGO, DEMO_DATE, None])
def test_two_years_to_the_day_are_not_stale(engine: Engine, day: dt.date | None) -> None:
    facts = WELL_KNOWN if day is None else {**WELL_KNOWN, "as_of": day.isoformat()}
    profile = read_profile({"id": "a", **facts}, today=DEMO_DATE)
    answer = engine.ask([profile], Question(today=DEMO_DATE))[0]
    assert answer.outcome != "clarify_data" and len(answer.vacancies.suggestions) > 1
    assert len(plan(engine.planner(DEMO_DATE), profile, today=DEMO_DATE)) > 1


def test_the_batch_abstains_for_stale_profiles(demo: Demo) -> None:
    stale = [known_on(TWO_YEARS_AGO - dt.timedelta(days=one), f"S{one}") for one in (1, 400)]
    fresh = known_on(TWO_YEARS_AGO, "S0")
    day = plan_day(demo.morning(profiles=[*stale, fresh, *demo.profiles[:40]]))
    said = {one.participant: one for one in day.abstentions}
    for one in stale:
        told = said[one.id]
        assert told.reason == "stale" and f"{one.participant.as_of:%d.%m.%Y}" in told.action
    assert "S0" not in said or said["S0"].reason != "stale"
    assert day.proposals and not {one.participant for one in day.proposals} & {one.id for one in stale}
    assert "veraltet" in day_text(day)


def test_gaps_are_shown_with_everything_listed(engine: Engine, demo_people: list[Profile]) -> None:
    """A contribution that rests on nothing known says so, and so does whatever is not certain to be open to somebody."""
    gaps = 0
    for profile in demo_people[:30:3]:
        less = dataclasses.replace(profile.participant, german_level=None, desired_hours_max=None)
        shown = render_answer(
            engine.ask([dataclasses.replace(profile, participant=less)], Question(today=DEMO_DATE))[0]
        )
        for half in ("measures", "vacancies"):
            for one in shown[half]["suggestions"]:
                unknown = [part for part in one["contributions"] if not part["known"]]
                assert all(part["text"] for part in unknown)
                gaps += len(unknown)
                assert one["eligibility"] == "met" or one["open_questions"] or one["verdicts"] or unknown
    assert gaps > 20
