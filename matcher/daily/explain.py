"""Why one person gets what they get today: the way from all vacancies to one proposal, counted and told."""

from collections import Counter
from typing import Any

import numpy as np

from matcher.daily.answer_json import render_abstention, render_proposal
from matcher.daily.blocks import people_rows
from matcher.daily.match import Matched
from matcher.daily.morning import Morning
from matcher.daily.plan import plan_with_match
from matcher.eligibility.check import check_rules
from matcher.errors import NotFound

SHOWN = 5


def explain_person(morning: Morning, person: str) -> dict[str, Any]:
    """The proposal or abstention, and how many vacancies were left after each step; nobody else is named."""
    if person not in {one.id for one in morning.profiles}:
        raise NotFound("This participant is not in the batch of this office.", "Leave out --office.")
    plan, matched = plan_with_match(morning)
    cares = morning.cares or {}
    found: dict[str, Any] = {"participant": person, "date": morning.today.isoformat()}
    for one in plan.proposals:
        if one.participant == person:
            found["proposal"] = render_proposal(one, cares.get(person))
    for nothing in plan.abstentions:
        if nothing.participant == person:
            found["abstention"] = render_abstention(nothing, cares.get(person))
    if matched is not None:
        found |= _steps(morning, matched, person)
    return found


def _steps(morning: Morning, matched: Matched, person: str) -> dict[str, Any]:
    weigher = matched.weigher
    place = np.flatnonzero(weigher.people.open.ids == person)
    if not len(place):
        return {}
    number = int(place[0])
    rows = np.array([number])
    weighed = weigher.block(rows)
    block = people_rows(weigher.people, rows)
    decisive = check_rules(weigher.bar.rules, block, weigher.pool, (1, len(weigher.pool))).decisive()[0]
    counts = Counter(weigher.bar.rules[rule].id for rule in decisive[decisive >= 0].tolist())
    own = matched.edges.person == number
    admissible = matched.solved.edges.person == number
    return {
        "steps": {
            "vacancies": len(weigher.pool),
            "excluded_by_rule": dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
            "pass_the_rules": int((weighed.overall > 0).sum()),
            "good_enough": int(own.sum()),
            "not_proposed_before": int((own & matched.allowed).sum()),
            "with_room_and_within_loss": int(admissible.sum()),
        },
        "best": _best(matched, number),
    }


def _best(matched: Matched, number: int) -> list[dict[str, Any]]:
    edges, pool = matched.edges, matched.weigher.pool
    own = np.flatnonzero((edges.person == number) & matched.allowed)
    order = own[np.lexsort((edges.vacancy[own], -edges.points[own]))][:SHOWN]
    used = np.bincount(matched.solved.edges.vacancy[matched.solved.result.chosen], minlength=len(pool))
    return [
        {
            "vacancy": str(pool.ids[row]),
            "title": str(pool.titles[row]),
            "points": int(points),
            "places_left_before_today": int(matched.limits.capacity[row]),
            "given_today": int(used[row]),
        }
        for row, points in zip(edges.vacancy[order].tolist(), edges.points[order].tolist(), strict=True)
    ]


def explanation_text(found: dict[str, Any]) -> str:
    """The explanation as German text for the case worker."""
    lines = [f"Teilnehmende/r {found['participant']} am {found['date']}"]
    if "proposal" in found:
        one = found["proposal"]
        lines.append(f"Vorschlag: {one['title']} [{one['vacancy']}], {one.get('employer', '')}")
        lines += [f"  + {reason}" for reason in one["reasons"]]
        lines += [f"  Stattdessen auch möglich: {other['title']} [{other['vacancy']}]" for other in one["runners_up"]]
    if "abstention" in found:
        lines += [found["abstention"]["text"], f"  Nächster Schritt: {found['abstention']['next_action']}"]
    steps = found.get("steps")
    if steps:
        lines += [
            f"Stellen: {steps['vacancies']}; nach den Regeln möglich {steps['pass_the_rules']}, gut genug "
            f"{steps['good_enough']}, noch nie vorgeschlagen {steps['not_proposed_before']}, mit freiem Platz "
            f"{steps['with_room_and_within_loss']}.",
            *(f"  ausgeschlossen durch {rule}: {count}" for rule, count in steps["excluded_by_rule"].items()),
        ]
    for one in found.get("best", ()):
        lines.append(
            f"  {one['title']} [{one['vacancy']}]: heute frei {one['places_left_before_today']}, "
            f"heute vergeben {one['given_today']}"
        )
    return "\n".join([*lines, "Vorschlag, keine Entscheidung: Es entscheidet die Integrationsfachkraft."])
