"""Who asks, and may they: deny by default, from `catalog/access.toml`. Source: TRUST 1, 2, 39; ASVS 8.2.1.

A route without a row in the table does not exist for anybody. A person comes with a session cookie (and its CSRF
token for every change), a machine with a bearer token that carries the route's scope.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, request

from matcher.errors import NotFound
from matcher.http.masking import Mask
from matcher.http.problem import problem
from matcher.http.service import service
from matcher.store.values import Account, Scope

COOKIE = "matcher_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_PURPOSE = 64


@dataclass(frozen=True, slots=True)
class Permission:
    """One row: who may call a route with a method."""

    roles: frozenset[str]
    scope: str
    public: bool
    human: bool


def read_permissions(table: Mapping[str, Any]) -> dict[tuple[str, str], Permission]:
    """Rows of `catalog/access.toml` by path and method."""
    return {
        (row["path"], row["method"]): Permission(
            frozenset(row.get("roles", ())), row.get("scope", ""), row.get("public", False), row.get("human", False)
        )
        for row in table["route"]
    }


def add_guard(app: Flask, permissions: Mapping[tuple[str, str], Permission]) -> None:
    """Ask before every request; what is not declared is not there."""

    @app.before_request
    def guard() -> Response | None:
        if request.url_rule is None:
            return None
        method = "GET" if request.method == "HEAD" else request.method
        permission = permissions.get((request.url_rule.rule, method))
        if permission is None:
            return problem(404)
        if permission.public:
            return None
        return _admit(permission)


def _admit(permission: Permission) -> Response | None:
    found = _bearer() or _session()
    if found is None:
        return problem(401)
    account, scopes, csrf = found
    g.account = account
    if csrf is not None and request.method not in SAFE and not _same(csrf, request.headers.get("X-CSRF-Token", "")):
        return problem(403, detail="Der CSRF-Schlüssel fehlt oder passt nicht.")
    machine = scopes is not None
    allowed = account.role in permission.roles and not (permission.human and machine)
    if not allowed or (scopes is not None and permission.scope not in scopes):
        return problem(403)
    purpose = "".join(sign for sign in request.headers.get("X-Purpose", "") if sign.isprintable())
    g.scope = account.scope(purpose[:LONGEST_PURPOSE], human=not machine)
    allowance = service().allowance
    wait = 0 if allowance is None else allowance.wait(account.id)
    return problem(429, detail="Zu viele Anfragen in kurzer Zeit.", retry_after=wait) if wait else None


def _bearer() -> tuple[Account, frozenset[str] | None, str | None] | None:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret:
        return None
    try:
        token, account = service().store.tokens.verify(secret.strip(), service().clock())
    except NotFound:
        return None
    return account, frozenset(token.scopes), None


def _session() -> tuple[Account, frozenset[str] | None, str | None] | None:
    secret = request.cookies.get(COOKIE, "")
    if not secret or "Authorization" in request.headers:
        return None
    try:
        session, account = service().store.sessions.find(secret, service().clock())
    except NotFound:
        return None
    return account, None, session.csrf


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def scope() -> Scope:
    """Who asks, once admitted."""
    found: Scope = g.scope
    return found


def mask() -> Mask:
    """What hides the facts that the asking role may not see."""
    return service().mask(scope().role)
