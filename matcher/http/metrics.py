"""Figures for the operator: requests by route, method and status, and how long they took. Never an id.

Under gunicorn every process writes files in PROMETHEUS_MULTIPROC_DIR (set by `matcher serve`), and whoever is asked
adds them up.
"""

import os

from flask import Response
from flask_openapi3 import APIBlueprint
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
REQUESTS = Counter("matcher_requests", "Answered requests", ["route", "method", "status"])
SECONDS = Histogram("matcher_request_seconds", "Duration of requests", ["route"], buckets=BUCKETS)

routes = APIBlueprint("metrics", __name__)


def note(route: str, method: str, status: int, seconds: float) -> None:
    """Count one answer; unknown routes and methods are one each, so that nobody can make series."""
    REQUESTS.labels(route or "none", method if method in METHODS else "other", str(status)).inc()
    SECONDS.labels(route or "none").observe(seconds)


@routes.get("/metrics", summary="Kennzahlen des Betriebs")
def metrics() -> Response:
    """In the text format of Prometheus."""
    registry = REGISTRY
    if FOLDER in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
