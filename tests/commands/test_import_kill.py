"""An import that is killed at any moment has taken over everything or nothing."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from matcher.store import Counts, open_store
from tests.read.shared import ROOT

ROWS = 2_000
STEPS = 5
RUN = "from matcher.commands.import_ import command; command(['vacancies', '{file}', '--data', '{data}'])"


@pytest.mark.deep
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_import_leaves_all_or_nothing(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("refnr;Stellentitel\n" + "".join(f"v{n};Stelle {n}\n" for n in range(ROWS)), "utf-8")
    started = time.monotonic()
    _run(file, tmp_path / "whole").wait()
    whole = time.monotonic() - started
    seen = set()
    for step in range(STEPS):
        data = tmp_path / f"killed-{step}"
        process = _run(file, data)
        time.sleep(whole * (0.4 + 0.6 * step / STEPS))
        process.send_signal(signal.SIGKILL)
        process.wait()
        with open_store(data) as store:
            count = store.count("vacancies")
        assert count in (0, ROWS)
        seen.add(count)
        _run(file, data).wait()
        with open_store(data) as store:
            assert store.count("vacancies") == ROWS
            assert store.save_vacancies(store.vacancies()) == Counts(0, 0, ROWS)
    assert 0 in seen


def _run(file: Path, data: Path) -> "subprocess.Popen[bytes]":
    code = RUN.format(file=file, data=data)
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.DEVNULL)
