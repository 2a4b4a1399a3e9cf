"""Render an answer as the plain dictionary of DESIGN section 6 (CLI `--json`, later the API)."""

from collections.abc import Sequence
from typing import Any

from matcher.results import Answer, Contribution, Exclusion, OpenQuestion, Ranked, Suggestion, Told, Verdict


def render_answer(answer: Answer) -> dict[str, Any]:
    """The whole answer; every list in its order, points as integers in millionths."""
    return {
        "participant": answer.participant_id,
        "outcome": answer.outcome,
        "outcome_reason": answer.outcome_reason,
        "measures": _ranked(answer.measures),
        "vacancies": _ranked(answer.vacancies),
        "chains": _chains(answer),
        **_levers(answer),
        "open_questions": [render_question(question) for question in answer.open_questions],
        "notes": list(answer.notes),
        "versions": dict(answer.versions),
    }


def _chains(answer: Answer) -> list[dict[str, Any]]:
    if not answer.chains:
        return []
    from matcher.models.foerderkette import render_chain

    return [render_chain(chain) for chain in answer.chains]


def _levers(answer: Answer) -> dict[str, Any]:
    if not answer.levers:
        return {}
    from matcher.models.foerderkette import render_lever

    return {"levers": [render_lever(lever) for lever in answer.levers]}


def _ranked(ranked: Ranked) -> dict[str, Any]:
    return {
        "suggestions": [render_suggestion(item) for item in ranked.suggestions],
        "others": [render_suggestion(item) for item in ranked.others],
        "excluded": [render_exclusion(item) for item in ranked.excluded],
    }


def render_suggestion(item: Suggestion) -> dict[str, Any]:
    """One suggestion; offers only for measures, travel and near misses only where they apply."""
    body: dict[str, Any] = {
        "id": item.id,
        "title": item.title,
        "score": item.score.total,
        "base": item.score.base,
        "contributions": _contributions(item.score.contributions),
        "eligibility": item.eligibility,
        "open_questions": list(item.open_questions),
        "reasons": list(item.reasons),
        "verdicts": [_verdict(verdict) for verdict in item.verdicts],
    }
    if item.offer_id is not None:
        body["offer_id"] = item.offer_id
    if item.other_offers:
        body["other_offers"] = list(item.other_offers)
    if item.travel_minutes is not None:
        body["travel_minutes"] = item.travel_minutes
    if item.near_miss:
        body["near_miss"] = list(item.near_miss)
    return body | dict(item.details)


def _contributions(told: Sequence[Contribution]) -> list[dict[str, Any]]:
    parts = told.parts() if isinstance(told, Told) else ((p.feature, p.points, p.text, p.known) for p in told)
    return [{"feature": name, "points": points, "text": text, "known": known} for name, points, text, known in parts]


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "rule": verdict.rule,
        "verdict": ("not_met", "unknown", "met")[verdict.verdict],
        "text": verdict.text,
        "source": verdict.source,
        "fields": list(verdict.fields),
    }


def render_exclusion(item: Exclusion) -> dict[str, Any]:
    """One exclusion, the decisive rule first."""
    return {
        "id": item.id,
        "title": item.title,
        "rule": item.rule,
        "text": item.text,
        "source": item.source,
        "rules": [_verdict(verdict) for verdict in item.rules],
    }


def render_question(question: OpenQuestion) -> dict[str, Any]:
    """One open question and the programmes that wait for it."""
    return {"field": question.field, "question": question.question, "programmes": list(question.programmes)}
