"""Logs as one JSON object a line, to standard error: UTC, route, status, ids; never paths, bodies or persons."""

import logging
import sys
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, Processor

SHARED: tuple[Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
)


def log_to_stderr(level: int = logging.INFO) -> None:
    """Send everything of this program and of the server around it there."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(json_lines())
    for name in ("matcher", "gunicorn"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level)
        logger.propagate = False


def json_lines() -> logging.Formatter:
    """A record as one line; line breaks in a message cannot make a second one."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _error_by_name, _render],
    )


def _error_by_name(_logger: Any, _name: str, event: EventDict) -> EventDict:
    """What failed, without the values that an error's text or a traceback may hold."""
    found = event.pop("exc_info", None)
    if found:
        kind = found[0] if isinstance(found, tuple) else type(found) if isinstance(found, BaseException) else None
        event["error"] = getattr(kind or sys.exc_info()[0], "__name__", "unknown")
    for key in ("stack_info", "exception"):
        event.pop(key, None)
    return event


def _render(_logger: Any, _name: str, event: EventDict) -> str:
    return orjson.dumps(event, default=str).decode()


structlog.configure(
    processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
