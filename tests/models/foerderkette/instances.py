"""Small random planning problems: a few steps of the catalogue with shortened durations, random offers, random people."""

import copy
import datetime as dt
import random
from dataclasses import replace
from typing import Any

from matcher.catalog import Catalog, load_catalog
from matcher.models.foerderkette import Planner
from matcher.participant import Profile
from matcher.programme import Offer
from matcher.read.profile import read_profile
from tests.random_people import one_person

TODAY = dt.date(2022, 5, 2)
MENU = [
    "p000_ef",
    "p000_ieb",
    "p000_qab",
    "p000_vdb",
    "p000_zq",
    "p001_05",
    "p001_09",
    "p001_19",
    "p001_24a",
    "p001_24b",
    "p001_26",
    "p001_29",
    "p001_32",
    "p001_35",
    "p001_n01",
    "p001_n23",
    "p001_n24",
    "p001_n26",
    "p001_n27",
    "p001_n28",
    "p001_n29",
    "p001_n32",
    "p001_n33",
    "p002_bewerbung",
    "p002_coaching",
    "p004_bt",
    "p004_deufoev",
    "p004_ik",
    "p004_kompas",
    "step:childcare",
    "step:recognition",
    "step:renew_course_right",
    "step:internship",
    "step:external_exam",
    "step:literacy_course",
    "step:reha_coordination",
    "step:counselling",
    "step:outreach",
]
FINAL = ("step:direct_placement", "step:apprenticeship", "step:minijob_conversion", "step:clarify_data")
SHORTER = 0.2
ALWAYS = ("id", "as_of", "legal_circle", "acute_crisis", "contact_avoidance", "employment_status",
          "jps_stage", "jps_planned_end")  # fmt: skip
LEVELS = (None, None, None, "A2", "B1", "B2")


def small_catalog(rng: random.Random, count: int, horizon_months: float = 6, always: tuple[str, ...] = ()) -> Catalog:
    """The catalogue with `count` steps besides the final ones, everything five times as fast."""
    catalog = load_catalog()
    effects = copy.deepcopy(dict(catalog.table("effects")))
    kept = {*rng.sample(MENU, count), *FINAL, *always}
    small: dict[str, Any] = {}
    for name, row in effects.items():
        if row["role"] in ("step", "bridge", "gap", "tail") and name not in kept:
            continue
        for part in (row, *row.get("variant", ())):
            if "months" in part:
                part["months"] = [months * SHORTER for months in part["months"]]
            if "repeat_months" in part:
                part["repeat_months"] *= SHORTER
        small[name] = row
    chains = copy.deepcopy(dict(catalog.table("chains")))
    chains["value"]["horizon_months"] = horizon_months
    for kind in chains["kind"].values():
        kind["repeat_months"] *= SHORTER
        kind["wait_months"] *= SHORTER
    return replace(catalog, tables={**catalog.tables, "effects": small, "chains": chains})


def random_offers(rng: random.Random, catalog: Catalog) -> list[Offer]:
    """Fixed and flexible, free and full offers of every programme that is a step."""
    found = []
    for name in sorted(catalog.table("effects")):
        if name.startswith("step:"):
            continue
        for number in range(rng.choice((0, 1, 1, 2, 3))):
            start = TODAY + dt.timedelta(days=rng.randint(0, 90))
            fixed = rng.random() < 0.5
            found.append(
                Offer(
                    id=f"{name}-{number}",
                    programme_id=name,
                    title=rng.choice(("Kurs", "Umschulung", "Einstieg", "Ziel B2")),
                    starts_on=start if fixed or rng.random() < 0.5 else None,
                    ends_on=start + dt.timedelta(days=rng.randint(5, 60)) if fixed and rng.random() < 0.5 else None,
                    flexible_start=not fixed,
                    free_places=rng.choice((None, 0, 3, 8)),
                    german_level_min=rng.choice(LEVELS),
                    childcare=rng.choice((None, True, False)),
                    valid_to=None,
                )
            )
    return found


def random_profile(rng: random.Random, name: str, *, current: bool = False) -> Profile:
    """A random person; without a running measure unless asked for."""
    data = one_person(rng, name, TODAY)
    if not current:
        data |= {"jps_stage": "none", "integration_course": rng.choice(("none", "completed", "not_applicable"))}
        data.pop("jps_planned_end", None)
        data.pop("training_contract", None)
        data.pop("integration_course_planned_end", None)
    if rng.random() < 0.8:
        data |= {"acute_crisis": False, "contact_avoidance": "no", "incapacity_months": 0, "rehab_status": "none"}
    data |= {"legal_circle": ["SGB II"], "employment_status": rng.choice(("unemployed", "minijob"))}
    if current:
        stage = rng.choice(("EF", "3_IEB", "4_VdB", "2_QAB_klassisch"))
        ends = TODAY + dt.timedelta(days=rng.randint(3, 60))
        data |= {"jps_stage": stage, "jps_planned_end": ends.isoformat(), "employment_status": "in_measure"}
    data |= {"voluntary_consent_jps": rng.choice((True, None))}
    for field in ("minijob", "months_since_job_start", "jps_months_in_stage", "integration_course_completed_on"):
        data.pop(field, None)
    if data.get("integration_course") != "interrupted":
        data.pop("integration_course_interrupted_since", None)
    if rng.random() < 0.7:
        data["childcare_status"] = rng.choice(("secured", "partial", "missing"))
    share = rng.choice((0.0, 0.1, 0.3))
    kept = {field: value for field, value in data.items() if field in ALWAYS or rng.random() >= share}
    return read_profile(kept, today=TODAY)


def instance(seed: int, count: int = 5, *, current: bool = False) -> tuple[Planner, Profile]:
    """One planning problem, the same for the same seed."""
    rng = random.Random(seed)
    catalog = small_catalog(rng, count, always=("p000_ieb", "p000_vdb") if current else ())
    planner = Planner(catalog, random_offers(rng, catalog), TODAY)
    return planner, random_profile(rng, f"r{seed}", current=current)
