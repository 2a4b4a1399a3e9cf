"""Life situations from which the participants of the demo office are invented; shares follow document 002 roughly."""

import datetime as dt
from collections.abc import Callable

from training.demo_office.dice import Dice
from training.demo_office.people_facts import (
    DAY,
    Facts,
    begin,
    children,
    full_time,
    mobility,
    native,
    no_children,
    part_time,
    practice,
    qualification,
    school,
    trade_of,
)
from training.demo_office.trades import YOUNG_WISHES

HISTORY = ("p001_n26", "p002_bewerbung", "p001_n27", "p001_n23", "p001_n29", "Bewerbungstraining 2016", "1-Euro-Job")
LIMITS = (
    "no_heavy_lifting",
    "no_prolonged_standing",
    "no_night_shift",
    "no_shift_work",
    "no_kneeling",
    "no_wet_cold",
    "no_time_pressure",
    "no_overhead_work",
    "no_skin_irritants",
    "no_noise",
)


def _working_life(dice: Dice, age: int, level: str, months: int) -> Facts:
    trade = trade_of(dice, level)
    return (
        {
            "age": age,
            "vocational_qualification": level,
            "unemployment_months": months,
            "employment_status": "unemployed",
        }
        | school(dice, age)
        | native(dice)
        | qualification(level, trade)
        | practice(dice, age, months, trade)
    )


def recently_unemployed(dice: Dice) -> Facts:
    """Lost a job less than a year ago, mostly with a qualification."""
    level = dice.weighted({"recognised": 7.0, "none": 2.0, "partial": 1.0})
    months = dice.whole(1, 11)
    facts = begin(dice) | _working_life(dice, dice.whole(22, 60), level, months)
    facts |= mobility(dice, 0.75, 0.75) | full_time(dice) | no_children()
    facts |= {
        "benefit_months_last_24": dice.whole(1, 11),
        "market_distance": dice.weighted({"market_ready": 4.0, "near": 2.0, None: 3.0}),
    }
    return facts


def long_unemployed(dice: Dice) -> Facts:
    """Out of work for years, with obstacles of several kinds, health only as functional limits."""
    level = dice.weighted({"recognised": 4.0, "none": 4.0, "partial": 1.0, "not_usable": 2.0})
    age = dice.whole(30, 59)
    months = dice.whole(14, min(140, (age - 20) * 12))
    facts = begin(dice) | _working_life(dice, age, level, months)
    facts |= mobility(dice, 0.45, 0.4) | dice.pick((full_time, part_time))(dice) | no_children()
    facts |= {"benefit_months_last_24": dice.whole(21, 24), "measure_history": dice.some(HISTORY, dice.whole(0, 3))}
    if dice.chance(0.35):
        facts |= {"health_limitation_physical": True, "functional_limits": dice.some(LIMITS, dice.whole(1, 2))}
    if dice.chance(0.12):
        facts |= {"debts_unsettled": True}
    return facts


def older(dice: Dice) -> Facts:
    """From 55 on, long years of work behind them."""
    age = dice.whole(55, 63)
    facts = begin(dice) | _working_life(
        dice, age, dice.weighted({"recognised": 6.0, "not_usable": 3.0}), dice.whole(8, 90)
    )
    facts |= mobility(dice, 0.65, 0.6) | part_time(dice) | no_children()
    facts |= {"benefit_months_last_24": dice.whole(8, 24), "functional_limits": dice.some(LIMITS, dice.whole(0, 2))}
    return facts


def young(dice: Dice) -> Facts:
    """Below 27 without a finished training."""
    age = dice.whole(17, 26)
    dropouts = dice.weighted({0: 5.0, 1: 4.0, 2: 1.0})
    facts = begin(dice) | {"age": age, "employment_status": "unemployed", "unemployment_months": dice.whole(1, 20)}
    facts |= school(dice, age) | native(dice) | mobility(dice, 0.25, 0.3) | full_time(dice)
    facts |= {
        "vocational_qualification": "none",
        "first_vocational_training_completed": False,
        "training_dropouts": dropouts,
        "unfinished_training": dice.pick(("Verkäufer", "Koch", "Maler")) if dropouts else None,
        "target_occupations": list(dice.pick(YOUNG_WISHES)),
        "bvb_possible": dice.weighted({True: 4.0, False: 1.0, None: 3.0}),
        "ever_worked": False if age < 20 else None,
        "it_skills": dice.weighted({True: 3.0, False: 1.0, None: 2.0}),
    }
    return facts | (no_children() if age < 20 or dice.chance(0.75) else children(dice, [dice.whole(0, 4)], 0.5))


def single_parent(dice: Dice) -> Facts:
    """Brings up one to three children alone."""
    age = dice.whole(21, 45)
    level = dice.weighted({"recognised": 4.0, "none": 4.0, "partial": 1.0})
    facts = begin(dice) | _working_life(dice, age, level, dice.whole(3, min(60, (age - 19) * 12)))
    ages = sorted(dice.whole(0, min(14, age - 18)) for _ in range(dice.whole(1, 3)))
    facts |= mobility(dice, 0.5, 0.5) | part_time(dice) | children(dice, ages, 0.75)
    return facts | {
        "single_parent": True,
        "partner_in_bg": False,
        "bg_size": len(ages) + 1,
        "benefit_months_last_24": dice.whole(6, 24),
    }


def couple_with_children(dice: Dice) -> Facts:
    """Two parents; care is asked of fathers and mothers alike."""
    age = dice.whole(25, 50)
    level = dice.weighted({"recognised": 5.0, "none": 4.0})
    facts = begin(dice) | _working_life(dice, age, level, dice.whole(2, 60))
    ages = sorted(dice.whole(0, min(15, age - 20)) for _ in range(dice.whole(1, 4)))
    facts |= mobility(dice, 0.65, 0.55) | dice.pick((full_time, part_time))(dice) | children(dice, ages, 0.7)
    return facts | {
        "single_parent": False,
        "partner_in_bg": True,
        "bg_size": len(ages) + 2,
        "partner_long_term_unemployed": dice.weighted({True: 2.0, False: 2.0, None: 2.0}),
    }


def _newcomer(dice: Dice, level: str, german: str) -> Facts:
    age = dice.whole(20, 52)
    trade = trade_of(dice, level if level == "foreign_unrecognised" else "foreign")
    facts = begin(dice) | {
        "age": age,
        "employment_status": "unemployed",
        "refugee": True,
        "migration_background": True,
        "residence_status": "recognised_refugee",
        "work_permit": "unrestricted",
    }
    facts |= {
        "german_level": german,
        "school_leaving_level": "foreign_unassessed",
        "work_experience_in_germany": False,
        "other_languages": [dice.pick(("Arabisch", "Dari", "Kurdisch", "Ukrainisch", "Tigrinya"))],
    }
    facts |= practice(dice, age, dice.whole(18, 48), trade) | qualification(level, trade) | mobility(dice, 0.15, 0.5)
    return facts | full_time(dice)


def in_language_course(dice: Dice) -> Facts:
    """A refugee at the beginning: course running, interrupted, or a right not yet used."""
    level = dice.weighted({"none": 6.0, "foreign_unrecognised": 3.0})
    facts = _newcomer(dice, level, dice.weighted({"A0": 1.0, "A1": 4.0, "A2": 4.0}))
    course = dice.weighted({"running": 5.0, "none": 3.0, "interrupted": 2.0})
    right = DAY - dt.timedelta(days=dice.whole(30, 300))
    facts |= {
        "integration_course": course,
        "integration_course_right": dice.pick(("entitled", "obliged")),
        "integration_course_right_date": right.isoformat(),
        "unemployment_months": dice.whole(2, 14),
    }
    if course == "running":
        facts["integration_course_planned_end"] = (DAY + dt.timedelta(days=dice.whole(30, 240))).isoformat()
    if course == "interrupted":
        facts["integration_course_interrupted_since"] = (DAY - dt.timedelta(days=dice.whole(60, 500))).isoformat()
    return facts | (no_children() if dice.chance(0.5) else children(dice, [dice.whole(1, 9), dice.whole(2, 12)], 0.6))


def after_language_course(dice: Dice) -> Facts:
    """A refugee who has finished the integration course."""
    level = dice.weighted({"none": 4.0, "foreign_unrecognised": 5.0})
    facts = _newcomer(dice, level, dice.weighted({"A2": 2.0, "B1": 5.0, "B2": 2.0}))
    done = DAY - dt.timedelta(days=dice.whole(20, 700))
    facts |= {
        "integration_course": "completed",
        "integration_course_completed_on": done.isoformat(),
        "german_level_evidence": "certificate",
        "unemployment_months": dice.whole(6, 40),
    }
    if level == "foreign_unrecognised":
        facts["foreign_recognition"] = dice.weighted({"not_started": 4.0, "in_progress": 2.0, "refused": 1.0})
    return facts | (no_children() if dice.chance(0.5) else children(dice, [dice.whole(1, 12)], 0.7))


STAGES = {"EF": (1, 1), "2_QAB_klassisch": (3, 22), "2_QAB_dual": (2, 14), "3_IEB": (2, 11), "4_VdB": (1, 6)}


def in_jobperspektive(dice: Dice) -> Facts:
    """Somebody in a stage of JobPerspektive Sachsen, with planned end and internships."""
    stage = dice.weighted({"EF": 2.0, "2_QAB_klassisch": 3.0, "2_QAB_dual": 2.0, "3_IEB": 4.0, "4_VdB": 4.0})
    level = dice.weighted({"none": 6.0, "not_usable": 2.0}) if stage.startswith("2") else "recognised"
    age = dice.whole(26, 48)
    facts = begin(dice) | _working_life(dice, age, level, dice.whole(14, 70)) | mobility(dice, 0.5, 0.5)
    facts |= full_time(dice) | no_children()
    end = DAY + dt.timedelta(days=dice.whole(20, 300))
    return facts | {
        "employment_status": "in_measure",
        "jps_stage": stage,
        "jps_months_in_stage": dice.whole(*STAGES[stage]),
        "jps_planned_end": end.isoformat(),
        "jps_profiling_done": stage != "EF",
        "voluntary_consent_jps": True,
        "jps_internships_done": 0 if stage == "EF" else dice.whole(0, 2),
        "currently_in_p45_measure": stage == "4_VdB",
        "jps_recommend_stage_change": True if dice.chance(0.15) else None,
        "measure_history": dice.some(HISTORY, dice.whole(0, 2)),
        "benefit_months_last_24": 24,
    }


def in_minijob(dice: Dice) -> Facts:
    """Earns up to 450 EUR beside the benefit."""
    age = dice.whole(25, 60)
    level = dice.weighted({"recognised": 4.0, "none": 4.0})
    facts = (
        begin(dice) | _working_life(dice, age, level, dice.whole(2, 60)) | mobility(dice, 0.5, 0.5) | part_time(dice)
    )
    facts.pop("months_since_last_job", None)
    return (
        facts
        | no_children()
        | {
            "employment_status": "minijob",
            "minijob": True,
            "minijob_gross_eur": dice.step(160, 450, 10),
            "employer_ready_to_convert": dice.weighted({True: 2.0, False: 2.0, None: 4.0}),
            "ever_worked": None,
            "side_income_eur": None,
        }
    )


def self_employed(dice: Dice) -> Facts:
    """A small business that does not feed its owner."""
    facts = begin(dice) | _working_life(dice, dice.whole(30, 58), "recognised", 0) | mobility(dice, 0.9, 0.9)
    facts.pop("months_since_last_job", None)
    facts.pop("unemployment_months", None)
    return (
        facts
        | full_time(dice)
        | no_children()
        | {
            "employment_status": "self_employed",
            "monthly_benefit_eur": dice.step(120, 700, 20),
            "benefit_months_last_24": dice.whole(6, 24),
        }
    )


def part_time_with_benefit(dice: Dice) -> Facts:
    """Works part time and still needs the benefit."""
    age = dice.whole(24, 58)
    facts = begin(dice) | _working_life(dice, age, "recognised", 0) | mobility(dice, 0.6, 0.6)
    facts.pop("months_since_last_job", None)
    facts.pop("unemployment_months", None)
    facts |= {
        "employment_status": "sv_part_time",
        "monthly_benefit_eur": dice.step(80, 520, 10),
        "months_since_job_start": dice.whole(1, 40),
    }
    more = children(dice, [dice.whole(2, 12)], 0.8) if dice.chance(0.5) and age < 45 else no_children()
    return facts | more | {"desired_hours_min": 25, "desired_hours_max": 35}


SITUATIONS: tuple[tuple[Callable[[Dice], Facts], int], ...] = (
    (recently_unemployed, 33),
    (long_unemployed, 34),
    (older, 11),
    (young, 23),
    (single_parent, 18),
    (couple_with_children, 14),
    (in_language_course, 12),
    (after_language_course, 12),
    (in_jobperspektive, 15),
    (in_minijob, 8),
    (self_employed, 4),
    (part_time_with_benefit, 6),
)
"""Each life situation with the number of people invented from it."""
