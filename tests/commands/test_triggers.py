"""`matcher triggers` on the demo office (everything synthetic)."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.commands import cli
from matcher.commands.triggers import command


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo office."""
    folder = tmp_path_factory.mktemp("office")
    assert CliRunner().invoke(cli, ["demo", "--data", str(folder), "--json"]).exit_code == 0
    return folder


def test_what_is_due_is_listed_with_its_step(office: Path) -> None:
    result = CliRunner().invoke(command, ["--date", "2022-05-02", "--data", str(office)])
    assert result.exit_code == 0, result.output
    assert "Stufe endet bald" in result.output and "→" in result.output
    assert result.output.rstrip().endswith("für 200 Teilnehmende")


def test_json_lines_for_one_participant(office: Path) -> None:
    words = ["--date", "2022-05-02", "--data", str(office), "--participant", "T0009", "--json"]
    result = CliRunner().invoke(command, words)
    assert result.exit_code == 0, result.output
    found = [json.loads(line) for line in result.output.splitlines()]
    assert {item["participant"] for item in found} == {"T0009"}
    assert "stage_ends" in {item["id"] for item in found} and all(item["step"] != "chain" for item in found)


def test_help_has_an_example() -> None:
    assert "Example:" in CliRunner().invoke(command, ["--help"]).output
