"""The identity provider of the office (OpenID Connect, code flow with PKCE); speaks to the configured issuer alone.

Source: OpenID Connect Core 1.0, 3.1; RFC 7636. Signatures are checked by joserfc, claims by Authlib.
"""

import base64
import json
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from matcher.errors import MatcherError

ALGORITHMS = ("RS256", "PS256", "ES256")
LOOK_AGAIN_SECONDS = 60.0
"""Keys of the issuer are read again at most this often when one is not known."""
LEEWAY_SECONDS = 30
TIMEOUT_SECONDS = 10
MOST_BYTES = 1_000_000
Fetch = Callable[[str, Mapping[str, str], bytes | None], bytes]


class SignInRefused(MatcherError):
    """The identity provider's answer does not hold; nobody was signed in."""


class _Straight(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **named: Any) -> None:
        """Nowhere else."""


_open = urllib.request.build_opener(_Straight).open


def fetch(url: str, headers: Mapping[str, str], data: bytes | None) -> bytes:
    """One request to the issuer; raises SignInRefused."""
    if not url.startswith("https://"):
        raise SignInRefused("The identity provider must be reached over https.", "Check oidc_issuer.")
    request = urllib.request.Request(url, data=data, headers=dict(headers))  # noqa: S310 - https, checked above
    try:
        with _open(request, timeout=TIMEOUT_SECONDS) as answer:
            body: bytes = answer.read(MOST_BYTES)
            return body
    except OSError as error:
        raise SignInRefused("The identity provider does not answer.", "Try again later.") from error


@dataclass(slots=True)
class Issuer:
    """The configured identity provider; `claim` names the account's login in its tokens."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    claim: str = "preferred_username"
    fetch: Fetch = fetch
    _about: dict[str, Any] = field(default_factory=dict, repr=False)
    _keys: KeySet | None = field(default=None, repr=False)
    _read_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def begin(self, state: str, nonce: str, verifier: str) -> str:
        """Where the browser goes to sign in."""
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": "openid profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": create_s256_code_challenge(verifier),
            "code_challenge_method": "S256",
        }
        return f"{self._known()['authorization_endpoint']}?{urllib.parse.urlencode(asked)}"

    def finish(self, code: str, nonce: str, verifier: str, now: float) -> str:
        """The login that the issuer vouches for; raises SignInRefused."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": verifier,
        }
        pair = f"{urllib.parse.quote(self.client_id)}:{urllib.parse.quote(self.client_secret)}"
        headers = {
            "Authorization": "Basic " + base64.b64encode(pair.encode()).decode(),
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        token = self._json(str(self._known()["token_endpoint"]), headers, urllib.parse.urlencode(asked).encode())
        return self._login(str(token.get("id_token", "")), nonce, now)

    def _login(self, id_token: str, nonce: str, now: float) -> str:
        try:
            token = self._decoded(id_token)
            options = {"iss": {"values": [self.issuer]}, "aud": {"values": [self.client_id]}}
            params = {"nonce": nonce, "client_id": self.client_id}
            claims = CodeIDToken(token.claims, token.header, options=options, params=params)
            claims.validate(now=int(now), leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError) as error:
            raise SignInRefused("The identity provider's token does not hold.", "Sign in again.") from error
        login = claims.get(self.claim)
        if not isinstance(login, str) or not login:
            raise SignInRefused("The identity provider names nobody.", "Check oidc_claim.")
        return login

    def _decoded(self, id_token: str) -> Any:
        try:
            return jwt.decode(id_token, self._key_set(), algorithms=list(ALGORITHMS))
        except (JoseError, ValueError):
            if time.monotonic() - self._read_at < LOOK_AGAIN_SECONDS:
                raise
            self._keys = None
            return jwt.decode(id_token, self._key_set(), algorithms=list(ALGORITHMS))

    def _known(self) -> dict[str, Any]:
        with self._lock:
            if not self._about:
                about = self._json(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration", {}, None)
                if about.get("issuer") != self.issuer:
                    raise SignInRefused("The identity provider names another issuer.", "Check oidc_issuer.")
                self._about = about
            return self._about

    def _key_set(self) -> KeySet:
        if self._keys is None:
            self._keys = KeySet.import_key_set(self._json(str(self._known()["jwks_uri"]), {}, None))  # type: ignore[arg-type]
            self._read_at = time.monotonic()
        return self._keys

    def _json(self, url: str, headers: Mapping[str, str], data: bytes | None) -> dict[str, Any]:
        try:
            found = json.loads(self.fetch(url, headers, data))
        except ValueError as error:
            raise SignInRefused("The identity provider's answer is not JSON.", "Try again later.") from error
        if not isinstance(found, dict):
            raise SignInRefused("The identity provider's answer is not an object.", "Try again later.")
        return found
