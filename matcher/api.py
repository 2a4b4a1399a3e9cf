"""The HTTP service as an application: `create_app(service)`; served by `matcher serve`. Source: DESIGN section 5."""

from typing import Any

from flask_openapi3 import Info, OpenAPI
from flask_openapi3.models.security_scheme import SecurityScheme

import matcher
from matcher.catalog import load_catalog
from matcher.http import catalogue, health, participants, sessions, suggestions
from matcher.http.access import add_guard, read_permissions
from matcher.http.frame import add_frame
from matcher.http.load import add_admission
from matcher.http.problem import add_handlers, invalid
from matcher.http.service import Service

MAX_BODY_BYTES = 1_000_000
"""No profile and no question is larger."""
DESCRIPTION = "Nächste Schritte und Stellenvorschläge mit Begründung. Es entscheidet ein Mensch."
SECURITY: dict[str, SecurityScheme | dict[str, Any]] = {
    "token": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": "matcher_session"},
}


def create_app(service: Service, at_once: int | None = None) -> OpenAPI:
    """The application around one service; deny by default, problem+json for every error.

    `at_once` limits the requests under way per process; None for tests and tools.
    """
    app = OpenAPI(
        "matcher",
        info=Info(title="matcher", version=matcher.__version__, description=DESCRIPTION),
        security_schemes=SECURITY,
        doc_ui=False,
        validation_error_callback=invalid,
        static_folder=None,
    )
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.extensions["matcher"] = service
    add_frame(app)
    if at_once is not None:
        add_admission(app, at_once)
    add_guard(app, read_permissions(load_catalog().table("access")))
    add_handlers(app)
    for module in (health, sessions, participants, suggestions, catalogue):
        app.register_api(module.routes)
    return app
