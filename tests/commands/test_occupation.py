"""`matcher occupation` as a user types it."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matcher.commands.occupation import ADDED, command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def test_texts_are_answered_with_code_level_and_register(tmp_path: Path) -> None:
    done = run("Staplerfahrer", "(m/w/d)", "--data", str(tmp_path))
    assert done.exit_code == 0
    assert "52531" in done.output or "52532" in done.output
    assert "unsicher, bitte wählen" in done.output
    assert "Register: bundled" in done.output


def test_json_carries_matches_and_register(tmp_path: Path) -> None:
    content = json.loads(run("Koch", "--json", "--data", str(tmp_path)).output)
    assert content["register"]["name"] == "bundled"
    assert content["matches"][0]["candidates"][0]["code"] == "29302"
    assert content["matches"][0]["level"] == 2


def test_a_file_keeps_every_row_and_no_cell_becomes_a_formula(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text('nr;titel\n1;Putzfrau\n;\n3;=1+1\n4;"Koch; Beikoch"\n5;@SUM(A1)\n6\n', "utf-8")
    done = run("--file", str(source), "--column", "titel", "--out", str(out), "--data", str(tmp_path))
    assert done.exit_code == 0, done.output
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert list(rows[0]) == ["nr", "titel", *ADDED]
    assert [row["nr"] for row in rows] == ["1", "", "3", "4", "5", "6"]
    assert rows[0]["code_1"][:3] == "541"
    assert rows[1]["unsure"] == "yes"
    assert rows[2]["titel"] == "'=1+1"
    assert rows[4]["titel"] == "'@SUM(A1)"


@pytest.mark.parametrize(
    "arguments", [[], ["Koch", "--file", "x.csv"], ["--file", "x.csv"], ["--file", "x.csv", "--column", "a"]]
)
def test_wrong_usage_ends_with_two(arguments: list[str], tmp_path: Path) -> None:
    assert run(*arguments, "--data", str(tmp_path)).exit_code == 2


def test_a_missing_column_or_file_is_explained_and_nothing_is_written(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("nr;titel\n1;Koch\n", "utf-8")
    done = run("--file", str(source), "--column", "beruf", "--out", str(out), "--data", str(tmp_path))
    assert "titel" in str(done.exception)
    gone = run("--file", str(tmp_path / "nie.csv"), "--column", "a", "--out", str(out), "--data", str(tmp_path))
    assert "does not exist" in str(gone.exception)
    assert not out.exists()
