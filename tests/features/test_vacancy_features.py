"""The contract of every vacancy feature: shape, range, unknown, a block equal to its persons, words for all."""

import dataclasses
import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.catalog import load_catalog
from matcher.classes import Classes
from matcher.columns import Feature
from matcher.eligibility.vacancy import VACANCY_RULES
from matcher.features.vacancies import VACANCY_FEATURES
from matcher.models.score import compute_scores, read_weights
from matcher.pool.people import PersonColumns
from matcher.pool.vacancies import VacancyPool
from matcher.vacancy import Vacancy
from tests.vacancy_office import known, people, pool, profile, vacancy

VACANCIES: list[Vacancy] = [
    vacancy("Lagerhelfer (m/w/d) Tagschicht", km=1),
    vacancy("Staplerfahrer (m/w/d) 3-Schicht", "Gabelstaplerfahrer/in", km=5),
    vacancy("Verkäufer (m/w/d) Teilzeit 20 Std./Woche", km=10),
    vacancy("Pflegefachkraft (m/w/d) ambulant", km=12),
    vacancy("Filialleitung (m/w/d)", "Verkäufer/in", km=20),
    vacancy("Reinigungskraft (m/w/d) 6:00-10:00 Uhr", km=8),
    vacancy("Werkstudent Büro (m/w/d)", "Bürokaufmann/-frau", km=3),
    vacancy("Mitarbeiter (m/w/d)", km=2, lat=None, lon=None),
    vacancy("LKW-Fahrer (m/w/d) Fernverkehr", "Berufskraftfahrer/in", km=40),
    vacancy("Minijob Küche (m/w/d)", km=4),
]
POOL = pool(*VACANCIES)
PARENT = known(
    profile_id="p3",
    children_ages=None,
    children=[{"age": 3, "contract_from": "08:00", "contract_until": "14:00", "fixed": False}],
    desired_hours_min=20,
    desired_hours_max=25,
    german_level="B1",
    target_occupations=["Verkäuferin", "Reinigungskraft"],
)
BLOCK = [known(), profile(profile_id="p2"), PARENT]
FIELDS = [entry.name for entry in dataclasses.fields(PersonColumns)]


@pytest.mark.parametrize("feature", VACANCY_FEATURES, ids=lambda feature: feature.id)
def test_contract(feature: Feature[PersonColumns, VacancyPool]) -> None:
    block = people(*BLOCK).open
    fits = feature.compute(block, POOL)
    assert fits.shape == (len(BLOCK), len(POOL))
    assert fits.dtype == np.float64
    seen = fits[~np.isnan(fits)]
    assert ((seen >= 0.0) & (seen <= 1.0)).all()
    for b, one in enumerate(BLOCK):
        alone = feature.compute(people(one).open, POOL)[0]
        assert np.allclose(alone, fits[b], equal_nan=True)
    for b in range(len(BLOCK)):
        for row in range(len(POOL)):
            words = feature.say(block, POOL, b, row)
            assert words
            assert words == words.strip()


@pytest.mark.parametrize("feature", VACANCY_FEATURES, ids=lambda feature: feature.id)
def test_empty_pool(feature: Feature[PersonColumns, VacancyPool]) -> None:
    assert feature.compute(people(*BLOCK).open, pool()).shape == (len(BLOCK), 0)


def test_every_feature_has_a_weight_and_the_reverse() -> None:
    weights = read_weights(load_catalog().table("weights"), "vacancies")
    assert {feature.id for feature in VACANCY_FEATURES} == set(weights.by_feature)
    assert all(weight.weight > 0 and 0 <= weight.neutral <= 1 for weight in weights.by_feature.values())


def test_contributions_sum_to_the_total() -> None:
    weights = read_weights(load_catalog().table("weights"), "vacancies")
    block = people(*BLOCK).open
    scored = compute_scores(VACANCY_FEATURES, block, POOL, weights)
    for b in range(len(BLOCK)):
        for row in range(len(POOL)):
            assert scored.score(block, POOL, b, row).total == scored.totals[b, row]


PROTECTED: list[dict[str, Any]] = [
    {"functional_limits": ["no_heavy_lifting", "no_night_shift"]},
    {"functional_limits": None},
    {"max_hours_per_week": 15},
    {"gender": "m"},
    {"work_permit": "none"},
    {"severe_disability": True},
    {"hygiene_deficit": True},
    {"contact_avoidance": "unreachable"},
    {"residence_status": "tolerated"},
    {"market_distance": "far"},
]


@pytest.mark.parametrize("facts", PROTECTED, ids=lambda facts: next(iter(facts)))
def test_protected_facts_change_no_points(facts: dict[str, Any]) -> None:
    weights = read_weights(load_catalog().table("weights"), "vacancies")
    plain = compute_scores(VACANCY_FEATURES, people(known()).open, POOL, weights)
    changed = compute_scores(VACANCY_FEATURES, people(known(**facts)).open, POOL, weights)
    assert np.array_equal(plain.totals, changed.totals)


LEVELS = ["A0", "A1", "A2", "B1", "B2", "C1", "C2", "native"]
BETTER: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("language", {"german_level": low}, {"german_level": high}) for low, high in itertools.pairwise(LEVELS)
] + [
    ("reach", {"max_commute_minutes": 20}, {"max_commute_minutes": 40}),
    ("reach", {"transport_mode": "walk"}, {"transport_mode": "bike"}),
    (
        "licence",
        {"transport_mode": "bike", "driving_licences": []},
        {"transport_mode": "bike", "driving_licences": ["B"]},
    ),
    ("certificates", {"certificates": []}, {"certificates": ["forklift_licence"]}),
    (
        "qualification",
        {"vocational_qualification": "none"},
        {"vocational_qualification": "recognised", "vocational_qualification_title": "Verkäufer"},
    ),
    (
        "practised",
        {"experience": [{"title": "Verkäufer", "years": 1, "last_year": 2024}]},
        {"experience": [{"title": "Verkäufer", "years": 3, "last_year": 2024}]},
    ),
    (
        "practised",
        {"experience": [{"title": "Verkäufer", "years": 3, "last_year": 2010}]},
        {"experience": [{"title": "Verkäufer", "years": 3, "last_year": 2024}]},
    ),
    ("hours", {"desired_hours_min": 25, "desired_hours_max": 30}, {"desired_hours_min": 20, "desired_hours_max": 40}),
    (
        "schedule",
        {"available_window": {"from": "08:00", "until": "13:00", "days": "mon-fri"}},
        {"available_window": {"from": "06:00", "until": "22:00", "days": "mon-sun"}},
    ),
    (
        "target",
        {"target_occupations": ["Koch", "Verkäufer"]},
        {"target_occupations": ["Verkäufer", "Koch", "Verkäufer"]},
    ),
]


@pytest.mark.parametrize(("name", "worse", "better"), BETTER)
def test_a_better_fact_never_lowers_the_fit(name: str, worse: dict[str, Any], better: dict[str, Any]) -> None:
    feature = next(feature for feature in VACANCY_FEATURES if feature.id == name)
    low = feature.compute(people(known(**worse)).open, POOL)[0]
    high = feature.compute(people(known(**better)).open, POOL)[0]
    compared = ~(np.isnan(low) | np.isnan(high))
    if name == "target":
        compared &= np.array(["Koch" not in str(title) for title in POOL.titles])
    assert (high[compared] >= low[compared] - 1e-12).all()


@settings(max_examples=40, deadline=None)
@given(near=st.floats(0.1, 80), far=st.floats(0.1, 80), limit=st.integers(5, 120))
def test_a_nearer_place_is_never_worse(near: float, far: float, limit: int) -> None:
    near, far = sorted((near, far))
    rows = pool(vacancy("Koch", km=near, id="a"), vacancy("Koch", km=far, id="b"))
    feature = next(feature for feature in VACANCY_FEATURES if feature.id == "reach")
    fit = feature.compute(people(known(max_commute_minutes=limit)).open, rows)[0]
    assert fit[0] >= fit[1] - 1e-12


class Facts:
    """A person of whom only some columns exist."""

    def __init__(self, whole: Any, names: list[str]) -> None:
        for name in names:
            part, _, rest = name.partition(".")
            value = getattr(whole, part)
            setattr(
                self,
                part,
                Facts(value, [n.partition(".")[2] for n in names if n.startswith(f"{part}.")]) if rest else value,
            )

    def __len__(self) -> int:
        return 1


@pytest.mark.parametrize("one", [*VACANCY_FEATURES, *VACANCY_RULES], ids=lambda one: one.id)
def test_what_is_remembered_for_shared_facts_reads_nothing_else(one: Any) -> None:
    if one.asks is None:
        assert one.id in {"target", "text", "learned", "practised", "qualification", "overqualified", "reach",
                          "childcare", "seniority", "vacancy.reach", "vacancy.childcare"}  # fmt: skip
        return
    part, _ = Classes(POOL).of(one.reads)
    compute = one.compute if hasattr(one, "compute") else one.check
    for person in BLOCK:
        block = people(person)
        whole = block if hasattr(one, "check") else block.open
        assert np.array_equal(
            np.asarray(compute(Facts(whole, list(one.asks)), part), dtype=float),
            np.asarray(compute(whole, part), dtype=float),
            equal_nan=True,
        )
