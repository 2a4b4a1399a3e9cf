"""Named edge cases in the exchange format, with what an experienced case worker would expect on 2 May 2022.

Nobody real: the names describe a situation. `outcomes` lists every defensible outcome, the first is the expected one;
where two stand, the list of vacancies decides. Programmes and steps are ids of the catalogue.
"""

from dataclasses import dataclass

Facts = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """`first` stands first, `steps` are listed, one of `near_top` is among the first five; `out`/`open`: (not) excluded.

    `asks`: fields among the open questions; `conflict`: the facts contradict each other.
    """

    name: str
    facts: Facts
    outcomes: tuple[str, ...]
    first: str | None = None
    steps: tuple[str, ...] = ()
    out: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    conflict: bool = False
    near_top: tuple[str, ...] = ()
    never_suggested: tuple[str, ...] = ()


HERE: Facts = {
    "as_of": "2022-05-02",
    "postal_code": "09599",
    "place": "Freiberg",
    "legal_circle": ["SGB II"],
    "transport_mode": "public_transport",
    "max_commute_minutes": 45,
    "driving_licences": [],
    "own_car": False,
}
GERMAN: Facts = {
    "german_level": "native",
    "german_level_evidence": "not_applicable",
    "integration_course": "not_applicable",
}
ALONE: Facts = {"children_ages": [], "single_parent": False, "childcare_status": "not_needed"}
REFUGEE: Facts = {
    "refugee": True,
    "migration_background": True,
    "residence_status": "recognised_refugee",
    "work_permit": "unrestricted",
    "school_leaving_level": "foreign_unassessed",
    "work_experience_in_germany": False,
}
SKILLED: Facts = {
    "school_leaving_level": "Realschule",
    "vocational_qualification": "recognised",
    "first_vocational_training_completed": True,
}
UNSKILLED: Facts = {
    "school_leaving_level": "HSA",
    "vocational_qualification": "none",
    "first_vocational_training_completed": False,
}


def unemployed(age: int, months: int, job: str, last_year: int, wish: str, years: float = 3) -> Facts:
    """Unemployed for some months after one occupation, wishing for another or the same."""
    return {
        "age": age,
        "employment_status": "unemployed",
        "unemployment_months": months,
        "experience": [{"title": job, "years": years, "last_year": last_year}],
        "target_occupations": [wish],
        "desired_hours_min": 30,
        "desired_hours_max": 40,
    }


REHA_TERMS = ("p001_n27", "p001_n23", "p002_avgs", "p002_vb")
"""Open to people in rehabilitation only with the carrier's agreement and a participation plan (document 002)."""
JPS_STAGES = ("p000_ef", "p000_qab", "p000_qab_dual", "p000_ieb", "p000_vdb")

PERSONAS: tuple[Persona, ...] = (
    Persona(
        name="fachkraft_bereit_fuer_arbeit",
        facts=HERE
        | GERMAN
        | ALONE
        | SKILLED
        | unemployed(38, 5, "Verkäuferin", 2021, "Verkäuferin", 8)
        | {
            "market_distance": "market_ready",
            "severe_placement_obstacles": False,
            "multiple_placement_obstacles": False,
            "voluntary_consent_jps": False,
        },
        outcomes=("place_directly",),
        first="step:direct_placement",
        out=(*JPS_STAGES, "p001_35", "p001_n06", "p001_36", "p001_06", "p002_kopfstand"),
        open=("p002_bewerbung", "p001_n28"),
    ),
    Persona(
        name="fachkraft_ohne_einschaetzung_der_marktnaehe",
        facts=HERE
        | GERMAN
        | ALONE
        | SKILLED
        | unemployed(41, 4, "Industriemechaniker", 2021, "Industriemechaniker", 15)
        | {"driving_licences": ["B"], "own_car": True, "transport_mode": "car"},
        outcomes=("place_directly",),
        first="step:direct_placement",
        out=("p001_35",),
    ),
    Persona(
        name="jung_ohne_abschluss",
        facts=HERE
        | GERMAN
        | ALONE
        | UNSKILLED
        | {
            "age": 19,
            "employment_status": "unemployed",
            "unemployment_months": 7,
            "ever_worked": False,
            "experience": [],
            "training_dropouts": 1,
            "unfinished_training": "Verkäufer",
            "target_occupations": ["KFZ-Mechatroniker"],
            "bvb_possible": True,
            "desired_hours_min": 35,
            "desired_hours_max": 40,
        },
        outcomes=("suggest_measure", "no_measure"),
        near_top=("p001_n33", "p001_n18", "p004_asa"),
        steps=("step:apprenticeship",),
        out=("p002_zukunft", "p001_29", "p001_n06", "p001_32", "p001_21"),
        open=("p001_n33", "p004_asa", "p001_36"),
    ),
    Persona(
        name="gefluechtet_a2_kurs_noch_nicht_begonnen",
        facts=HERE
        | REFUGEE
        | ALONE
        | unemployed(27, 6, "Schneider", 2018, "Näher")
        | {
            "german_level": "A2",
            "german_level_evidence": "observed",
            "vocational_qualification": "none",
            "integration_course": "none",
            "integration_course_right": "obliged",
            "integration_course_right_date": "2022-02-01",
            "kompas": "none",
        },
        outcomes=("suggest_measure",),
        near_top=("p004_ik",),
        out=("p004_fokus", "p004_ueb", "p001_36"),
        open=("p004_ik", "p004_ip"),
    ),
    Persona(
        name="gefluechtet_b1_abschluss_nicht_anerkannt",
        facts=HERE
        | REFUGEE
        | ALONE
        | unemployed(34, 14, "Elektriker", 2015, "Elektriker", 6)
        | {
            "german_level": "B1",
            "german_level_evidence": "certificate",
            "vocational_qualification": "foreign_unrecognised",
            "foreign_recognition": "not_started",
            "integration_course": "completed",
            "integration_course_completed_on": "2022-01-28",
            "integration_course_right": "obliged",
            "integration_course_right_date": "2021-02-01",
        },
        outcomes=("suggest_measure", "place_directly"),
        steps=("step:recognition",),
        out=("p001_n06",),
        open=("p004_deufoev", "p004_ueb", "p004_fokus"),
        near_top=("p004_deufoev", "p004_ueb", "step:recognition"),
    ),
    Persona(
        name="alleinerziehend_ohne_betreuung",
        facts=HERE
        | GERMAN
        | SKILLED
        | unemployed(27, 20, "Friseurin", 2019, "Friseurin")
        | {"children": [{"age": 2}], "single_parent": True, "childcare_status": "missing", "partner_in_bg": False},
        outcomes=("no_measure",),
        first="step:childcare",
        out=("p001_n06", "p001_35"),
        open=("p002_tandem",),
    ),
    Persona(
        name="alleinerziehend_mit_schulkind_ohne_betreuung",
        facts=HERE
        | GERMAN
        | SKILLED
        | unemployed(41, 10, "Bürokauffrau", 2021, "Bürokauffrau")
        | {
            "children": [{"age": 12}],
            "single_parent": True,
            "childcare_status": "missing",
            "desired_hours_min": 15,
            "desired_hours_max": 25,
        },
        outcomes=("suggest_measure", "place_directly"),
        steps=("step:childcare",),
    ),
    Persona(
        name="minijob_betrieb_zur_umwandlung_bereit",
        facts=HERE
        | GERMAN
        | ALONE
        | SKILLED
        | unemployed(47, 30, "Reinigungskraft", 2022, "Reinigungskraft")
        | {
            "employment_status": "minijob",
            "minijob": True,
            "minijob_gross_eur": 450,
            "employer_ready_to_convert": True,
        },
        outcomes=("place_directly",),
        first="step:minijob_conversion",
        open=("p001_06", "p001_15b"),
    ),
    Persona(
        name="minijob_betrieb_noch_nicht_gefragt",
        facts=HERE
        | GERMAN
        | ALONE
        | SKILLED
        | unemployed(47, 30, "Textilfacharbeiterin", 2010, "Näherin")
        | {"employment_status": "minijob", "minijob_gross_eur": 200},
        outcomes=("suggest_measure", "place_directly"),
        steps=("step:minijob_conversion",),
        open=("p001_06", "p001_15b"),
    ),
    Persona(
        name="selbstaendig_mit_ergaenzenden_leistungen",
        facts=HERE
        | GERMAN
        | ALONE
        | SKILLED
        | {
            "age": 45,
            "employment_status": "self_employed",
            "self_employed": True,
            "monthly_benefit_eur": 380,
            "experience": [{"title": "Imbissbetreiber", "years": 6, "last_year": 2022}],
            "target_occupations": [],
            "benefit_months_last_24": 18,
        },
        outcomes=("suggest_measure", "place_directly", "counselling_first"),
        out=("p001_06",),
        open=("p001_n22",),
        near_top=("p001_n22",),
    ),
    Persona(
        name="ueber_55_seit_jahren_arbeitslos",
        facts=HERE
        | GERMAN
        | ALONE
        | unemployed(58, 70, "Maurer", 2015, "Hausmeister", 25)
        | {
            "school_leaving_level": "POS",
            "vocational_qualification": "not_usable",
            "benefit_months_last_24": 24,
            "functional_limits": ["no_heavy_lifting", "no_kneeling"],
            "health_limitation_physical": True,
        },
        outcomes=("suggest_measure", "place_directly"),
        out=("p002_zukunft", "p001_36", "p001_32", "p001_13"),
        open=("p001_n06", "p001_33", "p002_16i"),
    ),
    Persona(
        name="jps_stufe_4_ohne_praktikum",
        facts=HERE
        | GERMAN
        | ALONE
        | UNSKILLED
        | unemployed(33, 30, "Zimmermädchen", 2019, "Hotel")
        | {
            "employment_status": "in_measure",
            "voluntary_consent_jps": True,
            "jps_profiling_done": True,
            "jps_stage": "4_VdB",
            "jps_months_in_stage": 3,
            "jps_planned_end": "2022-06-30",
            "jps_internships_done": 0,
        },
        outcomes=("suggest_measure", "place_directly", "no_measure"),
        steps=("step:internship",),
        open=("p000_ieb", "p000_qab"),
    ),
    Persona(
        name="jps_stufe_laeuft_noch_lange",
        facts=HERE
        | GERMAN
        | ALONE
        | UNSKILLED
        | unemployed(33, 30, "Lagerhelfer", 2019, "Lagerist")
        | {
            "employment_status": "in_measure",
            "voluntary_consent_jps": True,
            "jps_profiling_done": True,
            "jps_stage": "2_QAB_klassisch",
            "jps_months_in_stage": 6,
            "jps_planned_end": "2023-10-31",
        },
        outcomes=("continue_current",),
        first="step:continue_current",
    ),
    Persona(
        name="jps_stufenwechsel_empfohlen",
        facts=HERE
        | GERMAN
        | ALONE
        | UNSKILLED
        | unemployed(36, 40, "Bauhelfer", 2018, "Gartenhelfer")
        | {
            "employment_status": "in_measure",
            "voluntary_consent_jps": True,
            "jps_profiling_done": True,
            "jps_stage": "4_VdB",
            "jps_months_in_stage": 5,
            "jps_planned_end": "2022-12-15",
            "jps_internships_done": 1,
            "jps_recommend_stage_change": True,
        },
        outcomes=("stage_change",),
        first="step:rb_assessment",
        steps=("step:aa_jc_consent",),
        open=("p000_ieb",),
    ),
    Persona(
        name="jps_teilnahme_abgelehnt",
        facts=HERE
        | GERMAN
        | ALONE
        | UNSKILLED
        | unemployed(30, 30, "Lagerhelfer", 2016, "Lagerist")
        | {"voluntary_consent_jps": False},
        outcomes=("suggest_measure", "place_directly"),
        out=JPS_STAGES,
        never_suggested=JPS_STAGES,
    ),
    Persona(
        name="integrationskurs_laeuft",
        facts=HERE
        | REFUGEE
        | ALONE
        | unemployed(31, 8, "Koch", 2019, "Koch")
        | {
            "german_level": "A2",
            "vocational_qualification": "none",
            "integration_course": "running",
            "integration_course_right": "obliged",
            "integration_course_right_date": "2021-09-01",
            "integration_course_planned_end": "2022-11-30",
            "kompas": "none",
        },
        outcomes=("continue_current",),
        first="step:continue_current",
        out=("p004_ueb",),
        open=("p004_ik",),
    ),
    Persona(
        name="kursberechtigung_erloschen",
        facts=HERE
        | REFUGEE
        | ALONE
        | unemployed(29, 20, "Verkäufer Markt", 2018, "Verkäufer")
        | {
            "german_level": "A1",
            "vocational_qualification": "none",
            "integration_course": "none",
            "integration_course_right": "entitled",
            "integration_course_right_date": "2021-01-15",
        },
        outcomes=("suggest_measure", "no_measure"),
        steps=("step:renew_course_right",),
        out=("p004_ik",),
        never_suggested=("p004_ik",),
    ),
    Persona(
        name="reha_laeuft_ohne_abstimmung",
        facts=HERE
        | GERMAN
        | ALONE
        | SKILLED
        | unemployed(33, 18, "Dachdecker", 2020, "Lagerist", 8)
        | {
            "rehab_status": "running",
            "reha_carrier_agreement": False,
            "participation_plan": False,
            "health_limitation_physical": True,
            "functional_limits": ["no_heights", "no_heavy_lifting"],
        },
        outcomes=("no_measure",),
        first="step:reha_coordination",
        out=REHA_TERMS,
        never_suggested=REHA_TERMS,
    ),
    Persona(
        name="reha_laeuft_mit_teilhabeplan",
        facts=HERE
        | GERMAN
        | ALONE
        | SKILLED
        | unemployed(33, 18, "Dachdecker", 2020, "Lagerist", 8)
        | {
            "rehab_status": "running",
            "reha_carrier_agreement": True,
            "participation_plan": True,
            "functional_limits": ["no_heights"],
        },
        outcomes=("suggest_measure", "place_directly"),
        open=(*REHA_TERMS, "p002_reha"),
    ),
    Persona(
        name="akute_krise",
        facts=HERE
        | GERMAN
        | ALONE
        | SKILLED
        | unemployed(44, 6, "Bürokauffrau", 2021, "Bürokauffrau", 12)
        | {"acute_crisis": True},
        outcomes=("counselling_first",),
        first="step:counselling",
        steps=("step:psychosocial_support",),
    ),
    Persona(
        name="kontakt_abgerissen",
        facts=HERE
        | GERMAN
        | ALONE
        | UNSKILLED
        | unemployed(24, 15, "Lagerhelfer", 2020, "Lager", 1)
        | {"contact_avoidance": "unreachable"},
        outcomes=("counselling_first",),
        first="step:outreach",
    ),
    Persona(
        name="widerspruechliche_angaben",
        facts=HERE
        | GERMAN
        | {
            "age": 22,
            "employment_status": "sv_full_time",
            "unemployment_months": 14,
            "vocational_qualification": "none",
            "school_leaving_level": "HSA",
            "experience": [{"title": "Lagerhelfer", "years": 18, "last_year": 2021}],
            "target_occupations": ["Lager"],
            "single_parent": True,
            "children_ages": [],
        },
        outcomes=("clarify_data",),
        first="step:clarify_data",
        conflict=True,
    ),
    Persona(
        name="fast_keine_angaben",
        facts={"as_of": "2022-05-02", "age": 40, "postal_code": "09599"},
        outcomes=("clarify_data",),
        first="step:clarify_data",
        asks=("german_level",),
    ),
    Persona(name="leeres_profil", facts={}, outcomes=("clarify_data",), first="step:clarify_data", asks=("age",)),
    Persona(
        name="ausbildungsvertrag_ab_august",
        facts=HERE
        | GERMAN
        | ALONE
        | UNSKILLED
        | {
            "age": 18,
            "employment_status": "unemployed",
            "unemployment_months": 2,
            "ever_worked": False,
            "experience": [],
            "training_contract": True,
            "training_contract_start": "2022-08-01",
            "target_occupations": ["Koch"],
        },
        outcomes=("no_measure",),
        first="step:apprenticeship",
        out=("p001_n06",),
        open=("p004_asa",),
    ),
    Persona(
        name="vollzeit_ohne_leistungen",
        facts=HERE
        | GERMAN
        | ALONE
        | SKILLED
        | {
            "age": 35,
            "employment_status": "sv_full_time",
            "monthly_benefit_eur": 0,
            "months_since_job_start": 30,
            "experience": [{"title": "Verkäufer", "years": 10, "last_year": 2022}],
        },
        outcomes=("no_suggestion",),
        first="step:no_suggestion",
    ),
    Persona(
        name="teilzeit_mit_ergaenzenden_leistungen",
        facts=HERE
        | GERMAN
        | SKILLED
        | {
            "age": 39,
            "employment_status": "sv_part_time",
            "monthly_benefit_eur": 240,
            "months_since_job_start": 26,
            "experience": [{"title": "Verkäuferin", "years": 9, "last_year": 2022}],
            "target_occupations": ["Verkäuferin"],
            "children": [
                {"age": 6, "contract_from": "06:30", "contract_until": "16:00", "days": "mon-fri", "fixed": True}
            ],
            "childcare_status": "secured",
            "desired_hours_min": 25,
            "desired_hours_max": 35,
        },
        outcomes=("place_directly",),
        first="step:employer_talk",
        out=("p001_06",),
    ),
    Persona(
        name="nachbetreuung_nach_arbeitsaufnahme",
        facts=HERE
        | GERMAN
        | ALONE
        | SKILLED
        | {
            "age": 42,
            "employment_status": "sv_full_time",
            "months_since_job_start": 2,
            "monthly_benefit_eur": 0,
            "written_consent_aftercare": True,
            "experience": [{"title": "Lagerist", "years": 3, "last_year": 2022}],
        },
        outcomes=("continue_current",),
        first="step:aftercare",
        open=("p001_28",),
    ),
    Persona(
        name="sucht_und_schulden",
        facts=HERE
        | GERMAN
        | ALONE
        | UNSKILLED
        | unemployed(39, 50, "Bauhelfer", 2017, "Bauhelfer", 6)
        | {
            "addiction": "yes",
            "debts_unsettled": True,
            "market_distance": "far",
            "severe_placement_obstacles": True,
            "multiple_placement_obstacles": True,
        },
        outcomes=("suggest_measure", "no_measure", "counselling_first"),
        steps=("step:addiction_counselling", "step:debt_counselling"),
        open=("p001_05", "p001_08", "p001_n20", "p001_19"),
        out=("p001_36",),
    ),
    Persona(
        name="nicht_alphabetisiert",
        facts=HERE
        | GERMAN
        | ALONE
        | unemployed(46, 90, "Helfer Landwirtschaft", 2014, "Garten", 8)
        | {"literate": False, "school_leaving_level": "none", "vocational_qualification": "none"},
        outcomes=("suggest_measure", "no_measure", "place_directly"),
        steps=("step:literacy_course",),
        open=("p001_08",),
    ),
    Persona(
        name="schwerbehindert",
        facts=HERE
        | GERMAN
        | ALONE
        | SKILLED
        | unemployed(50, 9, "Bürokauffrau", 2021, "Bürokauffrau", 20)
        | {
            "severe_disability": True,
            "degree_of_disability": 60,
            "functional_limits": ["no_prolonged_standing", "no_heavy_lifting"],
            "max_hours_per_week": 30,
            "desired_hours_min": 20,
            "desired_hours_max": 30,
        },
        outcomes=("place_directly", "suggest_measure"),
        open=("p001_02", "p001_11", "p001_n06"),
    ),
    Persona(
        name="elternzeit",
        facts=HERE
        | GERMAN
        | SKILLED
        | {
            "age": 31,
            "employment_status": "parental_leave",
            "parental_leave": True,
            "children": [{"age": 0.5}],
            "single_parent": False,
            "partner_in_bg": True,
            "experience": [{"title": "Erzieherin", "years": 5, "last_year": 2021}],
            "target_occupations": ["Erzieherin"],
            "childcare_status": "missing",
        },
        outcomes=("no_measure", "counselling_first", "no_suggestion", "suggest_measure"),
        steps=("step:childcare",),
        never_suggested=("p001_n23", "p001_n33"),
    ),
    Persona(
        name="lange_arbeitsunfaehig",
        facts=HERE
        | GERMAN
        | ALONE
        | SKILLED
        | unemployed(52, 24, "Altenpflegehelferin", 2019, "Betreuungskraft", 15)
        | {"incapacity_months": 9, "health_limitation_physical": True},
        outcomes=("no_measure",),
        first="step:medical_clarification",
        open=("p001_11",),
    ),
    Persona(
        name="umschulung_laeuft",
        facts=HERE
        | GERMAN
        | ALONE
        | UNSKILLED
        | {
            "age": 30,
            "employment_status": "retraining",
            "experience": [{"title": "Lagerhelfer", "years": 4, "last_year": 2020}],
            "target_occupations": ["Fachlagerist"],
            "unemployment_months": 22,
        },
        outcomes=("continue_current",),
        first="step:continue_current",
    ),
)
