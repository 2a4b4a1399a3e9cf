"""Seeded random people in the exchange format: every field, edge values around the thresholds, unknown facts.

Mostly free of contradictions, so that facts stay known; a share of careless records keeps those paths in the test.
"""

import datetime as dt
import random
from typing import Any

Data = dict[str, Any]
UNKNOWN_SHARES = (0.0, 0.05, 0.2, 0.5)
YES_SHARES = (0.1, 0.5, 0.9)
CARELESS = 0.03
"""Share of people whose linked fields are drawn without looking at each other."""

YES_NO = (
    "alg1_recipient literate tq_entry_module_completed suitable_for_tq learning_support_need it_skills "
    "employer_ready_to_convert topup_job_last_60_months job_offer public_transport_ok care_for_relatives returner "
    "health_limitation_physical complex_health_support_need reha_carrier_agreement participation_plan "
    "health_insurer_participating health_topics_motivation health_behaviour_deficit able_to_attend_regular_measure "
    "migration_background refugee housing_unsettled debts_unsettled offences family_problems social_isolation "
    "social_competence_deficit hygiene_deficit psychosocial_problems acute_crisis motivated voluntary_consent_jps "
    "voluntary_consent_health_offer written_consent_aftercare retraining_willing retraining_able jps_profiling_done "
    "jps_goal_endangered jps_recommend_stage_change currently_in_p45_measure integration_services_unsuccessful "
    "intensive_support_completed prognosis_over_12_months no_integration_chance severe_placement_obstacles "
    "multiple_placement_obstacles bvb_possible disadvantaged_youth_support_need external_specialised_support_needed"
)

CHOICES: dict[str, str] = {
    "gender": "f m d",
    "school_leaving_level": "none Förderschule HSA Realschule Fachhochschulreife Abitur POS foreign_unassessed",
    "vocational_qualification": "none partial not_usable foreign_unrecognised recognised academic",
    "profession_group": "doctor engineer other",
    "foreign_recognition": "not_applicable not_started in_progress partly full refused",
    "employment_status": "unemployed minijob sv_part_time sv_full_time self_employed parental_leave school training "
    "retraining in_measure unemployed minijob",
    "time_window": "full_day mornings afternoons",
    "transport_mode": "car public_transport bike walk",
    "childcare_status": "not_needed missing partial secured",
    "health_limitation_psychological": "none suspected diagnosed",
    "addiction": "none suspected yes",
    "rehab_status": "none running pension_applied",
    "residence_status": "german_citizen eu_citizen recognised_refugee third_country asylum_seeker tolerated",
    "german_level": "A0 A1 A2 B1 B2 C1 C2 native",
    "german_level_evidence": "certificate observed not_applicable",
    "integration_course": "none running interrupted completed not_applicable",
    "integration_course_right": "none entitled obliged entitled",
    "kompas": "none running completed",
    "contact_avoidance": "no misses_appointments refuses_cooperation unreachable",
    "jps_stage": "none EF 2_QAB_klassisch 2_QAB_dual 2_EZU 3_IEB 4_VdB",
    "market_distance": "market_ready near far",
    "work_permit": "unrestricted approval_needed none",
}

NUMBERS: dict[str, tuple[float, ...]] = {
    "work_experience_months": (0, 1, 12, 48, 120),
    "months_since_last_job": (0, 6, 12, 83, 84, 84.5, 85, 120),
    "training_dropouts": (0, 1, 2),
    "minijob_gross_eur": (0, 200, 450, 520),
    "months_since_last_topup_job": (0, 59, 60, 60.5, 61, 100),
    "months_since_job_start": (0, 3, 5, 6, 6.5, 7, 30),
    "weekly_hours_possible": (0, 15, 20, 40),
    "desired_hours_min": (0, 10, 20),
    "desired_hours_max": (20, 30, 40),
    "max_hours_per_week": (10, 20, 40),
    "max_commute_minutes": (20, 45, 90),
    "mobility_radius_km": (0, 10, 50),
    "bg_size": (1, 2, 3, 5),
    "degree_of_disability": (0, 20, 29, 30, 40, 49, 50, 80),
    "incapacity_months": (0, 1, 5, 6, 6.5, 7, 12),
    "jps_months_in_stage": (0, 3, 11, 12, 24),
    "jps_internships_done": (0, 1, 3),
    "jps_absence_percent": (0, 10, 40),
    "unemployment_months": (0, 1, 11, 11.5, 12, 13, 17, 18, 19, 23, 24, 25, 60),
    "benefit_months_last_24": (0, 12, 20, 20.5, 21, 22, 24),
    "benefit_months_total": (0, 21, 24, 35, 36, 37, 90),
    "monthly_benefit_eur": (0, 150, 299, 300, 300.5, 301, 900),
    "side_income_eur": (0, 165, 450, 451, 452),
}
AGES = (14, 14.9, 15, 17, 18, 23, 24, 24.5, 25, 26, 26.9, 27, 29, 30, 30.5, 31, 35, 36, 40, 48, 49, 50, 51, 58, 65, 66)  # fmt: skip

TEXTS: dict[str, tuple[str, ...]] = {
    "postal_code": ("09648", "01067", "33602"),
    "place": ("Mittweida", "Döbeln"),
    "residence_region": ("Sachsen", "Mittelsachsen", "NRW"),
    "vocational_qualification_title": ("Verkäuferin", "Maler"),
    "unfinished_training": ("Köchin",),
    "occupational_field": ("Pflege", "Lager/Logistik"),
    "target_occupation": ("Altenpflegehelfer", "Erzieherin"),
    "last_occupation": ("Lagerhelfer", "Tagesmutter"),
    "interpreter_language": ("Arabisch",),
    "wishes": ("Teilzeit am Vormittag",),
}
LISTS: dict[str, tuple[str, ...]] = {
    "legal_circle": ("SGB II", "SGB III", "SGB VIII"),
    "certificates": ("forklift_licence", "police_clearance", "unterrichtung_34a_expired"),
    "driving_licences": ("AM", "B", "CE", "L"),
    "functional_limits": ("no_heavy_lifting", "no_night_shift", "no_public_contact"),
    "other_languages": ("Arabisch", "Russisch"),
    "contract_wishes": ("no_temp_agency", "permanent_only", "self_employment"),
    "measure_history": ("p001_08", "p001_09", "Bewerbungstraining", "p004_ik"),
    "target_occupations": ("Verkäufer", "Lagerhelfer", "Pflegehelferin"),
    "car_days": ("mon", "wed"),
}
DATES: dict[str, tuple[int, int]] = {
    "training_contract_start": (-100, 300),
    "integration_course_right_date": (-2100, 20),
    "integration_course_interrupted_since": (-800, 0),
    "integration_course_planned_end": (-60, 300),
    "integration_course_completed_on": (-900, 0),
    "arrival_date": (-3000, 0),
    "jps_planned_end": (-30, 400),
    "work_permit_until": (-30, 800),
    "no_proposals_until": (-30, 60),
}
"""Days before (negative) and after the day of the question."""


def random_people(count: int, seed: int, day: dt.date) -> list[Data]:
    """`count` people as dicts of the exchange format, the same for the same seed and day."""
    rng = random.Random(seed)
    return [one_person(rng, f"r{number}", day) for number in range(count)]


def one_person(rng: random.Random, name: str, day: dt.date) -> Data:
    """One person; first every field on its own, then what must agree, then what nobody has recorded."""
    data = _drawn(rng, day)
    if rng.random() >= CARELESS:
        _agree(rng, data, day)
    share = rng.choice(UNKNOWN_SHARES)
    kept = {field: value for field, value in data.items() if rng.random() >= share and value is not None}
    return {"id": name, **kept, **_as_of(rng, day)}


def _drawn(rng: random.Random, day: dt.date) -> Data:
    yes = rng.choice(YES_SHARES)
    data: Data = {field: rng.random() < yes for field in YES_NO.split()}
    data |= {field: rng.choice(values.split()) for field, values in CHOICES.items()}
    data |= {field: rng.choice(values) for field, values in NUMBERS.items()}
    data |= {field: rng.choice(values) for field, values in TEXTS.items()}
    data |= {field: [v for v in values if rng.random() < 0.6] for field, values in LISTS.items()}
    data |= {field: _date(rng, day, *span) for field, span in DATES.items()}
    data["age"] = rng.choice(AGES)
    data["experience"] = rng.choice(([], [_job(rng, day)], [_job(rng, day), {"title": "Küchenhilfe"}]))
    data["available_window"] = {"from": "08:00", "until": "16:00", "days": "mon-fri"}
    data |= _household(rng)
    for field in ("minijob", "self_employed", "parental_leave", "severe_disability", "driving_licence", "own_car"):
        data[field] = rng.random() < 0.5
    for field in ("ever_worked", "work_experience_in_germany", "first_vocational_training_completed"):
        data[field] = rng.random() < 0.5
    data["training_contract"] = rng.random() < 0.3
    return data


def _household(rng: random.Random) -> Data:
    ages = [rng.choice((0, 1, 2.5, 3, 5, 6, 11, 14, 17, 18)) for _ in range(rng.choice((0, 0, 1, 2, 3)))]
    children: list[Data] = [{"age": age} for age in ages]
    if children and rng.random() < 0.2:
        children[0] = {"contract_from": "08:00", "contract_until": "15:00", "days": "mon-fri", "fixed": True}
    short = rng.random() < 0.4
    return {
        "children": None if short else children,
        "children_ages": ages if short else None,
        "childcare_window": {"from": "08:00", "until": "15:00"} if short and ages else None,
        "has_children": bool(ages),
        "single_parent": bool(ages) and rng.random() < 0.5,
        "partner_in_bg": rng.random() < 0.4,
        "partner_long_term_unemployed": rng.random() < 0.4,
    }


def _job(rng: random.Random, day: dt.date) -> Data:
    return {"title": "Verkäufer", "years": rng.choice((0.5, 1, 3)), "last_year": day.year - rng.choice((0, 1, 3))}


def _date(rng: random.Random, day: dt.date, first: int, last: int) -> str:
    """Often exactly a year back or the first day of the new course law, else any day of the span."""
    edge = rng.random()
    if edge < 0.3 and first < -366:
        back = dt.date(day.year - 1, day.month, min(day.day, 28))
        return (back + dt.timedelta(days=rng.choice((-1, 0, 1)))).isoformat()
    if edge < 0.4 and first < -1800:
        return rng.choice(("2017-06-30", "2017-07-01", "2017-07-02"))
    return (day + dt.timedelta(days=rng.randint(first, last))).isoformat()


def _as_of(rng: random.Random, day: dt.date) -> Data:
    """Most records are of today; some are older by whole months or by days."""
    chance = rng.random()
    if chance < 0.7:
        return {}
    if chance < 0.85:
        months = day.year * 12 + day.month - 1 - rng.choice((1, 3, 6, 12))
        return {"as_of": dt.date(months // 12, months % 12 + 1, min(day.day, 28)).isoformat()}
    return {"as_of": (day - dt.timedelta(days=rng.randint(0, 500))).isoformat()}


def _agree(rng: random.Random, data: Data, day: dt.date) -> None:
    """Make the linked fields of one person fit together."""
    _agree_on_work(data)
    _agree_on_life(rng, data)
    course = data["integration_course"]
    if data["german_level"] == "native":
        course, data["integration_course_right"] = "not_applicable", "none"
    data["integration_course"] = course
    if course not in ("interrupted", "completed"):
        data["integration_course_interrupted_since"] = None
    if course != "completed":
        data["integration_course_completed_on"] = None
    if not data["training_contract"]:
        data["training_contract_start"] = None
    if data["jps_stage"] == "none":
        data["jps_months_in_stage"] = 0


def _agree_on_work(data: Data) -> None:
    status = data["employment_status"]
    data["minijob"] = status == "minijob" or (data["minijob"] and status not in ("unemployed", "sv_part_time"))
    data["minijob"] = data["minijob"] and status != "sv_full_time"
    data["self_employed"] = data["self_employed"] or status == "self_employed"
    data["parental_leave"] = status == "parental_leave"
    if not data["minijob"]:
        data["minijob_gross_eur"] = 0
    if status == "unemployed":
        data["months_since_job_start"] = None
    if status in ("sv_full_time", "sv_part_time"):
        data["months_since_last_job"] = 0
    if status == "sv_full_time":
        data["unemployment_months"] = 0
    possible = max(0, int((data["age"] - 14) * 12) - 12)
    for field in ("unemployment_months", "months_since_last_job", "work_experience_months"):
        data[field] = min(data[field], possible)
    if data["age"] < 20:
        data["experience"] = []
    if not data["ever_worked"]:
        data |= {"experience": [], "work_experience_months": 0, "work_experience_in_germany": False}
        data |= {"last_occupation": None, "months_since_last_job": None}


def _agree_on_life(rng: random.Random, data: Data) -> None:
    data["severe_disability"] = data["degree_of_disability"] >= 50
    data["benefit_months_total"] = max(data["benefit_months_total"], data["benefit_months_last_24"])
    data["driving_licence"] = bool({"B", "CE"} & set(data["driving_licences"]))
    if data["transport_mode"] == "car" and not (data["driving_licence"] and data["own_car"]):
        data["transport_mode"] = "walk"
    data["public_transport_ok"] = data["public_transport_ok"] or data["transport_mode"] == "public_transport"
    data["partner_in_bg"] = data["partner_in_bg"] and not data["single_parent"] and data["bg_size"] > 1
    data["partner_long_term_unemployed"] = data["partner_in_bg"] and data["partner_long_term_unemployed"]
    data["childcare_status"] = rng.choice(("missing", "secured")) if data["has_children"] else "not_needed"
    data["time_window"] = "full_day"
    if data["residence_status"] in ("german_citizen", "eu_citizen"):
        data["work_permit"] = "unrestricted"
    if data["vocational_qualification"] == "none":
        data["first_vocational_training_completed"] = False
    if data["vocational_qualification"] in ("none", "foreign_unrecognised"):
        data["foreign_recognition"] = "not_applicable"
    if data["school_leaving_level"] in ("Realschule", "Fachhochschulreife", "Abitur"):
        data["literate"] = True
