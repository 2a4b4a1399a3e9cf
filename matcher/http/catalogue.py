"""`/v1/programmes` and `/v1/occupations`: what is known without any person."""

from flask import Response
from flask_openapi3 import APIBlueprint

from matcher.http.answers import json_response
from matcher.http.service import service
from matcher.http.values import TextQuery

routes = APIBlueprint("catalogue", __name__)


@routes.get("/v1/programmes", summary="Katalog")
def programmes() -> Response:
    """All programmes with kind, goals, legal basis and sources."""
    engine = service().engine()
    items = [
        {
            "id": one.id,
            "title": one.title,
            "kind": one.kind,
            "terms_documented": one.terms_documented,
            "legal_basis": list(one.legal_basis),
            "sources": [f"{source.document} {source.section}" for source in one.sources],
        }
        for one in engine.programmes.programmes
    ]
    return json_response({"items": items, "versions": dict(engine.versions)})


@routes.get("/v1/occupations", summary="Beruf erkennen")
def occupations(query: TextQuery) -> Response:
    """Codes of the KldB 2010 for a title, with calibrated confidence."""
    match = service().engine().occupations.match([query.text])[0]
    found = [
        {"code": one.code, "title": one.title, "confidence": one.confidence, "level": one.level}
        for one in match.candidates
    ]
    return json_response({"candidates": found, "unsure": match.unsure, "fassung": match.fassung})
