"""Planned ways as readable cases: `tests/cases/chains/*.toml`."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from matcher.models.foerderkette import Chain, Planner, plan
from matcher.read.profile import read_profile
from tests.models.foerderkette.instances import TODAY

FOLDER = Path(__file__).parents[2] / "cases" / "chains"


def _cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        found += [pytest.param(case, id=case["name"]) for case in tomllib.loads(path.read_text("utf-8"))["case"]]
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.mark.parametrize("case", _cases())
def test_case(planner: Planner, case: dict[str, Any]) -> None:
    profile = read_profile({key: _plain(value) for key, value in case["person"].items()}, today=TODAY)
    chains = plan(planner, profile, today=TODAY, catalogue_only=case.get("catalogue_only", False))
    mine = [chain for chain in chains if chain.goal == case["goal"]]
    assert mine, "no chain to this goal"
    _check_order(case, chains, mine)
    ids = [[step.id for step in chain.steps] for chain in chains]
    if "never" in case:
        assert not set(case["never"]) & {name for path in ids for name in path}
    if "never_before" in case:
        early, late = case["never_before"]
        for path in ids:
            assert early not in path or late in path[: path.index(early)], path
        assert any(early in path for path in ids)


def _check_order(case: dict[str, Any], chains: tuple[Chain, ...], mine: list[Chain]) -> None:
    if "goals" in case:
        assert list(dict.fromkeys(chain.goal for chain in chains)) == case["goals"]
    if "first" in case:
        assert mine[0].first_step == case["first"]
    if "only_first" in case:
        assert {chain.first_step for chain in chains} == {case["only_first"]}
    if "starts" in case:
        assert set(case["starts"]) <= {chain.suggests for chain in mine}
    if "path" in case:
        paths = [[step.id for step in chain.steps if step.id != "step:clarify_data"] for chain in mine]
        assert case["path"] in paths, paths
