"""Situations of the documents: waiting times, repeated measures, partners, entitlements, handover, the picture."""

import datetime as dt
from typing import Any

import pytest
from defusedxml import ElementTree

from matcher.catalog import load_catalog
from matcher.explanation.chain import chain_svg, wrap
from matcher.explanation.household import household_text
from matcher.models.foerderkette import (
    Chain,
    Planner,
    household_levers,
    mask_chain,
    plan,
    plan_household,
    render_chain,
    triggers,
)
from matcher.models.occupation import load_matcher
from matcher.participant import Profile
from matcher.programme import Offer
from matcher.read.profile import read_profile
from tests.models.foerderkette.instances import TODAY

BASE: dict[str, Any] = {
    "age": 31, "legal_circle": ["SGB II"], "employment_status": "unemployed", "unemployment_months": 14,
    "german_level": "native", "vocational_qualification": "none", "target_occupations": ["Lagerhelfer"],
    "children_ages": [], "rehab_status": "none", "school_leaving_level": "HSA",
}  # fmt: skip


def person(**facts: Any) -> Profile:
    return read_profile({"id": "p", **BASE, **facts}, today=TODAY)


def offer(name: str, days: int | None, **more: Any) -> Offer:
    start = None if days is None else TODAY + dt.timedelta(days=days)
    return Offer(
        id=f"o-{name}-{days}", programme_id=name, title=more.pop("title", name), starts_on=start, free_places=4, **more
    )


def _steps(chains: tuple[Chain, ...]) -> list[list[str]]:
    return [[step.id for step in chain.steps] for chain in chains]


def test_a_long_wait_for_a_language_course_is_bridged() -> None:
    offers = [
        offer("p004_deufoev", 150, title="Berufssprachkurs Ziel B2", german_level_min="B1"),
        offer("p004_ueb", 20),
        offer("p001_n29", None, title="Umschulung Lager", flexible_start=True),
    ]
    planner = Planner(load_catalog(), offers, TODAY)
    refugee = person(german_level="B1", integration_course="completed", refugee=True)
    chain = next(c for c in plan(planner, refugee, today=TODAY) if c.first_step == "p004_deufoev")
    step = chain.steps[0]
    assert step.waits_until == TODAY + dt.timedelta(days=150)
    assert step.bridging is not None and "p004_ueb" in step.bridging
    assert any("überbrücken" in note for note in chain.notes)


def test_waiting_can_open_a_step() -> None:
    """§ 16e-like help needs two years: from month 23 it is planned for the day the second year is full."""
    offers = [offer("p001_n24", None, flexible_start=True), offer("p002_bewerbung", None, flexible_start=True)]
    planner = Planner(load_catalog(), offers, TODAY)
    view = planner.view(person(unemployment_months=22))
    number = planner.number("p001_n24")
    assert view.doors.ways(number, view.held, 0, first=True, clarified=False) == ()
    (way,) = view.doors.ways(number, view.held, 10, first=False, clarified=False)
    assert TODAY + dt.timedelta(days=way.start) == dt.date(2022, 7, 2)


def test_the_same_measure_again_counts_less_and_is_said_neutrally() -> None:
    offers = [offer("p002_coaching", None, flexible_start=True), offer("p001_n27", None, flexible_start=True)]
    planner = Planner(load_catalog(), offers, TODAY)

    def chain(history: list[str]) -> Chain:
        found = plan(planner, person(measure_history=history), today=TODAY)
        return next(c for c in found if c.first_step == "p001_n27")

    fresh, again = chain([]), chain(["p001_n27"])
    assert again.value < fresh.value
    assert any("war schon einmal dabei" in note for note in again.notes) and not fresh.notes


def test_a_full_course_delays_and_is_no_first_step() -> None:
    full = offer("p002_bewerbung", 30)
    planner = Planner(load_catalog(), [Offer(**{**_fields(full), "free_places": 0})], TODAY)
    assert all(path[0] != "p002_bewerbung" for path in _steps(plan(planner, person(), today=TODAY)))
    view = planner.view(person())
    (way,) = view.doors.ways(planner.number("p002_bewerbung"), view.held, 5, first=False, clarified=False)
    assert way.start > 30 and way.assumed


def _fields(value: Offer) -> dict[str, Any]:
    return {name: getattr(value, name) for name in Offer.__slots__}


def test_partial_qualifications_lead_to_the_external_exam(planner: Planner) -> None:
    chains = plan(planner, person(suitable_for_tq=True, german_level="B1"), today=TODAY)
    assert ["p001_35", "p001_35", "step:external_exam"] in _steps(tuple(c for c in chains if c.goal == "qualification"))


def test_partial_qualifications_stay_in_one_trade() -> None:
    """Whoever has begun in the warehouse is not sent to modules of the kitchen, even where those start sooner."""
    offers = [
        offer("p001_35", 100, title="Teilqualifikation Koch"),
        offer("p001_35", 160, title="Teilqualifikation Fachlagerist"),
    ]
    planner = Planner(load_catalog(), offers, TODAY, occupations=load_matcher())
    begun = {"suitable_for_tq": True, "german_level": "B1", "tq_entry_module_completed": True,
             "vocational_qualification": "partial"}  # fmt: skip
    for title, expected in (("TQ Fachlagerist", {"o-p001_35-160"}), ("TQ Koch", {"o-p001_35-100"})):
        chains = plan(planner, person(**begun, vocational_qualification_title=title), today=TODAY)
        taken = {step.offer_id for chain in chains for step in chain.steps if step.id == "p001_35"}
        assert taken - {None} == expected


def test_a_household_is_planned_together(planner: Planner) -> None:
    child = {"children_ages": None, "children": [{"age": 3}]}
    one = read_profile({**BASE, "id": "a", **child, "childcare_status": "missing"}, today=TODAY)
    other = read_profile({**BASE, "id": "b", **child, "childcare_status": "missing"}, today=TODAY)
    ways = plan_household(planner, [one, other], today=TODAY)
    by_id = {way.id: way for way in ways}
    assert {"as_now", "care_outside", "care_by:a", "care_by:b", "work_of:a", "work_of:b"} == set(by_id)
    assert [way.value for way in ways] == sorted((way.value for way in ways), reverse=True)
    assert by_id["care_outside"].value > by_id["as_now"].value
    assert by_id["care_by:a"].opens == ("b",)
    assert by_id["care_by:b"].opens == ("a",)
    secured = read_profile({**BASE, "id": "a", **child, "childcare_status": "secured"}, today=TODAY)
    alone = max((c.value for c in plan(planner, secured, today=TODAY) if c.goal == "work"), default=0.0)
    assert dict(by_id["care_by:b"].chains)["a"].value == pytest.approx(alone)
    text = household_text(ways)
    assert "besserer Weg als heute" in text and "Mutter" not in text


def test_a_job_that_takes_care_away_closes_the_other_chain(planner: Planner) -> None:
    child = {"children_ages": None, "children": [{"age": 2}]}
    one = read_profile({**BASE, "id": "a", **child, "childcare_status": "partial"}, today=TODAY)
    other = read_profile({**BASE, "id": "b"}, today=TODAY)
    way = next(way for way in plan_household(planner, [one, other], today=TODAY) if way.id == "work_of:b")
    assert way.closes == ("a",)
    assert way.to_clarify


def test_a_household_needs_two_different_members(planner: Planner) -> None:
    for members in ([person()], [person(), person()]):
        with pytest.raises(ValueError, match="two different members"):
            plan_household(planner, members, today=TODAY)


def test_a_partner_at_home_can_change_the_other_chain(planner: Planner) -> None:
    mother = read_profile({**BASE, "id": "a", "vocational_qualification": "recognised", "children_ages": None,
                           "children": [{"age": 3}], "childcare_status": "missing"}, today=TODAY)  # fmt: skip
    father = read_profile({**BASE, "id": "b", "children_ages": None, "children": [{"age": 3}], "childcare_status": "partial"},
                          today=TODAY)  # fmt: skip
    found = household_levers(planner, [mother, father], today=TODAY)
    assert ("b", "a") in {(one, other) for one, other, _ in found}
    assert all(lever.value_after > lever.value_before for _, _, lever in found)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"contact_avoidance": "unreachable"}, {"contact_lost"}),
        (
            {"integration_course": "none", "integration_course_right": "entitled", "integration_course_right_date": "2021-07-15",
             "german_level": "A1"},
            {"course_right_expires"},
        ),
        (
            {"integration_course": "none", "integration_course_right": "entitled", "integration_course_right_date": "2020-07-15",
             "german_level": "A1"},
            {"course_right_expired"},
        ),
        ({"refugee": True, "measure_history": ["p004_ip"], "german_level": "B1", "integration_course": "completed"}, {"handover"}),
        ({"refugee": True, "measure_history": ["p004_ip"], "german_level": "A1", "arrival_date": "2020-05-02"}, {"handover_time"}),
        ({"work_permit_until": "2022-06-30", "work_permit": "approval_needed"}, {"permit"}),
        ({"employment_status": "sv_full_time", "months_since_job_start": 2, "unemployment_months": None}, {"aftercare"}),
        ({"employment_status": "sv_full_time", "months_since_job_start": 6, "unemployment_months": None}, {"six_months"}),
        ({"jps_stage": "2_QAB_klassisch", "jps_months_in_stage": 11.9, "employment_status": "in_measure"}, {"month_12_24", "quarter"}),
        ({"jps_stage": "4_VdB", "jps_goal_endangered": True, "jps_months_in_stage": 1}, {"goal_endangered"}),
        ({}, set()),
    ],
)  # fmt: skip
def test_what_is_due(planner: Planner, facts: dict[str, Any], expected: set[str]) -> None:
    profile = read_profile({k: v for k, v in {"id": "p", **BASE, **facts}.items() if v is not None}, today=TODAY)
    found = triggers(planner, [profile], today=TODAY)
    assert {trigger.id for trigger in found} == expected
    if expected == {"contact_lost"}:
        assert [trigger.step for trigger in found] == ["step:outreach"]


def test_the_picture_is_well_formed_and_has_a_description(planner: Planner, demo_people: list[Profile]) -> None:
    chain = plan(planner, demo_people[1], today=TODAY)[0]
    root = ElementTree.fromstring(chain_svg(chain))
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img" and root.find(f"{space}title") is not None
    assert len(root.findall(f"{space}rect")) == len(chain.steps) + 1
    assert chain.goal_title in (root.findtext(f"{space}desc") or "")


def test_long_titles_are_cut_in_boxes() -> None:
    lines = wrap("JobPerspektive Sachsen: Eignungsfeststellung mit Profiling im Regionalbüro und vieles mehr dazu")
    assert len(lines) == 3 and lines[-1].endswith("…") and all(len(line) <= 26 for line in lines)


def test_a_reader_without_the_right_does_not_learn_a_protected_fact(planner: Planner) -> None:
    hidden = {"rehab_status", "reha_carrier_agreement", "participation_plan", "incapacity_months", "acute_crisis"}
    ill = person(incapacity_months=9)
    asked = {key: value for key, value in BASE.items() if key != "rehab_status"}
    unsure = read_profile({"id": "p", **asked}, today=TODAY)
    seen = 0
    for profile in (ill, unsure):
        for chain in plan(planner, profile, today=TODAY):
            shown = str(render_chain(mask_chain(chain, hidden, planner.labels.question)))
            seen += "geschützten Angaben" in shown
            assert "Reha" not in shown and "rztlich" not in shown and not any(field in shown for field in hidden), shown
    assert seen
