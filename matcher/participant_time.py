"""What time alone changes in a profile: age and running durations, from `as_of` to the date of the question.

Source: neutral participant format (`as_of`). Ages and durations come back as decimals: rules on age compare
completed years, so they take `floor(age)`.
"""

import calendar
import datetime as dt
from dataclasses import replace

from matcher.participant import Child, Household, Participant, Profile, Protected

EMPLOYED = ("minijob", "sv_part_time", "sv_full_time", "self_employed")
BENEFIT_WINDOW_MONTHS = 24.0
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2200, 12, 31)
"""Nobody and nothing this project counts lies outside; such a date is a typing error (9999 for "no end")."""


def is_countable(day: dt.date) -> bool:
    """Whether a day lies within the calendar: durations from and to it can be counted."""
    return FIRST_DAY <= day <= LAST_DAY


def months_between(start: dt.date, end: dt.date) -> float:
    """Calendar months from `start` to `end`, exact on the same day of a month, a day's share in between."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    if _shifted(start, whole) > end:
        whole -= 1
    first, following = _shifted(start, whole), _shifted(start, whole + 1)
    return whole + (end - first).days / (following - first).days


def _shifted(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def advance(profile: Profile, today: dt.date) -> Profile:
    """The profile on `today`: age, children's ages and running durations moved on from `as_of`.

    Unemployment runs only while somebody is unemployed, the time since the last job only without a job,
    benefit months only for SGB II recipients. A work permit that has expired is unknown. Facts of a later day than
    `today` are not moved (`known_later` says so). The day the facts are of stays known (`Profile.origin`).
    """
    profile = _with_valid_permit(profile, today)
    months = months_between(profile.participant.as_of, today)
    if months <= 0:
        return profile
    return replace(
        profile,
        participant=_participant(profile.participant, months, today),
        household=_household(profile.household, months),
        protected=_protected(profile.protected, profile.participant, months),
        moved_from=profile.origin.known_on,
    )


def known_later(profile: Profile, today: dt.date) -> str:
    """What to know where facts are of a later day than the question, German: they may not yet have been so; or empty."""
    day = profile.participant.as_of
    return f"Stand der Angaben ({day:%d.%m.%Y}) liegt nach dem Tag der Frage." if day > today else ""


def _with_valid_permit(profile: Profile, today: dt.date) -> Profile:
    """A permit holds on its last day; the day after nobody knows what holds (§ 4a AufenthG: renewed, or not)."""
    facts = profile.protected
    if facts.work_permit is None or facts.work_permit_until is None or facts.work_permit_until >= today:
        return profile
    return replace(profile, protected=replace(facts, work_permit=None))


def _plus(value: float | None, months: float, running: bool = True) -> float | None:
    return value + months if value is not None and running else value


def _participant(person: Participant, months: float, today: dt.date) -> Participant:
    status = person.employment_status
    working = status in EMPLOYED
    return replace(
        person,
        as_of=today,
        age=_plus(person.age, months / 12),
        unemployment_months=_plus(person.unemployment_months, months, status in (None, "unemployed")),
        months_since_last_job=_plus(person.months_since_last_job, months, not working),
        months_since_last_topup_job=_plus(person.months_since_last_topup_job, months, not working),
        months_since_job_start=_plus(person.months_since_job_start, months, status != "unemployed"),
        jps_months_in_stage=_plus(person.jps_months_in_stage, months, person.jps_stage != "none"),
    )


def _household(household: Household, months: float) -> Household:
    if not household.children:
        return household
    children = tuple(_older(child, months) for child in household.children)
    return replace(household, children=children)


def _older(child: Child, months: float) -> Child:
    return replace(child, age=_plus(child.age, months / 12))


def _protected(facts: Protected, person: Participant, months: float) -> Protected:
    receives = (person.legal_circle is None or "SGB II" in person.legal_circle) and facts.monthly_benefit_eur != 0
    recent = _plus(facts.benefit_months_last_24, months, receives)
    return replace(
        facts,
        benefit_months_total=_plus(facts.benefit_months_total, months, receives),
        benefit_months_last_24=None if recent is None else min(recent, BENEFIT_WINDOW_MONTHS),
    )
