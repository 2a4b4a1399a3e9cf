"""The person as the engine sees it: participant, household and protected facts, three separate values.

Source: neutral participant format; DESIGN section 2 and 4 (what features may see). Everywhere `None` is
unknown; `False`, `0`, `"none"` and `()` are known. No field holds a name, an address or a customer number.
"""

import datetime as dt
from dataclasses import dataclass, field

from matcher.vocabulary import (
    Addiction,
    ChildcareStatus,
    ContactAvoidance,
    CourseRight,
    Day,
    DrivingLicence,
    EmploymentStatus,
    ForeignRecognition,
    FunctionalLimit,
    Gender,
    GermanEvidence,
    GermanLevel,
    IntegrationCourse,
    JpsStage,
    Kompas,
    LegalCircle,
    MarketDistance,
    ProfessionGroup,
    RehabStatus,
    ResidenceStatus,
    SchoolLeaving,
    Suspicion,
    TimeWindow,
    TransportMode,
    VocationalQualification,
    WorkPermit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A weekly time window; times are minutes after midnight, `until_minutes` may reach 1440."""

    from_minutes: int
    until_minutes: int
    days: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri")


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """One occupation somebody has worked in; `title` as written, `years` of practice, last year in it."""

    title: str
    years: float | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child's care as a contract; `fixed` true: not extendable, false: extendable on taking up work."""

    age: float | None = None
    contract: Window | None = None
    fixed: bool | None = None
    settling_in_until: dt.date | None = None
    holiday_care: bool | None = None
    backup_when_ill: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """Bedarfsgemeinschaft and care duties; asked of every parent, fathers too."""

    bg_size: int | None = None
    partner_in_bg: bool | None = None
    partner_long_term_unemployed: bool | None = None
    single_parent: bool | None = None
    has_children: bool | None = None
    children: tuple[Child, ...] | None = None
    childcare_status: ChildcareStatus | None = None
    care_for_relatives: bool | None = None
    parental_leave: bool | None = None
    returner: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """Facts that only rules with a cited source may read; never points, never features.

    Health, disability, addiction, debts, offences, housing, residence and origin, benefit history, and
    judgements about the person. `functional_limits` and `max_hours_per_week` only remove what is incompatible.
    """

    gender: Gender | None = None
    functional_limits: tuple[FunctionalLimit, ...] | None = None
    max_hours_per_week: float | None = None
    literate: bool | None = None
    learning_support_need: bool | None = None
    health_limitation_physical: bool | None = None
    health_limitation_psychological: Suspicion | None = None
    complex_health_support_need: bool | None = None
    severe_disability: bool | None = None
    degree_of_disability: float | None = None
    incapacity_months: float | None = None
    addiction: Addiction | None = None
    rehab_status: RehabStatus | None = None
    reha_carrier_agreement: bool | None = None
    participation_plan: bool | None = None
    health_insurer_participating: bool | None = None
    health_topics_motivation: bool | None = None
    health_behaviour_deficit: bool | None = None
    able_to_attend_regular_measure: bool | None = None
    migration_background: bool | None = None
    refugee: bool | None = None
    residence_status: ResidenceStatus | None = None
    arrival_date: dt.date | None = None
    interpreter_language: str | None = None
    work_permit: WorkPermit | None = None
    work_permit_until: dt.date | None = None
    housing_unsettled: bool | None = None
    debts_unsettled: bool | None = None
    offences: bool | None = None
    family_problems: bool | None = None
    social_isolation: bool | None = None
    social_competence_deficit: bool | None = None
    hygiene_deficit: bool | None = None
    psychosocial_problems: bool | None = None
    acute_crisis: bool | None = None
    motivated: bool | None = None
    contact_avoidance: ContactAvoidance | None = None
    retraining_willing: bool | None = None
    retraining_able: bool | None = None
    jps_goal_endangered: bool | None = None
    jps_absence_percent: float | None = None
    jps_recommend_stage_change: bool | None = None
    integration_services_unsuccessful: bool | None = None
    prognosis_over_12_months: bool | None = None
    benefit_months_last_24: float | None = None
    benefit_months_total: float | None = None
    monthly_benefit_eur: float | None = None
    side_income_eur: float | None = None
    alg1_recipient: bool | None = None
    market_distance: MarketDistance | None = None
    no_integration_chance: bool | None = None
    severe_placement_obstacles: bool | None = None
    multiple_placement_obstacles: bool | None = None
    disadvantaged_youth_support_need: bool | None = None
    external_specialised_support_needed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """What features may see of a person: qualification, occupation, language, mobility, hours, history."""

    id: str
    as_of: dt.date
    age: float | None = None
    postal_code: str | None = None
    place: str | None = None
    residence_region: str | None = None
    legal_circle: tuple[LegalCircle, ...] | None = None
    school_leaving_level: SchoolLeaving | None = None
    vocational_qualification: VocationalQualification | None = None
    vocational_qualification_title: str | None = None
    profession_group: ProfessionGroup | None = None
    first_vocational_training_completed: bool | None = None
    unfinished_training: str | None = None
    foreign_recognition: ForeignRecognition | None = None
    tq_entry_module_completed: bool | None = None
    suitable_for_tq: bool | None = None
    it_skills: bool | None = None
    certificates: tuple[str, ...] | None = None
    driving_licences: tuple[DrivingLicence, ...] | None = None
    driving_licence: bool | None = None
    own_car: bool | None = None
    car_days: tuple[Day, ...] | None = None
    transport_mode: TransportMode | None = None
    max_commute_minutes: float | None = None
    public_transport_ok: bool | None = None
    mobility_radius_km: float | None = None
    occupational_field: str | None = None
    target_occupation: str | None = None
    target_occupations: tuple[str, ...] | None = None
    last_occupation: str | None = None
    experience: tuple[Experience, ...] | None = None
    ever_worked: bool | None = None
    work_experience_months: float | None = None
    months_since_last_job: float | None = None
    work_experience_in_germany: bool | None = None
    training_dropouts: float | None = None
    employment_status: EmploymentStatus | None = None
    minijob: bool | None = None
    minijob_gross_eur: float | None = None
    employer_ready_to_convert: bool | None = None
    self_employed: bool | None = None
    months_since_last_topup_job: float | None = None
    topup_job_last_60_months: bool | None = None
    job_offer: bool | None = None
    training_contract: bool | None = None
    training_contract_start: dt.date | None = None
    months_since_job_start: float | None = None
    weekly_hours_possible: float | None = None
    desired_hours_min: float | None = None
    desired_hours_max: float | None = None
    time_window: TimeWindow | None = None
    available_windows: tuple[Window, ...] | None = None
    german_level: GermanLevel | None = None
    german_level_evidence: GermanEvidence | None = None
    other_languages: tuple[str, ...] | None = None
    integration_course: IntegrationCourse | None = None
    integration_course_right: CourseRight | None = None
    integration_course_right_date: dt.date | None = None
    integration_course_interrupted_since: dt.date | None = None
    integration_course_planned_end: dt.date | None = None
    integration_course_completed_on: dt.date | None = None
    kompas: Kompas | None = None
    voluntary_consent_jps: bool | None = None
    voluntary_consent_health_offer: bool | None = None
    written_consent_aftercare: bool | None = None
    wishes: str | None = None
    contract_wishes: tuple[str, ...] | None = None
    no_proposals_until: dt.date | None = None
    jps_stage: JpsStage | None = None
    jps_months_in_stage: float | None = None
    jps_planned_end: dt.date | None = None
    jps_profiling_done: bool | None = None
    jps_internships_done: float | None = None
    currently_in_p45_measure: bool | None = None
    measure_history: tuple[str, ...] | None = None
    intensive_support_completed: bool | None = None
    unemployment_months: float | None = None
    bvb_possible: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Facts that cannot all be true; the fields count as unknown until somebody has clarified them.

    Without fields nothing becomes unknown, yet somebody has to clarify.
    """

    fields: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Of which day the facts are, whatever day time has moved them on to."""

    known_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One person's facts, read from the exchange format: three values kept apart, and what contradicts.

    `moved_from` is the `as_of` that `matcher.participant_time.advance` replaced; it is neither read nor stored.
    """

    participant: Participant
    household: Household = field(default_factory=Household)
    protected: Protected = field(default_factory=Protected)
    conflicts: tuple[Conflict, ...] = ()
    moved_from: dt.date | None = None

    @property
    def id(self) -> str:
        """The participant's internal id."""
        return self.participant.id

    @property
    def origin(self) -> Origin:
        """The day the facts are of."""
        return Origin(known_on=self.moved_from or self.participant.as_of)
