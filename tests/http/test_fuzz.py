"""Schemathesis over every operation of the description: no server error, every answer as described. TRUST 38."""

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from tests.http.conftest import House

WORKER = "nord-0"
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
QUIET = ("ignore::DeprecationWarning:schemathesis", "ignore::DeprecationWarning:jsonschema")


def fuzz(house: House, examples: int) -> int:
    """So many cases per operation, as a person and as a machine; returns how many were tried."""
    schema = schemathesis.openapi.from_wsgi("/v1/openapi.json", house.app)
    tried = 0
    for number, found in enumerate(schema.get_all_operations()):
        operation = found.ok()
        token = house.machine("administrator" if operation.path == "/metrics" else WORKER)
        bearer = {"Authorization": token.environ_base["HTTP_AUTHORIZATION"]}
        signed_in = operation.definition.raw["security"] == [{"session": []}]

        @hypothesis.seed(number)
        @hypothesis.given(case=operation.as_strategy())
        @hypothesis.settings(
            max_examples=examples, deadline=None, database=None, derandomize=examples < 100,
            suppress_health_check=list(hypothesis.HealthCheck), phases=[hypothesis.Phase.generate],
        )  # fmt: skip
        def every_case(case: schemathesis.Case, bearer: dict[str, str], signed_in: bool) -> None:
            nonlocal tried
            tried += 1
            keys, cookies = csrf_and_cookie(house) if signed_in else (bearer, {})
            answer = case.call(headers={**keys, "Accept-Encoding": "identity"}, cookies=cookies)
            case.validate_response(answer, checks=CHECKS)
            assert not signed_in or answer.status_code != 401, case.operation.label

        every_case(bearer=bearer, signed_in=signed_in)
    return tried


def csrf_and_cookie(house: House) -> tuple[dict[str, str], dict[str, str]]:
    """A new session as header and cookies: the WSGI transport drops a header named Cookie."""
    key = cookie(house)
    name, _, secret = key.pop("Cookie").partition("=")
    return key, {name: secret}


def cookie(house: House) -> dict[str, str]:
    """A session of its own: some cases sign out."""
    from tests.http.conftest import NOW

    secret, csrf = house.store.sessions.open(house.offices.accounts[WORKER].id, NOW)
    return {"Cookie": f"matcher_session={secret}", "X-CSRF-Token": csrf}


@pytest.mark.filterwarnings(*QUIET)
def test_no_case_breaks_the_service(house: House) -> None:
    assert fuzz(house, 8) > 150


@pytest.mark.deep
@pytest.mark.filterwarnings(*QUIET)
def test_no_case_of_ten_thousand_breaks_the_service(house: House) -> None:
    assert fuzz(house, 450) >= 10_000
