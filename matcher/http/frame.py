"""Around every answer: request id, headers that keep it private, gzip for what is long. Source: TRUST 40, 41."""

import gzip
import logging
import re
import secrets
import time

from flask import Flask, Response, g, request

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
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
log = logging.getLogger("matcher.access")


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
    account = g.get("account")
    log.info(
        "request",
        extra={
            "request_id": g.get("request_id", ""),
            "route": request.url_rule.rule if request.url_rule is not None else "",
            "method": request.method,
            "status": response.status_code,
            "account": account.id if account is not None else "",
            "milliseconds": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
        },
    )


def _gzipped(response: Response) -> Response:
    wanted = "gzip" in request.headers.get("Accept-Encoding", "")
    if not wanted or response.direct_passthrough or len(response.get_data()) < GZIP_FROM_BYTES:
        return response
    response.set_data(gzip.compress(response.get_data(), 5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response
