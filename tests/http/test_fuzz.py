"""Schemathesis over every operation of the description: no server error, every answer JSON or a problem. TRUST 38."""

import hypothesis
import pytest
import schemathesis

from tests.http.conftest import House

WORKER = "nord-0"


def fuzz(house: House, examples: int) -> int:
    """So many cases per operation; returns how many were tried."""
    schema = schemathesis.openapi.from_wsgi("/v1/openapi.json", house.app)
    headers = {"Authorization": house.machine(WORKER).environ_base["HTTP_AUTHORIZATION"]}
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @hypothesis.given(case=operation.as_strategy())
        @hypothesis.settings(
            max_examples=examples, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(hypothesis.HealthCheck),
        )  # fmt: skip
        def every_case(case: schemathesis.Case) -> None:
            nonlocal tried
            tried += 1
            answer = case.call(headers=headers)
            assert answer.status_code < 500, (case.method, case.path, answer.status_code)
            kind = str(answer.headers.get("content-type", [""])[0])
            assert answer.status_code == 204 or kind.startswith(("application/json", "application/problem+json"))

        every_case()
    return tried


@pytest.mark.filterwarnings("ignore::DeprecationWarning:schemathesis", "ignore::DeprecationWarning:jsonschema")
def test_no_case_breaks_the_service(house: House) -> None:
    assert fuzz(house, 15) > 100


@pytest.mark.deep
@pytest.mark.filterwarnings("ignore::DeprecationWarning:schemathesis", "ignore::DeprecationWarning:jsonschema")
def test_no_case_of_ten_thousand_breaks_the_service(house: House) -> None:
    assert fuzz(house, 1200) >= 10_000
