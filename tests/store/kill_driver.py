"""Kills a process before every single statement of a request that writes, asks again, and says what is there.

python -m tests.store.kill_driver FOLDER URL together|apart        prints {"kills": …, "faults": […]} as JSON
"""

import contextlib
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import orjson
from sqlalchemy import Engine, event, text

from matcher.store.engine import reading
from matcher.store.service import ServiceStore, open_service
from matcher.store.values import InProgress, Scope
from tests.store.offices import NOW, person, record

ROUTE, HASH, MOST = "POST /decide", "0" * 64, 80


class Switch:
    """Strikes before the n-th statement."""

    def __init__(self) -> None:
        self.wanted = self.seen = 0
        event.listen(Engine, "before_cursor_execute", lambda *_: self.strike())
        event.listen(Engine, "commit", lambda *_: self.strike())

    def strike(self) -> None:
        """One more statement is about to run."""
        self.seen += 1
        if self.seen == self.wanted:
            os.kill(os.getpid(), signal.SIGKILL)


def together(service: ServiceStore, scope: Scope, one: str, key: str) -> bytes:
    """The request as the service does it: key, record, decision and response in one transaction."""
    with service.together():
        found = service.idempotency.begin(key, scope.account_id, ROUTE, HASH, NOW)
        if found is not None:
            return found.body
        body = work(service, scope, one, key)
        service.idempotency.finish(key, scope.account_id, 201, body)
    return body


def apart(service: ServiceStore, scope: Scope, one: str, key: str) -> bytes:
    """The negative control: the same steps, each in a transaction of its own, the key looked up before."""
    found = service.idempotency.find(key, scope.account_id, ROUTE, HASH, NOW)
    if found is not None:
        return found.body
    body = work(service, scope, one, key)
    with contextlib.suppress(InProgress):
        service.idempotency.begin(key, scope.account_id, ROUTE, HASH, NOW)
    service.idempotency.finish(key, scope.account_id, 201, body)
    return body


def work(service: ServiceStore, scope: Scope, one: str, key: str) -> bytes:
    """A record and a decision about it; the purpose tells which request they came from."""
    written = service.records.write(replace(scope, purpose=key), record(one))
    return service.decisions.record(scope, one, written, "p1", "accepted", key, NOW).encode()


def effects(service: ServiceStore, key: str) -> tuple[int, int]:
    """How many records and decisions a request has left."""
    with reading(service.engine) as connection:
        return tuple(
            connection.execute(text(f"SELECT count(*) FROM {table} WHERE {column} = :key"), {"key": key}).scalar_one()  # noqa: S608
            for table, column in (("suggestion_records", "purpose"), ("decisions", "reason"))
        )  # type: ignore[return-value]


def main() -> None:
    """Kill before statement 1, 2, 3 … until the request survives."""
    folder, url, way = Path(sys.argv[1]), sys.argv[2] or None, {"together": together, "apart": apart}[sys.argv[3]]
    service, switch = open_service(folder, url), Switch()
    scope = service.accounts.create("ada", None, "case_worker", ["nord"], "A").scope(human=True)
    one = service.people.create(scope, person(), None, "nord").id
    faults: list[str] = []
    for number in range(1, MOST):
        key = f"key-{number}"
        child = os.fork()
        if child == 0:
            switch.seen, switch.wanted = 0, number
            way(service, scope, one, key)
            switch.strike()  # answered, but nobody heard it
            os._exit(0)
        killed = os.WTERMSIG(status) if os.WIFSIGNALED(status := os.waitpid(child, 0)[1]) else 0
        if killed != signal.SIGKILL:
            break
        if effects(service, key) not in ((0, 0), (1, 1)):
            faults.append(f"{number}: half done {effects(service, key)}")
        if way(service, scope, one, key) != way(service, scope, one, key) or effects(service, key) != (1, 1):
            faults.append(f"{number}: after asking again {effects(service, key)}")
    print(orjson.dumps({"kills": number - 1, "faults": faults}).decode())


if __name__ == "__main__":
    main()
