"""The way from participants to answers, on one screen: encode, check, compute, score, rank, explain.

One person is a batch of one. Nothing here reads a file or a clock: `today` and every pool are given.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import matcher
from matcher.answering.measures import MeasureRanking, Order, compute_measures, rank_measures
from matcher.answering.outcome import OutcomeTable, read_outcomes
from matcher.answering.person import Case, assemble
from matcher.answering.programme_rows import ProgrammeRows, programme_rows
from matcher.answering.steps import Step, read_steps
from matcher.answering.vacancies import VacancyRanking, compute_vacancies, rank_vacancies
from matcher.catalog import Catalog
from matcher.classes import Classes
from matcher.eligibility.rule import RuleBook
from matcher.eligibility.ruleset import RuleSet, book_of, build_ruleset
from matcher.facts import Facts
from matcher.labels import Labels
from matcher.models.occupation import OccupationMatcher
from matcher.models.score import Native, Weights, read_weights
from matcher.needs import NeedTable, compute_needs, read_needs
from matcher.participant import Profile
from matcher.participant_time import advance
from matcher.places import Places
from matcher.pool.offers import MeasurePool, encode_offers
from matcher.pool.people import People, PersonColumns
from matcher.pool.people_encode import encode_people
from matcher.pool.programmes import ProgrammeColumns, encode_programmes
from matcher.pool.seekers import MeasurePeople, encode_seekers, wished_fields
from matcher.pool.vacancies import VacancyPool
from matcher.programme import Leaf, Offer, Programme, Tree
from matcher.results import Answer

if TYPE_CHECKING:
    from matcher.models.foerderkette import Planner


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: the day, which halves, how many suggestions (None: all), and how dates are taken.

    `ways` names the chain behind each suggested measure, `chains` adds the best chains to every goal.
    """

    today: dt.date
    measures: bool = True
    vacancies: bool = True
    top: int | None = 10
    catalogue_only: bool = False
    documented_periods: bool = False
    chains: bool = False
    ways: bool = False


@dataclass(frozen=True, slots=True)
class Tables:
    """The catalogue's tables as values, read once."""

    labels: Labels
    needs: NeedTable
    steps: tuple[Step, ...]
    outcomes: OutcomeTable
    measure_weights: Weights
    vacancy_weights: Weights
    measure_order: Order
    vacancy_order: Order


@dataclass(frozen=True, slots=True)
class Engine:
    """Everything a question needs besides the participants; built once, asked often.

    `native` is for processes that live long (`matcher.features.vacancies.native_fits`): the same answers, faster.
    """

    catalog: Catalog
    tables: Tables
    programmes: ProgrammeColumns
    offers: Sequence[Offer]
    places: Places
    occupations: OccupationMatcher
    vacancy_pool: VacancyPool | None
    versions: tuple[tuple[str, str], ...]
    rules: RuleSet
    native: Native[PersonColumns, VacancyPool] | None = None
    pools: dict[tuple[dt.date, bool], MeasurePool] = field(default_factory=dict, compare=False, repr=False)
    planners: dict[dt.date, "Planner"] = field(default_factory=dict, compare=False, repr=False)
    rows: dict[tuple[dt.date, bool, bool], ProgrammeRows] = field(default_factory=dict, compare=False, repr=False)
    classes: list[Classes[VacancyPool]] = field(default_factory=list, compare=False, repr=False)

    def ask(self, profiles: Sequence[Profile], question: Question) -> list[Answer]:
        """Answer one question for a block of participants, in their order."""
        profiles = [advance(profile, question.today) for profile in profiles]
        book = book_of(self.rules, Facts(profiles, question.today))
        people = encode_people(profiles, self.places, self.occupations, question.today)
        measures = self._measures(book, people, question)
        vacancies = self._vacancies(people, question)
        answers = [
            assemble(Case(self.tables, book, b, question.top, measures[b], vacancies[b]), self.versions)
            for b in range(len(profiles))
        ]
        return self._with_chains(profiles, people, answers, question) if question.chains or question.ways else answers

    def _with_chains(
        self, profiles: Sequence[Profile], people: People, answers: list[Answer], question: Question
    ) -> list[Answer]:
        from matcher.answering.chains import add_chains, with_ways

        planner = self.planner(question.today)
        add = add_chains if question.chains else with_ways
        return [
            add(
                planner,
                one,
                answers[b],
                today=question.today,
                catalogue_only=question.catalogue_only,
                berufsfelder=wished_fields(people.open, b),
            )
            for b, one in enumerate(profiles)
        ]

    def planner(self, today: dt.date) -> "Planner":
        """The planner of the Förderkette for one day, built when it is first asked for."""
        from matcher.models.foerderkette import Planner

        if today not in self.planners:
            self.planners[today] = Planner(
                self.catalog, self.offers, today, places=self.places, occupations=self.occupations,
                programmes={programme.id: programme for programme in self.programmes.programmes},
            )  # fmt: skip
        return self.planners[today]

    def _measures(self, book: RuleBook, people: People, question: Question) -> Sequence[MeasureRanking | None]:
        if not question.measures:
            return [None] * len(people)
        needs = compute_needs(self.tables.needs, book)
        fields = [wished_fields(people.open, b) for b in range(len(people))]
        seekers = encode_seekers(book.facts, people.open, needs, fields)
        rows, weights = self.programme_rows(question), self.tables.measure_weights
        people_of = MeasurePeople(seekers, people.protected)
        block = compute_measures(people_of, rows, book, weights, self.tables.measure_order)
        return [rank_measures(block, b) for b in range(len(people))]

    def measure_pool(self, question: Question) -> MeasurePool:
        """The offers of the day as columns, encoded once per day."""
        key = (question.today, question.catalogue_only)
        if key not in self.pools:
            offers = () if question.catalogue_only else self.offers
            self.pools[key] = encode_offers(self.programmes, offers, question.today, self.places)
        return self.pools[key]

    def programme_rows(self, question: Question) -> ProgrammeRows:
        """What the offers of the day tell about their programmes, looked up once per day."""
        key = (question.today, question.catalogue_only, question.documented_periods)
        if key not in self.rows:
            self.rows[key] = programme_rows(
                self.measure_pool(question),
                catalogue_only=question.catalogue_only,
                documented_periods=question.documented_periods,
            )
        return self.rows[key]

    def _vacancies(self, people: People, question: Question) -> Sequence[VacancyRanking | None]:
        if not question.vacancies or self.vacancy_pool is None:
            return [None] * len(people)
        classes = self.vacancy_classes(self.vacancy_pool)
        weights, order = self.tables.vacancy_weights, self.tables.vacancy_order
        block = compute_vacancies(people, classes, weights, order, self.native)
        return [rank_vacancies(block, b) for b in range(len(people))]

    def vacancy_classes(self, pool: VacancyPool) -> Classes[VacancyPool]:
        """The pool by classes of equal rows, split once."""
        if not self.classes:
            self.classes.append(Classes(pool))
        return self.classes[0]


def build_engine(
    catalog: Catalog,
    *,
    places: Places,
    occupations: OccupationMatcher,
    vacancy_pool: VacancyPool | None,
    offers: Sequence[Offer] = (),
    programmes: Sequence[Programme] = (),
    versions: Mapping[str, str] | None = None,
) -> Engine:
    """Build the engine from the catalogue, an office's own programmes and offers, places and an encoded pool."""
    tables = read_tables(catalog)
    known = {**catalog.programmes, **{programme.id: programme for programme in programmes}}
    columns = encode_programmes([known[name] for name in sorted(known)], tables.needs.names, catalog.table("evidence"))
    told = {"matcher": matcher.__version__, "catalogue": catalog.version, **(versions or {})}
    return Engine(
        catalog=catalog,
        tables=tables,
        programmes=columns,
        offers=tuple(offers),
        places=places,
        occupations=occupations,
        vacancy_pool=vacancy_pool,
        versions=tuple(sorted(told.items())),
        rules=build_ruleset(_trees(columns, tables)),
    )


def _trees(columns: ProgrammeColumns, tables: Tables) -> Iterator[Tree | Leaf | None]:
    """Every rule tree a question may ask."""
    yield from (programme.terms for programme in columns.programmes)
    yield from (rule.rule for rules in tables.needs.rules for rule in rules)
    yield from (step.when for step in tables.steps)
    yield from (rule.rule for rule in tables.outcomes.rules)
    yield from (rule.unless for rule in tables.outcomes.rules)


def read_tables(catalog: Catalog) -> Tables:
    """All tables of the catalogue that questions read."""
    weights = catalog.table("weights")
    return Tables(
        labels=Labels(catalog.table("fields")),
        needs=read_needs(catalog.table("needs")),
        steps=read_steps(catalog.table("steps")),
        outcomes=read_outcomes(catalog.table("outcomes")),
        measure_weights=read_weights(weights, "measures"),
        vacancy_weights=read_weights(weights, "vacancies"),
        measure_order=_order(catalog.table("ranking")["measures"]),
        vacancy_order=_order(catalog.table("ranking")["vacancies"]),
    )


def _order(table: Mapping[str, Any]) -> Order:
    return Order(
        unknown_once=float(table["unknown_once"]),
        unknown_each=float(table["unknown_each"]),
        unknown_most=float(table["unknown_most"]),
        same_group=int(table["same_group"]),
        margin=float(table["margin"]),
        floor=float(table["floor"]),
    )
