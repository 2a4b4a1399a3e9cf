"""`matcher serve` as a process: signs in over all workers, finishes what it has accepted, counts over all workers."""

import collections
import datetime as dt
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from matcher.commands.serve import AT_ONCE, THREADS, gunicorn_options
from matcher.store.service import open_service

ROOT = Path(__file__).parents[2]
WORKERS = 4
PASSWORD = "ein langes Kennwort"
pytestmark = pytest.mark.deep


@dataclass
class Server:
    """A running service."""

    process: subprocess.Popen[bytes]
    port: int
    token: str
    admin: str
    people: list[str]
    log: Path

    def ask(self, method: str, path: str, body: Any = None, token: str | None = None) -> tuple[int, bytes]:
        """One request on a connection of its own; OSError or HTTPException where the connection breaks."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            link.request(method, path, None if body is None else json.dumps(body), headers)
            answer = link.getresponse()
            return answer.status, answer.read()
        finally:
            link.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve") / "demo"
    command = [sys.executable, "-m", "matcher.cli", "demo", "--data", str(folder), "--json"]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return folder


@pytest.fixture
def server(demo: Path, tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "data"
    shutil.copytree(demo, folder)
    with open_service(folder) as store:
        account = store.accounts.create("ifk", PASSWORD, "case_worker", ["nord"], "ifk")
        admin = store.accounts.create("admin", None, "administrator", ["nord"], "admin")
        people = [one.id for one in store.store.participants()][:20]
        for one in people:
            store.people.assign(one, account.id, "nord")
        end = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
        token = store.tokens.issue(account.id, ["suggestions:read"], end, "t")[1]
        figures = store.tokens.issue(admin.id, ["metrics:read"], end, "m")[1]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    command = [sys.executable, "-m", "matcher.cli", "serve", "--data", str(folder), "--port", str(port),
               "--workers", str(WORKERS), "--plain-http", "--date", "2022-05-02"]  # fmt: skip
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, stderr=file, env={**os.environ, "TMPDIR": str(tmp_path)})
    found = Server(process, port, token, figures, people, log)
    try:
        wait(found)
        yield found
    finally:
        process.kill()
        process.wait()


def wait(server: Server) -> None:
    for _ in range(300):
        try:
            if server.ask("GET", "/readyz")[0] == 200:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        assert server.process.poll() is None, server.log.read_text()
    raise AssertionError(server.log.read_text())


def test_logins_are_limited_over_all_workers(server: Server) -> None:
    tries = [server.ask("POST", "/v1/session", {"login": "ifk", "password": f"falsch falsch {i}"})[0] for i in range(9)]
    assert tries[:5] == [401] * 5 and set(tries[5:]) == {429}
    assert server.ask("POST", "/v1/session", {"login": "ifk", "password": PASSWORD})[0] == 429


def test_sigterm_under_load_breaks_no_accepted_request(server: Server, tmp_path: Path) -> None:
    """Whoever was answered at all was answered whole; afterwards nobody is let in; the process ends by itself."""
    statuses: collections.Counter[int] = collections.Counter()
    broken: list[str] = []
    terminated = threading.Event()

    def work(start: int) -> None:
        for i in range(start, start + 10_000):
            path = f"/v1/participants/{server.people[i % len(server.people)]}/suggestions"
            try:
                status, body = server.ask("POST", path, {"top": 5}, server.token)
                statuses[status] += 1
                json.loads(body)
            except ConnectionRefusedError:
                return
            except (OSError, ValueError, http.client.HTTPException) as error:
                if not (terminated.is_set() and isinstance(error, ConnectionResetError)):
                    broken.append(repr(error))
                return

    threads = [threading.Thread(target=work, args=(1000 * i,)) for i in range(12)]
    for one in threads:
        one.start()
    time.sleep(4)
    terminated.set()
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=40) == 0
    for one in threads:
        one.join(30)
    assert not broken
    assert statuses[201] > 20 and set(statuses) <= {201, 429, 503}
    lines = [orjson.loads(line) for line in server.log.read_bytes().splitlines()]
    assert sum(line.get("status") == 201 for line in lines) == statuses[201]
    assert not list(tmp_path.glob("matcher-metrics-*"))


def test_figures_are_added_up_over_all_workers(server: Server) -> None:
    for _ in range(40):
        assert server.ask("GET", "/healthz")[0] == 200
    text = server.ask("GET", "/metrics", token=server.admin)[1].decode()
    line = next(one for one in text.splitlines() if one.startswith("matcher_requests_total") and "/healthz" in one)
    assert float(line.split()[-1]) == 40


def test_the_defaults_leave_room_to_say_no() -> None:
    """More threads than places: whoever finds none is told at once instead of waiting in a queue."""
    options = gunicorn_options("127.0.0.1", 1, 2)
    assert THREADS > AT_ONCE and options["graceful_timeout"] == 30 and options["preload_app"]
    assert options["max_requests"] > 0 and options["max_requests_jitter"] > 0 and options["timeout"] > 0
