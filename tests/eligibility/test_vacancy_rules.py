"""Rules of a vacancy: cases as data, unknown never excludes, limits only remove, a block equals its persons."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.columns import Rule
from matcher.eligibility.near_miss import NEAR_MISSES, near_misses
from matcher.eligibility.vacancy import VACANCY_RULES
from matcher.pool.people import People
from matcher.pool.vacancies import VacancyPool
from matcher.requirements import DEMANDS
from matcher.results import ELIGIBILITY, NOT_MET
from matcher.vacancy import Employer
from tests.vacancy_office import KNOWN, known, people, pool, profile, vacancy

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/vacancies/rules.toml").read_text(encoding="utf-8"))["case"]
RULES = {rule.id: rule for rule in VACANCY_RULES}
SOME = pool(
    vacancy("Lagerhelfer (m/w/d) 3-Schicht", "Helfer/in - Lagerwirtschaft, Transport"),
    vacancy("LKW-Fahrer (m/w/d)"),
    vacancy("Pflegefachkraft (m/w/d)", km=20),
    vacancy("Verkäufer (m/w/d) 14:00-18:00 Uhr"),
    vacancy("Bäcker (m/w/d)"),
    vacancy("Koch (m/w/d) Vollzeit", km=60),
    vacancy("Dachdeckerhelfer (m/w/d)", "Helfer/in - Hochbau"),
    vacancy("Staplerfahrer (m/w/d)", "Gabelstaplerfahrer/in"),
    vacancy("Reinigungskraft (m/w/d) Teilzeit", km=15),
    vacancy("Bürokaufmann (m/w/d)", german_level="B2"),
    vacancy("Filialleitung (m/w/d)", "Verkäufer/in"),
)


def overall(block: People, rows: VacancyPool = SOME) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The least verdict of all rules."""
    return np.min([rule.check(block, rows) for rule in VACANCY_RULES], axis=0)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['rule']} {case['name']}" for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    facts = {key: value for key, value in (KNOWN | case.get("person", {})).items() if value != "?"}
    offered = dict(case["vacancy"])
    block, rows = people(profile(**facts)), pool(vacancy(offered.pop("title"), **offered))
    rule = RULES[case["rule"]]
    assert ELIGIBILITY[rule.check(block, rows)[0, 0]] == case["expect"]
    assert rule.say(block, rows, 0, 0)


def test_every_rule_has_an_admitting_and_a_refusing_case() -> None:
    told = {(case["rule"], case["expect"]) for case in CASES}
    for rule in VACANCY_RULES:
        assert (rule.id, "met") in told
        assert (rule.id, "not_met") in told or rule.id == "vacancy.certificate"


@pytest.mark.parametrize("rule", VACANCY_RULES, ids=lambda rule: rule.id)
def test_contract(rule: Rule[People, VacancyPool]) -> None:
    persons = [
        known(),
        profile(profile_id="p2"),
        known(profile_id="p3", functional_limits=["no_heights"], german_level="A2"),
    ]
    block = people(*persons)
    verdicts = rule.check(block, SOME)
    assert verdicts.shape == (3, len(SOME))
    assert verdicts.dtype == np.uint8
    assert set(np.unique(verdicts)) <= {0, 1, 2}
    for b, one in enumerate(persons):
        assert np.array_equal(rule.check(people(one), SOME)[0], verdicts[b])
        assert all(rule.say(block, SOME, b, row) for row in range(len(SOME)))
    assert rule.check(block, pool()).shape == (3, 0)


def test_of_whom_nothing_is_known_nothing_is_excluded() -> None:
    assert (overall(people(profile())) != NOT_MET).all()


@pytest.mark.parametrize("field", [name for name in KNOWN if name != "unemployment_months"])
def test_forgetting_a_fact_never_excludes(field: str) -> None:
    before = overall(people(known()))[0]
    after = overall(people(profile(**{key: value for key, value in KNOWN.items() if key != field})))[0]
    assert not ((before != NOT_MET) & (after == NOT_MET)).any()


@settings(max_examples=60, deadline=None)
@given(limits=st.lists(st.sampled_from(DEMANDS), unique=True), more=st.sampled_from(DEMANDS))
def test_a_functional_limit_only_removes(limits: list[str], more: str) -> None:
    without = overall(people(known(functional_limits=limits)))[0]
    with_one = overall(people(known(functional_limits=sorted({*limits, more}))))[0]
    assert (with_one <= without).all()


@settings(max_examples=30, deadline=None)
@given(limit=st.integers(5, 60), more=st.integers(0, 60))
def test_a_wider_limit_of_the_way_never_excludes(limit: int, more: int) -> None:
    rule = RULES["vacancy.reach"]
    narrow = rule.check(people(known(max_commute_minutes=limit)), SOME)
    wide = rule.check(people(known(max_commute_minutes=limit + more)), SOME)
    assert (wide >= narrow).all()


def test_paused_employer_and_its_end() -> None:
    rule = RULES["vacancy.open"]
    for until, expected in ((dt.date(2025, 9, 20), "not_met"), (dt.date(2025, 9, 19), "met")):
        rows = pool(
            vacancy("Koch (m/w/d)", employer_id="e1"),
            employers=[Employer(id="e1", name="Musterküche", paused_until=until)],
        )
        assert ELIGIBILITY[rule.check(people(known()), rows)[0, 0]] == expected


def test_exclusion_never_names_a_diagnosis() -> None:
    block = people(known(functional_limits=list(DEMANDS)))
    words = " ".join(RULES["vacancy.functional_limits"].say(block, SOME, 0, row) for row in range(len(SOME)))
    assert "Nicht vereinbar mit" in words
    assert not any(word in words.lower() for word in ("krank", "diagnose", "behinder"))


NEAR: list[tuple[str, dict[str, Any], str, dict[str, Any], str | None]] = [
    ("reach", {}, "Koch (m/w/d)", {"km": 21.0}, "über der Grenze"),
    ("reach", {}, "Koch (m/w/d)", {"km": 10.0}, None),
    ("hours", {"desired_hours_min": 20, "desired_hours_max": 25}, "Koch (m/w/d) Vollzeit", {}, "Stundenumfang"),
    ("hours", {}, "Koch (m/w/d) Vollzeit", {}, None),
    ("schedule", {}, "Reinigung 15:00-19:00 Uhr", {}, "andere Zeiten"),
    ("certificate", {}, "Staplerfahrer (m/w/d)", {"label": "Gabelstaplerfahrer/in"}, "Staplerschein erwerben"),
    (
        "certificate",
        {"certificates": ["forklift_licence"]},
        "Staplerfahrer (m/w/d)",
        {"label": "Gabelstaplerfahrer/in"},
        None,
    ),
    (
        "licence",
        {"driving_licences": [], "transport_mode": "bike"},
        "Pflegehelfer (m/w/d) ambulant",
        {},
        "Führerschein",
    ),
    ("qualification", {}, "Elektroniker (m/w/d)", {}, "Eingliederungszuschuss"),
    ("language", {"german_level": "A1"}, "Verkäufer (m/w/d)", {}, "Berufssprachkurs"),
    ("standing", {}, "Filialleitung (m/w/d)", {"label": "Verkäufer/in"}, "Leitungserfahrung nicht belegt"),
]


@pytest.mark.parametrize(("kind", "facts", "title", "offered", "words"), NEAR)
def test_near_miss(kind: str, facts: dict[str, Any], title: str, offered: dict[str, Any], words: str | None) -> None:
    block, rows = people(known(**facts)), pool(vacancy(title, **offered))
    found = next(one for one in NEAR_MISSES if one.id == kind).find(block.open, rows)
    assert found.shape == (1, 1)
    assert bool(found[0, 0]) is (words is not None)
    if words is not None:
        assert words in " | ".join(near_misses(block.open, rows, 0)[0])


def test_extendable_childcare_is_a_near_miss_and_a_fixed_contract_is_none() -> None:
    rows = pool(vacancy("Verkäufer (m/w/d) 14:00-18:00 Uhr"))
    for fixed, expected in ((False, True), (None, True), (True, False)):
        child = {"age": 3, "contract_from": "08:00", "contract_until": "13:00", "fixed": fixed}
        facts = {key: value for key, value in KNOWN.items() if key != "children_ages"}
        told = near_misses(people(profile(**facts, children=[child])).open, rows, 0)[0]
        assert any("Betreuungszeit erweitern" in words for words in told) is expected


def test_nothing_known_is_no_near_miss() -> None:
    block = people(profile()).open
    told = [words for told_of in near_misses(block, SOME, 0) for words in told_of]
    assert told == []
