"""Which outcome the lists lead to, and what is asked: nothing is promised that cannot be kept."""

import dataclasses
from typing import Any

import pytest

from matcher.answering.outcome import Found, OutcomeRule, settle_outcome
from matcher.pipeline import Engine, Question
from matcher.read.profile import read_profile
from matcher.results import Answer
from tests.test_personas import TODAY

READY = OutcomeRule("place_directly", "direct_placement", "bereit", True, None, None, True)
OFFER = OutcomeRule("place_directly", "direct_placement", "Stellenangebot", True, None)
CASES = [
    # decided, measures, vacancies, competes, held up, outcome, words of the reason
    (READY, 3, 5, True, False, "place_directly", "bereit"),
    (READY, 3, None, False, False, "place_directly", "bereit"),
    (READY, 3, 0, False, False, "suggest_measure", "Heute kein passendes Stellenangebot"),
    (READY, 0, 0, False, False, "counselling_first", "keine passende Maßnahme"),
    (READY, None, 0, False, False, "counselling_first", "Heute kein passendes Stellenangebot"),
    (OFFER, 0, 0, False, False, "place_directly", "Stellenangebot"),
    (OFFER, 3, 0, False, False, "place_directly", "Stellenangebot"),
    (None, 3, 5, True, False, "place_directly", "geht einer Maßnahme vor"),
    (None, 3, 5, False, False, "suggest_measure", "Eine Maßnahme passt"),
    (None, 0, 5, False, False, "place_directly", "eine Maßnahme passt nicht"),
    (None, None, 5, False, False, "place_directly", "Stellen passen"),
    (None, 0, 5, False, True, "counselling_first", "Stellen stehen zur Wahl"),
    (None, 0, 0, False, False, "counselling_first", "Nichts im Angebot"),
    (None, 0, None, False, False, "counselling_first", "Nichts im Angebot"),
    (None, None, 0, False, False, "counselling_first", "Heute kein passendes Stellenangebot"),
]
WAREHOUSE: dict[str, Any] = {
    "id": "R", "age": 35, "postal_code": "09599", "transport_mode": "car", "max_commute_minutes": 60,
    "driving_licences": ["B"], "own_car": True, "german_level": "native", "employment_status": "unemployed",
    "unemployment_months": 4, "vocational_qualification": "recognised",
    "vocational_qualification_title": "Fachkraft Lagerlogistik", "target_occupations": ["Fachkraft Lagerlogistik"],
    "desired_hours_min": 35, "desired_hours_max": 40,
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_lists_and_outcome(case: tuple[Any, ...]) -> None:
    decided, measures, vacancies, competes, held_up, outcome, words = case
    found = Found(measures=measures, vacancies=vacancies, vacancy_competes=competes, placement_held_up=held_up)
    settled = settle_outcome(decided, found)
    assert settled.outcome == outcome and words in settled.reason


def ask(engine: Engine, facts: dict[str, Any], **question: Any) -> Answer:
    return engine.ask([read_profile(facts, today=TODAY)], Question(today=TODAY, **question))[0]


@pytest.fixture(scope="module")
def without_offers(engine: Engine) -> Engine:
    """The demo office on a day without any local offer: no measure can be suggested."""
    return dataclasses.replace(engine, offers=(), pools={}, rows={})


@pytest.mark.parametrize(
    "more",
    [
        {"unemployment_months": 14},
        {"unemployment_months": 14, "desired_hours_min": None, "desired_hours_max": None},
        {"unemployment_months": 14, "german_level": None},
    ],
)
def test_a_vacancy_that_fits_is_an_answer_whatever_else_is_unknown(engine: Engine, more: dict[str, Any]) -> None:
    answer = ask(engine, WAREHOUSE | more)
    assert answer.outcome == "place_directly" and len(answer.vacancies.suggestions) > 0


def test_without_measures_vacancies_are_not_called_nothing(without_offers: Engine) -> None:
    facts = WAREHOUSE | {"unemployment_months": 30, "german_level": "A2", "target_occupations": None}
    answer = ask(without_offers, facts)
    assert len(answer.vacancies.suggestions) > 0
    assert answer.outcome == "place_directly" and "Nichts" not in answer.outcome_reason
    far = ask(without_offers, facts | {"market_distance": "far"})
    assert far.outcome == "counselling_first" and "Stellen stehen zur Wahl" in far.outcome_reason


@pytest.mark.parametrize(
    "more", [{"no_proposals_until": "2099-01-01"}, {"work_permit": "none", "residence_status": "asylum_seeker"}]
)
def test_no_placement_is_promised_where_no_vacancy_may_be_proposed(
    engine: Engine, without_offers: Engine, more: dict[str, Any]
) -> None:
    assert ask(engine, WAREHOUSE).outcome == "place_directly"
    answer = ask(engine, WAREHOUSE | more)
    assert list(answer.vacancies.suggestions) == []
    assert answer.outcome in ("suggest_measure", "counselling_first")
    assert "Heute kein passendes Stellenangebot" in answer.outcome_reason
    alone = ask(without_offers, WAREHOUSE | more)
    assert alone.outcome == "counselling_first"
    assert alone.measures.suggestions[0].id == "step:counselling"


def fields(answer: Answer) -> list[str]:
    return [one.field for one in answer.open_questions]


def test_what_contradicts_itself_is_asked_first(engine: Engine) -> None:
    answer = ask(engine, WAREHOUSE | {"driving_licence": False})
    assert answer.outcome == "clarify_data"
    assert set(fields(answer)[:2]) == {"driving_licence", "driving_licences"}
    assert all("widersprechen" in one.question for one in answer.open_questions[:2])


@pytest.mark.parametrize(
    ("missing", "asked"),
    [
        ({"postal_code": None}, "postal_code"),
        ({"desired_hours_min": None, "desired_hours_max": None}, "desired_hours_max"),
        ({"german_level": None}, "german_level"),
        ({"children_ages": [3], "single_parent": True}, "children"),
    ],
)
@pytest.mark.parametrize("measures", [True, False])
def test_what_shown_vacancies_depend_on_is_asked(
    engine: Engine, missing: dict[str, Any], asked: str, measures: bool
) -> None:
    before = fields(ask(engine, WAREHOUSE | {"children_ages": []}, measures=measures, top=5))
    found = ask(engine, {"children_ages": []} | WAREHOUSE | missing, measures=measures, top=5)
    assert asked not in before and asked in fields(found)[:12]
    assert len(set(fields(found))) == len(fields(found)), "a fact is asked once"
    told = next(one for one in found.open_questions if one.field == asked)
    assert "welche Stellen passen" in told.question
