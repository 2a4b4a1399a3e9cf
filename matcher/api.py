"""The HTTP service as an application: `create_app(service)`; served by `matcher serve`. Source: DESIGN section 5."""

import secrets
from typing import Any

import orjson
from flask.json.provider import DefaultJSONProvider
from flask_openapi3 import Info, OpenAPI
from flask_openapi3.models.security_scheme import SecurityScheme
from werkzeug.middleware.proxy_fix import ProxyFix

import matcher
from matcher.catalog import load_catalog
from matcher.http import catalogue, days, health, metrics, oidc, participants, sessions, suggestions, vacancies
from matcher.http.access import add_guard, read_permissions
from matcher.http.allowance import Allowance
from matcher.http.describe import describe
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
ROUTES = (health, metrics, sessions, oidc, participants, suggestions, vacancies, days, catalogue)


class Json(DefaultJSONProvider):
    """Reads JSON strictly: too deep nesting, NaN and half characters are refused."""

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        """The value; raises ValueError. A text is none: flask_openapi3 would read it as JSON again, less strictly."""
        value = orjson.loads(s)
        if isinstance(value, str):
            raise ValueError("A text is no body.")
        return value


def create_app(
    service: Service, at_once: int | None = None, *, limited: bool = False, trusted_proxies: int = 0
) -> OpenAPI:
    """The application around one service; deny by default, problem+json for every error.

    `at_once` limits the requests under way per process, `limited` what one account may ask (catalog/access.toml);
    both are left out for tests and tools. So many `trusted_proxies` stand in front and write X-Forwarded-For.
    """
    app = OpenAPI(
        "matcher",
        info=Info(title="matcher", version=matcher.__version__, description=DESCRIPTION),
        security_schemes=SECURITY,
        doc_ui=False,
        validation_error_callback=invalid,
        static_folder=None,
    )
    app.json = Json(app)
    app.url_map.merge_slashes = False  # it would answer with a redirect in HTML
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    if trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted_proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    app.secret_key = secrets.token_bytes(32).hex()
    app.extensions["matcher"] = service
    access = load_catalog().table("access")
    permissions = read_permissions(access)
    if limited:
        limit = access["allowance"]
        service.allowance = Allowance(float(limit["per_second"]), float(limit["at_once"]))
    add_frame(app)
    if at_once is not None:
        add_admission(app, at_once)
    add_guard(app, permissions)
    add_handlers(app)
    for module in ROUTES:
        app.register_api(module.routes)
    app.extensions["matcher.description"] = describe(app, permissions)
    return app
