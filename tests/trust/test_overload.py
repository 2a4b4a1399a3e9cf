"""Twice the load the service takes: whoever is not served is told when to come back, and it recovers. TRUST 42."""

import collections
import datetime as dt
import http.client
import json
import threading
import time
from itertools import cycle, islice

import pytest

from matcher.commands.serve import AT_ONCE
from matcher.store.service import open_service
from tests.http.test_serve import WORKERS, Server, demo, server

__all__ = ["demo", "server"]
pytestmark = pytest.mark.deep
TWICE = 2 * WORKERS * AT_ONCE
CASE_WORKERS = 60
SECONDS_OF_LOAD = 10
RECOVERY_SECONDS = 30


def ask(server: Server, token: str, person: str) -> tuple[int, str | None, bytes]:
    """Status, Retry-After and body of one question on a connection of its own."""
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    try:
        link.request("POST", f"/v1/participants/{person}/suggestions", json.dumps({"top": 5}), headers)
        answer = link.getresponse()
        return answer.status, answer.headers["Retry-After"], answer.read()
    finally:
        link.close()


@pytest.fixture
def askers(server: Server) -> list[tuple[str, str]]:
    """Case workers with one person each; several may ask in one's name, within the allowance."""
    folder = server.log.parent / "data"
    with open_service(folder) as store:
        everybody = [one.id for one in store.store.participants()]
        end = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
        found = []
        for number in range(CASE_WORKERS):
            account = store.accounts.create(f"w{number}", None, "case_worker", ["nord"], f"W{number}")
            store.people.assign(everybody[20 + number], account.id, "nord")
            token = store.tokens.issue(account.id, ["suggestions:read"], end, "t")[1]
            found.append((token, everybody[20 + number]))
    return found


def test_twice_the_load_is_refused_with_a_time_and_recovers(server: Server, askers: list[tuple[str, str]]) -> None:
    statuses: collections.Counter[int] = collections.Counter()
    wrong: list[object] = []
    stop = time.monotonic() + SECONDS_OF_LOAD

    def work(token: str, person: str) -> None:
        while time.monotonic() < stop:
            try:
                status, retry, body = ask(server, token, person)
                statuses[status] += 1
                json.loads(body)
                if status != 201 and not (status in {429, 503} and retry is not None and int(retry) >= 1):
                    wrong.append((status, retry))
            except (OSError, ValueError, http.client.HTTPException) as error:
                wrong.append(repr(error))

    threads = [threading.Thread(target=work, args=one) for one in islice(cycle(askers), TWICE)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(90)
    assert not wrong, wrong[:5]
    assert statuses[201] > 50 and statuses[503] + statuses[429] > 0, statuses
    calm = time.monotonic() + RECOVERY_SECONDS
    while (found := ask(server, *askers[0])[0]) != 201 and time.monotonic() < calm:
        time.sleep(0.2)
    assert found == 201
    assert [ask(server, *one)[0] for one in askers[:12]] == [201] * 12
    assert server.process.poll() is None
