"""Values of the project as JSON of the service: whole where short, counted where long, masked where not allowed."""

import dataclasses
from collections.abc import Mapping
from itertools import islice
from typing import Any

import orjson
from flask import Response

from matcher.answer_json import render_answer, render_exclusion, render_question, render_suggestion
from matcher.http.exchange import shown
from matcher.http.masking import HIDDEN, Mask
from matcher.results import Answer, Ranked
from matcher.store.values import Decision, StoredPerson, StoredRecord

QUESTIONS = 20


def json_response(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A body as JSON, dates in ISO form."""
    response = Response(orjson.dumps(body), status=status, mimetype="application/json")
    response.headers.update(headers or {})
    return response


def plain(value: Any) -> dict[str, Any]:
    """A value of the project with its known facts, for orjson."""
    return {one.name: found for one in dataclasses.fields(value) if (found := getattr(value, one.name)) is not None}


def answer_body(answer: Answer, others: int, excluded: int) -> dict[str, Any]:
    """An answer with its suggestions; of the long lists so many, and how many there are."""
    short = dataclasses.replace(answer, measures=Ranked(), vacancies=Ranked(), open_questions=())
    body = render_answer(short)
    body["measures"], body["vacancies"] = (
        _ranked(part, others, excluded) for part in (answer.measures, answer.vacancies)
    )
    body["open_questions"] = [render_question(one) for one in answer.open_questions[:QUESTIONS]]
    body["open_questions_total"] = len(answer.open_questions)
    return body


def _ranked(ranked: Ranked, others: int, excluded: int) -> dict[str, Any]:
    return {
        "suggestions": [render_suggestion(one) for one in ranked.suggestions],
        "others": [render_suggestion(one) for one in islice(ranked.others, others)],
        "others_total": len(ranked.others),
        "excluded": [render_exclusion(one) for one in islice(ranked.excluded, excluded)],
        "excluded_total": len(ranked.excluded),
    }


def person_body(person: StoredPerson, mask: Mask) -> dict[str, Any]:
    """A participant with the facts that may be seen, in the exchange format; `hidden` counts those that may not."""
    facts, hidden = shown(person.profile, mask)
    return {
        "id": person.id,
        "office": person.office,
        "case_worker": person.case_worker,
        "facts": facts,
        "hidden": hidden,
        "notes": mask.notes(person.profile.conflicts),
    }


def record_body(stored: StoredRecord, mask: Mask) -> dict[str, Any]:
    """A recorded answer as it was given, as far as the reader may see it."""
    return {
        "id": stored.id,
        "participant_id": stored.record.participant_id,
        "asked_at": stored.record.asked_at.isoformat(),
        "asked_by": stored.account_id,
        "purpose": stored.purpose,
        "question": dict(stored.record.question),
        "versions": dict(stored.record.versions),
        "answer": mask.answer(orjson.loads(stored.record.answer_json)),
    }


def items_of(answer: Mapping[str, Any]) -> set[str]:
    """Ids of everything that a recorded answer shows and somebody can decide about."""
    halves = [answer["measures"], answer["vacancies"]]
    listed = {one["id"] for half in halves for part in ("suggestions", "others") for one in half[part]}
    return listed | {step["id"] for chain in answer.get("chains", ()) for step in chain["steps"]}


def decision_body(one: Decision, mask: Mask) -> dict[str, Any]:
    """One decision; reason and note are the case worker's own words, so that only who sees all facts reads them."""
    return {
        "id": one.id,
        "record_id": one.record_id,
        "item_id": one.item_id,
        "decision": one.decision,
        "reason": one.reason if mask.open else HIDDEN,
        "note": one.note if mask.open or one.note is None else HIDDEN,
        "at": one.at.isoformat(),
        "decided_by": one.account_id,
    }
