"""Needs of a block of persons from unprotected facts: strength in [0, 1], NaN where unknown.

The rules and strengths stand in `catalog/needs.toml`. Protected facts never show a need (DESIGN section 2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matcher.catalog.tree import leaves, read_node
from matcher.columns import Fits
from matcher.eligibility.rule import RuleBook
from matcher.errors import CatalogProblems, Problem
from matcher.programme import Leaf, Tree
from matcher.results import MET, UNKNOWN


@dataclass(frozen=True, slots=True)
class NeedRule:
    """One way a need shows: the rule and how strong the need then is."""

    strength: float
    rule: Tree | Leaf

    @property
    def words(self) -> str:
        """German words for what shows the need: the texts of the rule's leaves."""
        return ", ".join(dict.fromkeys(leaf.text for leaf in leaves(self.rule)))


@dataclass(frozen=True, slots=True)
class NeedTable:
    """All needs in catalogue order: names, German labels, rules."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    rules: tuple[tuple[NeedRule, ...], ...]

    def index(self, name: str) -> int:
        """Column of a need."""
        return self.names.index(name)

    def fields(self, k: int) -> tuple[str, ...]:
        """Facts that need k reads."""
        return tuple(dict.fromkeys(leaf.field for rule in self.rules[k] for leaf in leaves(rule.rule)))


def read_needs(table: Mapping[str, Any]) -> NeedTable:
    """Read `catalog/needs.toml`; raises CatalogProblems."""
    problems: list[Problem] = []

    def report(where: str, message: str) -> None:
        problems.append(Problem("needs.toml", None, where, None, message + ".", "See catalog/README.md."))

    names, labels, rules = [], [], []
    for name, row in table["need"].items():
        found = []
        for i, item in enumerate(row["when"]):
            node = read_node(item["rule"], f"/{name}/{i}", report)
            if node is not None:
                found.append(NeedRule(float(item["strength"]), node))
        names.append(name)
        labels.append(row["label"])
        rules.append(tuple(sorted(found, key=lambda rule: -rule.strength)))
    if problems:
        raise CatalogProblems(problems)
    return NeedTable(tuple(names), tuple(labels), tuple(rules))


@dataclass(frozen=True, slots=True)
class Needs:
    """Strengths (B, K), NaN unknown, and the words of the strongest rule that is met."""

    table: NeedTable
    strength: Fits
    words: Sequence[Sequence[str]]


def compute_needs(table: NeedTable, book: RuleBook) -> Needs:
    """Strength of every need for every person of the block."""
    persons = len(book.facts)
    strength = np.zeros((persons, len(table.names)), dtype=np.float64)
    words = [["" for _ in table.names] for _ in range(persons)]
    for k, rules in enumerate(table.rules):
        block = np.stack([book.tree(rule.rule) for rule in rules])
        met = block == MET
        first = met.argmax(axis=0)
        hit = met.any(axis=0)
        open_before = ((block == UNKNOWN) & ~hit).any(axis=0)
        values = np.array([rule.strength for rule in rules])
        strength[:, k] = np.where(hit, values[first], np.where(open_before, np.nan, 0.0))
        for b in np.flatnonzero(hit):
            words[b][k] = rules[first[b]].words
    return Needs(table, strength, words)
