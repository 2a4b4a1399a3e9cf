"""The chosen pairs as proposals: words, runners-up, what was given up; points are checked against the engine's."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from matcher.answer_json import render_suggestion
from matcher.daily.match import Matched
from matcher.daily.morning import Morning
from matcher.daily.past import employer_of, occupation_of
from matcher.daily.report import Solved
from matcher.daily.values import Proposal
from matcher.daily.words import Worded, word_pairs
from matcher.errors import MatcherError
from matcher.pool.vacancies import VacancyPool


def make_proposals(morning: Morning, matched: Matched) -> list[Proposal]:
    """The chosen pairs with their words and runners-up, by participant."""
    picks, chosen = runners_of(matched, morning.policy.runners_up)
    weigher = matched.weigher
    order = morning.engine.tables.vacancy_order
    progress = morning.progress("Reasons", len(picks))
    worded = word_pairs(weigher.people, weigher.pool, weigher.bar, order, picks, progress)
    return [_proposal(matched, worded, number, int(edge), picks[number]) for number, edge in sorted(chosen.items())]


def runners_of(matched: Matched, count: int) -> tuple[dict[int, list[int]], dict[int, int]]:
    """Per person with a proposal: the proposed row, then the next best allowed rows; and the chosen edge."""
    edges, solved = matched.edges, matched.solved
    chosen = {int(person): int(edge) for edge, person in _chosen(solved)}
    starts = edges.starts()
    picks: dict[int, list[int]] = {}
    for number, edge in chosen.items():
        own = slice(int(starts[number]), int(starts[number + 1]))
        rows, points, allowed = edges.vacancy[own], edges.points[own], matched.allowed[own]
        taken = int(solved.edges.vacancy[edge])
        best = [int(rows[place]) for place in np.lexsort((rows, -points)) if allowed[place] and rows[place] != taken]
        picks[number] = [taken, *best[:count]]
    return picks, chosen


def _chosen(solved: Solved) -> list[tuple[int, int]]:
    return [(int(edge), int(solved.edges.person[edge])) for edge in np.flatnonzero(solved.result.chosen)]


def _proposal(matched: Matched, worded: Worded, number: int, edge: int, rows: Sequence[int]) -> Proposal:
    pool, points = matched.weigher.pool, int(matched.solved.edges.points[edge])
    taken = rows[0]
    suggestion, found = worded[number, taken]
    if found != points:
        raise MatcherError(
            f"Vacancy {pool.ids[taken]}: the fast path gives {points} points, the engine {found}.",
            "This is a fault of the program. Run again with --method reference and report it; nothing was recorded.",
        )
    best = int(matched.first[number])
    first = taken if points == best else rows[1]
    return Proposal(
        participant=str(matched.weigher.people.open.ids[number]),
        vacancy=str(pool.ids[taken]),
        employer=employer_of(pool, taken),
        occupation=occupation_of(pool, taken),
        points=points,
        loss=best - points,
        first_choice=str(pool.ids[first]),
        runners_up=tuple(_runner(pool, row, *worded[number, row]) for row in rows[1:]),
        body=render_suggestion(suggestion) | _dates(pool, taken),
    )


def _runner(pool: VacancyPool, row: int, suggestion: Any, points: int) -> dict[str, Any]:
    return {
        "vacancy": suggestion.id,
        "title": suggestion.title,
        "employer": str(pool.employers[row]),
        "place": str(pool.places[row]),
        "points": points,
        "travel_minutes": suggestion.travel_minutes,
        "reasons": list(suggestion.reasons),
    }


def _dates(pool: VacancyPool, row: int) -> dict[str, Any]:
    named = {"open_until": pool.open_until[row], "starts_on": pool.starts_on[row]}
    dates = {key: value.item().isoformat() for key, value in named.items() if not np.isnat(value)}
    return dates | ({"url": str(pool.urls[row])} if str(pool.urls[row]) else {})
