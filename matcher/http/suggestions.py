"""Suggestions for a stored participant (recorded) and for a posted profile (nothing of it is kept); decisions."""

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

import orjson
from flask import Response
from flask_openapi3 import APIBlueprint

from matcher.http.access import mask, scope
from matcher.http.answers import answer_body, decision_body, items_of, json_response, record_body
from matcher.http.once import once
from matcher.http.participants import read_facts
from matcher.http.problem import problem
from matcher.http.replies import Decisions, Made, Posted, Record, Recorded
from matcher.http.service import service
from matcher.http.values import ChainBody, DecisionBody, ParticipantPath, PostedBody, QuestionBody, RecordPath
from matcher.participant import Profile
from matcher.pipeline import Question
from matcher.store.values import StoredPerson, SuggestionRecord

routes = APIBlueprint("suggestions", __name__)


def _ask(profile: Profile, question: Question, others: int = 0, excluded: int = 0) -> dict[str, Any]:
    engine = service().engine()
    with nullcontext() if question.chains else service().turn:
        return answer_body(engine.ask([profile], question)[0], others, excluded)


def _question(body: QuestionBody) -> Question:
    return Question(
        today=service().today(), measures=body.measures, vacancies=body.vacancies, chains=body.chains, top=body.top
    )


def _recorded(person: StoredPerson, asked: Mapping[str, Any], answer: dict[str, Any]) -> Response:
    """Write down what was asked and answered, whole; the reply shows what the role may see."""
    store = service().store
    record = SuggestionRecord(
        participant_id=person.id,
        asked_at=service().clock(),
        question={**asked, "etag": person.etag, "today": service().today().isoformat()},
        versions=answer["versions"],
        answer_json=orjson.dumps(answer),
    )
    shown = orjson.Fragment(record.answer_json) if mask().open else mask().answer(answer)
    return once(lambda: json_response({"record_id": store.records.write(scope(), record), "answer": shown}, 201))


@routes.post(
    "/v1/participants/<participant_id>/suggestions", summary="Vorschläge für eine Person", responses={201: Recorded}
)
def suggest(path: ParticipantPath, body: QuestionBody) -> Response:
    """Ranked next steps and vacancies with reasons; the answer is recorded as it is given. A human decides."""
    person = service().store.people.get(scope(), path.participant_id)
    return _recorded(person, body.model_dump(), _ask(person.profile, _question(body), body.others, body.excluded))


@routes.post(
    "/v1/participants/<participant_id>/chains", summary="Förderketten für eine Person", responses={201: Recorded}
)
def chains(path: ParticipantPath, body: ChainBody) -> Response:
    """The best chains of steps to every goal, direct placement among them; recorded as it is given."""
    person = service().store.people.get(scope(), path.participant_id)
    question = Question(today=service().today(), chains=True, top=1, catalogue_only=body.catalogue_only)
    return _recorded(person, {**body.model_dump(), "chains": True}, _ask(person.profile, question))


@routes.post("/v1/suggestions", summary="Vorschläge für ein übermitteltes Profil", responses={200: Posted})
def suggest_posted(body: PostedBody) -> Response:
    """The same for a profile in the exchange format; nothing of it is stored or logged."""
    answer = _ask(read_facts(body.profile), _question(body), body.others, body.excluded)
    return json_response({"answer": mask().answer(answer)})


@routes.get("/v1/records/<record_id>", summary="Eine festgehaltene Antwort", responses={200: Record})
def record(path: RecordPath) -> Response:
    """What was shown when, to whom and on which versions."""
    return json_response(record_body(service().store.records.get(scope(), path.record_id), mask()))


@routes.get("/v1/participants/<participant_id>/decisions", summary="Entscheidungen", responses={200: Decisions})
def decisions(path: ParticipantPath) -> Response:
    """Everything decided about one person, oldest first; a foreign person has none."""
    found = service().store.decisions.list(scope(), path.participant_id)
    return json_response({"items": [decision_body(one, mask()) for one in found]})


@routes.post("/v1/participants/<participant_id>/decisions", summary="Entscheidung festhalten", responses={201: Made})
def decide(path: ParticipantPath, body: DecisionBody) -> Response:
    """What a named person decided about one item of a recorded answer; machines cannot."""
    store, at = service().store, service().clock()
    if body.item_id not in items_of(orjson.loads(store.records.get(scope(), body.record_id).record.answer_json)):
        return problem(422, [{"pointer": "/item_id", "detail": "Das steht nicht in der festgehaltenen Antwort."}])

    def work() -> Response:
        made = store.decisions.record(
            scope(), path.participant_id, body.record_id, body.item_id, body.decision, body.reason, at, body.note
        )
        return json_response({"id": made}, 201)

    return once(work)
