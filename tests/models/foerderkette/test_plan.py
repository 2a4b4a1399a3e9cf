"""What every plan keeps: order, difference, admissible first steps, open programmes, monotony, words."""

import datetime as dt
import random
from dataclasses import replace

import pytest

from matcher.catalog import load_catalog
from matcher.eligibility.rule import RuleBook
from matcher.explanation.chain import chain_svg, chains_text
from matcher.facts import Facts
from matcher.models.foerderkette import (
    Chain,
    PlacementNow,
    Planner,
    chains_behind,
    kooperationsplan_draft,
    levers,
    plan,
    render_chain,
    stage_advice,
    triggers,
)
from matcher.models.foerderkette.choose import best_chains
from matcher.models.foerderkette.plan import searches
from matcher.participant import Profile
from matcher.programme import Tree
from tests.models.foerderkette.instances import TODAY, instance, random_offers, random_profile, small_catalog

FORBIDDEN = (
    "nicht geeignet",
    "marktfern",
    "zumutbar",
    "Gini",
    "Anspruch auf",
    "Sanktion",
    "Minderung",
    "Rechtsfolge",
    "Hemmnis",
)
PEOPLE = range(0, 200, 9)


@pytest.fixture(scope="module")
def plans(planner: Planner, demo_people: list[Profile]) -> list[tuple[Profile, tuple[Chain, ...]]]:
    """Every ninth participant of the demo office with the planned chains."""
    return [(demo_people[i], plan(planner, demo_people[i], today=TODAY)) for i in PEOPLE]


Plans = list[tuple[Profile, tuple[Chain, ...]]]


def test_plans_repeat_exactly(planner: Planner, plans: Plans) -> None:
    for person, chains in plans[:6]:
        assert plan(planner, person, today=TODAY) == chains


def test_chains_to_one_goal_differ(plans: Plans) -> None:
    for _, chains in plans:
        for i, one in enumerate(chains):
            for other in chains[:i]:
                if one.goal == other.goal:
                    mine, theirs = {s.id for s in one.steps}, {s.id for s in other.steps}
                    apart = max(len(mine - theirs), len(theirs - mine))
                    assert one.first_step != other.first_step or apart >= 2


def test_at_most_six_steps_and_five_chains_a_goal(plans: Plans) -> None:
    for _, chains in plans:
        assert all(1 <= len(chain.steps) <= 6 for chain in chains)
        assert all(sum(c.goal == chain.goal for c in chains) <= 5 for chain in chains)


def test_the_first_programme_is_admissible_now(planner: Planner, plans: Plans) -> None:
    for person, chains in plans:
        book = RuleBook(Facts([person], TODAY))
        for chain in chains:
            first = chain.steps[0]
            name = chain.suggests if first.id == "step:clarify_data" and len(chain.steps) > 1 else first.id
            programme = planner.programmes.get(name)
            if programme is not None:
                assert book.tree(programme.terms)[0] > 0, (person.id, name)
                step = next(s for s in chain.steps if s.id == name)
                offer = next(o for o in planner.offers if o.id == step.offer_id)
                assert offer.free_places != 0 and not step.assumed


def test_no_closed_programme_and_nothing_without_an_offer(planner: Planner, plans: Plans) -> None:
    for _, chains in plans:
        for step in (step for chain in chains for step in chain.steps):
            programme = planner.programmes.get(step.id)
            if programme is not None:
                offered = any(offer.programme_id == step.id for offer in planner.offers)
                assert step.offer_id is not None or (offered and step.assumed)
                assert programme.valid_to is None or step.starts_on <= programme.valid_to


def test_the_catalogue_alone_ignores_offers_and_dates(planner: Planner, demo_people: list[Profile]) -> None:
    later = Planner(load_catalog(), (), dt.date(2024, 1, 8))
    person = next(p for p in demo_people if p.id == "T0002")
    assert all(s.id.startswith("step:") for c in plan(later, person, today=later.today) for s in c.steps)
    with_catalogue = plan(later, person, today=later.today, catalogue_only=True)
    assert any(not s.id.startswith("step:") for c in with_catalogue for s in c.steps)


def test_direct_placement_always_competes(planner: Planner, plans: Plans) -> None:
    for person, chains in plans:
        mine = [chain for chain in chains if chain.goal == "work"]
        forced = planner.pending(planner.view(person))
        care = any(chain.steps[0].id == "step:childcare" for chain in mine)
        if mine and not forced and not care:
            assert any(chain.first_step == "step:direct_placement" for chain in mine), person.id


def test_the_office_decides_how_far_placement_comes_first(planner: Planner, demo_people: list[Profile]) -> None:
    person = next(p for p in demo_people if p.id == "T0002")
    chains = [c for c in plan(planner, person, today=TODAY) if c.goal == "work"]
    values = {c.suggests: c.value for c in chains}
    equal = Planner(load_catalog(), planner.offers, TODAY, places=planner.places, placement_first=1.0)
    plain = [c for c in plan(equal, person, today=TODAY) if c.goal == "work"]
    assert {c.suggests: c.value for c in plain} == values, "the setting orders, values stay"
    assert [c.value for c in plain] == sorted((c.value for c in plain), reverse=True)
    first = Planner(load_catalog(), planner.offers, TODAY, places=planner.places, placement_first=10.0)
    assert plan(first, person, today=TODAY)[0].first_step == "step:direct_placement"


def test_a_fitting_vacancy_and_a_bridge_count(planner: Planner, demo_people: list[Profile]) -> None:
    person = next(p for p in demo_people if p.id == "T0002")

    def value(placement: PlacementNow | None, first: str) -> float:
        chains = plan(planner, person, today=TODAY, placement=placement)
        return max((c.value for c in chains if c.goal == "work" and c.suggests == first), default=0.0)

    fits = PlacementNow(vacancy_id="V1", title="Lagerhelfer")
    bridge = PlacementNow(vacancy_id="V1", title="Lagerhelfer", bridge="mag")
    assert (
        value(fits, "step:direct_placement")
        > value(bridge, "step:direct_placement")
        > value(None, "step:direct_placement")
    )
    assert value(bridge, "p001_n27") > value(None, "p001_n27")


def test_unknown_eligibility_is_clarified_before(planner: Planner, plans: Plans) -> None:
    seen = 0
    for _, chains in plans:
        for chain in chains:
            asking = [place for place, step in enumerate(chain.steps) if step.asks and step.id != "step:clarify_data"]
            if asking:
                seen += 1
                assert "step:clarify_data" in [step.id for step in chain.steps[: asking[0]]]
    assert seen


# ---- monotony


def _best(planner: Planner, profile: Profile) -> dict[str, float]:
    return {
        goal.id: max((f.value for f in best_chains(s, 1)), default=0.0) for goal, s in searches(planner.view(profile))
    }


@pytest.mark.parametrize("seed", range(100, 140))
def test_more_free_places_never_make_it_worse(seed: int) -> None:
    rng = random.Random(seed)
    catalog, profile = small_catalog(rng, 6), random_profile(rng, "p")
    offers = random_offers(rng, catalog)
    more = [replace(offer, free_places=5) for offer in offers]
    before, after = _best(Planner(catalog, offers, TODAY), profile), _best(Planner(catalog, more, TODAY), profile)
    assert all(after[goal] >= before[goal] * (1 - 1e-12) for goal in before)


@pytest.mark.parametrize("seed", range(200, 230))
def test_a_removed_prerequisite_never_makes_it_worse(seed: int) -> None:
    """Without the terms and the needs of its programmes a plan is worth at least as much."""
    planner, profile = instance(seed, 6)
    before = _best(planner, profile)
    rng = random.Random(seed)
    name = rng.choice([action.id for action in planner.actions])
    free = Planner(planner.catalog, planner.offers, TODAY)
    free.actions = tuple(replace(a, trees=(), needs=0, documented=True) if a.id == name else a for a in free.actions)
    free._set_reads()
    after = _best(free, profile)
    assert all(after[goal] >= before[goal] * (1 - 1e-12) for goal in before), name


# ---- words


def test_words_stay_friendly_and_without_shares_of_a_person(planner: Planner, plans: Plans) -> None:
    for person, chains in plans:
        texts = [chains_text(chains, levers(planner, person, today=TODAY))]
        texts += [kooperationsplan_draft(chain) for chain in chains]
        texts += [advice.reason for advice in stage_advice(planner, person, chains)]
        texts += [chain_svg(chain) for chain in chains[:1]]
        for text in texts:
            assert not any(word in text for word in FORBIDDEN), text
            assert "%" not in text, text


def test_json_has_the_agreed_keys(plans: Plans) -> None:
    for _, chains in plans:
        for chain in chains:
            body = render_chain(chain)
            assert {"goal", "steps", "months_min", "months_max", "value", "open_steps", "achieved", "critical"} <= set(
                body
            )
            assert body["first_step"] == body["steps"][0]["id"]
            assert {"id", "title", "months", "waits_until", "why"} <= set(body["steps"][0])
            assert body["months_min"] <= body["months_max"]


def test_the_chain_behind_a_measure_begins_with_it(planner: Planner, demo_people: list[Profile]) -> None:
    person = next(p for p in demo_people if p.id == "T0002")
    found = chains_behind(planner, person, ("p000_ef", "p001_n27", "p000_s5"), today=TODAY)
    assert {name: chain.suggests for name, chain in found.items()} == {"p000_ef": "p000_ef", "p001_n27": "p001_n27"}


def test_another_day_needs_another_planner(planner: Planner, demo_people: list[Profile]) -> None:
    with pytest.raises(ValueError, match="built for"):
        plan(planner, demo_people[0], today=dt.date(2023, 1, 1))


# ---- levers, triggers, stages


def test_a_lever_is_named_only_when_planning_again_confirms_it(planner: Planner, demo_people: list[Profile]) -> None:
    person = next(p for p in demo_people if p.id == "T0005")
    found = levers(planner, person, today=TODAY)
    assert found and [lever.value_after for lever in found] == sorted((v.value_after for v in found), reverse=True)
    for lever in found:
        row = next(row for row in planner.chains_table["lever"] if row["id"] == lever.id)
        again = plan(planner, person, today=TODAY, most=1, assumed=planner.tables.mask(row["gains"]))
        assert max(c.value for c in again if c.goal == "work") == lever.value_after > lever.value_before


def test_triggers_of_the_caseload(planner: Planner, demo_people: list[Profile]) -> None:
    found = triggers(planner, demo_people, today=TODAY)
    assert [t.urgency for t in found] == sorted(t.urgency for t in found)
    kinds = {(t.participant_id, t.id) for t in found}
    assert (
        ("T0008", "stage_change") in kinds and ("T0009", "stage_ends") in kinds and ("T0004", "data_conflict") in kinds
    )
    for trigger in found:
        assert (trigger.step != "chain" and trigger.step_title) or trigger.step.startswith("p")
        assert trigger.id != "contact_lost" or trigger.step == "step:outreach"


def test_a_change_of_stage_has_its_reason_and_both_consents(planner: Planner, demo_people: list[Profile]) -> None:
    person = next(p for p in demo_people if p.id == "T0008")
    advice = stage_advice(planner, person, plan(planner, person, today=TODAY))
    change = next(a for a in advice if a.kind == "change")
    assert change.reason.startswith("Begründung Stufenwechsel") and "Zeitschiene" in change.reason
    assert any("Regionalbüro" in step for step in change.open_steps) and any(
        "Zustimmung" in s for s in change.open_steps
    )


def test_stage_four_without_internship_is_extended_before_it_ends(planner: Planner, demo_people: list[Profile]) -> None:
    person = next(p for p in demo_people if p.participant.jps_stage == "4_VdB")
    open_goal = replace(person, participant=replace(person.participant, jps_internships_done=0.0))
    assert "extension" in {a.kind for a in stage_advice(planner, open_goal, plan(planner, open_goal, today=TODAY))}
    done = replace(person, participant=replace(person.participant, jps_internships_done=2.0))
    assert "extension" not in {a.kind for a in stage_advice(planner, done, plan(planner, done, today=TODAY))}


@pytest.mark.parametrize(("months", "due"), [(10.5, False), (11.5, True), (13.0, True), (14.5, False), (24.0, True)])
def test_classic_training_is_checked_at_month_12_and_24(
    planner: Planner, demo_people: list[Profile], months: float, due: bool
) -> None:
    person = next(p for p in demo_people if p.participant.jps_stage == "2_QAB_klassisch")
    at = replace(person, participant=replace(person.participant, as_of=TODAY, jps_months_in_stage=months))
    assert ("check" in {a.kind for a in stage_advice(planner, at, ())}) is due


def test_without_a_stage_file_planning_goes_on(demo_people: list[Profile]) -> None:
    catalog = load_catalog()
    tables = {name: table for name, table in catalog.tables.items() if name != "stages_jps"}
    bare = Planner(replace(catalog, tables=tables), (), TODAY)
    person = next(p for p in demo_people if p.id == "T0008")
    chains = plan(bare, person, today=TODAY, catalogue_only=True)
    assert chains and stage_advice(bare, person, chains) == ()


def test_the_draft_asks_about_another_agreed_goal(planner: Planner, demo_people: list[Profile]) -> None:
    chain = plan(planner, demo_people[0], today=TODAY)[0]
    assert "Passt das noch" in kooperationsplan_draft(chain, "Umschulung zur Erzieherin")
    assert "Passt das noch" not in kooperationsplan_draft(chain, "Arbeit im Lager aufnehmen")


def test_terms_of_the_catalogue_stay_untouched(planner: Planner) -> None:
    assert all(isinstance(p.terms, Tree | None) for p in planner.programmes.values())
