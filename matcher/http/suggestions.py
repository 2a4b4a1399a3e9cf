"""Suggestions for a stored participant (recorded) and for a posted profile (nothing of it is kept); decisions."""

import orjson
from flask import Response
from flask_openapi3 import APIBlueprint

from matcher.http.access import scope
from matcher.http.answers import answer_body, decision_body, json_response, record_body
from matcher.http.once import once
from matcher.http.participants import read_facts
from matcher.http.service import service
from matcher.http.values import DecisionBody, ParticipantPath, PostedBody, QuestionBody, RecordPath
from matcher.participant import Profile
from matcher.pipeline import Question
from matcher.store.values import SuggestionRecord

routes = APIBlueprint("suggestions", __name__)


def _ask(profile: Profile, body: QuestionBody) -> dict[str, object]:
    one = service()
    question = Question(
        today=one.today(), measures=body.measures, vacancies=body.vacancies, chains=body.chains, top=body.top
    )
    return answer_body(one.engine().ask([profile], question)[0], body.others, body.excluded)


@routes.post("/v1/participants/<participant_id>/suggestions", summary="Vorschläge für eine Person")
def suggest(path: ParticipantPath, body: QuestionBody) -> Response:
    """Ranked next steps and vacancies with reasons; the answer is recorded as it is given. A human decides."""
    store = service().store
    person = store.people.get(scope(), path.participant_id)
    answer = _ask(person.profile, body)
    record = SuggestionRecord(
        participant_id=person.id,
        asked_at=service().clock(),
        question={**body.model_dump(), "today": service().today().isoformat()},
        versions={str(key): str(value) for key, value in dict(answer["versions"]).items()},  # type: ignore[call-overload]
        answer_json=orjson.dumps(answer),
    )
    return once(lambda: json_response({"record_id": store.records.write(scope(), record), "answer": answer}, 201))


@routes.post("/v1/suggestions", summary="Vorschläge für ein übermitteltes Profil")
def suggest_posted(body: PostedBody) -> Response:
    """The same for a profile in the exchange format; nothing of it is stored or logged."""
    return json_response({"answer": _ask(read_facts(body.profile), body)})


@routes.get("/v1/records/<record_id>", summary="Eine festgehaltene Antwort")
def record(path: RecordPath) -> Response:
    """What was shown when, to whom and on which versions."""
    return json_response(record_body(service().store.records.get(scope(), path.record_id)))


@routes.get("/v1/participants/<participant_id>/decisions", summary="Entscheidungen")
def decisions(path: ParticipantPath) -> Response:
    """Everything decided about one person, oldest first; a foreign person has none."""
    found = service().store.decisions.list(scope(), path.participant_id)
    return json_response({"items": [decision_body(one) for one in found]})


@routes.post("/v1/participants/<participant_id>/decisions", summary="Entscheidung festhalten")
def decide(path: ParticipantPath, body: DecisionBody) -> Response:
    """What a named person decided; machines cannot."""
    store, at = service().store, service().clock()

    def work() -> Response:
        made = store.decisions.record(
            scope(), path.participant_id, body.record_id, body.item_id, body.decision, body.reason, at, body.note
        )
        return json_response({"id": made}, 201)

    return once(work)
