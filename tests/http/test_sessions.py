"""Signing in behind a proxy: whose address counts, and who is made to wait for whose mistakes. Source: TRUST 39."""

import pytest
from flask.testing import FlaskClient

from matcher.api import create_app
from matcher.store.limits import limits
from tests.http.conftest import House

pytestmark = pytest.mark.usefixtures("quick_passwords")
PASSWORD = "ein langes Kennwort"


def behind(house: House, proxies: int) -> FlaskClient:
    """A client of an application that trusts so many proxies."""
    client = house.client()
    client.application = create_app(house.service, trusted_proxies=proxies)
    return client


def sign_in(client: FlaskClient, login: str, password: str, forwarded: str) -> int:
    body = {"login": login, "password": password}
    return client.post("/v1/session", json=body, headers={"X-Forwarded-For": forwarded}).status_code


def account(house: House, login: str) -> None:
    house.store.accounts.create(login, PASSWORD, "planner", [], login)


@pytest.mark.parametrize("proxies", [0, 1])
def test_five_mistakes_of_one_lock_nobody_else_out(house: House, proxies: int) -> None:
    client, name = behind(house, proxies), f"colleague{proxies}"
    account(house, name)
    wrong = [sign_in(client, f"clumsy{proxies}", "falsch falsch", "192.0.2.7") for _ in range(6)]
    assert wrong == [401] * 5 + [429]
    assert sign_in(client, name, PASSWORD, "192.0.2.8") == 201


def test_the_address_is_the_one_the_trusted_proxy_saw(house: House) -> None:
    """What a client writes in front of it is not believed."""
    client = behind(house, 1)
    account(house, "neighbour")
    tries = range(limits().failed_per_source)
    assert {sign_in(client, f"many{i}", "falsch falsch", f"10.0.0.{i}, 198.51.100.1") for i in tries} == {401}
    assert sign_in(client, "neighbour", PASSWORD, "10.1.1.1, 198.51.100.1") == 429
    assert sign_in(client, "neighbour", PASSWORD, "10.1.1.1, 198.51.100.2") == 201


def test_without_trusted_proxies_the_header_is_not_read(house: House) -> None:
    client = behind(house, 0)
    client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    account(house, "somebody")
    tries = range(limits().failed_per_source)
    assert {sign_in(client, f"other{i}", "falsch falsch", f"10.0.0.{i}") for i in tries} == {401}
    assert sign_in(client, "somebody", PASSWORD, "10.0.0.200") == 429
