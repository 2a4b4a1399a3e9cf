"""`/v1/oidc`: signing in at the office's identity provider; not there where none is configured."""

import hmac
import secrets
from typing import Any

from flask import Response, current_app, redirect, request
from flask_openapi3 import APIBlueprint
from itsdangerous import BadSignature, URLSafeTimedSerializer

from matcher.errors import NotFound
from matcher.http.oidc_client import Issuer, SignInRefused
from matcher.http.replies import SignedIn
from matcher.http.service import service
from matcher.http.sessions import signed_in
from matcher.http.values import SignedInQuery

routes = APIBlueprint("oidc", __name__)
COOKIE = "matcher_oidc"
SECONDS = 600
"""So long a person may take to sign in there."""
_REDIRECT: Any = {302: {"description": "Weiter zum Identitätsdienst."}}


def _issuer() -> Issuer:
    found = service().issuer
    if found is None:
        raise NotFound("No identity provider is configured.", "See oidc_issuer.")
    return found


def _sealed() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="oidc")


@routes.get("/v1/oidc/start", summary="Beim Identitätsdienst anmelden", responses=_REDIRECT)
def start() -> Response:
    """To the identity provider; what must come back unchanged goes into a sealed cookie of ten minutes."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    response = redirect(_issuer().begin(state, nonce, verifier))
    response.set_cookie(
        COOKIE, _sealed().dumps([state, nonce, verifier]), max_age=SECONDS, secure=service().secure_cookies,
        httponly=True, samesite="Lax", path="/v1/oidc",
    )  # fmt: skip
    return current_app.make_response(response)


@routes.get("/v1/oidc/callback", summary="Zurück vom Identitätsdienst", responses={200: SignedIn})
def callback(query: SignedInQuery) -> Response:
    """A session for the account whose login the identity provider vouches for; the account must exist here."""
    issuer = _issuer()
    state, nonce, verifier = _sent()
    if query.code is None or not hmac.compare_digest(state.encode(), (query.state or "").encode()):
        raise SignInRefused("The sign-in was not begun here.", "Begin again.")
    now = service().clock()
    login = issuer.finish(query.code, nonce, verifier, now.timestamp())
    try:
        account = service().store.accounts.by_login(login)
        secret, csrf = service().store.sessions.open(account.id, now)
    except NotFound as error:
        raise SignInRefused("There is no such open account.", "See `matcher user list`.") from error
    response = signed_in(account, secret, csrf, 200)
    response.delete_cookie(COOKIE, path="/v1/oidc")
    return response


def _sent() -> tuple[str, str, str]:
    try:
        state, nonce, verifier = _sealed().loads(request.cookies.get(COOKIE, ""), max_age=SECONDS)
    except (BadSignature, ValueError) as error:
        raise SignInRefused("The sign-in was not begun here.", "Begin again.") from error
    return state, nonce, verifier
