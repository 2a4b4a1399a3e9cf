"""`matcher serve` as a process: signs in over all workers, finishes what it has accepted, counts over all workers."""

import collections
import contextlib
import dataclasses
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
from matcher.http.frame import HEADERS
from matcher.store.limits import limits
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
    """A service of one's own."""
    yield from serving(demo, tmp_path)


@pytest.fixture(scope="module")
def one_server(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One service for tests that leave it as it is."""
    yield from serving(demo, tmp_path_factory.mktemp("one"))


def serving(demo: Path, tmp_path: Path) -> Iterator[Server]:
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


def test_a_renewed_worker_begins_with_the_lists_of_today(server: Server, tmp_path: Path) -> None:
    """Everything is read anew before a new worker's first answer, however old the service is."""
    with open_service(tmp_path / "data") as store:
        offers = store.store.offers()
        store.store.save_offers([dataclasses.replace(offers[0], note="seit heute anders")])
        wanted = store.store.version("offers")[:16]
    before = children(server.process.pid)
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    seen: list[str] = []
    for _ in range(400):
        with contextlib.suppress(OSError, http.client.HTTPException):
            status, body = server.ask("GET", "/readyz")
            assert status == 200
            seen.append(json.loads(body)["versions"]["offers"])
        if len(seen) >= 40:
            break
        time.sleep(0.05)
    assert len(children(server.process.pid)) == WORKERS and not before & children(server.process.pid)
    assert len(seen) >= 40 and set(seen) == {wanted}


@pytest.fixture
def stalled(server: Server) -> Iterator[list[socket.socket]]:
    """More connections than all workers have threads, each with a request that never comes whole."""
    head = b"POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    made = []
    for number in range(2 * THREADS * WORKERS):
        made.append(socket.create_connection(("127.0.0.1", server.port)))
        made[-1].sendall(head if number % 2 else b"GET /healthz HTTP/1.1\r\nHo")
    yield made
    for one in made:
        one.close()


def test_stalled_connections_hold_no_thread_for_long(server: Server, stalled: list[socket.socket]) -> None:
    time.sleep(limits().read_seconds + 1)
    began = time.monotonic()
    assert server.ask("GET", "/healthz")[0] == 200
    assert time.monotonic() - began < 5
    answers = collections.Counter(whole(one)[:12] for one in stalled)
    assert set(answers) <= {b"HTTP/1.1 408", b"HTTP/1.1 503", b""}
    assert answers[b"HTTP/1.1 408"] >= AT_ONCE and answers[b""] >= THREADS


def test_a_body_that_drips_has_an_end(server: Server) -> None:
    link = socket.create_connection(("127.0.0.1", server.port))
    link.sendall(
        b"POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
    )
    began = time.monotonic()
    with contextlib.suppress(OSError):
        for _ in range(100):
            link.sendall(b" ")
            time.sleep(0.5)
            if time.monotonic() - began > 2 * limits().read_seconds:
                break
    assert time.monotonic() - began < 2 * limits().read_seconds, "the connection was closed meanwhile"
    link.close()


def whole(link: socket.socket) -> bytes:
    """Everything that comes until the connection ends."""
    link.settimeout(20)
    found = b""
    with contextlib.suppress(ConnectionResetError):
        while part := link.recv(4096):
            found += part
    return found


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nAuthorization Bearer mt_QQSECRETQQ\r\n\r\n", 400),
        (b"QQSECRETQQ\r\n\r\n", 400),
        (b"GET /v1/participants/QQSECRETQQ HTTP/9.9\r\nHost: x\r\n\r\n", 400),
        (b"GET /" + b"QQSECRETQQ" * 300 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\n" + b"X-A: QQSECRETQQ\r\n" * 60 + b"\r\n", 431),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: QQSECRETQQ\r\n\r\n", 501),
        (b"POST / HTTP/1.1\r\nHost: x\r\nExpect: QQSECRETQQ\r\n\r\n", 417),
    ],
)
def test_what_is_no_request_is_a_problem_too(one_server: Server, sent: bytes, status: int) -> None:
    """Nothing of it is repeated, in the answer or in the log, which may hold a token."""
    with socket.create_connection(("127.0.0.1", one_server.port)) as link:
        link.sendall(sent)
        head, _, body = whole(link).partition(b"\r\n\r\n")
    found = json.loads(body)
    assert head.startswith(f"HTTP/1.1 {status} ".encode()) and found["status"] == status
    assert found["title"] and found["detail"] and b"application/problem+json" in head
    headers = {name.lower() for name, _, _ in (line.partition(":") for line in head.decode().split("\r\n")[1:])}
    assert headers >= {name.lower() for name in HEADERS}
    assert found["request_id"] in head.decode() and found["request_id"] in one_server.log.read_text()
    assert "QQSECRETQQ" not in (head + body).decode() + one_server.log.read_text()


def children(process: int) -> set[int]:
    """The processes that this one has started."""
    return {int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()}


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
