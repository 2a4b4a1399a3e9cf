"""The chain behind each suggested measure, and the best chains to every goal, added to an answer.

The planner ranks no vacancies: what the vacancy engine found is handed to it as the placement that always competes.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TypedDict

from matcher.models.foerderkette import Chain, PlacementNow, Planner, chains_behind, levers, plan
from matcher.participant import Profile
from matcher.results import Answer, Suggestion


class _Asked(TypedDict):
    today: dt.date
    catalogue_only: bool
    berufsfelder: frozenset[str] | None


BRIDGE_WORDS = (("Eingliederungszuschuss", "egz"), ("Maßnahme beim Arbeitgeber", "mag"))


def placement_of(answer: Answer) -> PlacementNow | None:
    """The first suggested vacancy as the placement that competes, with the bridge its near misses name."""
    if not answer.vacancies.suggestions:
        return None
    first = answer.vacancies.suggestions[0]
    named = " ".join(first.near_miss)
    bridge = next((name for words, name in BRIDGE_WORDS if words in named), None)
    return PlacementNow(vacancy_id=first.id, title=first.title, bridge=bridge)


def add_chains(
    planner: Planner,
    profile: Profile,
    answer: Answer,
    *,
    today: dt.date,
    catalogue_only: bool,
    berufsfelder: frozenset[str] | None = None,
) -> Answer:
    """The answer with `chains` to every goal and the way behind each suggested measure."""
    ask: _Asked = {"today": today, "catalogue_only": catalogue_only, "berufsfelder": berufsfelder}
    told = with_ways(planner, profile, answer, **ask)
    chains = plan(planner, profile, placement=placement_of(answer), **ask)
    return replace(told, chains=chains, levers=levers(planner, profile, **ask))


def with_ways(
    planner: Planner,
    profile: Profile,
    answer: Answer,
    *,
    today: dt.date,
    catalogue_only: bool,
    berufsfelder: frozenset[str] | None = None,
) -> Answer:
    """The answer in which every suggested measure names the chain that begins with it."""
    ids = tuple(item.id for item in answer.measures.suggestions)
    behind = chains_behind(planner, profile, ids, today=today, catalogue_only=catalogue_only, berufsfelder=berufsfelder)
    told = tuple(_with_way(item, behind.get(item.id)) for item in answer.measures.suggestions)
    return replace(answer, measures=replace(answer.measures, suggestions=told))


def _with_way(item: Suggestion, chain: Chain | None) -> Suggestion:
    if chain is None:
        return item
    way: Sequence[str] = [step.title for step in chain.steps]
    months = f"{chain.months_min:.0f} bis {chain.months_max:.0f} Monate"
    reason = f"Weg: {' → '.join(way)} → {chain.goal_title} ({months})"
    details = (*item.details, ("chain", [step.id for step in chain.steps]))
    return replace(item, reasons=(*item.reasons, reason), details=details)
