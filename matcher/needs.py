"""Needs of a block of persons from unprotected facts: strength in [0, 1], NaN where unknown.

The rules and strengths stand in `catalog/needs.toml`. Protected facts never show a need (DESIGN section 2).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
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
    words: str
    """German words for what shows the need: the texts of the rule's leaves."""


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
                words = ", ".join(dict.fromkeys(leaf.text for leaf in leaves(node)))
                found.append(NeedRule(float(item["strength"]), node, words))
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
    rules = [rule.rule for rules in table.rules for rule in rules]
    found = [_needs_of(table, iter(verdicts)) for verdicts in book.matrix(rules).tolist()]
    strength = np.array([[one for one, _ in row] for row in found], dtype=np.float64).reshape(len(found), -1)
    return Needs(table, strength, [[words for _, words in row] for row in found])


def _needs_of(table: NeedTable, verdicts: Iterator[int]) -> list[tuple[float, str]]:
    """Strength and words of every need of one person: the strongest rule that is met, NaN where one may be."""
    return [_need_of([(next(verdicts), rule) for rule in rules]) for rules in table.rules]


def _need_of(answered: Sequence[tuple[int, NeedRule]]) -> tuple[float, str]:
    for verdict, rule in answered:
        if verdict == MET:
            return rule.strength, rule.words
    return (math.nan if any(verdict == UNKNOWN for verdict, _ in answered) else 0.0), ""
