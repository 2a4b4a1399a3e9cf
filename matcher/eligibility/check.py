"""Check: every rule over a block of persons and a pool, folded to one verdict, the decisive rule remembered.

Source: DESIGN section 3 and 6: AND is min; what is out keeps its decisive rule, the first failed one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Rule, Verdicts
from matcher.fields import FIELDS
from matcher.results import NOT_MET, UNKNOWN, Verdict

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Checked(Generic[P, R]):
    """All verdicts of a block: per rule (B, N), and their minimum."""

    rules: Sequence[Rule[P, R]]
    verdicts: Sequence[Verdicts]
    overall: Verdicts

    def decisive(self) -> NDArray[np.int16]:
        """Index of the first failed rule per pair, -1 where none failed; shape (B, N)."""
        first = np.full(self.overall.shape, -1, dtype=np.int16)
        for index in range(len(self.rules) - 1, -1, -1):
            first[self.verdicts[index] == NOT_MET] = index
        return first

    def open_by_unprotected(self, b: int) -> NDArray[np.uint8]:
        """One person's verdicts (N,) as far as unprotected facts decide: what the order rests on.

        Functional limits and other protected facts remove rows afterwards and change nothing else (DESIGN section 2).
        """
        overall = np.full(self.overall.shape[1], 2, dtype=np.uint8)
        for rule, verdicts in zip(self.rules, self.verdicts, strict=True):
            if not any(name in FIELDS and FIELDS[name].owner == "protected" for name in rule.fields):
                np.minimum(overall, verdicts[b], out=overall)
        return overall

    def failed(self, people: P, pool: R, b: int, row: int) -> tuple[Verdict, ...]:
        """Every failed rule of one pair, in rule order, with its words."""
        return self._with(NOT_MET, people, pool, b, row)

    def open(self, people: P, pool: R, b: int, row: int) -> tuple[Verdict, ...]:
        """Every rule of one pair that could not be answered."""
        return self._with(UNKNOWN, people, pool, b, row)

    def _with(self, wanted: int, people: P, pool: R, b: int, row: int) -> tuple[Verdict, ...]:
        found = []
        for rule, verdicts in zip(self.rules, self.verdicts, strict=True):
            if verdicts[b, row] == wanted:
                found.append(
                    Verdict(
                        rule=rule.id,
                        verdict=wanted,
                        text=rule.say(people, pool, b, row),
                        source=rule.source,
                        fields=rule.fields,
                    )
                )
        return tuple(found)


def check_rules(rules: Sequence[Rule[P, R]], people: P, pool: R, shape: tuple[int, int]) -> Checked[P, R]:
    """Ask every rule once over the whole block."""
    verdicts = [rule.check(people, pool) for rule in rules]
    overall = np.full(shape, 2, dtype=np.uint8)
    for verdict in verdicts:
        np.minimum(overall, verdict, out=overall)
    return Checked(rules=rules, verdicts=verdicts, overall=overall)
