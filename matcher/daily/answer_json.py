"""A day as the plain dictionary of DESIGN section 6: proposals, abstentions, report; equal days give equal bytes."""

from collections.abc import Mapping
from typing import Any

from matcher.daily.values import Abstention, Care, DayPlan, Proposal


def render_day(plan: DayPlan, cares: Mapping[str, Care]) -> dict[str, Any]:
    """The whole day; points in millionths."""
    return {
        "date": plan.day.isoformat(),
        "office": plan.office,
        "proposals": [render_proposal(one, cares.get(one.participant)) for one in plan.proposals],
        "abstentions": [render_abstention(one, cares.get(one.participant)) for one in plan.abstentions],
        "report": plan.report,
        "versions": dict(plan.versions),
    }


def render_proposal(one: Proposal, care: Care | None) -> dict[str, Any]:
    """One proposal: who, what, why, the runners-up, and what was given up for it."""
    body = {key: value for key, value in one.body.items() if key not in ("id", "verdicts")}
    return {
        "participant": one.participant,
        "vacancy": one.vacancy,
        **body,
        "runners_up": list(one.runners_up),
        "first_choice": one.first_choice,
        "loss": one.loss,
        **_care(care),
    }


def render_abstention(one: Abstention, care: Care | None) -> dict[str, Any]:
    """Nothing today: the reason, in words, and the next best action."""
    return {
        "participant": one.participant,
        "reason": one.reason,
        "text": f"Heute kein passendes Angebot: {one.text}",
        "next_action": one.action,
        "open_questions": list(one.open_questions),
        **_care(care),
    }


def _care(care: Care | None) -> dict[str, Any]:
    if care is None:
        return {}
    dates = {"appointment_on": care.appointment_on, "due_on": care.due_on}
    named = {"case_worker": care.case_worker} | {key: day.isoformat() if day else None for key, day in dates.items()}
    return {key: value for key, value in named.items() if value is not None}
