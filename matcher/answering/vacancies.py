"""Answer the vacancy half of a question: rules, near misses, points, order with variety, words when looked at."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.answering.lazy import Joined, Later, Worded
from matcher.answering.measures import REASONS, Order
from matcher.answering.shown import Shown, show
from matcher.classes import Classes
from matcher.eligibility.check import Checked, check_rules
from matcher.eligibility.near_miss import near_misses
from matcher.eligibility.vacancy import VACANCY_RULES
from matcher.features.reach import travel_minutes
from matcher.features.vacancies import SILENT, VACANCY_FEATURES
from matcher.models.score import Native, Scored, Weights, compute_scores_of
from matcher.pool.people import People, PersonColumns
from matcher.pool.vacancies import VacancyPool
from matcher.ranking import TOP, rank_rows, spread, unknown_discounts
from matcher.results import ELIGIBILITY, NOT_MET, UNKNOWN, Exclusion, Ranked, Score, Suggestion


@dataclass(frozen=True, slots=True)
class Vacancies:
    """Everything known about a block of persons and the vacancy pool, before words."""

    people: People
    classes: Classes[VacancyPool]
    checked: Checked[People, VacancyPool]
    scored: Scored[PersonColumns, VacancyPool]
    minutes: NDArray[np.float64]
    order: Order

    @property
    def floor(self) -> int:
        """Points below which nothing is proposed."""
        return self.scored.weights.most(self.order.floor)

    @property
    def pool(self) -> VacancyPool:
        """The vacancies as rows."""
        return self.classes.pool


def compute_vacancies(
    people: People,
    classes: Classes[VacancyPool],
    weights: Weights,
    order: Order,
    native: Native[PersonColumns, VacancyPool] | None = None,
) -> Vacancies:
    """Check and score the block once; `native` gives the same fits faster."""
    checked = check_rules(VACANCY_RULES, people, classes, (len(people), len(classes)))
    rows = classes.some(np.flatnonzero((checked.by_unprotected > NOT_MET).any(axis=0)))
    minutes = travel_minutes(people.open, classes.pool)
    travel_minutes.give(people.open, rows, minutes[:, rows.rows])
    scored = compute_scores_of(rows, VACANCY_FEATURES, people.open, classes, weights, native)
    return Vacancies(people, classes, checked, scored, minutes, order)


@dataclass(frozen=True, slots=True)
class VacancyRanking:
    """One person's vacancies: rows in order, and which rows are out; rows below the floor are never proposed."""

    vacancies: Vacancies
    b: int
    rows: Sequence[int]
    out: NDArray[np.bool_]

    @property
    def best_total(self) -> int:
        """Points of the first row, 0 where there is none."""
        return int(self.vacancies.scored.totals[self.b, self.rows[0]]) if self.rows else 0

    def fits_of_first(self) -> dict[str, float]:
        """Known fits of the first row by feature."""
        scored = self.vacancies.scored
        found = zip(scored.features, scored.fits_of(self.b, self.rows[0]), strict=True)
        return {feature.id: fit for feature, fit in found if not math.isnan(fit)}

    def answer(self, top: int | None) -> Ranked:
        """Suggestions, others and exclusions; words are made when an item is looked at."""
        cut = len(self.rows) if top is None else top
        return Ranked(
            suggestions=Later(lambda: self.suggest(self.rows[:cut])),
            others=Joined(Worded(self.rows[cut:], self.brief), Later(self._below, self._count_below)),
            excluded=Later(lambda: Worded(np.flatnonzero(self.out).tolist(), self.exclude)),
        )

    def _count_below(self) -> int:
        return int(np.count_nonzero(~self.out)) - len(self.rows)

    def _below(self) -> Sequence[Suggestion]:
        v = self.vacancies
        rows, _ = _ranked(v, self.b, v.scored.totals[self.b] < v.floor)
        return Worded(rows[~self.out[rows]].tolist(), self.brief)

    def suggest(self, rows: Sequence[int]) -> list[Suggestion]:
        """Vacancies in words."""
        shown = show(self.vacancies, self.b, rows)
        asked = self.vacancies.checked.open_rules(self.b, np.array(rows, dtype=np.intp))
        near = near_misses(shown.people.open, shown.pool, 0)
        return [self._suggest(row, shown, place, asked[place], near[place]) for place, row in enumerate(rows)]

    def _suggest(
        self, row: int, shown: Shown, place: int, open_rules: Sequence[int], near: tuple[str, ...]
    ) -> Suggestion:
        v, one, pool = self.vacancies, shown.people, shown.pool
        score = Score(base=v.scored.weights.base, contributions=shown.told(place))
        rules = v.checked.rules
        asked = tuple(
            v.checked.told(rule, UNKNOWN, rules[rule].say(one, pool, 0, place), self.b) for rule in open_rules
        )
        return Suggestion(
            id=str(pool.ids[place]),
            title=str(pool.titles[place]),
            score=score,
            eligibility=ELIGIBILITY[int(v.checked.overall[self.b, row])],
            open_questions=tuple(dict.fromkeys(field for verdict in asked for field in verdict.to_ask)),
            reasons=tuple(score.strongest(REASONS, SILENT)),
            verdicts=asked,
            travel_minutes=travel_minutes_of(v, self.b, row),
            near_miss=near,
            details=(("employer", str(pool.employers[place])), ("place", str(pool.places[place]))),
        )

    def brief(self, row: int) -> Suggestion:
        """One vacancy beyond the list: points without words."""
        v = self.vacancies
        return Suggestion(
            id=str(v.pool.ids[row]),
            title=str(v.pool.titles[row]),
            score=v.scored.brief(self.b, row),
            eligibility=ELIGIBILITY[int(v.checked.overall[self.b, row])],
            travel_minutes=travel_minutes_of(v, self.b, row),
        )

    def exclude(self, row: int) -> Exclusion:
        """One excluded vacancy: the decisive rule first, then everything that failed."""
        v = self.vacancies
        failed = v.checked.failed(self.b, row, lambda rule: rule.say(v.people, v.pool, self.b, row))
        return Exclusion(
            id=str(v.pool.ids[row]),
            title=str(v.pool.titles[row]),
            rule=failed[0].rule,
            text=failed[0].text,
            source=failed[0].source,
            rules=failed,
        )


def travel_minutes_of(v: Vacancies, b: int, row: int) -> int | None:
    """Estimated minutes one way, None where unknown."""
    minutes = float(v.minutes[b, row])
    return None if np.isnan(minutes) else int(minutes)


def rank_vacancies(v: Vacancies, b: int) -> VacancyRanking:
    """One person's order: points, open ones a little behind, at most two alike at the top.

    The order is made before protected facts remove rows, so that a functional limit leaves the rest as it was.
    """
    overall = v.checked.overall[b]
    rows, keys = _ranked(v, b, v.scored.totals[b] >= v.floor)
    head = rows[:HEAD].tolist()
    groups = list(zip(v.pool.employers[head].tolist(), v.pool.code_of[head, 0].tolist(), strict=True))
    chosen = spread(head, keys[:HEAD].tolist(), groups, TOP, v.order.same_group, v.order.margin)
    ordered = np.concatenate([rows[:HEAD][np.array(chosen, dtype=np.int64)], rows[HEAD:]])
    return VacancyRanking(v, b, ordered[overall[ordered] > NOT_MET].tolist(), overall == NOT_MET)


def _ranked(v: Vacancies, b: int, wanted: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The wanted rows that unprotected facts leave, best first, and their ordering values."""
    rows = np.flatnonzero(wanted & (v.checked.by_unprotected[b] > NOT_MET))
    once = unknown_discounts(np.zeros(len(rows), dtype=np.int64), v.order.unknown_once, 0.0, v.order.unknown_most)
    places, keys = rank_rows(v.scored.totals[b, rows], v.checked.by_unprotected[b, rows], rows, once)
    return rows[places], keys


HEAD = 60
"""Variety looks at the first sixty rows."""
