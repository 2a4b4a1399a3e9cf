"""The planner's data: every programme and step has a row, every number a source or the mark of an assumption."""

from typing import Any

import pytest

from matcher.catalog import load_catalog
from matcher.catalog.tree import leaves
from matcher.fields import FIELDS
from matcher.models.foerderkette import Planner
from matcher.models.foerderkette.stages import NO_STAGES, read_stages

CATALOG = load_catalog()
EFFECTS = CATALOG.table("effects")
CHAINS = CATALOG.table("chains")
ROLES = {"step", "bridge", "tail", "gap", "current", "accompanies", "frame", "none"}
PROTECTED_DERIVED = {
    "health_limitation", "psychological_limitation", "addiction_problem", "has_migration_background", "in_rehab",
    "contact_lost", "long_term_benefit",
}  # fmt: skip


def test_every_programme_and_every_step_has_a_row() -> None:
    wanted = set(CATALOG.programmes) | {f"step:{name}" for name in CATALOG.table("steps")["step"]}
    assert set(EFFECTS) == wanted
    assert len(CATALOG.programmes) == 118


@pytest.mark.parametrize("name", sorted(EFFECTS))
def test_a_row_is_complete(name: str) -> None:
    row = EFFECTS[name]
    assert row["role"] in ROLES
    if row["role"] in ("none", "frame"):
        assert row["reason"]
    elif row["role"] not in ("current", "accompanies"):
        for variant in row.get("variant", [{}]):
            _check_step({**row, **variant})


def _check_step(row: dict[str, Any]) -> None:
    least, typical, most = row["months"]
    assert 0 < least <= typical <= most
    assert row["kind"] in CHAINS["kind"]
    assert set(row["gains"]) | set(row.get("needs", ())) <= set(CHAINS["gain"])
    assert row.get("months_source") or row.get("months_assumption") is True
    assert row.get("source") or row.get("months_source")
    if "success" in row:
        assert (
            0 <= row["success"]["count"] <= row["success"]["n"] and row["success"]["source"] and row["success"]["year"]
        )


def test_kinds_and_odds_name_source_or_range() -> None:
    for name, kind in CHAINS["kind"].items():
        assert kind.get("success_source") or (kind["assumption"] and kind["success_range"]), name
    for name, odds in CHAINS["odds"].items():
        assert odds["base_range"][0] < odds["base"] < odds["base_range"][1], name
        assert all(item["source"] for item in (*odds["factors"], *odds["facts"])), name
        assert all(item["factor"] <= 1 for item in odds["facts"]), f"{name}: time must never raise a rate"


def test_no_rate_reads_a_protected_fact(planner: Planner) -> None:
    """Odds read gains and facts; the gains that count must show by unprotected facts alone."""
    counted = {item["gain"] for odds in CHAINS["odds"].values() for item in odds["factors"]}
    nodes = [gain.when for gain in planner.tables.gains if gain.id in counted and gain.when is not None]
    nodes += [fact.when for odds in planner.tables.odds.values() for fact in odds.facts]
    for node in nodes:
        for leaf in leaves(node):
            assert FIELDS[leaf.field].owner != "protected" and leaf.field not in PROTECTED_DERIVED, leaf.field


def test_levers_are_never_health_or_protected(planner: Planner) -> None:
    for lever in CHAINS["lever"]:
        assert lever["source"]
        for field in lever["fields"]:
            assert FIELDS[field].owner in ("participant", "household"), (lever["id"], field)
        for gain in planner.tables.gains:
            if gain.id in lever["gains"]:
                assert all(FIELDS[name].owner != "protected" for name, _ in gain.sets), (lever["id"], gain.id)


def test_every_trigger_has_a_known_step_and_a_source() -> None:
    known = {*EFFECTS, "chain"}
    for trigger in CHAINS["trigger"]:
        assert trigger["step"] in known and trigger["source"] and trigger["urgency"] in (1, 2, 3), trigger["id"]
    lost = next(trigger for trigger in CHAINS["trigger"] if trigger["id"] == "contact_lost")
    assert lost["step"] == "step:outreach"


def test_small_numbers_are_pulled_towards_the_kind(planner: Planner) -> None:
    many, few = planner.actions[planner.number("p000_vdb")], planner.actions[planner.number("p001_13")]
    prior = planner.tables.kinds["activation"].success
    assert abs(many.rate - 1683 / 2323) < 0.01
    assert 20 / 31 < few.rate < prior


def test_the_stage_graph_is_the_documents(planner: Planner) -> None:
    stages = planner.stages
    assert set(stages.stages) == {"EF", "2_QAB_klassisch", "2_QAB_dual", "2_EZU", "3_IEB", "4_VdB"}
    documented = [
        ("4_VdB", "3_IEB"),
        ("2_QAB_klassisch", "3_IEB"),
        ("2_QAB_klassisch", "2_QAB_dual"),
        ("3_IEB", "4_VdB"),
    ]
    assert all(stages.may_change(here, there) for here, there in documented)
    assert not stages.may_change("3_IEB", "3_IEB")
    assert stages.stages["2_QAB_klassisch"].checks == (12, 24)
    for stage in stages.stages.values():
        assert stage.programme in CATALOG.programmes and set(stage.next) <= set(stages.stages)


def test_planning_works_without_any_stage() -> None:
    assert read_stages(None) is NO_STAGES
