"""The edge cases of `tests/personas.py`, asked the whole way through the engine with the demo office of 2 May 2022."""

import datetime as dt
from functools import lru_cache

import pytest

from matcher.catalog import load_catalog
from matcher.models.occupation import load_matcher
from matcher.paths import catalog_path
from matcher.pipeline import Engine, Question, build_engine
from matcher.places import Places
from matcher.pool.vacancy_encode import encode_vacancies
from matcher.read.offers import read_offers
from matcher.read.places import read_places
from matcher.read.profile import profile_to_dict, read_profile
from matcher.read.vacancies import read_employers, read_vacancies
from matcher.results import Answer
from tests.personas import PERSONAS, Persona

TODAY = dt.date(2022, 5, 2)
DEMO = catalog_path() / "demo"
FIRST = 5
BY_NAME = {persona.name: persona for persona in PERSONAS}
each = pytest.mark.parametrize("name", BY_NAME)


@lru_cache(maxsize=1)
def demo_engine() -> Engine:
    """The demo office, as the readers read it."""
    occupations = load_matcher()
    employers = {employer.id: employer for employer in read_employers(DEMO / "employers.csv")}
    places = [
        (row.postal_code, row.place, row.lat, row.lon)
        for row in read_places(DEMO / "places.csv")
        if row.lat is not None and row.lon is not None
    ]
    located = Places.from_rows(places)
    vacancies = read_vacancies(DEMO / "vacancies.csv")
    return build_engine(
        load_catalog(),
        places=located,
        occupations=occupations,
        vacancy_pool=encode_vacancies(vacancies, occupations, TODAY, located, employers),
        offers=read_offers(DEMO / "offers.csv"),
    )


@lru_cache(maxsize=1)
def answers() -> dict[str, Answer]:
    """All personas in one block."""
    profiles = [read_profile({"id": p.name, **p.facts}, today=TODAY) for p in PERSONAS]
    found = demo_engine().ask(profiles, Question(today=TODAY, top=None))
    return {answer.participant_id: answer for answer in found}


def known(name: str) -> tuple[Persona, Answer]:
    """A persona and its answer."""
    return BY_NAME[name], answers()[name]


def listed(answer: Answer) -> list[str]:
    """Ids of measures and steps that are suggested, in their order."""
    return [one.id for one in answer.measures.suggestions]


def excluded(answer: Answer) -> set[str]:
    """Ids of programmes that are out."""
    return {one.id for one in answer.measures.excluded}


@each
def test_facts_are_read_and_written_back_unchanged(name: str) -> None:
    profile = read_profile({"id": name, **BY_NAME[name].facts}, today=TODAY)
    assert bool(profile.conflicts) == BY_NAME[name].conflict
    if not profile.conflicts:
        assert read_profile(profile_to_dict(profile), today=TODAY) == profile


@each
def test_outcome_is_one_that_a_case_worker_would_defend(name: str) -> None:
    persona, answer = known(name)
    assert answer.outcome in persona.outcomes, answer.outcome_reason
    assert answer.outcome_reason


@each
def test_the_outcomes_own_step_stands_first(name: str) -> None:
    persona, answer = known(name)
    if persona.first is not None:
        assert listed(answer)[:1] == [persona.first]


@each
def test_steps_that_the_situation_asks_for_are_listed(name: str) -> None:
    persona, answer = known(name)
    assert set(persona.steps) <= set(listed(answer))


@each
def test_hard_terms_exclude_and_open_ones_do_not(name: str) -> None:
    persona, answer = known(name)
    assert set(persona.out) <= excluded(answer), "should be out"
    assert not set(persona.open) & excluded(answer), "should not be out"


@each
def test_what_must_not_be_suggested_is_not(name: str) -> None:
    persona, answer = known(name)
    assert not set(persona.never_suggested) & set(listed(answer))


@each
def test_what_fits_best_is_among_the_first(name: str) -> None:
    persona, answer = known(name)
    if persona.near_top:
        assert set(persona.near_top) & set(listed(answer)[:FIRST])


@each
def test_open_questions_name_what_is_missing(name: str) -> None:
    persona, answer = known(name)
    assert set(persona.asks) <= {question.field for question in answer.open_questions}


@each
def test_contradictions_are_told(name: str) -> None:
    persona, answer = known(name)
    assert bool(answer.notes) == persona.conflict


@each
def test_points_add_up_and_exclusions_have_reasons(name: str) -> None:
    _, answer = known(name)
    for one in (*answer.measures.suggestions, *answer.vacancies.suggestions):
        assert one.score.total == one.score.base + sum(part.points for part in one.score.contributions)
    assert all(one.text and one.source for one in answer.measures.excluded)


@each
def test_one_person_gets_the_answer_of_the_block(name: str) -> None:
    persona, answer = known(name)
    alone = read_profile({"id": name, **persona.facts}, today=TODAY)
    question = Question(today=TODAY, top=None)
    (again,) = demo_engine().ask([alone], question)
    assert again.outcome == answer.outcome
    assert listed(again) == listed(answer)
    assert [one.id for one in again.vacancies.suggestions] == [one.id for one in answer.vacancies.suggestions]


def test_personas_name_known_programmes_and_steps() -> None:
    catalog = load_catalog()
    steps = {f"step:{name}" for name in catalog.table("steps")["step"]}
    for persona in PERSONAS:
        assert {*persona.out, *persona.open} <= set(catalog.programmes), persona.name
        assert {*persona.steps, *([persona.first] if persona.first else [])} <= steps, persona.name


def test_every_outcome_is_covered() -> None:
    assert {persona.outcomes[0] for persona in PERSONAS} == {
        "suggest_measure",
        "stage_change",
        "place_directly",
        "no_measure",
        "counselling_first",
        "clarify_data",
        "continue_current",
        "no_suggestion",
    }
