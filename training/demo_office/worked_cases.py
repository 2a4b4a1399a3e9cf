"""Hand-made participants: the worked cases of the demo (T0001 to T0004) and situations that must not be missing."""

from training.demo_office.people_facts import Facts

_HERE: Facts = {"as_of": "2022-05-02", "residence_region": "Mittelsachsen", "legal_circle": ["SGB II"]}
_GERMAN: Facts = {
    "german_level": "native",
    "german_level_evidence": "not_applicable",
    "integration_course": "not_applicable",
}
_ALONE: Facts = {"children_ages": [], "childcare_status": "not_needed", "single_parent": False}

READY_FOR_WORK: Facts = (
    _HERE
    | _GERMAN
    | {
        "age": 38,
        "postal_code": "09599",
        "place": "Freiberg",
        "employment_status": "unemployed",
        "unemployment_months": 5,
        "benefit_months_last_24": 5,
        "school_leaving_level": "Realschule",
        "vocational_qualification": "recognised",
        "vocational_qualification_title": "Fachkraft für Lagerlogistik",
        "first_vocational_training_completed": True,
        "experience": [
            {"title": "Lagerlogistiker", "years": 9, "last_year": 2021},
            {"title": "Verk. Baumarkt", "years": 3, "last_year": 2012},
        ],
        "target_occupations": ["Fachkraft Lagerlogistik", "Staplerfahrer", "Wareneingang"],
        "certificates": ["forklift_licence"],
        "driving_licences": ["B"],
        "own_car": True,
        "transport_mode": "car",
        "max_commute_minutes": 40,
        "desired_hours_min": 32,
        "desired_hours_max": 40,
        "it_skills": True,
        "market_distance": "market_ready",
        "children": [
            {
                "age": 7,
                "contract_from": "06:00",
                "contract_until": "17:00",
                "days": "mon-fri",
                "fixed": False,
                "holiday_care": True,
            }
        ],
        "childcare_status": "secured",
        "single_parent": False,
        "partner_in_bg": True,
        "bg_size": 3,
        "functional_limits": ["no_night_shift"],
        "contract_wishes": ["application_documents_ready"],
        "severe_placement_obstacles": False,
        "multiple_placement_obstacles": False,
    }
)
"""The first worked case: a vacancy comes first, no measure is needed."""

MEASURE_NEXT: Facts = (
    _HERE
    | _GERMAN
    | {
        "age": 29,
        "postal_code": "09648",
        "place": "Mittweida",
        "employment_status": "unemployed",
        "unemployment_months": 26,
        "benefit_months_last_24": 24,
        "school_leaving_level": "HSA",
        "vocational_qualification": "none",
        "first_vocational_training_completed": False,
        "unfinished_training": "Koch",
        "training_dropouts": 1,
        "experience": [
            {"title": "Komissionierer Zeitarbeit", "years": 1.5, "last_year": 2019},
            {"title": "Küchenhilfe", "years": 1, "last_year": 2016},
        ],
        "target_occupations": ["Zerspanungsmechaniker", "CNC Fräser"],
        "driving_licences": [],
        "own_car": False,
        "transport_mode": "public_transport",
        "max_commute_minutes": 60,
        "desired_hours_min": 30,
        "desired_hours_max": 40,
        "voluntary_consent_jps": True,
        "jps_profiling_done": False,
        "jps_stage": "none",
        "measure_history": ["p001_n26", "p002_bewerbung"],
        "retraining_willing": True,
        "health_limitation_physical": False,
        "children_ages": [],
        "single_parent": False,
    }
)
"""The second worked case: without a qualification for years; a measure is next, some facts have to be asked."""

COUNSELLING_FIRST: Facts = (
    _HERE
    | _GERMAN
    | _ALONE
    | {
        "age": 44,
        "postal_code": "04720",
        "place": "Döbeln",
        "employment_status": "unemployed",
        "unemployment_months": 19,
        "benefit_months_last_24": 19,
        "school_leaving_level": "Realschule",
        "vocational_qualification": "recognised",
        "vocational_qualification_title": "Bürokauffrau",
        "experience": [{"title": "Sachb. Einkauf", "years": 12, "last_year": 2020}],
        "target_occupations": ["Büro"],
        "driving_licences": ["B"],
        "own_car": False,
        "transport_mode": "public_transport",
        "max_commute_minutes": 45,
        "desired_hours_min": 20,
        "desired_hours_max": 30,
        "acute_crisis": True,
    }
)
"""The third worked case: neither a measure nor a vacancy, a conversation comes first."""

CONTRADICTORY: Facts = (
    _HERE
    | _GERMAN
    | {
        "age": 26,
        "postal_code": "09661",
        "place": "Hainichen",
        "employment_status": "sv_full_time",
        "unemployment_months": 14,
        "school_leaving_level": "HSA",
        "vocational_qualification": "none",
        "transport_mode": "public_transport",
        "experience": [{"title": "Lagerhelfer", "years": 18, "last_year": 2021}],
        "target_occupations": ["Lager"],
        "driving_licences": [],
        "own_car": False,
        "desired_hours_min": 30,
        "desired_hours_max": 40,
    }
)
"""The other face of the third case: facts that cannot all be true have to be cleared first."""

REFUGEE_WITH_DEGREE: Facts = (
    _HERE
    | _ALONE
    | {
        "age": 34,
        "postal_code": "09599",
        "place": "Freiberg",
        "employment_status": "unemployed",
        "unemployment_months": 16,
        "refugee": True,
        "migration_background": True,
        "residence_status": "recognised_refugee",
        "work_permit": "unrestricted",
        "german_level": "B1",
        "german_level_evidence": "certificate",
        "integration_course": "completed",
        "integration_course_completed_on": "2022-02-25",
        "school_leaving_level": "foreign_unassessed",
        "vocational_qualification": "foreign_unrecognised",
        "vocational_qualification_title": "Krankenschwester (Ausland)",
        "foreign_recognition": "not_started",
        "experience": [{"title": "Krankenschwester", "years": 6, "last_year": 2015}],
        "target_occupations": ["Krankenschwester", "Pflegehelferin"],
        "driving_licences": [],
        "own_car": False,
        "transport_mode": "public_transport",
        "max_commute_minutes": 45,
        "desired_hours_min": 30,
        "desired_hours_max": 40,
        "other_languages": ["Arabisch", "Englisch"],
        "work_experience_in_germany": False,
    }
)
SINGLE_PARENT_WITHOUT_CARE: Facts = (
    _HERE
    | _GERMAN
    | {
        "age": 27,
        "postal_code": "09557",
        "place": "Flöha",
        "employment_status": "unemployed",
        "unemployment_months": 20,
        "benefit_months_last_24": 20,
        "school_leaving_level": "Realschule",
        "vocational_qualification": "recognised",
        "vocational_qualification_title": "Friseurin",
        "experience": [{"title": "Friseurin", "years": 3, "last_year": 2019}],
        "target_occupations": ["Friseurin", "Verkauf"],
        "driving_licences": ["B"],
        "own_car": True,
        "transport_mode": "car",
        "max_commute_minutes": 30,
        "desired_hours_min": 20,
        "desired_hours_max": 25,
        "children": [{"age": 2}],
        "childcare_status": "missing",
        "single_parent": True,
        "partner_in_bg": False,
        "bg_size": 2,
    }
)
MINIJOB_TO_CONVERT: Facts = (
    _HERE
    | _GERMAN
    | _ALONE
    | {
        "age": 47,
        "postal_code": "09669",
        "place": "Frankenberg/Sa.",
        "employment_status": "minijob",
        "minijob": True,
        "minijob_gross_eur": 450,
        "employer_ready_to_convert": True,
        "unemployment_months": 30,
        "benefit_months_last_24": 24,
        "school_leaving_level": "POS",
        "vocational_qualification": "recognised",
        "vocational_qualification_title": "Textilfacharbeiterin",
        "experience": [{"title": "Reinigung Praxis (Minijob)", "years": 2, "last_year": 2022}],
        "target_occupations": ["Reinigungskraft", "Wäscherei"],
        "driving_licences": ["B"],
        "own_car": False,
        "transport_mode": "bike",
        "max_commute_minutes": 30,
        "desired_hours_min": 20,
        "desired_hours_max": 30,
    }
)
STAGE_CHANGE: Facts = (
    _HERE
    | _GERMAN
    | _ALONE
    | {
        "age": 36,
        "postal_code": "09306",
        "place": "Rochlitz",
        "employment_status": "in_measure",
        "unemployment_months": 40,
        "benefit_months_last_24": 24,
        "school_leaving_level": "HSA",
        "vocational_qualification": "none",
        "voluntary_consent_jps": True,
        "jps_profiling_done": True,
        "jps_stage": "4_VdB",
        "jps_months_in_stage": 5,
        "jps_planned_end": "2022-06-15",
        "jps_internships_done": 1,
        "jps_recommend_stage_change": True,
        "experience": [{"title": "Bauhelfer", "years": 4, "last_year": 2018}],
        "target_occupations": ["Garten", "Hausmeister"],
        "driving_licences": ["B"],
        "own_car": True,
        "transport_mode": "car",
        "max_commute_minutes": 45,
        "desired_hours_min": 30,
        "desired_hours_max": 40,
    }
)
STAGE_ENDS_SOON: Facts = (
    _HERE
    | _GERMAN
    | _ALONE
    | {
        "age": 31,
        "postal_code": "09599",
        "place": "Freiberg",
        "employment_status": "in_measure",
        "unemployment_months": 28,
        "school_leaving_level": "HSA",
        "vocational_qualification": "none",
        "voluntary_consent_jps": True,
        "jps_profiling_done": True,
        "jps_stage": "4_VdB",
        "jps_months_in_stage": 5,
        "jps_planned_end": "2022-06-08",
        "jps_internships_done": 0,
        "experience": [{"title": "Zimmermädchen", "years": 2, "last_year": 2019}],
        "target_occupations": ["Hotel", "Reinigung"],
        "driving_licences": [],
        "own_car": False,
        "transport_mode": "public_transport",
        "max_commute_minutes": 45,
        "desired_hours_min": 25,
        "desired_hours_max": 35,
    }
)
ALMOST_UNKNOWN: Facts = {"as_of": "2022-04-29", "postal_code": "09217", "place": "Burgstädt"}

CASES: tuple[Facts, ...] = (
    READY_FOR_WORK,
    MEASURE_NEXT,
    COUNSELLING_FIRST,
    CONTRADICTORY,
    REFUGEE_WITH_DEGREE,
    SINGLE_PARENT_WITHOUT_CARE,
    MINIJOB_TO_CONVERT,
    STAGE_CHANGE,
    STAGE_ENDS_SOON,
    ALMOST_UNKNOWN,
)
"""In the order of their ids: T0001, T0002 …"""
