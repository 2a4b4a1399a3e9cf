"""Facts that cannot all be true: one table of rules; what they name counts as unknown and is asked about.

Source: neutral participant format ("Contradictory data", "Where two fields say the same"). A rule fires
only when all its fields are known. Rules are about what cannot be, never about what is unusual.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matcher.participant import Child, Conflict, Experience, Window

SCHOOL_END_YEARS = 14
"""Nobody has years of practice from before this age."""
PARALLEL_JOBS_YEARS = 4
"""Summed experience may exceed the years since school by this much: jobs side by side, rounded years."""
NOON, MORNING_ENDS, AFTERNOON_BEGINS, FULL_DAY_HOURS = 720, 900, 660, 5
"""Minutes after midnight; reading of `time_window` against exact windows."""
BELOW_SCHOOL_AGE = 6
"""A single parent with a child below it cannot take up work without any care."""
SEVERE_DEGREE = 50
"""§ 2 Abs. 2 SGB IX: severely disabled from a degree of 50."""

LEAST_PARENT_YEARS = 10
"""Nobody is less than this much older than a child of their own; partners' children leave room below 12."""
TOPUP_MONTHS = 60
"""What `topup_job_last_60_months` looks back on; exactly that long ago is either."""
ROUNDED_YEARS = 1
"""The last year of an occupation may be later by this much than the last job: years are whole, jobs overlap them."""

NO_OCCUPATION = ("none", "keine", "ohne")
NOT_WORKING = ("unemployed",)
WORKING = ("minijob", "sv_part_time", "sv_full_time", "self_employed")
CAR_LICENCES = frozenset({"B", "BE", "C1", "C", "CE", "D", "DE"})


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`broken(*values)` is true when the named fields cannot all be true; `text` says so in German."""

    fields: tuple[str, ...]
    broken: Callable[..., bool]
    text: str


def _years(experience: Sequence[Experience]) -> tuple[float, float]:
    years = [item.years for item in experience if item.years is not None]
    return max(years, default=0.0), sum(years)


def _too_much_practice(age: float, experience: Sequence[Experience]) -> bool:
    longest, together = _years(experience)
    return longest > age - SCHOOL_END_YEARS or together > age - SCHOOL_END_YEARS + PARALLEL_JOBS_YEARS


def _practice_ahead(as_of: dt.date, experience: Sequence[Experience]) -> bool:
    return any(item.last_year is not None and item.last_year > as_of.year for item in experience)


def _practice_before_school_end(as_of: dt.date, age: float, experience: Sequence[Experience]) -> bool:
    earliest = as_of.year - age + SCHOOL_END_YEARS - 2
    return any(item.last_year is not None and item.last_year < earliest for item in experience)


def _practice_after_last_job(as_of: dt.date, experience: Sequence[Experience], months: float) -> bool:
    ended = as_of.year + (as_of.month - 1 - months) // 12 + ROUNDED_YEARS
    return any(item.last_year is not None and item.last_year > ended for item in experience)


def _other_half_of_day(stated: str, windows: Sequence[Window]) -> bool:
    if not windows:
        return False
    first, last = min(w.from_minutes for w in windows), max(w.until_minutes for w in windows)
    if stated == "mornings":
        return first >= NOON or last > MORNING_ENDS
    if stated == "afternoons":
        return last <= NOON or first < AFTERNOON_BEGINS
    return last - first < FULL_DAY_HOURS * 60 or last <= NOON or first >= NOON


def _licence_disagrees(any_licence: bool, licences: Sequence[str]) -> bool:
    return not licences if any_licence else bool(CAR_LICENCES & set(licences))


def _care_contract(children: Sequence[Child]) -> bool:
    return any(child.contract is not None for child in children)


def _care_for_all(children: Sequence[Child]) -> bool:
    return bool(children) and all(child.contract is not None for child in children)


def _too_old_a_child(age: float, children: Sequence[Child]) -> bool:
    return any(child.age is not None and child.age > age - LEAST_PARENT_YEARS for child in children)


def _small_child(children: Sequence[Child]) -> bool:
    return any(child.age is not None and child.age < BELOW_SCHOOL_AGE for child in children)


SAME_FACT: tuple[Contradiction, ...] = (
    Contradiction(
        ("driving_licence", "driving_licences"),
        _licence_disagrees,
        "Führerschein ja/nein und die Liste der Führerscheinklassen widersprechen sich.",
    ),
    Contradiction(
        ("minijob", "employment_status"),
        lambda minijob, status: (
            (status == "minijob") if not minijob else (status in ("unemployed", "sv_part_time", "sv_full_time"))
        ),
        "Minijob und Erwerbsstatus widersprechen sich.",
    ),
    Contradiction(
        ("self_employed", "employment_status"),
        lambda flag, status: not flag and status == "self_employed",
        "Selbständigkeit und Erwerbsstatus widersprechen sich.",
    ),
    Contradiction(
        ("parental_leave", "employment_status"),
        lambda flag, status: not flag and status == "parental_leave",
        "Elternzeit und Erwerbsstatus widersprechen sich.",
    ),
    Contradiction(
        ("time_window", "available_windows"),
        _other_half_of_day,
        "Tageszeit und verfügbare Zeitfenster widersprechen sich.",
    ),
    Contradiction(
        ("has_children", "children"),
        lambda flag, children: flag != bool(children),
        "Angabe zu Kindern (ja/nein) und Liste der Kinder widersprechen sich.",
    ),
)
"""Pairs of fields that say the same; where they agree, both stay and the second, specific one is used."""

CONTRADICTIONS: tuple[Contradiction, ...] = (
    Contradiction(
        ("age", "experience"),
        _too_much_practice,
        "Mehr Jahre Berufserfahrung, als nach dem Alter möglich sind.",
    ),
    Contradiction(("as_of", "experience"), _practice_ahead, "Das letzte Jahr einer Tätigkeit liegt in der Zukunft."),
    Contradiction(
        ("as_of", "age", "experience"),
        _practice_before_school_end,
        "Eine Tätigkeit endete vor dem Ende der Schulzeit.",
    ),
    Contradiction(
        ("age", "work_experience_months"),
        lambda age, months: months / 12 > max(0, age - SCHOOL_END_YEARS),
        "Mehr Monate Berufserfahrung, als nach dem Alter möglich sind.",
    ),
    Contradiction(
        ("age", "unemployment_months"),
        lambda age, months: months / 12 > max(0, age - SCHOOL_END_YEARS),
        "Länger arbeitslos, als nach dem Alter möglich ist.",
    ),
    Contradiction(
        ("age", "months_since_last_job"),
        lambda age, months: months / 12 > max(0, age - SCHOOL_END_YEARS),
        "Letzte Beschäftigung liegt länger zurück, als nach dem Alter möglich ist.",
    ),
    Contradiction(
        ("ever_worked", "experience"),
        lambda worked, items: not worked and bool(items),
        "„Noch nie gearbeitet“ und Berufserfahrung widersprechen sich.",
    ),
    Contradiction(
        ("ever_worked", "work_experience_months"),
        lambda worked, months: not worked and months > 0,
        "„Noch nie gearbeitet“ und Monate Berufserfahrung widersprechen sich.",
    ),
    Contradiction(
        ("ever_worked", "last_occupation"),
        lambda worked, title: not worked and title.lower() not in NO_OCCUPATION,
        "„Noch nie gearbeitet“ und eine letzte Tätigkeit widersprechen sich.",
    ),
    Contradiction(
        ("ever_worked", "months_since_last_job"),
        lambda worked, _months: not worked,
        "„Noch nie gearbeitet“ und eine Zeit seit der letzten Beschäftigung widersprechen sich.",
    ),
    Contradiction(
        ("ever_worked", "work_experience_in_germany"),
        lambda worked, here: not worked and here,
        "„Noch nie gearbeitet“ und Berufserfahrung in Deutschland widersprechen sich.",
    ),
    Contradiction(
        ("work_experience_months", "experience"),
        lambda months, items: months == 0 and _years(items)[0] > 0,
        "Keine Monate Berufserfahrung, aber Jahre in einer Tätigkeit.",
    ),
    Contradiction(
        ("as_of", "experience", "months_since_last_job"),
        _practice_after_last_job,
        "Das letzte Jahr einer Tätigkeit liegt nach der letzten Beschäftigung.",
    ),
    Contradiction(
        ("topup_job_last_60_months", "months_since_last_topup_job"),
        lambda recent, months: months > TOPUP_MONTHS if recent else months < TOPUP_MONTHS,
        "Ergänzende Beschäftigung in den letzten 60 Monaten und die Zeit seit der letzten widersprechen sich.",
    ),
    Contradiction(
        ("employment_status", "unemployment_months"),
        lambda status, months: status == "sv_full_time" and months > 0,
        "In Vollzeit sozialversicherungspflichtig beschäftigt und zugleich arbeitslos.",
    ),
    Contradiction(
        ("employment_status", "months_since_last_job"),
        lambda status, months: status in ("sv_full_time", "sv_part_time") and months > 0,
        "Sozialversicherungspflichtig beschäftigt und zugleich eine Zeit ohne Beschäftigung.",
    ),
    Contradiction(
        ("employment_status", "months_since_job_start"),
        lambda status, _months: status in NOT_WORKING,
        "Arbeitslos und zugleich eine laufende Beschäftigung.",
    ),
    Contradiction(
        ("minijob", "minijob_gross_eur"),
        lambda minijob, gross: not minijob and gross > 0,
        "Kein Minijob, aber ein Minijob-Verdienst.",
    ),
    Contradiction(
        ("vocational_qualification", "first_vocational_training_completed"),
        lambda level, done: level == "none" and done,
        "Kein Berufsabschluss, aber eine abgeschlossene Erstausbildung.",
    ),
    Contradiction(
        ("vocational_qualification", "first_vocational_training_completed"),
        lambda level, done: level == "recognised" and not done,
        "Anerkannter Berufsabschluss, aber keine abgeschlossene Erstausbildung.",
    ),
    Contradiction(
        ("vocational_qualification", "foreign_recognition"),
        lambda level, state: (
            (level == "none" and state == "full") or (level == "foreign_unrecognised" and state == "full")
        ),
        "Berufsabschluss und Stand der Anerkennung widersprechen sich.",
    ),
    Contradiction(
        ("literate", "school_leaving_level"),
        lambda literate, level: not literate and level in ("Realschule", "Fachhochschulreife", "Abitur"),
        "Nicht alphabetisiert, aber ein mittlerer oder höherer Schulabschluss.",
    ),
    Contradiction(
        ("desired_hours_min", "desired_hours_max"),
        lambda least, most: least > most,
        "Gewünschte Mindeststunden liegen über den Höchststunden.",
    ),
    Contradiction(
        ("transport_mode", "driving_licences"),
        lambda mode, licences: mode == "car" and not CAR_LICENCES & set(licences),
        "Verkehrsmittel Auto, aber kein Führerschein für Pkw.",
    ),
    Contradiction(
        ("transport_mode", "driving_licence"),
        lambda mode, licence: mode == "car" and not licence,
        "Verkehrsmittel Auto, aber kein Führerschein.",
    ),
    Contradiction(
        ("transport_mode", "own_car", "car_days"),
        lambda mode, own, days: mode == "car" and not own and not days,
        "Verkehrsmittel Auto, aber weder eigenes noch geteiltes Auto.",
    ),
    Contradiction(
        ("transport_mode", "public_transport_ok"),
        lambda mode, fine: mode == "public_transport" and not fine,
        "Verkehrsmittel Bus und Bahn, aber Bus und Bahn gelten als nicht nutzbar.",
    ),
    Contradiction(
        ("single_parent", "children"),
        lambda single, children: single and not children,
        "Alleinerziehend, aber keine Kinder.",
    ),
    Contradiction(
        ("single_parent", "has_children"),
        lambda single, children: single and not children,
        "Alleinerziehend, aber keine Kinder.",
    ),
    Contradiction(
        ("single_parent", "partner_in_bg"),
        lambda single, partner: single and partner,
        "Alleinerziehend, aber Partnerin oder Partner in der Bedarfsgemeinschaft.",
    ),
    Contradiction(
        ("partner_in_bg", "partner_long_term_unemployed"),
        lambda partner, unemployed: not partner and unemployed,
        "Keine Partnerin, kein Partner in der Bedarfsgemeinschaft, aber dort langzeitarbeitslos.",
    ),
    Contradiction(
        ("bg_size", "partner_in_bg"),
        lambda size, partner: size == 1 and partner,
        "Bedarfsgemeinschaft mit einer Person, aber Partnerin oder Partner darin.",
    ),
    Contradiction(
        ("children", "childcare_status"),
        lambda children, status: not children and status in ("missing", "partial"),
        "Keine Kinder, aber fehlende Kinderbetreuung.",
    ),
    Contradiction(
        ("has_children", "childcare_status"),
        lambda children, status: not children and status in ("missing", "partial"),
        "Keine Kinder, aber fehlende Kinderbetreuung.",
    ),
    Contradiction(
        ("children", "childcare_status"),
        lambda children, status: status == "not_needed" and _care_contract(children),
        "Kinderbetreuung nicht nötig, aber eine vereinbarte Betreuungszeit.",
    ),
    Contradiction(
        ("children", "childcare_status"),
        lambda children, status: status == "missing" and _care_for_all(children),
        "Kinderbetreuung fehlt, aber für jedes Kind ist eine Betreuungszeit vereinbart.",
    ),
    Contradiction(
        ("children", "childcare_window"),
        lambda children, _window: not children,
        "Keine Kinder, aber eine Betreuungszeit der Kinder.",
    ),
    Contradiction(
        ("has_children", "childcare_window"),
        lambda children, _window: not children,
        "Keine Kinder, aber eine Betreuungszeit der Kinder.",
    ),
    Contradiction(
        ("age", "children"),
        _too_old_a_child,
        "Ein Kind ist älter, als nach dem Alter der Person möglich ist.",
    ),
    Contradiction(
        ("single_parent", "children", "childcare_status"),
        lambda single, children, status: single and status == "not_needed" and _small_child(children),
        "Alleinerziehend mit Kind unter sechs Jahren, aber Kinderbetreuung nicht nötig.",
    ),
    Contradiction(
        ("german_level", "integration_course"),
        lambda level, course: level == "native" and course in ("running", "interrupted"),
        "Deutsch als Muttersprache, aber ein Integrationskurs.",
    ),
    Contradiction(
        ("german_level", "integration_course_right"),
        lambda level, right: level == "native" and right != "none",
        "Deutsch als Muttersprache, aber ein Recht oder eine Pflicht zum Integrationskurs.",
    ),
    Contradiction(
        ("integration_course", "integration_course_completed_on", "as_of"),
        lambda course, done, as_of: done <= as_of and course in ("none", "running", "interrupted"),
        "Integrationskurs abgeschlossen und zugleich nicht abgeschlossen.",
    ),
    Contradiction(
        ("integration_course", "integration_course_completed_on", "as_of"),
        lambda course, done, as_of: done > as_of and course == "completed",
        "Integrationskurs abgeschlossen, aber der Tag des Abschlusses liegt in der Zukunft.",
    ),
    Contradiction(
        ("integration_course", "integration_course_interrupted_since"),
        lambda course, _since: course in ("none", "running", "not_applicable"),
        "Integrationskurs unterbrochen und zugleich nicht unterbrochen.",
    ),
    Contradiction(
        ("arrival_date", "as_of"),
        lambda arrival, as_of: arrival > as_of,
        "Der Tag der Einreise liegt in der Zukunft.",
    ),
    Contradiction(
        ("migration_background", "refugee"),
        lambda background, refugee: not background and refugee,
        "Geflüchtet, aber kein Migrationshintergrund.",
    ),
    Contradiction(
        ("market_distance", "no_integration_chance"),
        lambda distance, none: distance == "market_ready" and none,
        "Kundengruppe Marktkunde, aber derzeit keine Integrationschance.",
    ),
    Contradiction(
        ("residence_status", "work_permit"),
        lambda status, permit: status in ("german_citizen", "eu_citizen") and permit != "unrestricted",
        "Deutsche oder EU-Staatsangehörigkeit, aber eingeschränkte Arbeitserlaubnis.",
    ),
    Contradiction(
        ("severe_disability", "degree_of_disability"),
        lambda severe, degree: severe != (degree >= SEVERE_DEGREE),
        "Schwerbehinderung und Grad der Behinderung widersprechen sich.",
    ),
    Contradiction(
        ("benefit_months_last_24", "benefit_months_total"),
        lambda recent, total: recent > total,
        "Leistungsmonate der letzten zwei Jahre übersteigen die gesamten.",
    ),
    Contradiction(
        ("jps_stage", "jps_months_in_stage"),
        lambda stage, months: stage == "none" and months > 0,
        "In keiner Programmstufe, aber eine Verweildauer in der Stufe.",
    ),
    Contradiction(
        ("training_contract", "training_contract_start"),
        lambda contract, _start: not contract,
        "Kein Ausbildungsvertrag, aber ein Ausbildungsbeginn.",
    ),
)
"""Facts of different fields that exclude each other."""


def find(rules: Sequence[Contradiction], facts: Mapping[str, object]) -> list[Conflict]:
    """The conflicts that `rules` find among the known `facts` (by attribute name), in the rules' order."""
    found = []
    for rule in rules:
        values = [facts.get(name) for name in rule.fields]
        if all(value is not None for value in values) and rule.broken(*values):
            fields = tuple(name for name in rule.fields if name != "as_of")
            found.append(Conflict(fields=fields, text=rule.text))
    return found
