"""The day on one screen: who is to be placed, candidates, what the past forbids, assignment, words, reasons, report.

Nothing here reads a file, a clock or a database; what earlier days recorded comes in as values.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.answer_json import render_suggestion
from matcher.answering.outcome import OutcomeRule, decide_outcome
from matcher.daily.abstain import Speaker, explain_nothing
from matcher.daily.blocks import open_rows
from matcher.daily.exclusions import ExclusionSample
from matcher.daily.near_misses import NearMisses
from matcher.daily.past import Limits, allowed_edges, employer_of, make_limits, occupation_of
from matcher.daily.policy import Policy
from matcher.daily.report import FULL_TIME_HOURS, Solved, make_report
from matcher.daily.shifts import Shifts
from matcher.daily.values import Abstention, Care, DayPlan, History, Proposal
from matcher.daily.weigh import BLOCK, Bar, Reference, Weigher, make_bar
from matcher.daily.words import Worded, excluded_pairs, word_pairs
from matcher.eligibility.rule import RuleBook
from matcher.errors import MatcherError
from matcher.facts import Facts
from matcher.features.reach import travel_minutes
from matcher.models.assignment import Couples, Edges, assign, greedy
from matcher.participant import Profile
from matcher.participant_time import advance as advance_profile
from matcher.pipeline import Engine
from matcher.pool.people import People
from matcher.pool.people_encode import encode_people
from matcher.pool.vacancies import VacancyPool
from matcher.ranking import unknown_discounts

Progress = Callable[[str, int], Callable[[int], None]]
"""Opens a progress bar with a text and a total, and is told steps."""


def silent(_text: str, _total: int) -> Callable[[int], None]:
    """No progress bar."""
    return lambda _done: None


EMPTY = History()


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """Everything a day starts from; `positions` per vacancy, `cares` whose caseload somebody is in."""

    engine: Engine
    profiles: Sequence[Profile]
    today: dt.date
    policy: Policy
    office: str = ""
    cares: Mapping[str, Care] | None = None
    positions: Mapping[str, int | None] | None = None
    history: History = EMPTY
    weigher: Callable[[People, VacancyPool, Bar], Weigher] = Reference
    solver: str | None = None
    progress: Progress = silent
    with_near_misses: bool = True


@dataclass(frozen=True, slots=True)
class Around:
    """What was seen beside the candidates while all pairs went by."""

    near: NearMisses
    sample: ExclusionSample


@dataclass(frozen=True, slots=True)
class Matched:
    """Persons to be placed with their candidates, before and after what the past forbids, and what was assigned."""

    weigher: Weigher
    limits: Limits
    edges: Edges
    allowed: NDArray[np.bool_]
    first: NDArray[np.int64]
    solved: Solved
    around: Around


def plan_day(morning: Morning) -> DayPlan:
    """The whole answer of the day."""
    return plan_with_match(morning)[0]


def plan_with_match(morning: Morning) -> tuple[DayPlan, Matched | None]:
    """The day, and what it was chosen from (None without any vacancies)."""
    profiles = [advance_profile(one, morning.today) for one in sorted(morning.profiles, key=lambda one: one.id)]
    pool = morning.engine.vacancy_pool
    speaker = Speaker(morning.policy, morning.engine.tables.labels)
    if pool is None:
        nothing = [speaker.say(one.id, "no_vacancies") for one in profiles]
        return DayPlan(morning.today, morning.office, (), nothing, {"persons": len(profiles), "proposals": 0}), None
    limits = make_limits(pool, morning.positions or {}, morning.history, morning.policy, morning.today)
    aside = set_aside(morning, profiles, limits, speaker)
    placed = [one for one in profiles if one.id not in aside]
    matched = match(morning, placed, pool, limits)
    proposals = make_proposals(morning, matched)
    given = {one.participant for one in proposals}
    numbers = [number for number, one in enumerate(placed) if one.id not in given]
    abstentions = [*aside.values(), *why_not(morning, matched, numbers, speaker)]
    report = make_report(profiles, proposals, abstentions, matched.solved, hours_of(pool), morning.policy.least_n)
    plan = DayPlan(
        day=morning.today,
        office=morning.office,
        proposals=proposals,
        abstentions=sorted(abstentions, key=lambda one: one.participant),
        report=report | look_around(morning, matched),
        versions=dict(morning.engine.versions),
    )
    return plan, matched


def set_aside(morning: Morning, profiles: Sequence[Profile], limits: Limits, speaker: Speaker) -> dict[str, Abstention]:
    """Persons who are not to be placed today, with the reason, by id."""
    found: dict[str, Abstention] = {}
    for start in range(0, len(profiles), BLOCK):
        block = profiles[start : start + BLOCK]
        book = RuleBook(Facts(block, morning.today))
        for b, profile in enumerate(block):
            reason = _aside(morning, profile, limits, decide_outcome(morning.engine.tables.outcomes, book, b))
            if reason is not None:
                found[profile.id] = speaker.say(profile.id, reason[0], until=reason[1])
    return found


def _aside(
    morning: Morning, profile: Profile, limits: Limits, decided: OutcomeRule | None
) -> tuple[str, dt.date | None] | None:
    """Why somebody is not to be placed today, and until when; None where they are."""
    until = profile.participant.no_proposals_until
    if until is not None and until >= morning.today:
        return "no_proposals_until", until
    if profile.id in limits.already_today:
        return "already_today", None
    if profile.id in limits.paused_until:
        return "cool_down", limits.paused_until[profile.id]
    if decided is not None and decided.step in morning.policy.not_with_steps:
        return ("data_missing" if decided.outcome == "clarify_data" else "first_something_else"), None
    return None


def match(morning: Morning, placed: Sequence[Profile], pool: VacancyPool, limits: Limits) -> Matched:
    """Candidates and the one assignment of the day."""
    engine, policy = morning.engine, morning.policy
    people = encode_people(placed, engine.places, engine.occupations, morning.today)
    weigher = morning.weigher(people, pool, bar_of(morning))
    around = Around(
        NearMisses(weigher, policy.bridges),
        ExclusionSample(weigher, policy.sampled_exclusions, morning.today.isoformat()),
    )
    lookers = (around.near, around.sample) if morning.with_near_misses else ()
    found = weigher.candidates(lookers, morning.progress("Candidates", len(people)))
    edges = near_enough(found, weigher, policy)
    allowed = allowed_edges(edges, people, pool, morning.history, morning.today)
    first = first_choices(edges, allowed)
    loss = first[edges.person] - edges.points
    kept = allowed & (loss <= engine.tables.vacancy_weights.most(policy.loss_share)) & ~limits.full[edges.vacancy]
    admissible = edges.keep(kept)
    result = assign(
        admissible,
        limits.capacity,
        couples_of(morning, people, pool),
        solver=morning.solver,
        node_limit=policy.flow_limit,
    )
    solved = Solved(admissible, limits.capacity, result, greedy(admissible, limits.capacity))
    return Matched(weigher, limits, edges, allowed, first, solved, around)


def bar_of(morning: Morning) -> Bar:
    """What a pair must reach today."""
    tables = morning.engine.tables
    order = tables.vacancy_order
    discount = unknown_discounts(np.zeros(1, dtype=np.int64), order.unknown_once, 0.0, order.unknown_most)
    return make_bar(tables.vacancy_weights, morning.policy, int(discount[0]))


def near_enough(edges: Edges, weigher: Weigher, policy: Policy) -> Edges:
    """Without ways that nobody can estimate, and without long ones of persons whose limit is unknown."""
    people, pool = weigher.people.open, weigher.pool
    kept = np.ones(len(edges), dtype=np.bool_)
    starts = edges.starts()
    unclear = np.isnan(people.max_commute_minutes) | np.isnan(people.lat) | np.isnan(people.km_per_hour)
    lost = np.flatnonzero(np.isnan(pool.lat) | np.isnan(pool.lon))
    kept[np.isin(edges.vacancy, lost)] = False
    for number in np.flatnonzero(unclear).tolist():
        own = slice(int(starts[number]), int(starts[number + 1]))
        minutes = travel_minutes(open_rows(people, np.array([number])), pool)[0, edges.vacancy[own]]
        kept[own] &= minutes <= policy.longest_minutes
    return edges.keep(kept)


def first_choices(edges: Edges, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Points of everybody's own best allowed vacancy, places or not; shape (persons,), 0 without any."""
    best = np.zeros(edges.persons, dtype=np.int64)
    np.maximum.at(best, edges.person[allowed], edges.points[allowed])
    return best


def couples_of(morning: Morning, people: People, pool: VacancyPool) -> Couples:
    """Pairs of persons of one household with children who need care."""
    cares = morning.cares or {}
    homes: dict[str, list[int]] = {}
    for number, key in enumerate(people.open.ids):
        care = cares.get(str(key))
        if care is not None and care.household:
            homes.setdefault(care.household, []).append(number)
    pairs = [
        (first, second)
        for members in homes.values()
        if any(people.open.needs_care[number] == 1 for number in members)
        for place, first in enumerate(members)
        for second in members[place + 1 :]
    ]
    return Couples(sorted(pairs), Shifts(people.open, pool).exclude)


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


def why_not(morning: Morning, matched: Matched, numbers: Sequence[int], speaker: Speaker) -> list[Abstention]:
    """Reasons of everybody to be placed who got nothing."""
    edges, allowed = matched.edges, matched.allowed
    had = np.bincount(edges.person, minlength=edges.persons)
    left = np.bincount(edges.person[allowed], minlength=edges.persons)
    weigher, found, nothing = matched.weigher, [], []
    for number in numbers:
        participant = str(weigher.people.open.ids[number])
        if had[number] == 0:
            nothing.append(number)
        elif left[number] == 0:
            found.append(speaker.say(participant, "all_proposed_before"))
        else:
            found.append(speaker.say(participant, "household" if _free_place(matched, number) else "all_taken"))
    progress = morning.progress("Abstentions", len(nothing))
    return found + explain_nothing(weigher.people, weigher.pool, weigher.bar, nothing, speaker, progress)


def _free_place(matched: Matched, number: int) -> bool:
    """Is there still room in one of the person's admissible vacancies? Then only the household speaks against it."""
    edges = matched.solved.edges
    used = np.bincount(edges.vacancy[matched.solved.result.chosen], minlength=edges.vacancies)
    return bool((used < matched.solved.capacity)[edges.vacancy[edges.person == number]].any())


def look_around(morning: Morning, matched: Matched) -> dict[str, Any]:
    """Near misses for the Arbeitgeber-Service and a sample of exclusions to look at."""
    if not morning.with_near_misses:
        return {}
    weigher, order = matched.weigher, morning.engine.tables.vacancy_order
    excluded = excluded_pairs(weigher.people, weigher.pool, weigher.bar, order, matched.around.sample.pairs)
    sample = [
        {"participant": person, "vacancy": one.id, "title": one.title, "rule": one.rule, "text": one.text}
        for person, one in excluded
    ]
    return {"near_misses": matched.around.near.answer(), "sampled_exclusions": sample}


def hours_of(pool: VacancyPool) -> dict[str, float | None]:
    """Hours per week of every vacancy, as far as it says so."""
    full = np.where(pool.full_time == 1, FULL_TIME_HOURS, np.nan)
    hours = np.where(np.isfinite(pool.hours_max), pool.hours_max, full)
    return {str(key): None if np.isnan(value) else float(value) for key, value in zip(pool.ids, hours, strict=True)}
