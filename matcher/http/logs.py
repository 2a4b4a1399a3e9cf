"""Logs as one JSON object a line, to standard error: UTC, route, status, ids; never paths, bodies or persons."""

import datetime as dt
import logging
import sys

import orjson

FIELDS = ("request_id", "route", "method", "status", "account", "milliseconds")


class JsonLines(logging.Formatter):
    """A record as one line; line breaks in a message cannot make a second one."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's time, level, logger, message and the fields of a request."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC)
        body = {"at": at.isoformat(timespec="milliseconds"), "level": record.levelname, "logger": record.name}
        body["message"] = record.getMessage()
        body |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            body["error"] = record.exc_info[0].__name__
        return orjson.dumps(body).decode()


def log_to_stderr(level: int = logging.INFO) -> None:
    """Send everything of this program there."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger("matcher")
    root.handlers[:] = [handler]
    root.setLevel(level)
    root.propagate = False
