"""Signing in at an identity provider made here, of RSA keys and honest and dishonest tokens. Source: TRUST 39."""

import json
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from matcher.http.oidc_client import Issuer
from tests.http.conftest import NOW, House

ISSUER = "https://id.example"
NOW_SECONDS = int(NOW.timestamp())


@dataclass
class Provider:
    """An identity provider; `claims` and `key` bend its tokens."""

    key: Any = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "k1"})
    sign_with: Any = None
    asked: dict[str, str] = field(default_factory=dict)
    posted: dict[str, str] = field(default_factory=dict)

    def fetch(self, url: str, headers: Mapping[str, str], data: bytes | None) -> bytes:
        if url.endswith("openid-configuration"):
            names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            return json.dumps({"issuer": ISSUER, **{name: f"{ISSUER}/{name}" for name in names}}).encode()
        if url.endswith("jwks_uri"):
            return json.dumps({"keys": [self.key.as_dict(private=False)]}).encode()
        self.posted = dict(urllib.parse.parse_qsl((data or b"").decode())) | {"by": headers["Authorization"]}
        return json.dumps({"id_token": self.token(), "token_type": "Bearer"}).encode()

    def token(self) -> str:
        said = {"iss": ISSUER, "aud": "matcher", "sub": "1", "iat": NOW_SECONDS, "exp": NOW_SECONDS + 300,
                "nonce": self.asked["nonce"], "preferred_username": "nord-1", **self.claims}  # fmt: skip
        said = {key: value for key, value in said.items() if value is not None}
        return jwt.encode(self.header, said, self.sign_with or self.key, algorithms=[self.header["alg"]])


@pytest.fixture
def provider(house: House) -> Iterator[Provider]:
    made = Provider()
    house.service.issuer = Issuer(ISSUER, "matcher", "geheim", "https://dienst.example/v1/oidc/callback",
                                  fetch=made.fetch)  # fmt: skip
    yield made
    house.service.issuer = None


def sign_in(house: House, provider: Provider, **bent: str) -> Any:
    """The whole way of a browser; `bent` changes what comes back in the address."""
    client = house.client()
    begun = client.get("/v1/oidc/start")
    assert begun.status_code == 302 and begun.headers["Location"].startswith(f"{ISSUER}/authorization_endpoint?")
    provider.asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(begun.headers["Location"]).query))
    back = {"code": "abc", "state": provider.asked["state"], **bent}
    return client, client.get("/v1/oidc/callback", query_string=back)


def test_not_there_unless_configured(house: House) -> None:
    assert house.client().get("/v1/oidc/start").status_code == 404
    assert house.client().get("/v1/oidc/callback?code=a&state=b").status_code == 404


def test_a_known_login_gets_a_session(house: House, provider: Provider) -> None:
    client, answer = sign_in(house, provider)
    assert answer.status_code == 200, answer.data
    assert answer.get_json()["role"] == "case_worker"
    assert client.get("/v1/session").get_json()["name"] == "nord-1"
    assert provider.asked["code_challenge_method"] == "S256" and provider.posted["code_verifier"]
    assert provider.posted["by"].startswith("Basic ")
    session = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("matcher_session"))
    assert "HttpOnly" in session and "SameSite=Strict" in session


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example"},
        {"aud": "somebody-else"},
        {"aud": ["matcher", "somebody-else"], "azp": "somebody-else"},
        {"exp": NOW_SECONDS - 3600},
        {"nonce": "replayed"},
        {"nonce": None},
        {"sub": None},
        {"preferred_username": None},
        {"preferred_username": ["nord-1"]},
        {"preferred_username": "niemand"},
        {"preferred_username": ""},
    ],
)
def test_tokens_that_do_not_hold_are_refused(house: House, provider: Provider, claims: dict[str, Any]) -> None:
    provider.claims = claims
    client, answer = sign_in(house, provider)
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert client.get("/v1/session").status_code == 401


def test_a_foreign_key_and_a_symmetric_one_are_refused(house: House, provider: Provider) -> None:
    provider.sign_with = RSAKey.generate_key(2048, {"kid": "k1"})
    assert sign_in(house, provider)[1].status_code == 401
    provider.sign_with, provider.header = OctKey.import_key("geheim" * 8), {"alg": "HS256", "kid": "k1"}
    assert sign_in(house, provider)[1].status_code == 401


def test_what_was_not_begun_in_this_browser_is_refused(house: House, provider: Provider) -> None:
    assert sign_in(house, provider, state="guess")[1].status_code == 401
    _, answer = sign_in(house, provider)
    assert answer.status_code == 200
    state = provider.asked["state"]
    assert house.client().get(f"/v1/oidc/callback?code=abc&state={state}").status_code == 401
    other = house.client()
    other.set_cookie("matcher_oidc", "forged", domain="localhost", path="/v1/oidc")
    assert other.get(f"/v1/oidc/callback?code=abc&state={state}").status_code == 401


def test_closed_accounts_and_machines_are_refused(house: House, provider: Provider, quick_passwords: None) -> None:
    closed = house.store.accounts.create("weg", None, "case_worker", ["nord"], "weg")
    house.store.accounts.deactivate(closed.id)
    house.store.accounts.create("automat", None, "case_worker", ["nord"], "automat", kind="machine")
    for login in ("weg", "automat"):
        provider.claims = {"preferred_username": login}
        assert sign_in(house, provider)[1].status_code == 401


def test_keys_are_read_again_when_the_issuer_changes_them(house: House, provider: Provider) -> None:
    assert sign_in(house, provider)[1].status_code == 200
    provider.key, provider.header = RSAKey.generate_key(2048, {"kid": "k2"}), {"alg": "RS256", "kid": "k2"}
    assert sign_in(house, provider)[1].status_code == 401
    assert house.service.issuer is not None
    house.service.issuer._read_at -= 100
    assert sign_in(house, provider)[1].status_code == 200


def test_only_https_is_asked() -> None:
    from matcher.http.oidc_client import SignInRefused, fetch

    with pytest.raises(SignInRefused):
        fetch("http://id.example/", {}, None)
    with pytest.raises(SignInRefused):
        fetch("file:///etc/passwd", {}, None)
