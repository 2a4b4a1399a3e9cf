"""Approved texts of chains. Renew with `MATCHER_RENEW_GOLDEN=1 pytest tests/models/foerderkette/test_golden.py`."""

import os
from pathlib import Path

import pytest

from matcher.explanation.chain import chain_svg, chains_text
from matcher.models.foerderkette import Planner, kooperationsplan_draft, levers, plan
from matcher.participant import Profile
from tests.models.foerderkette.instances import TODAY

FOLDER = Path(__file__).parents[2] / "golden" / "chains"
CASES = ("T0001", "T0002", "T0003", "T0005", "T0006", "T0008", "T0010")


def _approved(file: Path, text: str) -> None:
    if os.environ.get("MATCHER_RENEW_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.read_text("utf-8") == text, f"{file.name} differs from the approved text"


@pytest.mark.parametrize("name", CASES)
def test_path_as_text(planner: Planner, demo_people: list[Profile], name: str) -> None:
    person = next(profile for profile in demo_people if profile.id == name)
    text = chains_text(plan(planner, person, today=TODAY), levers(planner, person, today=TODAY))
    _approved(FOLDER / f"{name}.txt", text + "\n")


@pytest.mark.parametrize("name", ("T0002", "T0008"))
def test_draft_and_picture(planner: Planner, demo_people: list[Profile], name: str) -> None:
    person = next(profile for profile in demo_people if profile.id == name)
    chain = plan(planner, person, today=TODAY)[0]
    _approved(FOLDER / f"{name}_kooperationsplan.txt", kooperationsplan_draft(chain) + "\n")
    _approved(FOLDER / f"{name}.svg", chain_svg(chain) + "\n")
