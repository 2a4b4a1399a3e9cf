"""Hostile input is refused before it costs anything, by every reader and by the service, which goes on. TRUST 27."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from matcher.read.safe import MEGABYTE
from tests.hostile.test_files import FILES, workbook
from tests.http.conftest import House
from tests.trust.source import ROOT

MEMORY = 450 * MEGABYTE
SECONDS = 2.0
"""Of processor time for one file: waiting for a busy machine does not count."""


@pytest.mark.skipif(sys.platform == "win32", reason="memory limits need the resource module")
def test_every_reader_refuses_every_hostile_file_within_two_seconds(tmp_path: Path) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    for name, make in FILES.items():
        make(folder / name)
    ordinary = workbook(tmp_path / "ordinary.xlsx")
    command = [sys.executable, "-m", "tests.trust.hostile_driver", str(MEMORY), str(folder), str(ordinary)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    *rows, last = json.loads(done.stdout)
    assert len(rows) == len(FILES) * 9
    assert [row for row in rows if row[2] not in {"UnsafeFile", "InputProblems"}] == []
    assert [row for row in rows if row[3] >= SECONDS] == []
    assert last[2] == "read", "the process was harmed"


BODIES: dict[str, bytes] = {
    "endless number": b'{"profile": {"age": ' + b"9" * 900_000 + b"}}",
    "huge exponent": b'{"profile": {"age": 1e999999}}',
    "not a number": b'{"profile": {"age": NaN}}',
    "many keys": b'{"profile": {' + b",".join(b'"k%d":1' % n for n in range(80_000)) + b"}}",
    "many children": b'{"profile": {"children": [' + b",".join([b'{"age":1}'] * 90_000) + b"]}}",
    "half a character": b'{"profile": {"wishes": "\\ud800"}}',
    "nul": b'{"profile": {"wishes": "a\\u0000b"}}',
    "not utf-8": b'{"profile": {"wishes": "\xff\xfe"}}',
    "nested lists": b'{"profile": {"age": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
    "nested objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "lists as deep as may be": b'{"profile": {"age": ' + b"[" * 1_000 + b"]" * 1_000 + b"}}",
    "JSON in a text": b'"{\\"profile\\": {\\"age\\": ' + b"9" * 400 + b'}}"',
    "many titles": b'{"profile": {"target_occupations": ['
    + b",".join(b'"Beruf %d"' % n for n in range(2_000))
    + b"]}}",
    "long titles": b'{"profile": {"target_occupations": [' + b",".join([b'"' + b"ab " * 666 + b'"'] * 100) + b"]}}",
    "doubled keys": b'{"profile": {"age": 3, "age": "x"}, "profile": []}',
}


@pytest.mark.parametrize("name", BODIES)
def test_hostile_bodies_cost_little_and_the_service_goes_on(house: House, name: str) -> None:
    from tests.trust.hostile_driver import spent

    client, began = house.client("nord-0"), spent()
    answer = client.post("/v1/suggestions", data=BODIES[name], content_type="application/json")
    assert answer.status_code in {400, 413, 422}, answer.data[:300]
    assert answer.mimetype == "application/problem+json"
    assert spent() - began < SECONDS
    assert client.post("/v1/suggestions", json={"profile": {"age": 30}, "top": 1}).status_code == 200


@pytest.mark.parametrize("depth", [900, 1_000, 1_024, 1_100, 100_000])
def test_nested_bodies_are_refused_before_anybody_has_signed_in(house: House, depth: int) -> None:
    for body in (b"[" * depth + b"]" * depth, b'{"a":' * depth + b"1" + b"}" * depth):
        answer = house.client().post("/v1/session", data=body, content_type="application/json")
        assert answer.status_code == 422 and answer.mimetype == "application/problem+json", answer.data[:300]


def test_many_and_long_titles_to_be_coded_are_refused(house: House) -> None:
    client = house.client("nord-0")
    for texts, pointer in ((["Koch"] * 201, "/texts"), (["Koch", "x" * 251], "/texts/1")):
        answer = client.post("/v1/occupations", json={"texts": texts})
        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.get_json()["errors"]] == [pointer]
        assert "höchstens 2" in answer.get_json()["errors"][0]["detail"]
