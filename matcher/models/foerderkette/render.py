"""Chains, levers and triggers as plain dictionaries (DESIGN section 6), and a chain as a reader with fewer rights sees it."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from matcher.models.foerderkette.household import Sharing
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


PROTECTED_WORDS = "beruht auf geschützten Angaben"


def mask_chain(chain: Chain, hidden: Collection[str], question: Callable[[str], str]) -> Chain:
    """The chain for a reader whose role lacks the `hidden` fields; `question` gives the words of a field's question.

    A step of steps.toml that rests on a hidden fact loses its name, an asked field its question.
    """
    questions = {question(field) for step in chain.steps for field in step.asks if field in hidden}
    if not any(field in hidden for step in chain.steps for field in step.reads):
        return chain
    return replace(
        chain,
        steps=tuple(_masked(step, hidden, questions) for step in chain.steps),
        open_steps=tuple(dict.fromkeys(_unasked(item, questions) for item in chain.open_steps)),
        critical=_unnamed(chain, hidden),
    )


def _masked(step: ChainStep, hidden: Collection[str], questions: Collection[str]) -> ChainStep:
    if not any(field in hidden for field in step.reads):
        return step
    asks = tuple(field for field in step.asks if field not in hidden)
    reads = tuple(field for field in step.reads if field not in hidden)
    names = step.id.startswith("step:") and not step.asks
    title = f"Weiterer Schritt ({PROTECTED_WORDS})" if names else step.title
    why = PROTECTED_WORDS if names else _unasked_why(step.why, questions)
    return replace(step, id="step:protected" if names else step.id, title=title, why=why, asks=asks, reads=reads)


def _unasked_why(why: str, questions: Collection[str]) -> str:
    for text in questions:
        why = why.replace(text, f"({PROTECTED_WORDS})")
    return why


def _unasked(item: str, questions: Collection[str]) -> str:
    return f"Offene Frage ({PROTECTED_WORDS})" if item in questions else item


def _unnamed(chain: Chain, hidden: Collection[str]) -> str:
    named = [step.title for step in chain.steps if step.id.startswith("step:") and set(step.reads) & set(hidden)]
    return PROTECTED_WORDS if any(title in chain.critical for title in named) else chain.critical


def render_sharing(way: Sharing) -> dict[str, Any]:
    """One way of a Bedarfsgemeinschaft to share care and work; `value` compares ways of this household only."""
    return {
        "id": way.id,
        "text": way.text,
        "who": way.who,
        "chains": {name: None if chain is None else render_chain(chain) for name, chain in way.chains},
        "value": round(way.value, 6),
        "opens": list(way.opens),
        "closes": list(way.closes),
        "to_clarify": way.to_clarify,
    }
