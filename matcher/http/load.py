"""Admission: so many requests at a time per process, the rest is told at once to come back. Source: TRUST 42.

What is admitted is answered quickly; a queue would only make everybody wait.
"""

import threading

from flask import Flask, Response, g, request

from matcher.http.problem import problem

ALWAYS = frozenset({"/healthz", "/readyz"})
RETRY_SECONDS = 1


def add_admission(app: Flask, at_once: int) -> None:
    """At most `at_once` requests under way in this process."""
    places = threading.BoundedSemaphore(at_once)

    @app.before_request
    def admit() -> Response | None:
        if request.path in ALWAYS:
            return None
        if not places.acquire(blocking=False):
            return problem(503, retry_after=RETRY_SECONDS, detail="Der Dienst ist gerade ausgelastet.")
        g.admitted = True
        return None

    @app.teardown_request
    def leave(_error: BaseException | None) -> None:
        if g.pop("admitted", False):
            places.release()
