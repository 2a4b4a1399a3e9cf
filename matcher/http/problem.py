"""Errors as problem+json (RFC 9457): German detail, JSON pointers to every faulty field, never a value of a person."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from flask import Flask, Response, g
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from matcher.errors import InputProblems, MatcherError, NotFound
from matcher.http.oidc_client import SignInRefused
from matcher.http.words import of_profile, of_pydantic
from matcher.store.transaction import DatabaseUnavailable
from matcher.store.values import Conflict, InProgress, NotAllowed, TooManyAttempts

RETRY_SECONDS = 2
BODIES = ("Body", "Login", "Participant")
"""Names of models end like this where they are bodies (matcher.http.values)."""
PROFILE = "/profile"
"""Where a profile stands in a body."""

WORDS = {
    400: ("Anfrage nicht lesbar", "Die Anfrage ist nicht lesbar."),
    401: ("Anmeldung nötig", "Bitte anmelden."),
    403: ("Nicht erlaubt", "Diese Rolle darf das nicht."),
    404: ("Nicht gefunden", "Das gibt es nicht."),
    405: ("Methode nicht erlaubt", "Diese Methode gibt es hier nicht."),
    409: ("Konflikt", "Das wurde inzwischen geändert oder ist vergeben."),
    412: ("Inzwischen geändert", "Der Datensatz wurde inzwischen geändert. Bitte neu laden."),
    413: ("Zu groß", "Die Anfrage ist zu groß."),
    415: ("Falsches Format", "Erwartet wird JSON."),
    422: ("Angaben fehlerhaft", "Die Angaben enthalten Fehler."),
    428: ("If-Match fehlt", "Änderungen brauchen den ETag des gelesenen Stands (If-Match)."),
    429: ("Zu viele Versuche", "Zu viele Versuche. Bitte später erneut."),
    500: ("Fehler im Dienst", "Die Anfrage konnte nicht bearbeitet werden."),
    503: ("Derzeit nicht verfügbar", "Der Dienst ist derzeit nicht verfügbar."),
}


def problem(
    status: int, errors: Sequence[dict[str, str]] = (), detail: str = "", retry_after: int | None = None
) -> Response:
    """One problem as a response; `errors` point at faulty fields."""
    title, usual = WORDS.get(status, (WORDS[500] if status >= 500 else WORDS[400]))
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail or usual}
    body["request_id"] = g.get("request_id", "")
    if errors:
        body["errors"] = list(errors)
    response = Response(orjson.dumps(body), status=status, mimetype="application/problem+json")
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def invalid(error: ValidationError) -> Response:
    """What pydantic found in path, query or body: JSON pointer or parameter, and words, not the values."""
    place = "pointer" if error.title.endswith(BODIES) else "parameter"
    found = [
        {
            place: pointer(one["loc"]) if place == "pointer" else ".".join(str(part) for part in one["loc"]),
            "detail": of_pydantic(one["type"], one.get("ctx", {})),
        }
        for one in error.errors(include_url=False, include_input=False)
    ]
    return problem(422, found)


def pointer(parts: Iterable[object]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def add_handlers(app: Flask) -> None:
    """Every error of the project, of Flask and every other one as a problem."""

    @app.errorhandler(NotFound)
    def not_found(error: NotFound) -> Response:
        return problem(404)

    @app.errorhandler(NotAllowed)
    def not_allowed(error: NotAllowed) -> Response:
        return problem(403)

    @app.errorhandler(TooManyAttempts)
    def too_many(error: TooManyAttempts) -> Response:
        return problem(429, retry_after=error.retry_after)

    @app.errorhandler(InProgress)
    def in_progress(error: InProgress) -> Response:
        return problem(409, retry_after=error.retry_after, detail="Eine Anfrage mit diesem Schlüssel läuft noch.")

    @app.errorhandler(DatabaseUnavailable)
    def unavailable(error: DatabaseUnavailable) -> Response:
        return problem(503, retry_after=RETRY_SECONDS)

    @app.errorhandler(Conflict)
    def conflict(error: Conflict) -> Response:
        return problem(412 if error.etag is not None else 409)

    @app.errorhandler(InputProblems)
    def input_problems(error: InputProblems) -> Response:
        found = [{"pointer": PROFILE + (one.column or ""), "detail": of_profile(one)} for one in error.problems]
        return problem(422, found)

    @app.errorhandler(SignInRefused)
    def sign_in_refused(error: SignInRefused) -> Response:
        return problem(401, detail="Die Anmeldung über den Identitätsdienst ist fehlgeschlagen.")

    @app.errorhandler(MatcherError)
    def other(error: MatcherError) -> Response:
        return problem(422)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        return problem(error.code or 500)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        app.logger.error("unexpected %s in request %s", type(error).__name__, g.get("request_id", ""))
        return problem(500)
