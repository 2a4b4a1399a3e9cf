"""One key, one effect: repeated, at once, interrupted; keys and work last together."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from matcher.store.engine import reading
from matcher.store.limits import limits
from matcher.store.service import ServiceStore, open_service
from matcher.store.transaction import Unstorable
from matcher.store.values import Conflict, InProgress, StoredResponse
from tests.store.offices import NOW, Offices, build, record

ROUTE, HASH = "POST /v1/participants/{id}/suggestions", "0" * 64
DONE = StoredResponse(status=201, body=b'{"id":"r1"}')


@pytest.fixture
def offices(service: ServiceStore) -> Offices:
    return build(service, per_worker=1)


def test_the_same_key_gets_the_same_response(service: ServiceStore, offices: Offices) -> None:
    again, mine, other = service.idempotency, offices.accounts["nord-0"].id, offices.accounts["nord-1"].id
    assert again.find("k", mine, ROUTE, HASH, NOW) is None
    assert again.begin("k", mine, ROUTE, HASH, NOW) is None
    assert again.find("k", mine, ROUTE, HASH, NOW) is None
    again.finish("k", mine, DONE.status, DONE.body)
    assert again.begin("k", mine, ROUTE, HASH, NOW) == again.find("k", mine, ROUTE, HASH, NOW) == DONE
    assert again.begin("k", other, ROUTE, HASH, NOW) is None, "keys of two accounts are two keys"
    for route, body in ((ROUTE, "1" * 64), ("POST /elsewhere", HASH)):
        with pytest.raises(Conflict):
            again.begin("k", mine, route, body, NOW)
        with pytest.raises(Conflict):
            again.find("k", mine, route, body, NOW)


def test_an_abandoned_request_is_taken_over_after_a_while(service: ServiceStore, offices: Offices) -> None:
    again, mine = service.idempotency, offices.accounts["nord-0"].id
    service.idempotency.begin("other", mine, ROUTE, HASH, NOW)
    assert again.begin("k", mine, ROUTE, HASH, NOW) is None
    with pytest.raises(InProgress) as caught:
        again.begin("k", mine, ROUTE, HASH, NOW + dt.timedelta(seconds=20))
    assert 1 <= caught.value.retry_after <= 40
    assert again.begin("k", mine, ROUTE, HASH, NOW + limits().taken_over_after) is None
    with pytest.raises(InProgress):
        again.begin("k", mine, ROUTE, HASH, NOW + limits().taken_over_after)
    again.give_up("k", mine)
    assert again.begin("k", mine, ROUTE, HASH, NOW) is None


def test_stored_responses_expire(service: ServiceStore, offices: Offices) -> None:
    """An old answer is none any more, and it is deleted when the next key is taken, whoever takes it."""
    again, mine, other = service.idempotency, offices.accounts["nord-0"].id, offices.accounts["nord-1"].id
    end = NOW + limits().responses_kept
    for key, at in (("old", NOW), ("new", NOW + dt.timedelta(hours=1))):
        again.begin(key, mine, ROUTE, HASH, at)
        again.finish(key, mine, DONE.status, DONE.body)
    assert again.find("old", mine, ROUTE, HASH, end) == DONE
    later = end + dt.timedelta(seconds=1)
    assert again.find("old", mine, ROUTE, HASH, later) is None
    assert again.begin("another", other, ROUTE, HASH, later) is None
    assert keys(service) == {"new", "another"}
    assert again.begin("new", mine, ROUTE, HASH, later) == DONE
    assert again.begin("old", mine, "POST /elsewhere", HASH, later) is None


def keys(service: ServiceStore) -> set[str]:
    with reading(service.engine) as connection:
        return set(connection.execute(text("SELECT key FROM idempotency_keys")).scalars())


def test_together_everything_or_nothing(service: ServiceStore, offices: Offices) -> None:
    scope, one = offices.scope("nord-0"), offices.people["nord-0"][0]
    with pytest.raises(ZeroDivisionError), service.together():
        assert service.idempotency.begin("k", scope.account_id, ROUTE, HASH, NOW) is None
        service.records.write(scope, record(one))
        raise ZeroDivisionError
    assert service.records.latest(scope, one) is None
    with service.together():
        assert service.idempotency.begin("k", scope.account_id, ROUTE, HASH, NOW) is None
        service.records.write(scope, record(one))
        service.idempotency.finish("k", scope.account_id, DONE.status, DONE.body)
    assert service.idempotency.find("k", scope.account_id, ROUTE, HASH, NOW) == DONE


def test_a_transaction_that_reads_does_not_write(service: ServiceStore, offices: Offices) -> None:
    scope, one = offices.scope("nord-0"), offices.people["nord-0"][0]
    with service.together(write=False):
        assert service.people.get(scope, one)
        with pytest.raises(RuntimeError):
            service.records.write(scope, record(one))


def test_eight_requests_at_once_work_once(
    service: ServiceStore, offices: Offices, url: str | None, tmp_path: Path
) -> None:
    scope, one = offices.scope("nord-0"), offices.people["nord-0"][0]

    def ask(_: int) -> StoredResponse:
        with open_service(tmp_path, url) as own, own.together():
            found = own.idempotency.begin("k", scope.account_id, ROUTE, HASH, NOW)
            if found is not None:
                return found
            body = own.records.write(scope, record(one)).encode()
            own.idempotency.finish("k", scope.account_id, 201, body)
            return StoredResponse(status=201, body=body)

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(8)))
    assert len(answers) == 1
    with reading(service.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM suggestion_records")).scalar_one() == 1


def test_texts_the_database_cannot_hold(service: ServiceStore, offices: Offices) -> None:
    """PostgreSQL has no NUL in texts, neither database half a character: refused, never an unexplained fault."""
    mine = offices.accounts["nord-0"].id
    with pytest.raises(Unstorable):
        service.idempotency.begin("\ud800", mine, ROUTE, HASH, NOW)
    if service.engine.dialect.name == "postgresql":
        with pytest.raises(Unstorable):
            service.idempotency.begin("a\x00", mine, ROUTE, HASH, NOW)
