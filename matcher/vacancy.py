"""Vacancies and employers, as reported; what is only derived lives in `matcher.requirements`.

Source: DESIGN section 4 and 6, FORMATS section 1.1. `None` is unknown: absent flags in BA data are not "no".
"""

import datetime as dt
from dataclasses import dataclass

from matcher.participant import Window
from matcher.vocabulary import DrivingLicence, GermanLevel, SchoolLeaving


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """An employer: internal id, name, place, size class of document 002 and open hints of its reply rate."""

    id: str
    name: str
    postal_code: str | None = None
    place: str | None = None
    branch: str | None = None
    size: str | None = None
    proposals_sent: int | None = None
    replies: int | None = None
    paused_until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """One reported vacancy; hours per week, coordinates in degrees (WGS 84), wage in EUR per hour."""

    id: str
    title: str
    occupation_label: str | None = None
    occupation_code: str | None = None
    employer_id: str | None = None
    employer_name: str | None = None
    kind: str | None = None
    postal_code: str | None = None
    place: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    published_on: dt.date | None = None
    starts_on: dt.date | None = None
    open_until: dt.date | None = None
    positions: int | None = None
    full_time: bool | None = None
    part_time: bool | None = None
    minijob: bool | None = None
    hours_min: float | None = None
    hours_max: float | None = None
    windows: tuple[Window, ...] | None = None
    shift_work: bool | None = None
    night_work: bool | None = None
    weekend_work: bool | None = None
    permanent: bool | None = None
    temp_agency: bool | None = None
    home_office: bool | None = None
    career_changers_welcome: bool | None = None
    german_level: GermanLevel | None = None
    driving_licences: tuple[DrivingLicence, ...] | None = None
    certificates: tuple[str, ...] | None = None
    school_leaving_level: SchoolLeaving | None = None
    demands: tuple[str, ...] | None = None
    wage_eur_per_hour: float | None = None
    description: str | None = None
    url: str | None = None
