"""`/v1/participants`: one's own caseload. What is foreign looks like what does not exist."""

from typing import Any

from flask import Response, request
from flask_openapi3 import APIBlueprint

from matcher.http.access import mask, scope
from matcher.http.answers import json_response, person_body
from matcher.http.exchange import check_day, check_seen, read_change
from matcher.http.once import once
from matcher.http.problem import problem
from matcher.http.replies import Caseload, Person
from matcher.http.service import service
from matcher.http.values import ChangedParticipant, NewParticipant, PageQuery, ParticipantPath
from matcher.participant import Profile
from matcher.read.profile import read_profile
from matcher.store.values import Conflict, PeopleFilter, StoredPerson

routes = APIBlueprint("participants", __name__)


def read_facts(data: dict[str, Any]) -> Profile:
    """A profile in the exchange format; raises InputProblems with a pointer to everything wrong."""
    return read_profile(data, today=service().today(), where="profile")


def _person(person: StoredPerson, status: int = 200) -> Response:
    return json_response(person_body(person, mask()), status, {"ETag": f'"{person.etag}"'})


@routes.get("/v1/participants", summary="Eigene Teilnehmende", responses={200: Caseload})
def caseload(query: PageQuery) -> Response:
    """A page of one's own caseload, by id."""
    wanted = PeopleFilter(office=query.office, as_of_before=query.as_of_before)
    page = service().store.people.list(scope(), wanted, query.after, query.limit)
    items = [
        {
            "id": one.id,
            "office": one.office,
            "as_of": one.profile.participant.as_of,
            "conflicts": len(one.profile.conflicts),
        }
        for one in page.items
    ]
    return json_response({"items": items, "next": page.next})


@routes.get("/v1/participants/<participant_id>", summary="Eine Person", responses={200: Person})
def participant(path: ParticipantPath) -> Response:
    """The facts of one participant that this role may see."""
    return _person(service().store.people.get(scope(), path.participant_id))


@routes.post("/v1/participants", summary="Person anlegen", responses={201: Person})
def create(body: NewParticipant) -> Response:
    """A new participant in one's own caseload, under a new random id; an id in the profile is ignored."""
    facts = read_facts(body.profile)
    check_day(facts, service().today())

    def work() -> Response:
        check_seen(body.profile, mask())
        made = _made(facts, body)
        response = _person(made, 201)
        response.headers["Location"] = f"/v1/participants/{made.id}"
        return response

    try:
        return once(work)
    except NumberTaken:
        return problem(409, [{"pointer": "/customer_no", "detail": "Diese Kundennummer ist schon vergeben."}])


@routes.put("/v1/participants/<participant_id>", summary="Angaben ersetzen", responses={200: Person})
def replace(path: ParticipantPath, body: ChangedParticipant) -> Response:
    """All facts anew, with `as_of`; needs the ETag of what was read. What the role may not see stays."""
    etag = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    stored = service().store.people.get(scope(), path.participant_id)
    if not etag:
        return problem(428)
    facts = read_change(stored.profile, body.profile, mask(), service().today())
    if etag != stored.etag:
        raise Conflict("Somebody else has changed this participant.", "Read it again.", etag=stored.etag)
    return _person(service().store.people.replace(scope(), path.participant_id, facts, stored.etag))


class NumberTaken(Conflict):
    """A customer number that somebody has already."""


def _made(facts: Profile, body: NewParticipant) -> StoredPerson:
    try:
        return service().store.people.create(scope(), facts, body.customer_no, body.office)
    except Conflict as error:
        raise NumberTaken(error.message, error.remedy) from error
