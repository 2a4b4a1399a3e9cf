"""Load on the HTTP service, on loopback, beside an empty Flask route in the same run; stops by itself.

    python benchmarks/service.py [--seconds N] [--vacancies N] [--offers N]

Suggestions for stored synthetic participants: database read, ranking, record written. Real vacancies from
MATCHER_SHARED where present, moved to the demo's region. Figures hold for this machine; the load generator runs on
the same cores.
"""

import argparse
import datetime as dt
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
PORT = 8499
DAY = dt.datetime(2022, 5, 2, 8, 0, tzinfo=dt.UTC)


def serve(folder: Path, vacancies: int, offers: int) -> None:
    """The service under gunicorn on a prepared store (in a process of its own)."""
    from flask import Flask
    from gunicorn.app.base import BaseApplication

    from benchmarks.suggest import engine
    from matcher.api import create_app
    from matcher.commands.serve import AT_ONCE, gunicorn_options
    from matcher.http.service import Service
    from matcher.store.service import open_service

    store = open_service(folder)
    built, _ = engine(vacancies, offers)
    service = Service(store, lambda _: built, clock=lambda: DAY, secure_cookies=False)
    app = create_app(service, AT_ONCE)
    service.engine()
    empty = Flask("empty")
    empty.add_url_rule("/empty", "empty", lambda: "ok")
    store.engine.dispose()

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in gunicorn_options("127.0.0.1", PORT, 2).items():
                self.cfg.set(name, value)

        def load(self) -> object:
            return lambda environ, start: (empty if environ["PATH_INFO"] == "/empty" else app)(environ, start)

    Application().run()


def prepare(folder: Path) -> tuple[list[str], str]:
    """The demo's participants in one caseload, and a token for it."""
    from matcher.paths import catalog_path
    from matcher.read.profile_file import read_profiles
    from matcher.store.service import open_service

    with open_service(folder) as store:
        account = store.accounts.create("load", None, "case_worker", ["nord"], "load", kind="machine")
        people = read_profiles(catalog_path() / "demo" / "participants.jsonl", today=DAY.date())
        scope = account.scope("load")
        ids = [store.people.create(scope, person, None, "nord").id for person in people]
        end = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
        _, secret = store.tokens.issue(account.id, ["suggestions:read"], end, "load")
    return ids, secret


def load(
    paths: list[str], headers: dict[str, str], rate: float, seconds: float, clients: int
) -> tuple[list[float], dict[int, int]]:
    """Open loop: requests begin when they are due; milliseconds of answers with 2xx and counts by status."""
    taken: list[float] = []
    statuses: dict[int, int] = {}
    guard, start, number = threading.Lock(), time.perf_counter() + 0.2, iter(range(10**9))

    def work() -> None:
        link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        while True:
            with guard:
                i = next(number)
            due = start + i / rate
            if due > start + seconds:
                return
            time.sleep(max(0.0, due - time.perf_counter()))
            path = paths[i % len(paths)]
            method = "POST" if headers else "GET"
            link.request(method, path, body=b'{"top": 10}' if headers else None, headers=headers)
            answer = link.getresponse()
            answer.read()
            with guard:
                statuses[answer.status] = statuses.get(answer.status, 0) + 1
                if answer.status < 300:
                    taken.append((time.perf_counter() - due) * 1000)

    workers = [threading.Thread(target=work) for _ in range(clients)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return taken, statuses


def tell(name: str, rate: float, seconds: float, found: tuple[list[float], dict[int, int]]) -> None:
    """One line."""
    taken, statuses = found
    p50, p95 = (float(np.percentile(taken, share)) if taken else float("nan") for share in (50, 95))
    print(
        f"{name:34s} asked {rate:5.0f}/s  answered {len(taken) / seconds:6.1f}/s  p50 {p50:7.1f} ms  p95 {p95:7.1f} ms  {statuses}"
    )


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--vacancies", type=int, default=5500)
    parser.add_argument("--offers", type=int, default=300)
    parser.add_argument("--serve", type=Path)
    asked = parser.parse_args()
    if asked.serve is not None:
        serve(asked.serve, asked.vacancies, asked.offers)
        return
    with tempfile.TemporaryDirectory() as folder:
        ids, secret = prepare(Path(folder))
        command = [sys.executable, "-m", "benchmarks.service", "--serve", folder,
                   "--vacancies", str(asked.vacancies), "--offers", str(asked.offers)]  # fmt: skip
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
        try:
            wait_until_ready()
            measure(ids, secret, asked.seconds)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)


def wait_until_ready() -> None:
    """Until the port answers."""
    for _ in range(600):
        try:
            link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            link.request("GET", "/readyz")
            if link.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The service did not start.")


def measure(ids: list[str], secret: str, seconds: float) -> None:
    """Empty route, 20 a second, rising rates, twice the sustained rate, recovery."""
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    paths = [f"/v1/participants/{one}/suggestions" for one in ids]
    tell("empty route", 500, seconds, load(["/empty"], {}, 500, seconds, 16))
    load(paths, headers, 20, 5, 8)
    tell("suggestion, stored participant", 20, seconds, load(paths, headers, 20, seconds, 8))
    best = 20.0
    for rate in (40, 60, 80, 100, 120, 150, 180):
        found = load(paths, headers, rate, seconds, 24)
        tell("suggestion, stored participant", rate, seconds, found)
        if len(found[0]) < 0.97 * rate * seconds:
            break
        best = rate
    tell("twice the sustained rate", 2 * best, seconds, load(paths, headers, 2 * best, seconds, 64))
    began = time.perf_counter()
    found = load(paths, headers, 20, 2, 8)
    tell(f"recovery, {time.perf_counter() - began:.1f} s later", 20, 2, found)
    print(json.dumps({"sustained": best}))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
