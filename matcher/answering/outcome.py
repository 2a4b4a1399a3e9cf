"""Which outcome a question ends in: the first rule of `catalog/outcomes.toml` that is met, else what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.answering.steps import read_rule
from matcher.eligibility.rule import RuleBook
from matcher.programme import Leaf, Tree
from matcher.results import MET
from matcher.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """One row: outcome, the step that stands first, the reason, whether lists are shown, the rule, and what holds it up.

    `needs_vacancy`: without a vacancy in the list the row promises what nobody can keep.
    """

    outcome: Outcome
    step: str
    reason: str
    lists: bool
    rule: Tree | Leaf | None
    unless: Tree | Leaf | None = None
    needs_vacancy: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeTable:
    """Rules in order, the fits from which on a vacancy stands before measures, and which of them must be known."""

    rules: tuple[OutcomeRule, ...]
    vacancy_competes: Mapping[str, float]
    competes_known: frozenset[str]

    def competes(self, fits: Mapping[str, float]) -> bool:
        """Does a vacancy with these known fits stand before measures? Other unknown fits do not speak against it."""
        known = self.competes_known <= fits.keys()
        return known and all(fits[name] >= least for name, least in self.vacancy_competes.items() if name in fits)

    def placement_held_up(self, book: RuleBook, b: int) -> bool:
        """Does something that is known speak against placing this person first?"""
        trees = (rule.unless for rule in self.rules if rule.needs_vacancy and rule.unless is not None)
        return any(book.tree(tree)[b] == MET for tree in trees)


def read_outcomes(table: Mapping[str, Any]) -> OutcomeTable:
    """Read `catalog/outcomes.toml`; raises CatalogProblems."""
    rules = tuple(
        OutcomeRule(
            row["id"],
            row["step"],
            row["reason"],
            bool(row["lists"]),
            read_rule(row["rule"], "outcomes.toml", f"/outcome/{i}"),
            read_rule(row["unless"], "outcomes.toml", f"/outcome/{i}/unless") if "unless" in row else None,
            bool(row.get("needs_vacancy", False)),
        )
        for i, row in enumerate(table["outcome"])
    )
    known = frozenset(table["vacancy_competes_known"])
    return OutcomeTable(rules=rules, vacancy_competes=dict(table["vacancy_competes"]), competes_known=known)


def decide_outcome(table: OutcomeTable, book: RuleBook, b: int) -> OutcomeRule | None:
    """The first rule that is met for one person, None when the lists decide."""
    for rule in table.rules:
        held_up = rule.unless is not None and book.tree(rule.unless)[b] == MET
        if rule.rule is not None and book.tree(rule.rule)[b] == MET and not held_up:
            return rule
    return None


BY_MEASURE = OutcomeRule("suggest_measure", "", "Eine Maßnahme passt als nächster Schritt.", True, None)
BY_VACANCY = OutcomeRule(
    "place_directly", "direct_placement", "Eine Stelle passt: Vermittlung geht einer Maßnahme vor.", True, None
)
NO_VACANCY_BUT_MEASURE = OutcomeRule(
    "suggest_measure", "", "Heute kein passendes Stellenangebot; eine Maßnahme passt als nächster Schritt.", True, None
)
ONLY_VACANCY = OutcomeRule(
    "place_directly",
    "direct_placement",
    "Stellen passen zu dem, was bekannt ist; eine Maßnahme passt nicht.",
    True,
    None,
)
VACANCIES = OutcomeRule("place_directly", "direct_placement", "Stellen passen zu dem, was bekannt ist.", True, None)
TALK_ABOUT_VACANCIES = OutcomeRule(
    "counselling_first",
    "counselling",
    "Zuerst Beratung: Stellen stehen zur Wahl, doch Bekanntes spricht gegen eine sofortige Vermittlung.",
    True,
    None,
)
NOTHING_TODAY = OutcomeRule(
    "counselling_first",
    "counselling",
    "Heute kein passendes Stellenangebot und keine passende Maßnahme: im Gespräch klären, was möglich ist.",
    True,
    None,
)
NO_VACANCY = OutcomeRule(
    "counselling_first",
    "counselling",
    "Heute kein passendes Stellenangebot: im Gespräch klären, was möglich ist.",
    True,
    None,
)
NOTHING = OutcomeRule(
    "counselling_first",
    "counselling",
    "Keine Maßnahme, zuerst Beratung: Nichts im Angebot passt zu dem, was bekannt ist.",
    True,
    None,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the lists hold for one person, None where a half was not asked; and how the first vacancy stands."""

    measures: int | None
    vacancies: int | None
    vacancy_competes: bool
    placement_held_up: bool


def settle_outcome(decided: OutcomeRule | None, found: Found) -> OutcomeRule:
    """The outcome once the lists are known: placement needs a vacancy, everything else a measure or a talk."""
    if decided is not None:
        return _without_vacancy(found) if decided.needs_vacancy and found.vacancies == 0 else decided
    if found.vacancies and found.vacancy_competes:
        return BY_VACANCY
    if found.measures:
        return BY_MEASURE
    if found.vacancies and found.placement_held_up:
        return TALK_ABOUT_VACANCIES
    if found.vacancies:
        return VACANCIES if found.measures is None else ONLY_VACANCY
    return NO_VACANCY if found.measures is None else NOTHING


def _without_vacancy(found: Found) -> OutcomeRule:
    if found.measures:
        return NO_VACANCY_BUT_MEASURE
    return NO_VACANCY if found.measures is None else NOTHING_TODAY
