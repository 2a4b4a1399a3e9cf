"""Errors as problem+json (RFC 9457): German detail, JSON pointers to every faulty field, never a value of a person."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from flask import Flask, Response, g, request
from pydantic import ValidationError
from werkzeug.exceptions import ClientDisconnected, HTTPException, MethodNotAllowed

from matcher.errors import InputProblems, MatcherError, NotFound
from matcher.http.oidc_client import SignInRefused
from matcher.http.pointers import located, pointer
from matcher.http.words import of_profile, of_pydantic
from matcher.store.idempotency import KeyTaken
from matcher.store.transaction import DatabaseUnavailable
from matcher.store.values import Conflict, InProgress, NotAllowed, TooManyAttempts

RETRY_SECONDS = 2
BODIES = ("Body", "Login", "Participant")
"""Names of models end like this where they are bodies (matcher.http.values)."""
NO_OBJECT = frozenset({"model_type", "model_attributes_type", "dict_type"})
PROFILE = "/profile"
"""Where a profile stands in a body."""

WORDS = {
    400: ("Anfrage nicht lesbar", "Die Anfrage ist nicht lesbar."),
    401: ("Anmeldung nötig", "Bitte anmelden."),
    403: ("Nicht erlaubt", "Diese Rolle darf das nicht."),
    404: ("Nicht gefunden", "Das gibt es nicht."),
    405: ("Methode nicht erlaubt", "Diese Methode gibt es hier nicht."),
    408: ("Zu langsam", "Die Anfrage kam nicht rechtzeitig vollständig an. Bitte noch einmal senden."),
    409: ("Konflikt", "Das wurde inzwischen geändert oder ist vergeben."),
    412: ("Inzwischen geändert", "Der Datensatz wurde inzwischen geändert. Bitte neu laden."),
    413: ("Zu groß", "Die Anfrage ist zu groß."),
    414: ("Adresse zu lang", "Die Adresse der Anfrage ist zu lang."),
    415: ("Falsches Format", "Erwartet wird JSON (Content-Type: application/json)."),
    422: ("Angaben fehlerhaft", "Die Angaben enthalten Fehler."),
    428: ("If-Match fehlt", "Änderungen brauchen den ETag des gelesenen Stands (If-Match)."),
    429: ("Zu viele Versuche", "Zu viele Versuche. Bitte später erneut."),
    431: ("Kopfzeilen zu groß", "Die Kopfzeilen der Anfrage sind zu viele oder zu lang."),
    500: ("Fehler im Dienst", "Die Anfrage konnte nicht bearbeitet werden."),
    503: ("Derzeit nicht verfügbar", "Der Dienst ist derzeit nicht verfügbar."),
}


def words(status: int) -> tuple[str, str]:
    """Title and usual detail of a status."""
    return WORDS.get(status, WORDS[500] if status >= 500 else WORDS[400])


def problem(
    status: int, errors: Sequence[dict[str, str]] = (), detail: str = "", retry_after: int | None = None
) -> Response:
    """One problem as a response; `errors` point at faulty fields."""
    title, usual = words(status)
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
            "detail": _no_object() if one["type"] in NO_OBJECT and not one["loc"] else _words_of(one),
        }
        for one in error.errors(include_url=False, include_input=False)
    ]
    return problem(422, found)


def _words_of(fault: Mapping[str, Any]) -> str:
    return of_pydantic(fault["type"], fault.get("ctx", {}))


def _no_object() -> str:
    """Why the body as a whole is none: not sent as JSON, not readable as JSON, something else than an object."""
    if not request.is_json:
        return words(415)[1]
    try:
        orjson.loads(request.get_data())
    except ValueError:
        return of_pydantic("json_invalid", {})
    return of_pydantic("model_type", {})


def add_handlers(app: Flask) -> None:
    """Every error of the project, of Flask and every other one as a problem."""

    @app.errorhandler(NotFound)
    def not_found(error: NotFound) -> Response:
        return problem(404)

    @app.errorhandler(NotAllowed)
    def not_allowed(error: NotAllowed) -> Response:
        return problem(403, detail="Dieses Konto darf das dort nicht.")

    @app.errorhandler(TooManyAttempts)
    def too_many(error: TooManyAttempts) -> Response:
        return problem(429, retry_after=error.retry_after)

    @app.errorhandler(InProgress)
    def in_progress(error: InProgress) -> Response:
        return problem(409, retry_after=error.retry_after, detail="Eine Anfrage mit diesem Schlüssel läuft noch.")

    @app.errorhandler(DatabaseUnavailable)
    def unavailable(error: DatabaseUnavailable) -> Response:
        return problem(503, retry_after=RETRY_SECONDS)

    @app.errorhandler(KeyTaken)
    def key_taken(error: KeyTaken) -> Response:
        return problem(409, detail="Dieser Idempotency-Key gehört zu einer anderen Anfrage. Bitte einen neuen nehmen.")

    @app.errorhandler(Conflict)
    def conflict(error: Conflict) -> Response:
        return problem(412 if error.etag is not None else 409)

    @app.errorhandler(InputProblems)
    def input_problems(error: InputProblems) -> Response:
        sent = (request.get_json(silent=True) or {}).get("profile")
        return problem(
            422,
            [
                {"pointer": PROFILE + (located(one.column, sent) if one.column else ""), "detail": of_profile(one)}
                for one in error.problems
            ],
        )

    @app.errorhandler(SignInRefused)
    def sign_in_refused(error: SignInRefused) -> Response:
        return problem(401, detail="Die Anmeldung über den Identitätsdienst ist fehlgeschlagen.")

    @app.errorhandler(MatcherError)
    def other(error: MatcherError) -> Response:
        return problem(422)

    @app.errorhandler(ClientDisconnected)
    def incomplete(error: ClientDisconnected) -> Response:
        return problem(408)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        response = problem(error.code or 500)
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.headers["Allow"] = ", ".join(sorted(set(error.valid_methods) - {"OPTIONS"}))
        return response

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        app.logger.error("unexpected %s in request %s", type(error).__name__, g.get("request_id", ""))
        return problem(500)
