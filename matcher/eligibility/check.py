"""Check: every rule over a block of persons and a pool, folded to one verdict, the decisive rule remembered.

Source: DESIGN section 3 and 6: AND is min; what is out keeps its decisive rule, the first failed one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.classes import Classes, Index, spread
from matcher.columns import Rule, Verdicts
from matcher.eligibility.open_fields import open_fields
from matcher.fields import FIELDS
from matcher.results import MET, NOT_MET, UNKNOWN, Verdict

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Checked(Generic[P, R]):
    """All verdicts of a block: per rule (B, N), or (B, K) classes with `of_row` (N,); and their minimum (B, N).

    `by_unprotected` is the minimum as far as unprotected facts decide: what the order rests on. Functional limits
    and other protected facts remove rows afterwards and change nothing else (DESIGN section 2).
    """

    people: P
    rules: Sequence[Rule[P, R]]
    verdicts: Sequence[Verdicts]
    of_row: Sequence[Index | None]
    by_unprotected: Verdicts
    overall: Verdicts

    def decisive(self) -> NDArray[np.int16]:
        """Index of the first failed rule per pair, -1 where none failed; shape (B, N)."""
        first = np.full(self.overall.shape, -1, dtype=np.int16)
        for index in range(len(self.rules) - 1, -1, -1):
            first[spread(self.verdicts[index] == NOT_MET, self.of_row[index])] = index
        return first

    def failed(self, b: int, row: int, say: Callable[[Rule[P, R]], str]) -> tuple[Verdict, ...]:
        """Every failed rule of one pair, in rule order, with its words."""
        return self._with(NOT_MET, b, row, say)

    def open(self, b: int, row: int, say: Callable[[Rule[P, R]], str]) -> tuple[Verdict, ...]:
        """Every rule of one pair that could not be answered."""
        if self.overall.item(b, row) == MET:
            return ()
        return self._with(UNKNOWN, b, row, say)

    def open_rules(self, b: int, rows: Index) -> list[list[int]]:
        """For every one of some rows the rules that could not be answered, by number."""
        found: list[list[int]] = [[] for _ in rows]
        if (self.overall[b, rows] == MET).all():
            return found
        parts = zip(self.verdicts, self.of_row, strict=True)
        block = np.stack([verdicts[b].take(rows if of is None else of.take(rows)) for verdicts, of in parts])
        for place, rule in np.argwhere(block.T == UNKNOWN).tolist():
            found[place].append(rule)
        return found

    def told(self, rule: int, verdict: int, text: str, b: int | None = None) -> Verdict:
        """A rule's answer in words; for person `b` of the block with what to ask them, else with all its fields."""
        return self._told(self.rules[rule], verdict, text, b)

    def _told(self, rule: Rule[P, R], verdict: int, text: str, b: int | None) -> Verdict:
        asks = None if b is None or verdict != UNKNOWN else open_fields(self.people, b, rule.fields)
        return Verdict(rule=rule.id, verdict=verdict, text=text, source=rule.source, fields=rule.fields, asks=asks)

    def _with(self, wanted: int, b: int, row: int, say: Callable[[Rule[P, R]], str]) -> tuple[Verdict, ...]:
        return tuple(
            self._told(rule, wanted, say(rule), b)
            for rule, verdicts, of_row in zip(self.rules, self.verdicts, self.of_row, strict=True)
            if verdicts.item(b, row if of_row is None else of_row.item(row)) == wanted
        )


def check_rules(rules: Sequence[Rule[P, R]], people: P, pool: R | Classes[R], shape: tuple[int, int]) -> Checked[P, R]:
    """Ask every rule once over the whole block; given the pool's classes, once per class of what it reads."""
    split = [_part(pool, rule.reads) for rule in rules]
    verdicts = [_verdicts(pool, rule, people, part) for rule, (part, _) in zip(rules, split, strict=True)]
    of_row = [places for _, places in split]
    unprotected, protected = (np.full(shape, 2, dtype=np.uint8) for _ in range(2))
    for rule, verdict, places in zip(rules, verdicts, of_row, strict=True):
        if verdict.min(initial=MET) == MET:
            continue
        into = protected if reads_protected(rule) else unprotected
        np.minimum(into, spread(verdict, places), out=into)
    return Checked(people, rules, verdicts, of_row, unprotected, np.minimum(unprotected, protected))


def _part(pool: R | Classes[R], reads: tuple[str, ...] | None) -> tuple[R, Index | None]:
    if not isinstance(pool, Classes):
        return pool, None
    return (pool.pool, None) if reads is None else pool.of(reads)


def _verdicts(pool: R | Classes[R], rule: Rule[P, R], people: P, part: R) -> Verdicts:
    return pool.answer(rule, people, part, rule.check) if isinstance(pool, Classes) else rule.check(people, part)


def reads_protected(rule: Rule[P, R]) -> bool:
    """Does a rule read a protected fact?"""
    return any(name in FIELDS and FIELDS[name].owner == "protected" for name in rule.fields)
