"""The day on one screen: who is to be placed, candidates, what the past forbids, assignment, words, reasons, report.

Nothing here reads a file, a clock or a database; what earlier days recorded comes in as values.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.answering.outcome import OutcomeRule, decide_outcome
from matcher.daily.abstain import Speaker, explain_nothing, say_stale, say_unclear
from matcher.daily.match import Matched, match
from matcher.daily.morning import Morning
from matcher.daily.past import Limits, make_limits
from matcher.daily.proposing import make_proposals
from matcher.daily.report import FULL_TIME_HOURS, make_report
from matcher.daily.values import Abstention, DayPlan
from matcher.daily.weigh import BLOCK
from matcher.daily.words import excluded_pairs
from matcher.eligibility.rule import RuleBook
from matcher.facts import Facts
from matcher.fields import FIELDS
from matcher.participant import Profile
from matcher.participant_time import advance as advance_profile
from matcher.pool.vacancies import VacancyPool
from matcher.programme import Leaf

__all__ = ["Matched", "Morning", "plan_day", "plan_with_match", "set_aside"]


STALE = "months_since_known"
"""The fact by which `catalog/outcomes.toml` tells that somebody's facts are too old."""
UNCLEAR = {"data_missing": say_unclear, "stale": say_stale}
PROTECTED_WORDS = "beruht auf geschützten Angaben; die Einzelansicht zeigt sie, wem sie zustehen"


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
            if reason is not None and reason[0] in UNCLEAR:
                found[profile.id] = UNCLEAR[reason[0]](speaker, profile)
            elif reason is not None:
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
        return _first(decided), None
    return None


def _first(decided: OutcomeRule) -> str:
    """The reason of somebody for whom an outcome puts something else first."""
    if decided.outcome != "clarify_data":
        return "first_something_else"
    return "stale" if isinstance(decided.rule, Leaf) and decided.rule.field == STALE else "data_missing"


def why_not(morning: Morning, matched: Matched, numbers: Sequence[int], speaker: Speaker) -> list[Abstention]:
    """Reasons of everybody to be placed who got nothing."""
    edges, allowed = matched.edges, matched.allowed
    had = np.bincount(edges.person, minlength=edges.persons)
    left = np.bincount(edges.person[allowed], minlength=edges.persons)
    weigher, found, nothing, free = matched.weigher, [], [], _with_free_place(matched)
    for number in numbers:
        participant = str(weigher.people.open.ids[number])
        if had[number] == 0:
            nothing.append(number)
        elif left[number] == 0:
            found.append(speaker.say(participant, "all_proposed_before"))
        else:
            found.append(speaker.say(participant, "household" if free[number] else "all_taken"))
    progress = morning.progress("Abstentions", len(nothing))
    return found + explain_nothing(weigher.people, weigher.pool, weigher.bar, nothing, speaker, progress)


def _with_free_place(matched: Matched) -> NDArray[np.bool_]:
    """Who has room left in an admissible vacancy, (persons,)? Then only the household speaks against it."""
    edges, found = matched.solved.edges, np.zeros(matched.solved.edges.persons, dtype=np.bool_)
    used = np.bincount(edges.vacancy[matched.solved.result.chosen], minlength=edges.vacancies)
    found[edges.person[(used < matched.solved.capacity)[edges.vacancy]]] = True
    return found


def look_around(morning: Morning, matched: Matched) -> dict[str, Any]:
    """Near misses for the Arbeitgeber-Service and a sample of exclusions to look at."""
    if not morning.with_near_misses:
        return {}
    weigher, order = matched.weigher, morning.engine.tables.vacancy_order
    excluded = excluded_pairs(weigher.people, weigher.pool, weigher.bar, order, matched.around.sample.pairs)
    hidden = {rule.id for rule in weigher.bar.rules if any(_protected(name) for name in rule.fields)}
    sample = [
        {
            "participant": person,
            "vacancy": one.id,
            "title": one.title,
            "rule": "protected" if one.rule in hidden else one.rule,
            "text": PROTECTED_WORDS if one.rule in hidden else one.text,
        }
        for person, one in excluded
    ]
    return {"near_misses": matched.around.near.answer(matched.limits.silent), "sampled_exclusions": sample}


def _protected(field: str) -> bool:
    return field in FIELDS and FIELDS[field].owner == "protected"


def hours_of(pool: VacancyPool) -> dict[str, float | None]:
    """Hours per week of every vacancy, as far as it says so."""
    full = np.where(pool.full_time == 1, FULL_TIME_HOURS, np.nan)
    hours = np.where(np.isfinite(pool.hours_max), pool.hours_max, full)
    return {str(key): None if np.isnan(value) else float(value) for key, value in zip(pool.ids, hours, strict=True)}
