"""Near misses for the Arbeitgeber-Service: what one talk about one requirement would open, and for how many.

A pair counts where everything fits but exactly one negotiable requirement, and the vacancy would be a candidate
with that one lifted. Answers are counts per employer and requirement: no person is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.daily.past import employer_of
from matcher.daily.policy import Bridge
from matcher.daily.weigh import Rows, Weighed, Weigher
from matcher.models.score import points_of

LANGUAGE_RULE = "vacancy.language"


@dataclass(slots=True)
class NearMisses:
    """Counts while the blocks go by: per requirement and vacancy, and the persons per employer and requirement."""

    weigher: Weigher
    bridges: Sequence[Bridge]
    names: list[str] = field(init=False)
    by_vacancy: NDArray[np.int64] = field(init=False)
    persons: dict[tuple[str, str], set[int]] = field(init=False)

    def __post_init__(self) -> None:
        pool = self.weigher.pool
        self.names = [employer_of(pool, row) for row in range(len(pool))]
        self.by_vacancy = np.zeros((len(self.bridges), len(pool)), dtype=np.int64)
        self.persons = {}

    def add(self, rows: Rows, weighed: Weighed) -> None:
        """Count one block of persons."""
        for number, found in enumerate(open_pairs(self.weigher, rows, weighed, self.bridges)):
            self.by_vacancy[number] += found.sum(axis=0)
            for b, row in zip(*(part.tolist() for part in np.nonzero(found)), strict=True):
                self.persons.setdefault((self.names[row], self.bridges[number].id), set()).add(int(rows[b]))

    def answer(self) -> list[dict[str, Any]]:
        """Rows {employer_id, employer, requirement, title, persons, vacancies[], bridge, source}, most first."""
        found = [row for number, bridge in enumerate(self.bridges) for row in self._of(number, bridge)]
        return sorted(found, key=lambda one: (-one["persons"], one["employer_id"], one["requirement"]))

    def _of(self, number: int, bridge: Bridge) -> list[dict[str, Any]]:
        pool = self.weigher.pool
        rows: dict[str, list[int]] = {}
        for row in np.flatnonzero(self.by_vacancy[number]).tolist():
            rows.setdefault(self.names[row], []).append(row)
        return [
            {
                "employer_id": name,
                "employer": str(pool.employers[listed[0]]),
                "requirement": bridge.id,
                "title": bridge.title,
                "persons": len(self.persons[name, bridge.id]),
                "vacancies": self._vacancies(number, listed),
                "bridge": bridge.bridge,
                "source": bridge.source,
            }
            for name, listed in rows.items()
        ]

    def _vacancies(self, number: int, rows: Sequence[int]) -> list[dict[str, Any]]:
        pool = self.weigher.pool
        found = [
            {
                "vacancy": str(pool.ids[row]),
                "title": str(pool.titles[row]),
                "persons": int(self.by_vacancy[number, row]),
            }
            for row in rows
        ]
        return sorted(found, key=lambda one: (-one["persons"], one["vacancy"]))


def open_pairs(weigher: Weigher, rows: Rows, weighed: Weighed, bridges: Sequence[Bridge]) -> list[NDArray[np.bool_]]:
    """Where each bridge alone would make a candidate of a pair that is none: per bridge (B, N)."""
    bar = weigher.bar
    rule_bit = {rule.id: np.uint32(1 << number) for number, rule in enumerate(bar.rules)}
    kind_of = {bridge.id for bridge in bridges}
    kind_bit = {kind.id: np.uint32(1 << number) for number, kind in enumerate(bar.near)}
    rules_of = [np.uint32(sum(int(rule_bit[rule]) for rule in bridge.rules)) for bridge in bridges]
    misses = [
        ((weighed.kinds & kind_bit[bridge.id]) | (weighed.failed & rules)) != 0
        for bridge, rules in zip(bridges, rules_of, strict=True)
    ]
    alone = np.sum(misses, axis=0, dtype=np.uint8) == 1
    lacking = (weighed.failed != 0) | (weighed.totals < bar.floor) | ((weighed.kinds & bar.never) != 0)
    told = np.uint32(sum(1 << number for number, kind in enumerate(bar.near) if kind.id not in kind_of))
    short = alone & weighed.grounded & lacking & ((weighed.kinds & bar.never & told) == 0)
    found = []
    for bridge, rules, missing in zip(bridges, rules_of, misses, strict=True):
        here = missing & short & ((weighed.failed & ~rules) == 0)
        if LANGUAGE_RULE in bridge.rules:
            here &= _one_step(weigher, rows)
        b, row = np.nonzero(here)
        here[b, row] = weighed.totals[b, row] + _lift(weigher, weighed, bridge, b, row) >= bar.floor
        found.append(here)
    return found


def _one_step(weigher: Weigher, rows: Rows) -> NDArray[np.bool_]:
    """One language level is missing, not more."""
    pool, people = weigher.pool, weigher.people.open
    return np.asarray(pool.language[None, :].astype(int) - people.language[rows, None] == 1)


def _lift(weigher: Weigher, weighed: Weighed, bridge: Bridge, b: Rows, row: Rows) -> NDArray[np.int64]:
    """Points that single pairs gain where the bridge's features fit fully."""
    gain = np.zeros(len(b), dtype=np.int64)
    for name in bridge.features:
        most = int(points_of(weigher.bar.weights.by_feature[name], np.ones(1))[0])
        gain += most - weighed.points(name, b, row)
    return gain
