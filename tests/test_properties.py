"""Properties of the whole way: what must hold for everybody, checked on the synthetic demo office."""

import dataclasses
import datetime as dt
import random

import numpy as np
import pytest

from matcher.answer_json import render_answer
from matcher.answering.measures import compute_measures
from matcher.answering.vacancies import compute_vacancies
from matcher.eligibility.check import check_rules
from matcher.eligibility.rule import RuleBook
from matcher.eligibility.ruleset import book_of
from matcher.eligibility.vacancy import VACANCY_RULES
from matcher.facts import Facts
from matcher.features.vacancies import VACANCY_FEATURES
from matcher.fields import FIELDS
from matcher.models.score import compute_scores
from matcher.needs import compute_needs
from matcher.participant import Profile, Protected
from matcher.pipeline import Engine, Question
from matcher.pool.people_encode import encode_people
from matcher.pool.seekers import MeasurePeople, encode_seekers, wished_fields
from matcher.read.profile import read_profile
from matcher.results import Answer, Suggestion
from matcher.vocabulary import FunctionalLimit

TODAY = dt.date(2022, 5, 2)
ALL = Question(today=TODAY, top=None)


def _all(answer: Answer) -> dict[str, Suggestion]:
    lists = (answer.measures.suggestions, answer.measures.others, answer.vacancies.suggestions, answer.vacancies.others)
    return {item.id: item for part in lists for item in part}


def _points(answer: Answer) -> dict[str, int]:
    return {name: item.score.total for name, item in _all(answer).items() if not name.startswith("step:")}


def test_contributions_and_base_sum_to_the_score_for_everything_listed(
    engine: Engine, demo_people: list[Profile]
) -> None:
    for answer in engine.ask(demo_people[:12], ALL):
        for part in (answer.measures, answer.vacancies):
            for item in (*part.suggestions, *part.others):
                rendered = [c.points for c in item.score.contributions]
                assert item.score.total == item.score.base + sum(rendered)
                assert all(isinstance(points, int) for points in rendered)


def test_totals_of_the_block_equal_the_scores_that_are_told(engine: Engine, demo_people: list[Profile]) -> None:
    people = encode_people(demo_people[:8], engine.places, engine.occupations, TODAY)
    assert engine.vacancy_pool is not None
    classes = engine.vacancy_classes(engine.vacancy_pool)
    block = compute_vacancies(people, classes, engine.tables.vacancy_weights, engine.tables.vacancy_order)
    rng = np.random.default_rng(1)
    for b in range(len(people)):
        for row in rng.choice(np.flatnonzero(block.checked.by_unprotected[b] > 0), 5):
            told = block.scored.score(people.open, engine.vacancy_pool, b, int(row))
            assert told.total == block.scored.totals[b, row] == block.scored.brief(b, int(row)).total


def test_classes_of_equal_rows_give_what_every_row_alone_gives(engine: Engine, demo_people: list[Profile]) -> None:
    pool, weights = engine.vacancy_pool, engine.tables.vacancy_weights
    assert pool is not None
    for people in (demo_people[:30], demo_people[60:61]):
        block = encode_people(people, engine.places, engine.occupations, TODAY)
        fast = compute_vacancies(block, engine.vacancy_classes(pool), weights, engine.tables.vacancy_order)
        alone = encode_people(people, engine.places, engine.occupations, TODAY)
        checked = check_rules(VACANCY_RULES, alone, pool, (len(people), len(pool)))
        slow = compute_scores(VACANCY_FEATURES, alone.open, pool, weights)
        assert (fast.checked.overall == checked.overall).all()
        assert (fast.checked.decisive() == checked.decisive()).all()
        rows = np.flatnonzero((checked.by_unprotected > 0).any(axis=0))
        assert (fast.scored.totals[:, rows] == slow.totals[:, rows]).all()
        for b in range(0, len(people), 7):
            for row in rows[::40].tolist():
                assert np.array_equal(fast.scored.fits_of(b, row), slow.fits_of(b, row), equal_nan=True)


def test_one_person_is_a_batch_of_one(engine: Engine, demo_people: list[Profile]) -> None:
    block = engine.ask(demo_people[20:28], ALL)
    for profile, answer in zip(demo_people[20:28], block, strict=True):
        assert render_answer(engine.ask([profile], ALL)[0]) == render_answer(answer)


def test_shuffled_input_gives_the_same_answers(engine: Engine, demo_people: list[Profile]) -> None:
    from matcher.pipeline import build_engine

    shuffled = random.Random(7).sample(engine.offers, len(engine.offers))
    other = build_engine(
        engine.catalog, places=engine.places, occupations=engine.occupations, vacancy_pool=engine.vacancy_pool,
        offers=shuffled,
    )  # fmt: skip
    people = demo_people[40:46]
    mixed = random.Random(8).sample(people, len(people))
    before = {a.participant_id: render_answer(a) for a in engine.ask(people, ALL)}
    after = {a.participant_id: render_answer(a) for a in other.ask(mixed, ALL)}
    assert {name: {**a, "versions": 0} for name, a in before.items()} == {
        name: {**a, "versions": 0} for name, a in after.items()
    }


FLIPS: list[tuple[str, object]] = [
    ("gender", "f"), ("gender", "m"), ("refugee", True), ("refugee", False), ("severe_disability", True),
    ("health_limitation_physical", True), ("debts_unsettled", True), ("offences", True), ("addiction", "yes"),
    ("housing_unsettled", True), ("residence_status", "tolerated"), ("motivated", False), ("contact_avoidance", "no"),
    ("benefit_months_last_24", 24.0), ("market_distance", "far"), ("monthly_benefit_eur", 900.0), ("literate", False),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), FLIPS, ids=[f"{name}={value}" for name, value in FLIPS])
def test_flipping_a_protected_fact_changes_no_points(
    engine: Engine, demo_people: list[Profile], field: str, value: object
) -> None:
    for profile in demo_people[60:64]:
        changed = dataclasses.replace(profile, protected=dataclasses.replace(profile.protected, **{field: value}))
        before, after = (_points(engine.ask([p], ALL)[0]) for p in (profile, changed))
        for name in before.keys() & after.keys():
            assert before[name] == after[name], (field, name)


def test_every_protected_field_can_be_forgotten_without_changing_points(
    engine: Engine, demo_people: list[Profile]
) -> None:
    for profile in demo_people[:200:25]:
        blank = dataclasses.replace(profile, protected=Protected())
        before, after = (_points(engine.ask([p], ALL)[0]) for p in (profile, blank))
        assert all(before[name] == after[name] for name in before.keys() & after.keys())


LIMITS = FunctionalLimit.__args__  # type: ignore[attr-defined]


@pytest.mark.parametrize("limit", LIMITS)
def test_a_functional_limit_only_removes(engine: Engine, demo_people: list[Profile], limit: str) -> None:
    for profile in demo_people[80:83]:
        held = profile.protected.functional_limits or ()
        without = dataclasses.replace(profile, protected=dataclasses.replace(profile.protected, functional_limits=held))
        added = tuple(dict.fromkeys((*held, limit)))
        within = dataclasses.replace(profile, protected=dataclasses.replace(profile.protected, functional_limits=added))
        before, after = (engine.ask([p], ALL)[0] for p in (without, within))
        gone = {item.id for item in after.vacancies.excluded} - {item.id for item in before.vacancies.excluded}
        order = [item.id for item in before.vacancies.suggestions if item.id not in gone]
        assert {item.id for item in before.vacancies.excluded} <= {item.id for item in after.vacancies.excluded}
        assert _same_points(before, after)
        assert [item.id for item in after.vacancies.suggestions] == order


def _same_points(before: Answer, after: Answer) -> bool:
    one, two = _points(before), _points(after)
    return all(one[name] == two[name] for name in one.keys() & two.keys())


def test_unknown_never_excludes(engine: Engine) -> None:
    answer = engine.ask([read_profile({"id": "blank"}, today=TODAY)], ALL)[0]
    assert [item.rule for item in answer.measures.excluded if not item.rule.endswith(":period")] == []
    assert {item.rule for item in answer.vacancies.excluded} <= {"vacancy.open"}


def test_forgetting_a_fact_never_excludes_more(engine: Engine, demo_people: list[Profile]) -> None:
    rng = random.Random(3)
    for profile in demo_people[100:110]:
        known = [
            f.name for f in dataclasses.fields(profile.protected) if getattr(profile.protected, f.name) is not None
        ]
        names = ["german_level", "age", "vocational_qualification", "driving_licences", "unemployment_months"]
        name = rng.choice(names)
        less = dataclasses.replace(profile, participant=dataclasses.replace(profile.participant, **{name: None}))
        if known:
            forgotten = {rng.choice(known): None}
            less = dataclasses.replace(less, protected=dataclasses.replace(less.protected, **forgotten))
        before, after = (engine.ask([p], ALL)[0] for p in (profile, less))
        for part in ("measures", "vacancies"):
            out_before = {item.id for item in getattr(before, part).excluded}
            assert {item.id for item in getattr(after, part).excluded} <= out_before, (profile.id, name, part)


def test_a_better_fit_never_lowers_the_score(engine: Engine) -> None:
    for weights in (engine.tables.measure_weights, engine.tables.vacancy_weights):
        for name, weight in weights.by_feature.items():
            assert weight.weight >= 0, name
            assert 0 <= weight.neutral <= 1, name


def test_compiled_rules_equal_the_readable_ones(engine: Engine, demo_people: list[Profile]) -> None:
    from tests.random_people import random_people

    profiles = [*demo_people, *(read_profile(data, today=TODAY) for data in random_people(300, seed=5, day=TODAY))]
    facts = Facts(profiles, TODAY)
    fast, slow = book_of(engine.rules, facts), RuleBook(facts)
    trees = [p.terms for p in engine.programmes.programmes] + [step.when for step in engine.tables.steps]
    trees += [rule.rule for rules in engine.tables.needs.rules for rule in rules]
    for tree in trees:
        assert fast.tree(tree).tolist() == slow.tree(tree).tolist()


def test_measure_fits_stay_between_zero_and_one(engine: Engine, demo_people: list[Profile]) -> None:
    book = book_of(engine.rules, Facts(demo_people, TODAY))
    people = encode_people(demo_people, engine.places, engine.occupations, TODAY)
    fields = [wished_fields(people.open, b) for b in range(len(people))]
    seekers = encode_seekers(book.facts, people.open, compute_needs(engine.tables.needs, book), fields)
    for catalogue_only in (False, True):
        rows = engine.programme_rows(Question(today=TODAY, catalogue_only=catalogue_only))
        weights, order = engine.tables.measure_weights, engine.tables.measure_order
        pool, block = rows.pool, compute_measures(MeasurePeople(seekers, people.protected), rows, book, weights, order)
        for feature, fits in zip(block.scored.features, block.scored.fits, strict=True):
            assert fits.shape == (len(demo_people), len(pool)), feature.id
            known = fits[~np.isnan(fits)]
            assert known.size == 0 or (known.min() >= 0 and known.max() <= 1), feature.id


def test_every_feature_has_a_weight_and_asks_for_fields_it_may_read(engine: Engine) -> None:
    from matcher.features.measures import MEASURE_FEATURES
    from matcher.features.vacancies import VACANCY_FEATURES

    for features, weights in (
        (MEASURE_FEATURES, engine.tables.measure_weights),
        (VACANCY_FEATURES, engine.tables.vacancy_weights),
    ):
        assert [f.id for f in features] == list(dict.fromkeys(f.id for f in features))
        assert {f.id for f in features} == set(weights.by_feature)
        for feature in features:
            known = {"available_window", "children", "childcare_window", *FIELDS}
            assert set(feature.fields) <= known, feature.id
            assert all(FIELDS[f].owner != "protected" for f in feature.fields if f in FIELDS), feature.id


def test_open_facts_are_counted_alike_by_both_rule_books(engine: Engine, demo_people: list[Profile]) -> None:
    facts = Facts(demo_people[:40], TODAY)
    fast, slow = book_of(engine.rules, facts), RuleBook(facts)
    trees = [p.terms for p in engine.programmes.programmes]
    for b in range(0, 40, 7):
        assert fast.open_counts(trees, b).tolist() == slow.open_counts(trees, b).tolist()
