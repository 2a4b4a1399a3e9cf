"""Near misses for the Arbeitgeber-Service: what one talk about one requirement would open, and for how many.

A pair counts where everything fits but exactly one negotiable requirement, and the vacancy would be a candidate
with that one lifted. Answers are counts per employer and requirement: no person is named.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.daily.past import employer_of
from matcher.daily.policy import Bridge
from matcher.daily.weigh import Rows, Seen, Weigher
from matcher.models.score import points_of

LANGUAGE_RULE = "vacancy.language"


@dataclass(slots=True)
class NearMisses:
    """Counts while the blocks go by: per requirement and vacancy, and the persons per employer and requirement."""

    weigher: Weigher
    bridges: Sequence[Bridge]
    names: list[str] = field(init=False)
    number_of: NDArray[np.int64] = field(init=False)
    by_vacancy: NDArray[np.int64] = field(init=False)
    persons: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        pool = self.weigher.pool
        names = np.array([employer_of(pool, row) for row in range(len(pool))], dtype=np.str_)
        every, self.number_of = np.unique(names, return_inverse=True)
        self.names = [str(name) for name in every]
        self.by_vacancy = np.zeros((len(self.bridges), len(pool)), dtype=np.int64)
        self.persons = np.zeros((len(self.bridges), len(every)), dtype=np.int64)

    def add(self, seen: Seen) -> None:
        """Count one block of persons; a person is in one block only."""
        people, employers = len(self.weigher.people), len(self.names)
        for number, at in enumerate(open_pairs(self.weigher, seen, self.bridges)):
            self.by_vacancy[number] += np.bincount(seen.row[at], minlength=len(self.number_of))
            pairs = np.unique(self.number_of[seen.row[at]] * people + seen.person[at])
            self.persons[number] += np.bincount(pairs // max(people, 1), minlength=employers)

    def answer(self, silent: Collection[str] = ()) -> list[dict[str, Any]]:
        """Rows {employer_id, employer, requirement, title, persons, vacancies[], reply_rate, replies_n, bridge, source}.

        Most persons first; without `silent` employers. How open an employer is, is its reply rate alone.
        """
        found = [
            row
            for number, bridge in enumerate(self.bridges)
            for row in self._of(number, bridge)
            if row["employer_id"] not in silent
        ]
        return sorted(found, key=lambda one: (-one["persons"], one["employer_id"], one["requirement"]))

    def _of(self, number: int, bridge: Bridge) -> list[dict[str, Any]]:
        pool = self.weigher.pool
        rows: dict[int, list[int]] = {}
        for row in np.flatnonzero(self.by_vacancy[number]).tolist():
            rows.setdefault(int(self.number_of[row]), []).append(row)
        return [
            {
                "employer_id": self.names[employer],
                "employer": str(pool.employers[listed[0]]),
                "requirement": bridge.id,
                "title": bridge.title,
                "persons": int(self.persons[number, employer]),
                "vacancies": self._vacancies(number, listed),
                **self._reply(listed[0]),
                "bridge": bridge.bridge,
                "source": bridge.source,
            }
            for employer, listed in rows.items()
        ]

    def _reply(self, row: int) -> dict[str, Any]:
        """How many issued proposals the employer has answered, None where it never got any."""
        count = int(self.weigher.pool.replies_n[row])
        rate = float(self.weigher.pool.reply_rate[row])
        return {"reply_rate": None if count == 0 or np.isnan(rate) else round(rate, 2), "replies_n": count}

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


def open_pairs(weigher: Weigher, seen: Seen, bridges: Sequence[Bridge]) -> list[Rows]:
    """Where each bridge alone would make a candidate of a pair that is none: per bridge positions in `seen`."""
    bar = weigher.bar
    rule_bit = {rule.id: np.uint32(1 << number) for number, rule in enumerate(bar.rules)}
    kind_of = {bridge.id for bridge in bridges}
    kind_bit = {kind.id: np.uint32(1 << number) for number, kind in enumerate(bar.near)}
    rules_of = [np.uint32(sum(int(rule_bit[rule]) for rule in bridge.rules)) for bridge in bridges]
    told = np.uint32(sum(1 << number for number, kind in enumerate(bar.near) if kind.id not in kind_of))
    lacking = (seen.failed != 0) | (seen.totals < bar.floor) | ((seen.kinds & bar.never) != 0)
    short = np.flatnonzero(lacking & ((seen.kinds & bar.never & told) == 0))
    kinds, failed = seen.kinds[short], seen.failed[short]
    misses = [
        ((kinds & kind_bit[bridge.id]) | (failed & rules)) != 0 for bridge, rules in zip(bridges, rules_of, strict=True)
    ]
    alone = np.sum(misses, axis=0, dtype=np.uint8) == 1
    found = []
    for bridge, rules, missing in zip(bridges, rules_of, misses, strict=True):
        at = short[missing & alone & ((failed & ~rules) == 0)]
        if LANGUAGE_RULE in bridge.rules:
            at = at[_one_step(weigher, seen, at)]
        found.append(at[seen.totals[at] + _lift(weigher, seen, bridge, at) >= bar.floor])
    return found


def _one_step(weigher: Weigher, seen: Seen, at: Rows) -> NDArray[np.bool_]:
    """One language level is missing, not more."""
    asked = weigher.pool.language[seen.row[at]].astype(int)
    return np.asarray(asked - weigher.people.open.language[seen.person[at]] == 1)


def _lift(weigher: Weigher, seen: Seen, bridge: Bridge, at: Rows) -> NDArray[np.int64]:
    """Points that single pairs gain where the bridge's features fit fully."""
    gain = np.zeros(len(at), dtype=np.int64)
    for name in bridge.features:
        most = int(points_of(weigher.bar.weights.by_feature[name], np.ones(1))[0])
        gain += most - seen.points(name, at)
    return gain
