"""Closed vocabularies of the exchange format and the catalogue.

Sources: neutral participant format (fixed readings), source documents 000-004, KldB 2010, CEFR.
Order matters where a vocabulary is ordinal: later means more.
"""

from typing import Literal

Gender = Literal["f", "m", "d"]
LegalCircle = Literal["SGB II", "SGB III", "SGB VIII"]
SchoolLeaving = Literal[
    "none", "Förderschule", "HSA", "Realschule", "Fachhochschulreife", "Abitur", "POS", "foreign_unassessed"
]
VocationalQualification = Literal["none", "partial", "not_usable", "foreign_unrecognised", "recognised", "academic"]
ForeignRecognition = Literal["not_applicable", "not_started", "in_progress", "partly", "full", "refused"]
ProfessionGroup = Literal["doctor", "engineer", "other"]
EmploymentStatus = Literal[
    "unemployed",
    "minijob",
    "sv_part_time",
    "sv_full_time",
    "self_employed",
    "parental_leave",
    "school",
    "training",
    "retraining",
    "in_measure",
]
TimeWindow = Literal["full_day", "mornings", "afternoons"]
ChildcareStatus = Literal["not_needed", "missing", "partial", "secured"]
Suspicion = Literal["none", "suspected", "diagnosed"]
Addiction = Literal["none", "suspected", "yes"]
RehabStatus = Literal["none", "running", "pension_applied"]
ResidenceStatus = Literal[
    "german_citizen", "eu_citizen", "recognised_refugee", "third_country", "asylum_seeker", "tolerated"
]
GermanLevel = Literal["A0", "A1", "A2", "B1", "B2", "C1", "C2", "native"]
GermanEvidence = Literal["certificate", "observed", "not_applicable"]
IntegrationCourse = Literal["none", "running", "interrupted", "completed", "not_applicable"]
CourseRight = Literal["none", "entitled", "obliged"]
Kompas = Literal["none", "running", "completed"]
ContactAvoidance = Literal["no", "misses_appointments", "refuses_cooperation", "unreachable"]
JpsStage = Literal["none", "EF", "2_QAB_klassisch", "2_QAB_dual", "2_EZU", "3_IEB", "4_VdB"]
MarketDistance = Literal["market_ready", "near", "far"]
WorkPermit = Literal["unrestricted", "approval_needed", "none"]
TransportMode = Literal["car", "public_transport", "bike", "walk"]
DrivingLicence = Literal["AM", "A", "B", "BE", "C1", "C", "CE", "D", "DE", "L", "T"]
FunctionalLimit = Literal[
    "no_heavy_lifting",
    "no_prolonged_standing",
    "no_prolonged_sitting",
    "no_kneeling",
    "no_overhead_work",
    "no_heights",
    "no_wet_cold",
    "no_heat",
    "no_dust_allergens",
    "no_skin_irritants",
    "no_noise",
    "no_night_shift",
    "no_shift_work",
    "no_time_pressure",
    "no_public_contact",
    "no_driving",
    "no_screen_work",
    "no_machines",
]

ProgrammeKind = Literal["measure", "support_structure", "instrument"]
AccessRoute = Literal["assignment", "avgs", "bildungsgutschein", "employer_application", "bamf", "counselling", "self"]
DecidedBy = Literal[
    "jobcenter",
    "agentur",
    "bamf",
    "employer",
    "provider",
    "regionalbuero",
    "sozialamt",
    "jugendamt",
    "reha_carrier",
    "land",
]
Discretion = Literal["muss", "soll", "kann"]
Budget = Literal["frei", "knapp", "gesperrt"]
Need = Literal[
    "activation",
    "orientation",
    "assessment",
    "application",
    "placement",
    "work_habituation",
    "qualification",
    "partial_qualification",
    "training_entry",
    "training_support",
    "school_leaving",
    "language",
    "recognition",
    "childcare",
    "mobility",
    "self_employment",
    "minijob_conversion",
    "more_hours",
    "job_retention",
    "subsidised_job",
    "household",
    "it_skills",
    "social_participation",
    "counselling",
    "health",
    "psychosocial",
    "addiction",
    "debts",
    "housing",
    "family",
    "literacy",
    "offences",
    "rehab",
]
PROTECTED_NEEDS: frozenset[str] = frozenset(
    {"health", "psychosocial", "addiction", "debts", "housing", "family", "literacy", "offences", "rehab"}
)
Outcome = Literal[
    "suggest_measure",
    "stage_change",
    "place_directly",
    "no_measure",
    "counselling_first",
    "clarify_data",
    "continue_current",
    "no_suggestion",
]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

GERMAN_LEVELS: tuple[str, ...] = ("A0", "A1", "A2", "B1", "B2", "C1", "C2", "native")
"""CEFR as an ordinal; A0 is below A1, native above C2."""

SCHOOL_ORDER: dict[str, int] = {
    "none": 0,
    "Förderschule": 1,
    "HSA": 2,
    "Realschule": 3,
    "POS": 3,
    "Fachhochschulreife": 4,
    "Abitur": 5,
}
"""School leaving certificates as an ordinal; foreign_unassessed has no place in it (unknown)."""

VOCATIONAL_ORDER: dict[str, int] = {
    "none": 0,
    "not_usable": 0,
    "partial": 1,
    "foreign_unrecognised": 1,
    "recognised": 2,
    "academic": 3,
}
"""Usable vocational qualification as an ordinal."""

LONG_TERM_UNEMPLOYED_MONTHS = 12
"""§ 18 SGB III: langzeitarbeitslos from one year of unemployment (fixed reading of the exchange format)."""
