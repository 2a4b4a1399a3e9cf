"""Levers: changeable facts that shorten the way or open a better one, each verified by planning again.

Never health or protected facts (a test holds the table to it). Source: `catalog/chains.toml`, lever.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from matcher.models.foerderkette.plan import plan
from matcher.models.foerderkette.planner import Planner
from matcher.models.foerderkette.tables import read_rule
from matcher.models.foerderkette.values import Chain, Lever
from matcher.participant import Profile
from matcher.participant_time import advance
from matcher.results import MET

GOAL = "work"
NOTICED_MONTHS = 1.0
"""A way that is shorter by less than a month is not called shorter (project assumption, 2026-11-20)."""


def levers(
    planner: Planner,
    profile: Profile,
    *,
    today: dt.date,
    catalogue_only: bool = False,
    berufsfelder: frozenset[str] | None = None,
) -> tuple[Lever, ...]:
    """Levers on the best way to work, the strongest first; empty where planning has no way to compare."""
    before = _best(
        plan(planner, profile, today=today, catalogue_only=catalogue_only, most=1, berufsfelder=berufsfelder)
    )
    if before is None:
        return ()
    found = []
    for row in planner.chains_table["lever"]:
        lever = _try(planner, profile, row, before, today, catalogue_only, berufsfelder)
        if lever is not None:
            found.append(lever)
    return tuple(sorted(found, key=lambda lever: (-lever.value_after, lever.id)))


def _try(
    planner: Planner,
    profile: Profile,
    row: Mapping[str, Any],
    before: Chain,
    today: dt.date,
    catalogue_only: bool,
    berufsfelder: frozenset[str] | None,
) -> Lever | None:
    view = planner.view(profile, catalogue_only=catalogue_only)
    mask = planner.tables.mask(row["gains"])
    if not view.new(mask):
        return None
    if "when" in row and view.ask(read_rule(row["when"], "chains.toml", f"/lever/{row['id']}"), 0, 0) != MET:
        return None
    chains = plan(
        planner, profile, today=today, catalogue_only=catalogue_only, most=1, berufsfelder=berufsfelder, assumed=mask
    )
    after = _best(chains)
    floor = 1.0 + float(planner.chains_table["lever_floor"]["share"])
    if after is None or after.value < before.value * floor:
        return None
    return _lever(row, before, after)


def _lever(row: Mapping[str, Any], before: Chain, after: Chain) -> Lever:
    saved = _months(before) - _months(after)
    return Lever(
        id=row["id"],
        fields=tuple(row["fields"]),
        text=row["text"],
        effect=_effect(before, after, saved),
        months_saved=saved,
        value_before=before.value,
        value_after=after.value,
        first_step=after.first_step,
        source=row["source"],
    )


def _effect(before: Chain, after: Chain, saved: float) -> str:
    """What the change does, in German and without figures about a person."""
    title = next(step.title for step in after.steps if step.id == after.suggests)
    if after.suggests != before.suggests:
        words = f"öffnet einen besseren Weg, der mit „{title}“ beginnt"
    elif saved >= NOTICED_MONTHS:
        words = "macht denselben Weg kürzer"
    else:
        words = "macht denselben Weg sicherer"
    return f"{words}, etwa {round(saved)} Monate früher am Ziel" if saved >= NOTICED_MONTHS else words


def _best(chains: Sequence[Chain]) -> Chain | None:
    found = [chain for chain in chains if chain.goal == GOAL]
    return max(found, key=lambda chain: chain.value, default=None)


def _months(chain: Chain) -> float:
    return sum(step.months for step in chain.steps)


def household_levers(
    planner: Planner, members: Iterable[Profile], *, today: dt.date
) -> tuple[tuple[str, str, Lever], ...]:
    """What one member's change does for another: (who changes, who gains, the lever), for one Bedarfsgemeinschaft.

    An adult who is at home could take over childcare; verified by planning the other member's way again.
    """
    people = [advance(member, today) for member in members]
    found = []
    for one in people:
        for other in people:
            if one.id != other.id and _could_care(one):
                found += [
                    (one.id, other.id, replace(lever, text="Betreuung in der Familie abgestimmt"))
                    for lever in levers(planner, other, today=today)
                    if lever.id == "childcare"
                ]
    return tuple(found)


def _could_care(member: Profile) -> bool:
    """Without paid work and not in a measure: could look after children for a time, to be asked, never assumed."""
    return member.participant.employment_status in ("unemployed", "parental_leave")
