"""`/v1/programmes`, `/v1/offers`, `/v1/occupations`: what is known without any person."""

from flask import Response
from flask_openapi3 import APIBlueprint

from matcher.errors import NotFound
from matcher.http.answers import json_response, plain
from matcher.http.list_replies import Listed, Occupations, Page, Programme, Programmes
from matcher.http.service import service
from matcher.http.values import OfferPath, OfferQuery, ProgrammePath, TitlesBody
from matcher.models.occupation.values import OccupationMatch
from matcher.programme import Programme as OneProgramme

routes = APIBlueprint("catalogue", __name__)


def _brief(one: OneProgramme) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "kind": one.kind,
        "terms_documented": one.terms_documented,
        "legal_basis": one.legal_basis,
        "sources": [f"{source.document} {source.section}" for source in one.sources],
    }


@routes.get("/v1/programmes", summary="Katalog", responses={200: Programmes})
def programmes() -> Response:
    """All programmes with kind, legal basis and sources."""
    engine = service().engine()
    items = [_brief(one) for one in engine.programmes.programmes]
    return json_response({"items": items, "versions": dict(engine.versions)})


@routes.get("/v1/programmes/<programme_id>", summary="Eine Maßnahmeart", responses={200: Programme})
def programme(path: ProgrammePath) -> Response:
    """One programme with everything its source says, the terms as a rule tree."""
    found = next((one for one in service().engine().programmes.programmes if one.id == path.programme_id), None)
    if found is None:
        raise NotFound("There is no such programme.", "See /v1/programmes.")
    return json_response({**plain(found), **_brief(found)})


@routes.get("/v1/offers", summary="Angebote", responses={200: Page})
def offers(query: OfferQuery) -> Response:
    """A page of the local offers, by id."""
    page = service().store.listing.offers(query.after, query.limit, query.programme)
    return json_response({"items": [plain(one) for one in page.items], "next": page.next})


@routes.get("/v1/offers/<offer_id>", summary="Ein Angebot", responses={200: Listed})
def offer(path: OfferPath) -> Response:
    """One local offer."""
    return json_response(plain(service().store.listing.offer(path.offer_id)))


@routes.post("/v1/occupations", summary="Berufe erkennen", responses={200: Occupations})
def occupations(body: TitlesBody) -> Response:
    """Codes of the KldB 2010 for titles, with calibrated confidence; nothing is stored."""
    return json_response({"items": [_coded(one) for one in service().engine().occupations.match(body.texts, body.top)]})


def _coded(match: OccupationMatch) -> dict[str, object]:
    found = [
        {"code": one.code, "title": one.title, "confidence": one.confidence, "level": one.level}
        for one in match.candidates
    ]
    return {"text": match.text, "candidates": found, "unsure": match.unsure, "fassung": match.fassung}
