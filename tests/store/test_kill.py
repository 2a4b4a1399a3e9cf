"""Killed before every statement of a request, then asked again: nothing lost, nothing doubled. Source: TRUST 22."""

import subprocess
import sys
from pathlib import Path

import orjson
import pytest

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.deep,
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
]


def run(folder: Path, url: str | None, way: str) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.store.kill_driver", str(folder), url or "", way]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    return dict(orjson.loads(done.stdout))


def test_one_transaction_survives_every_kill(url: str | None, tmp_path: Path) -> None:
    found = run(tmp_path, url, "together")
    assert found["faults"] == []
    assert int(str(found["kills"])) >= 7, "the switch did not strike"


def test_the_test_sees_a_request_that_is_not_one_transaction(url: str | None, tmp_path: Path) -> None:
    assert run(tmp_path, url, "apart")["faults"], "the negative control came through clean"
