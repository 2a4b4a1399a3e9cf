"""`/healthz`: the process answers. `/readyz`: database and engine are there. The OpenAPI document."""

from flask import Response, current_app
from flask_openapi3 import APIBlueprint

from matcher.errors import MatcherError
from matcher.http.answers import json_response
from matcher.http.problem import problem
from matcher.http.replies import Status
from matcher.http.service import service

routes = APIBlueprint("health", __name__)


@routes.get("/healthz", summary="Läuft der Dienst?", responses={200: Status})
def healthz() -> Response:
    """Alive."""
    return json_response({"status": "ok"})


@routes.get("/readyz", summary="Ist der Dienst bereit?", responses={200: Status})
def readyz() -> Response:
    """Database reachable, schema in place, engine made."""
    try:
        service().store.ready()
        versions = dict(service().engine().versions)
    except MatcherError:
        return problem(503, retry_after=5)
    return json_response({"status": "ready", "versions": versions})


@routes.get("/v1/openapi.json", summary="Beschreibung der Schnittstelle")
def openapi() -> Response:
    """OpenAPI 3.1, made from the code."""
    return json_response(current_app.extensions["matcher.description"])
