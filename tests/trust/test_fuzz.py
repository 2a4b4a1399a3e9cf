"""Schemathesis: nothing is answered without its credentials, and no chain of requests breaks the service. TRUST 38.

Single requests are fuzzed in tests/http/test_fuzz.py; here credentials are taken away, and answers lead to requests.
"""

from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation.stateful import run_state_machine_as_test
from schemathesis.specs.openapi import checks

from tests.http.conftest import NOW, House
from tests.http.test_access import MATRIX
from tests.http.test_fuzz import CHECKS, QUIET, cookie

WORKER = "nord-0"
DAY = NOW.date().isoformat()
pytestmark = [pytest.mark.filterwarnings(one) for one in QUIET]


def login(house: House, operation: Any) -> dict[str, Any]:
    """Credentials as the operation asks for them, as arguments of a call."""
    sent = {"Accept-Encoding": "identity"}
    if operation.definition.raw["security"] == [{"session": []}]:
        key = cookie(house)
        name, _, secret = key["Cookie"].partition("=")
        return {"headers": {**sent, "X-CSRF-Token": key["X-CSRF-Token"]}, "cookies": {name: secret}}
    client = house.machine("administrator" if operation.path == "/metrics" else WORKER)
    return {"headers": {**sent, "Authorization": client.environ_base["HTTP_AUTHORIZATION"]}}


def explicit(keys: dict[str, Any]) -> dict[str, Any]:
    """The same for the check: these credentials were given on purpose and hold."""
    return {**keys["headers"], **({"Cookie": keys["cookies"]} if "cookies" in keys else {})}


def valid(house: House) -> dict[str, Any]:
    """Ids of what the case worker may see, and what must be sent with them."""
    client, person = house.client(WORKER), house.offices.people[WORKER][0]
    etag = client.get(f"/v1/participants/{person}").headers["ETag"]
    asked = client.post(f"/v1/participants/{person}/suggestions", json={"top": 1}).get_json()
    item = asked["answer"]["measures"]["suggestions"][0]["id"]

    def first(path: str) -> str:
        return str(client.get(path).get_json()["items"][0]["id"])

    decision = {"record_id": asked["record_id"], "item_id": item, "decision": "accepted", "reason": "passt"}
    return {
        "ids": {
            "participant_id": person,
            "record_id": asked["record_id"],
            "vacancy_id": first("/v1/vacancies"),
            "offer_id": first("/v1/offers"),
            "programme_id": first("/v1/programmes"),
            "run_id": first("/v1/daily/runs"),
            "proposal_id": first(f"/v1/daily/proposals?day={DAY}"),
        },
        "bodies": {"/v1/participants/{participant_id}/decisions": decision},
        "headers": {"If-Match": etag},
    }


def valid_case(operation: Any, known: dict[str, Any]) -> Any:
    """A request that succeeds."""
    parameters = operation.definition.raw.get("parameters", ())
    path = {one["name"]: known["ids"][one["name"]] for one in parameters if one["in"] == "path"}
    query = {one["name"]: DAY for one in parameters if one["name"] == "day"}
    body = {}
    if "requestBody" in operation.definition.raw:
        content = operation.definition.raw["requestBody"]["content"]["application/json"]
        example = content["examples"]["example"]["value"]
        body = {"body": known["bodies"].get(operation.path, example), "media_type": "application/json"}
    return operation.Case(path_parameters=path, query=query, **body)


def operations(house: House) -> list[Any]:
    return [found.ok() for found in schemathesis.openapi.from_wsgi("/v1/openapi.json", house.app).get_all_operations()]


def test_no_operation_ignores_missing_or_wrong_credentials(house: House) -> None:
    known, confirmed = valid(house), set()
    for operation in operations(house):
        if operation.definition.raw["security"] == []:
            continue
        case, keys = valid_case(operation, known), login(house, operation)
        answer = case.call(**{**keys, "headers": {**keys["headers"], **known["headers"]}})
        assert 200 <= answer.status_code < 300, (operation.label, answer.content[:200])
        case.validate_response(answer, checks=[*CHECKS, checks.ignored_auth], headers=explicit(keys))
        confirmed.add((operation.path.replace("{", "<").replace("}", ">"), operation.method.upper()))
    assert confirmed == {key for key, row in MATRIX.items() if row["nobody"] == "no"}


def test_the_check_sees_an_operation_that_ignores_them(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: a guard that lets everybody in is found out."""
    from matcher.http import access

    operation = next(one for one in operations(house) if one.label == "GET /v1/programmes")
    keys = login(house, operation)
    account = house.offices.accounts[WORKER]
    monkeypatch.setattr(access, "_bearer", lambda: (account, frozenset({"catalogue:read"}), None))
    case = operation.Case()
    answer = case.call(**keys)
    with pytest.raises(FailureGroup, match="authentication"):
        case.validate_response(answer, checks=[checks.ignored_auth], headers=explicit(keys))


def test_what_only_persons_may_do_is_fuzzed_signed_in(house: House) -> None:
    statuses: dict[str, set[int]] = {}
    for number, operation in enumerate(operations(house)):
        if operation.definition.raw["security"] != [{"session": []}]:
            continue

        @hypothesis.seed(number)
        @hypothesis.given(case=operation.as_strategy())
        @hypothesis.settings(max_examples=25, deadline=None, database=None, derandomize=True,
                             suppress_health_check=list(hypothesis.HealthCheck), phases=[hypothesis.Phase.generate])  # fmt: skip
        def every_case(case: schemathesis.Case, operation: Any) -> None:
            answer = case.call(**login(house, operation))
            case.validate_response(answer, checks=[not_a_server_error, *CHECKS])
            statuses.setdefault(operation.label, set()).add(answer.status_code)

        every_case(operation=operation)
    assert len(statuses) == 4 and not any(401 in found for found in statuses.values()), statuses


def machine(house: House, reached: set[tuple[str, int]]) -> Any:
    """The state machine of the description; links between requests are inferred from it."""
    schema = schemathesis.openapi.from_wsgi("/v1/openapi.json", house.app)

    class Service(schema.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return login(house, case.operation)

        def validate_response(self, response: Any, case: Any, *_rest: Any, **_more: Any) -> None:
            reached.add((case.operation.label, response.status_code))
            every = [not_a_server_error, *CHECKS, checks.use_after_free, checks.ensure_resource_availability]
            case.validate_response(response, checks=every)

    return Service


def run(house: House, examples: int, steps: int) -> set[tuple[str, int]]:
    reached: set[tuple[str, int]] = set()
    run_state_machine_as_test(
        machine(house, reached),
        settings=hypothesis.settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None, derandomize=examples < 100,
            suppress_health_check=list(hypothesis.HealthCheck), phases=[hypothesis.Phase.generate],
        ),
    )  # fmt: skip
    return reached


def test_no_chain_of_requests_breaks_the_service(house: House) -> None:
    reached = run(house, 15, 8)
    assert len(reached) > 10, reached


@pytest.mark.deep
def test_no_long_chain_of_requests_breaks_the_service(house: House) -> None:
    reached = run(house, 60, 12)
    assert len({label for label, status in reached if status < 300}) >= 6, reached
