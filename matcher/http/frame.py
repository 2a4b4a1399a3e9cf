"""Around every answer: request id, headers that keep it private, gzip for what is long. Source: TRUST 40, 41."""

import gzip
import re
import secrets
import time

import structlog
from flask import Flask, Response, g, request

import matcher.http.logs  # noqa: F401 - configures structlog
from matcher.http.metrics import METHODS, note

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
GZIP_FROM_BYTES = 1024
REFUSED = frozenset({401, 403, 429, 503})
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
log = structlog.stdlib.get_logger("matcher.access")


def add_frame(app: Flask) -> None:
    """Hooks before and after every request; the log names routes and ids of accounts, never paths or persons."""

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _ID.fullmatch(given) else secrets.token_hex(8)
        g.began = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers.update(HEADERS)
        response.headers["X-Request-Id"] = g.get("request_id", "")
        response.headers.pop("Server", None)
        _log(response)
        return _gzipped(response)


def _log(response: Response) -> None:
    account, route = g.get("account"), request.url_rule.rule if request.url_rule is not None else ""
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    note(route, request.method, response.status_code, seconds)
    log.info(
        "refused" if response.status_code in REFUSED else "request",
        request_id=g.get("request_id", ""),
        route=route,
        method=request.method if request.method in METHODS else "other",
        status=response.status_code,
        account=account.id if account is not None else "",
        milliseconds=round(seconds * 1000, 1),
    )


def _gzipped(response: Response) -> Response:
    wanted = request.accept_encodings["gzip"] > 0
    if not wanted or response.direct_passthrough or len(response.get_data()) < GZIP_FROM_BYTES:
        return response
    response.set_data(gzip.compress(response.get_data(), 5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response
