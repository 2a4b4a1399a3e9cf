"""Load on the HTTP service, on loopback, beside an empty Flask route in the same run; stops by itself.

    python benchmarks/service.py [--seconds N] [--vacancies N] [--offers N] [--database URL]

Suggestions for stored synthetic participants: token checked, database read, ranking, record written. Real vacancies
from MATCHER_SHARED where present, moved to the demo's region. Twenty case workers ask for ten persons each. Figures
hold for this machine; the load generator runs on the same cores.
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
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.load import Found, load, request  # noqa: E402

PORT = 8499
DAY = dt.date(2022, 5, 2)
WORKERS = 20
CLIENTS = 48
RATES = (40, 60, 80, 90, 100, 110, 120, 135, 150, 170, 200, 240)
QUIET_SECONDS = 1.0


def serve(folder: Path, vacancies: int, offers: int, database: str | None) -> None:
    """The service under gunicorn on a prepared store (in a process of its own)."""
    from flask import Flask

    from benchmarks.suggest import engine
    from matcher.commands.serve import AT_ONCE, COLLECT_AFTER, gunicorn_options, run_server

    def build() -> object:
        import gc

        from matcher.api import create_app
        from matcher.http.service import Service
        from matcher.store.service import open_service

        store = open_service(folder, database)
        built, _ = engine(vacancies, offers)
        service = Service(store, lambda _: built, day=DAY, secure_cookies=False)
        app = create_app(service, AT_ONCE, limited=True)
        service.engine()
        empty = Flask("empty")
        empty.add_url_rule("/empty", "empty", lambda: "ok")
        store.engine.dispose()
        gc.collect()
        gc.freeze()
        gc.set_threshold(COLLECT_AFTER)
        return lambda environ, start: (empty if environ["PATH_INFO"] == "/empty" else app)(environ, start)

    run_server(gunicorn_options("127.0.0.1", PORT, 2), build)


def prepare(folder: Path, database: str | None = None) -> list[tuple[str, str]]:
    """The demo's participants in twenty caseloads: (participant, token of the case worker)."""
    from matcher.paths import catalog_path
    from matcher.read.profile_file import read_profiles
    from matcher.store.service import open_service

    people = read_profiles(catalog_path() / "demo" / "participants.jsonl", today=DAY)
    end, found = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2), []
    with open_service(folder, database) as store:
        for number in range(WORKERS):
            account = store.accounts.create(f"load{number}", None, "case_worker", ["nord"], "load", kind="machine")
            _, secret = store.tokens.issue(account.id, ["suggestions:read"], end, "load")
            scope = account.scope("load")
            found += [(store.people.create(scope, one, None, "nord").id, secret) for one in people[number::WORKERS]]
    return found


def tell(name: str, rate: float, seconds: float, found: Found) -> None:
    """One line."""
    print(
        f"{name:34s} asked {rate:5.0f}/s  answered {len(found.taken) / seconds:6.1f}/s"
        f"  p50 {found.at(50):7.1f} ms  p95 {found.at(95):7.1f} ms  {dict(found.statuses)}",
        flush=True,
    )


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--vacancies", type=int, default=5500)
    parser.add_argument("--offers", type=int, default=300)
    parser.add_argument("--database", help="database instead of an embedded file, to be thrown away afterwards")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve is not None:
        serve(asked.serve, asked.vacancies, asked.offers, asked.database)
        return
    with tempfile.TemporaryDirectory() as folder:
        pairs = prepare(Path(folder), asked.database)
        command = [sys.executable, "-m", "benchmarks.service", "--serve", folder, "--vacancies", str(asked.vacancies),
                   "--offers", str(asked.offers), *(["--database", asked.database] if asked.database else [])]  # fmt: skip
        with (Path(folder) / "log").open("wb") as log:
            server = subprocess.Popen(command, cwd=ROOT, stderr=log, env={**os.environ, "PYTHONPATH": str(ROOT)})
            try:
                wait_until_ready(server)
                measure(pairs, asked.seconds)
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(timeout=60)


def wait_until_ready(server: "subprocess.Popen[bytes]") -> None:
    """Until the port answers."""
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            link.request("GET", "/readyz")
            if link.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The service did not start.")


def measure(pairs: list[tuple[str, str]], seconds: float) -> None:
    """Empty route, 20 a second, rising rates, twice the sustained rate, recovery."""
    body = b'{"top": 10}'
    asks = [request("POST", f"/v1/participants/{one}/suggestions", body, token) for one, token in pairs]
    empty = load(PORT, [request("GET", "/empty")], 20, seconds, 8)
    tell("empty route", 20, seconds, empty)
    tell("empty route", 500, seconds, load(PORT, [request("GET", "/empty")], 500, seconds, 16))
    load(PORT, asks, 20, 5, 8)
    calm = load(PORT, asks, 20, seconds, 8)
    tell("suggestion, stored participant", 20, seconds, calm)
    best = 20.0
    for rate in RATES:
        found = load(PORT, asks, rate, seconds, CLIENTS)
        tell("suggestion, stored participant", rate, seconds, found)
        if len(found.taken) < 0.97 * rate * seconds:
            break
        best = rate
    crowd = load(PORT, asks, 2 * best, seconds, 2 * CLIENTS)
    tell("twice the sustained rate", 2 * best, seconds, crowd)
    again = recovery(asks, calm.at(95))
    print(
        json.dumps(
            {
                "p95_ms_at_20": round(calm.at(95), 1),
                "times_empty_route": round(calm.at(50) / empty.at(50), 1),
                "sustained_per_second": best,
                "overload_p95_ms": round(crowd.at(95), 1),
                "recovery_seconds": again,
            }
        )
    )


def recovery(asks: list[bytes], calm: float) -> float:
    """Seconds after the overload until a whole second at 20/s is answered as calmly as before (at most half more)."""
    began = time.perf_counter()
    while time.perf_counter() - began < 60:
        found = load(PORT, asks, 20, QUIET_SECONDS, 8)
        if found.statuses.keys() <= {200, 201} and found.at(95) <= 1.5 * calm:
            return round(time.perf_counter() - began - QUIET_SECONDS, 1)
    return float("inf")


if __name__ == "__main__":
    main()
