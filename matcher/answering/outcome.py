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
    """One row: outcome, the step that stands first, the reason, whether lists are shown, the rule."""

    outcome: Outcome
    step: str
    reason: str
    lists: bool
    rule: Tree | Leaf | None
    unless: Tree | Leaf | None = None


@dataclass(frozen=True, slots=True)
class OutcomeTable:
    """Rules in order, and the fits from which on a vacancy stands before measures."""

    rules: tuple[OutcomeRule, ...]
    vacancy_competes: Mapping[str, float]


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
        )
        for i, row in enumerate(table["outcome"])
    )
    return OutcomeTable(rules=rules, vacancy_competes=dict(table["vacancy_competes"]))


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
NOTHING = OutcomeRule(
    "counselling_first",
    "counselling",
    "Keine Maßnahme, zuerst Beratung: Nichts im Angebot passt zu dem, was bekannt ist.",
    True,
    None,
)


def settle_outcome(
    decided: OutcomeRule | None, has_measure: bool, has_vacancy: bool, vacancies_asked: bool, vacancy_competes: bool
) -> OutcomeRule:
    """The outcome once the lists are known: placement needs a vacancy, everything else a measure or a talk."""
    if decided is not None:
        waits_for_vacancy = decided.step == "direct_placement" and vacancies_asked and not has_vacancy
        return NO_VACANCY_BUT_MEASURE if waits_for_vacancy and has_measure else decided
    if has_vacancy and vacancy_competes:
        return BY_VACANCY
    return BY_MEASURE if has_measure else NOTHING
