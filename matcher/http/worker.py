"""The worker of gunicorn with deadlines for stalled connections and answers of our own to what it cannot read.

Its own answers are HTML that repeats what was sent, and its log repeats whole headers, a token among them.
"""

import secrets
import socket
from http import HTTPStatus
from typing import Any

import orjson
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from matcher.http.client_socket import ClientSocket
from matcher.http.frame import HEADERS
from matcher.http.problem import words

STATUS: dict[type[Exception], int] = {
    errors.ForbiddenProxyRequest: 403,
    errors.LimitRequestLine: 414,
    errors.ExpectationFailed: 417,
    errors.LimitRequestHeaders: 431,
    errors.InvalidResponseHeader: 500,
    errors.InvalidResponseHeaderName: 500,
    errors.ConfigurationProblem: 500,
    errors.UnsupportedTransferCoding: 501,
}
"""What is none of these and cannot be read is 400."""


class Worker(ThreadWorker):  # type: ignore[misc]
    """gthread; nobody holds a thread by not sending, and no error repeats what was sent."""

    def enqueue_req(self, conn: Any) -> None:
        """A request arrives: its time runs while it waits for a thread, too."""
        if isinstance(conn.sock, ClientSocket):
            conn.sock.begin()
        else:
            conn.sock = ClientSocket.around(conn.sock)
        super().enqueue_req(conn)

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Say what the status is and nothing that was sent; log the kind of error alone."""
        number = secrets.token_hex(8)
        status = status_of(exc)
        self.log.warning("not served: %s, status %s, request %s", type(exc).__name__, status, number)
        try:
            client.sendall(raw_problem(status, number))
        except OSError:
            self.log.debug("The client did not wait for it.")


def status_of(exc: BaseException) -> int:
    """The HTTP status of what gunicorn could not read or do."""
    usual = 400 if isinstance(exc, errors.ParseException) else 500
    return STATUS.get(type(exc), usual)  # type: ignore[arg-type]


def raw_problem(status: int, number: str) -> bytes:
    """A whole HTTP answer: problem+json with the headers of every answer; the connection ends."""
    title, detail = words(status)
    body = orjson.dumps(
        {"type": "about:blank", "title": title, "status": status, "detail": detail, "request_id": number}
    )
    headers = {
        **HEADERS,
        "X-Request-Id": number,
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(body)),
        "Connection": "close",
    }
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body
