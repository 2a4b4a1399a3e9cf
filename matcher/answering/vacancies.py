"""Answer the vacancy half of a question: rules, near misses, points, order with variety, words when looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.answering.lazy import Worded
from matcher.answering.measures import REASONS, Order
from matcher.eligibility.check import Checked, check_rules
from matcher.eligibility.near_miss import near_misses
from matcher.eligibility.vacancy import VACANCY_RULES
from matcher.features.reach import travel_minutes
from matcher.features.vacancies import SILENT, VACANCY_FEATURES
from matcher.models.score import Scored, Weights, compute_scores
from matcher.pool.people import People, PersonColumns
from matcher.pool.vacancies import VacancyPool
from matcher.ranking import TOP, rank_rows, spread, unknown_discounts
from matcher.results import ELIGIBILITY, NOT_MET, Exclusion, Ranked, Suggestion


@dataclass(frozen=True, slots=True)
class Vacancies:
    """Everything known about a block of persons and the vacancy pool, before words."""

    people: People
    pool: VacancyPool
    checked: Checked[People, VacancyPool]
    scored: Scored[PersonColumns, VacancyPool]
    minutes: NDArray[np.float64]
    order: Order


def compute_vacancies(people: People, pool: VacancyPool, weights: Weights, order: Order) -> Vacancies:
    """Check and score the block once."""
    checked = check_rules(VACANCY_RULES, people, pool, (len(people), len(pool)))
    scored = compute_scores(VACANCY_FEATURES, people.open, pool, weights)
    return Vacancies(people, pool, checked, scored, travel_minutes(people.open, pool), order)


@dataclass(frozen=True, slots=True)
class VacancyRanking:
    """One person's vacancies: rows in order, rows below the floor (never proposed), rows that are out."""

    vacancies: Vacancies
    b: int
    rows: Sequence[int]
    below: Sequence[int]
    out: NDArray[np.int64]

    @property
    def best_total(self) -> int:
        """Points of the first row, 0 where there is none."""
        return int(self.vacancies.scored.totals[self.b, self.rows[0]]) if self.rows else 0

    def fits_of_first(self) -> dict[str, float]:
        """Known fits of the first row by feature."""
        scored, row = self.vacancies.scored, self.rows[0]
        found = zip(scored.features, scored.fits, strict=True)
        return {feature.id: float(fits[self.b, row]) for feature, fits in found if not np.isnan(fits[self.b, row])}

    def answer(self, top: int | None) -> Ranked:
        """Suggestions, others and exclusions; words are made when an item is looked at."""
        cut = len(self.rows) if top is None else top
        return Ranked(
            suggestions=Worded(self.rows[:cut], self.suggest),
            others=Worded([*self.rows[cut:], *self.below], self.brief),
            excluded=Worded(self.out.tolist(), self.exclude),
        )

    def suggest(self, row: int) -> Suggestion:
        """One vacancy in words."""
        v = self.vacancies
        score = v.scored.score(v.people.open, v.pool, self.b, row)
        asked = v.checked.open(v.people, v.pool, self.b, row)
        telling = (c for c in score.contributions if c.known and c.points > 0 and c.feature not in SILENT)
        strongest = sorted(telling, key=lambda c: -c.points)
        minutes = travel_minutes_of(v, self.b, row)
        return Suggestion(
            id=str(v.pool.ids[row]),
            title=str(v.pool.titles[row]),
            score=score,
            eligibility=ELIGIBILITY[int(v.checked.overall[self.b, row])],
            open_questions=tuple(dict.fromkeys(field for verdict in asked for field in verdict.fields)),
            reasons=tuple(contribution.text for contribution in strongest[:REASONS]),
            verdicts=asked,
            travel_minutes=minutes,
            near_miss=near_misses(v.people.open, v.pool, self.b, row),
            details=(("employer", str(v.pool.employers[row])), ("place", str(v.pool.places[row]))),
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
        failed = v.checked.failed(v.people, v.pool, self.b, row)
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
    overall, totals = v.checked.overall[b], v.scored.totals[b]
    discount = unknown_discounts(np.zeros(len(v.pool), dtype=np.int64), v.order.unknown_once, 0.0, v.order.unknown_most)
    rows, keys = rank_rows(totals, v.checked.open_by_unprotected(b), np.arange(len(v.pool)), discount)
    enough = totals[rows] >= v.scored.weights.most(v.order.floor)
    below, rows, keys = rows[~enough], rows[enough], keys[enough]
    head = min(len(rows), HEAD)
    groups = [f"{v.pool.employers[r]}|{v.pool.code_of[r, 0]}" for r in rows[:head]]
    chosen = spread(rows[:head].tolist(), keys[:head].tolist(), groups, TOP, v.order.same_group, v.order.margin)
    ordered = np.concatenate([rows[:head][np.array(chosen, dtype=np.int64)], rows[head:]])
    kept, rest = ordered[overall[ordered] > NOT_MET], below[overall[below] > NOT_MET]
    return VacancyRanking(v, b, kept.tolist(), rest.tolist(), np.flatnonzero(overall == NOT_MET))


HEAD = 60
"""Variety looks at the first sixty rows."""
