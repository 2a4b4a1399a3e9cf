"""`/v1/daily` and `/v1/triggers`: recorded days, their proposals for the own caseload, and what is due there."""

from typing import Any

from flask import Response, g
from flask_openapi3 import APIBlueprint

from matcher.daily.answer_json import render_abstention, render_proposal
from matcher.http.access import mask, scope
from matcher.http.answers import json_response
from matcher.http.list_replies import Abstentions, Proposal, Proposals, Run, Runs, Triggers
from matcher.http.service import service
from matcher.http.small_numbers import shown
from matcher.http.values import DayQuery, IssueBody, ListQuery, ProposalPath, RunPath
from matcher.models.foerderkette import render_trigger, triggers
from matcher.store.days import OwnProposal
from matcher.store.days import Run as StoredRun

routes = APIBlueprint("days", __name__)
PAGE = 500


@routes.get("/v1/daily/runs", summary="Tagesläufe", responses={200: Runs})
def runs(query: ListQuery) -> Response:
    """A page of the recorded days, figures only."""
    page = service().store.days.runs(scope(), query.after, query.limit)
    return json_response({"items": [_run(one) for one in page.items], "next": page.next})


@routes.get("/v1/daily/runs/<run_id>", summary="Ein Tageslauf", responses={200: Run})
def run(path: RunPath) -> Response:
    """One recorded day, figures only."""
    return json_response(_run(service().store.days.run(scope(), path.run_id)))


def _run(one: StoredRun) -> dict[str, Any]:
    """The figures of a report; no lists of persons or pairs, no groups, and no number of only a few."""
    figures = service().engine().catalog.table("access")["figures"]
    report = shown(one.report, figures["least_together"], figures["least_persons"])
    return {"id": one.id, "office": one.office, "day": one.day, "report": report, "versions": one.versions}


@routes.get("/v1/daily/proposals", summary="Stellenvorschläge eines Tages", responses={200: Proposals})
def proposals(query: DayQuery) -> Response:
    """A page of the day's proposals for the own caseload, with reasons. Whether one is issued a human decides."""
    page = service().store.days.proposals(scope(), query.day, query.after, query.limit)
    return json_response({"items": [_proposal(one) for one in page.items], "next": page.next})


@routes.get("/v1/daily/proposals/<proposal_id>", summary="Ein Stellenvorschlag", responses={200: Proposal})
def proposal(path: ProposalPath) -> Response:
    """One proposal for somebody of the own caseload."""
    return json_response(_proposal(service().store.days.proposal(scope(), path.proposal_id)))


@routes.put("/v1/daily/proposals/<proposal_id>/decision", summary="Ausgegeben?", responses={200: Proposal})
def issue(path: ProposalPath, body: IssueBody) -> Response:
    """What a named person decided: issued in the office's own procedure, or not. A later decision replaces it."""
    store, issued = service().store, body.decision == "issued"
    with store.together():
        store.days.proposal(scope(), path.proposal_id)
        store.daily.decide(path.proposal_id, issued=issued, decided_by=g.account, on=service().today())
        return json_response(_proposal(store.days.proposal(scope(), path.proposal_id)))


def _proposal(one: OwnProposal) -> dict[str, Any]:
    body = mask().suggestion({"id": one.proposal.vacancy, **render_proposal(one.proposal, None)})
    told = {"participant": one.proposal.participant, "vacancy": one.proposal.vacancy}
    decided = {"decision": one.decision, "decided_on": one.decided_on.isoformat() if one.decided_on else None}
    return {**body, **told, "id": one.id, **decided}


@routes.get("/v1/daily/abstentions", summary="Heute kein passendes Angebot", responses={200: Abstentions})
def abstentions(query: DayQuery) -> Response:
    """Everybody of the own caseload who got nothing on that day, with the reason and the next best action."""
    found = service().store.days.abstentions(scope(), query.day)
    return json_response({"items": [mask().abstention(render_abstention(one, None)) for one in found]})


@routes.get("/v1/triggers", summary="Anlässe", responses={200: Triggers})
def due() -> Response:
    """What is due today in the own caseload: ends, reviews, expiring entitlements; most urgent first."""
    one, people, after = service(), [], None
    while True:
        page = one.store.people.list(scope(), None, after, PAGE)
        people += [person.profile for person in page.items]
        if (after := page.next) is None:
            break
    found = triggers(one.engine().planner(one.today()), people, today=one.today())
    return json_response({"items": [mask().trigger(render_trigger(item)) for item in found]})
