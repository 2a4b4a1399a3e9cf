"""Killed before every single write, then run again: nothing lost, nothing doubled, the same day as undisturbed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from sqlalchemy import delete, func, select

from matcher.demo import DEMO_DATE, import_demo
from matcher.store import open_store
from matcher.store.daily_tables import AbstentionRow, DailyRunRow, ProposalRow
from matcher.store.engine import connect, reading, writing
from matcher.store.tables import ParticipantRow

pytestmark = pytest.mark.deep
ROOT = Path(__file__).parents[2]
KEPT = 24
"""A small office keeps this many participants, so that a run takes a second or two."""


def run(folder: Path, url: str | None, kill_at: int, *extra: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "MATCHER_DATA": str(folder)} | ({"MATCHER_DATABASE_URL": url} if url else {})
    arguments = ("--date", str(DEMO_DATE), "--method", "columns", "--json", *extra)
    return subprocess.run(
        [sys.executable, "-m", "tests.daily.kill_driver", str(kill_at), *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def office(url: str | None, tmp_path: Path) -> Path:
    """A small office with its pool already encoded."""
    with open_store(tmp_path, url) as store:
        import_demo(store)
        with writing(store.engine) as connection:
            connection.execute(delete(ParticipantRow).where(ParticipantRow.id > f"T{KEPT:04d}"))
    assert run(tmp_path, url, 0, "--dry-run").returncode == 0
    return tmp_path


def counts(folder: Path, url: str | None) -> tuple[int, ...]:
    with open_store(folder, url) as store, reading(store.engine) as connection:
        return tuple(
            int(connection.execute(select(func.count()).select_from(model)).scalar_one())
            for model in (DailyRunRow, ProposalRow, AbstentionRow)
        )


def test_killed_before_every_write(office: Path, url: str | None) -> None:
    dry = orjson.loads(run(office, url, 0, "--dry-run").stdout)
    kills = 0
    for number in range(1, 60):
        killed = run(office, url, number)
        if killed.returncode == 0:
            break
        assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
        kills += 1
        runs, proposals, abstentions = counts(office, url)
        assert (runs, proposals, abstentions) in ((0, 0, 0), (1, len(dry["proposals"]), len(dry["abstentions"])))
        again = run(office, url, 0)
        assert again.returncode == 0, again.stderr.decode()
        day = orjson.loads(again.stdout)
        assert day["proposals"] == dry["proposals"] and day["abstentions"] == dry["abstentions"]
        assert counts(office, url) == (1, len(dry["proposals"]), len(dry["abstentions"]))
        _forget(office, url)
    assert kills >= 6, "the switch did not strike"
    assert counts(office, url)[0] == 1


def _forget(folder: Path, url: str | None) -> None:
    """Take the recorded day back as the owner of the tables may, so that the next kill meets an open day."""
    owner = connect(folder, url, create=False)
    with writing(owner) as connection:
        for model in (AbstentionRow, ProposalRow, DailyRunRow):
            connection.execute(delete(model))
    owner.dispose()


def test_eight_starters_one_day(office: Path, url: str | None) -> None:
    environment = {**os.environ, "MATCHER_DATA": str(office)} | ({"MATCHER_DATABASE_URL": url} if url else {})
    command = [sys.executable, "-m", "tests.daily.kill_driver", "0", "--date", str(DEMO_DATE), "--method", "columns"]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(8)
    ]
    said = [process.communicate(timeout=180) for process in started]
    codes = [process.returncode for process in started]
    assert 0 in codes
    for code, (_, error) in zip(codes, said, strict=True):
        assert code == 0 or b"under way" in error, error.decode()
    runs, proposals, abstentions = counts(office, url)
    assert runs == 1 and proposals + abstentions == KEPT
