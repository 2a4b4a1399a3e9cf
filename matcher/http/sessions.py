"""`/v1/session`: sign in, who am I, sign out. The cookie is for this host, unreadable to scripts, for one site."""

from flask import Response, g, request
from flask_openapi3 import APIBlueprint

from matcher.errors import NotFound
from matcher.http.access import COOKIE
from matcher.http.answers import json_response
from matcher.http.problem import problem
from matcher.http.replies import SignedIn
from matcher.http.service import service
from matcher.http.values import Login
from matcher.store.values import Account

routes = APIBlueprint("session", __name__)


@routes.post("/v1/session", summary="Anmelden", responses={201: SignedIn})
def sign_in(body: Login) -> Response:
    """A local account signs in; the cookie and the CSRF key come back."""
    one, now = service(), service().clock()
    try:
        account = one.store.accounts.verify(body.login, body.password, now, request.remote_addr or "")
        secret, csrf = one.store.sessions.open(account.id, now)
    except NotFound:
        return problem(401, detail="Anmeldename oder Kennwort stimmen nicht.")
    return signed_in(account, secret, csrf, 201)


def signed_in(account: Account, secret: str, csrf: str, status: int) -> Response:
    """The account and its CSRF key; the session's secret goes into the cookie."""
    response = json_response({**_account(account), "csrf": csrf}, status)
    secure = service().secure_cookies
    response.set_cookie(COOKIE, secret, secure=secure, httponly=True, samesite="Strict", path="/")
    return response


@routes.get("/v1/session", summary="Wer ist angemeldet?", responses={200: SignedIn})
def who() -> Response:
    """The account of this session and its CSRF key."""
    session, account = service().store.sessions.find(request.cookies[COOKIE], service().clock())
    return json_response({**_account(account), "csrf": session.csrf})


@routes.delete("/v1/session", summary="Abmelden", responses={204: None})
def sign_out() -> Response:
    """The session ends."""
    service().store.sessions.close(request.cookies[COOKIE])
    response = Response(status=204)
    response.delete_cookie(COOKIE, path="/", secure=service().secure_cookies, httponly=True, samesite="Strict")
    return response


def _account(account: Account) -> dict[str, object]:
    g.account = account
    return {"id": account.id, "name": account.name, "role": account.role, "offices": list(account.offices)}
