"""What earlier days forbid today: repeats, pauses after a "no", full vacancies, employers that do not answer."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.daily.policy import Policy
from matcher.daily.values import History, Past
from matcher.models.assignment import Edges
from matcher.pool.people import People
from matcher.pool.vacancies import VacancyPool


@dataclass(frozen=True, slots=True)
class Limits:
    """`capacity` (N,) free proposals per vacancy, `full` where none, `paused_until` per person, employers that pause."""

    capacity: NDArray[np.int64]
    full: NDArray[np.bool_]
    paused_until: Mapping[str, dt.date]
    already_today: frozenset[str]
    silent: frozenset[str]


def employer_of(pool: VacancyPool, row: int) -> str:
    """The employer's id, else its name; empty where the advertisement names none."""
    return str(pool.employer_ids[row]) or str(pool.employers[row])


def occupation_of(pool: VacancyPool, row: int) -> str:
    """The vacancy's KldB code (five digits), empty where none was found."""
    code = int(pool.code_of[row, 0])
    return str(pool.codes[code]) if code >= 0 else ""


def make_limits(
    pool: VacancyPool, positions: Mapping[str, int | None], history: History, policy: Policy, today: dt.date
) -> Limits:
    """What is left today, from everything recorded."""
    open_count = Counter(past.vacancy for past in history.past if is_open(past, policy, today))
    filled = Counter(past.vacancy for past in history.past if past.filled)
    ids = [str(key) for key in pool.ids]
    free = [max((positions.get(key) or 1) - filled[key], 0) * policy.open_per_position for key in ids]
    capacity = np.array([max(room - open_count[key], 0) for room, key in zip(free, ids, strict=True)], dtype=np.int64)
    silent = silent_employers(history.past, policy, today)
    if silent:
        capacity[[employer_of(pool, row) in silent for row in range(len(pool))]] = 0
    whole = [wish for wish in history.wishes if wish.scope == "everything" and wish.until >= today]
    return Limits(
        capacity=capacity,
        full=capacity == 0,
        paused_until={wish.participant: wish.until for wish in sorted(whole, key=lambda wish: wish.until)},
        already_today=frozenset(past.participant for past in history.past if past.day == today and not past.withdrawn),
        silent=silent,
    )


def is_open(past: Past, policy: Policy, today: dt.date) -> bool:
    """Does an earlier proposal still take one of its vacancy's places?"""
    return not past.withdrawn and not past.closed and (today - past.day).days < policy.open_days


def silent_employers(past: Sequence[Past], policy: Policy, today: dt.date) -> frozenset[str]:
    """Employers whose last issued proposals stayed without any answer, while their pause runs."""
    by_employer: dict[str, list[Past]] = {}
    for one in past:
        due = one.issued_on is not None and (today - one.issued_on).days >= policy.unanswered_after_days
        if one.employer and (one.answered_on is not None or due):
            by_employer.setdefault(one.employer, []).append(one)
    return frozenset(name for name, rows in by_employer.items() if _silent(rows, policy, today))


def _silent(rows: Sequence[Past], policy: Policy, today: dt.date) -> bool:
    last = sorted(rows, key=lambda one: (one.issued_on or one.day, one.participant))[-policy.unanswered :]
    if len(last) < policy.unanswered or any(one.answered_on is not None for one in last):
        return False
    since = (last[-1].issued_on or last[-1].day) + dt.timedelta(days=policy.unanswered_after_days)
    return today < since + dt.timedelta(days=policy.pause_days)


def allowed_edges(
    edges: Edges, people: People, pool: VacancyPool, history: History, today: dt.date
) -> NDArray[np.bool_]:
    """Edges (E,) that were never proposed before and that no running pause of the person covers."""
    person_of = {str(key): number for number, key in enumerate(people.open.ids)}
    vacancy_of = {str(key): number for number, key in enumerate(pool.ids)}
    key = edges.person.astype(np.int64) * len(pool) + edges.vacancy
    seen = [
        person_of[past.participant] * len(pool) + vacancy_of[past.vacancy]
        for past in history.past
        if past.participant in person_of and past.vacancy in vacancy_of
    ]
    allowed: NDArray[np.bool_] = ~np.isin(key, np.array(seen, dtype=np.int64))
    for wish in history.wishes:
        if wish.participant in person_of and wish.until >= today and wish.scope in ("employer", "occupation"):
            own = edges.person == person_of[wish.participant]
            allowed[own] &= ~_covered(edges.vacancy[own], pool, wish.scope, wish.employer, wish.occupation)
    return allowed


def _covered(
    rows: NDArray[np.int32], pool: VacancyPool, scope: str, employer: str, occupation: str
) -> NDArray[np.bool_]:
    if scope == "employer":
        return np.array([bool(employer) and employer_of(pool, int(row)) == employer for row in rows], dtype=np.bool_)
    group = occupation[:3]
    return np.array([bool(group) and occupation_of(pool, int(row))[:3] == group for row in rows], dtype=np.bool_)
