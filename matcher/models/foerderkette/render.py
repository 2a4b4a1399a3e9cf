"""A chain as the plain dictionary of DESIGN section 6, and as a draft of steps for the Kooperationsplan."""

from typing import Any

from matcher.models.foerderkette.values import Chain, ChainStep, Lever, Trigger


def render_chain(chain: Chain) -> dict[str, Any]:
    """The chain for JSON; `value` and `rate` are product figures for experts, never a person's chances."""
    return {
        "goal": chain.goal,
        "goal_title": chain.goal_title,
        "first_step": chain.first_step,
        "suggests": chain.suggests,
        "steps": [_step(step) for step in chain.steps],
        "after": [_step(step) for step in chain.after],
        "months_min": chain.months_min,
        "months_max": chain.months_max,
        "value": round(chain.value, 6),
        "open_steps": list(chain.open_steps),
        "achieved": list(chain.achieved),
        "critical": chain.critical,
        "if_it_fails": chain.if_it_fails,
        "notes": list(chain.notes),
    }


def _step(step: ChainStep) -> dict[str, Any]:
    return {
        "id": step.id,
        "title": step.title,
        "months": round(step.months, 1),
        "starts_on": step.starts_on.isoformat(),
        "waits_until": step.waits_until.isoformat() if step.waits_until is not None else None,
        "why": step.why,
        "offer_id": step.offer_id,
        "asks": list(step.asks),
        "reads": list(step.reads),
        "open_points": list(step.open_points),
        "bridging": step.bridging,
        "assumed": step.assumed,
        "rate": round(step.rate, 6),
    }


def render_lever(lever: Lever) -> dict[str, Any]:
    """A lever for JSON."""
    return {
        "id": lever.id,
        "fields": list(lever.fields),
        "text": lever.text,
        "effect": lever.effect,
        "months_saved": round(lever.months_saved, 1),
        "first_step": lever.first_step,
        "source": lever.source,
        "value_before": round(lever.value_before, 6),
        "value_after": round(lever.value_after, 6),
    }


def render_trigger(trigger: Trigger) -> dict[str, Any]:
    """A trigger for JSON."""
    return {
        "participant": trigger.participant_id,
        "id": trigger.id,
        "text": trigger.text,
        "step": trigger.step,
        "step_title": trigger.step_title,
        "urgency": trigger.urgency,
        "due_on": trigger.due_on.isoformat() if trigger.due_on is not None else None,
        "fields": list(trigger.fields),
        "source": trigger.source,
    }
