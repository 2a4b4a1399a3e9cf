"""Invented vacancies, published in March and April 2022 around Mittelsachsen."""

import datetime as dt
import re
from collections.abc import Sequence

from matcher.vacancy import Employer, Vacancy
from training.demo_office.dice import Dice
from training.demo_office.employers import AGENCY
from training.demo_office.job import Job
from training.demo_office.jobs import APPRENTICESHIPS, JOBS, Apprenticeship
from training.demo_office.places import TOWNS, Town
from training.demo_office.shifts import SHIFTS, Shift, hours_of, window

FIRST_DAY = dt.date(2022, 3, 1)
LAST_PUBLISHED_DAYS = 59
FULL_TIME_HOURS = (35.0, 38.0, 38.5, 39.0, 40.0)
PART_TIME_HOURS = ((15.0, 20.0), (20.0, 20.0), (20.0, 25.0), (20.0, 30.0), (25.0, 30.0), (30.0, 30.0), (30.0, 35.0))
FIRST_NUMBER = 123
SYNTHETIC = "Synthetische Stelle des Demo-Amts."
Staff = Sequence[tuple[Employer, str]]


def invent_vacancies(seed: str, staff: Staff) -> list[Vacancy]:
    """All vacancies in id order; `staff` are employers with their branch."""
    jobs = [job for job in JOBS for _ in range(job.count)]
    places = [one for one in APPRENTICESHIPS for _ in range(2)]
    found = [_vacancy(Dice(seed, "vacancy", str(n)), _refnr(n), job, staff) for n, job in enumerate(jobs)]
    start = len(jobs)
    return found + [
        _apprenticeship(Dice(seed, "training", str(n)), _refnr(n), one, staff) for n, one in enumerate(places, start)
    ]


def _refnr(number: int) -> str:
    return f"10001-2022{FIRST_NUMBER + number * 3:06d}-S"


def _vacancy(dice: Dice, refnr: str, job: Job, staff: Staff) -> Vacancy:
    agency = dice.chance(job.agency)
    employer = dice.pick([one for one, branch in staff if branch == (AGENCY if agency else job.branch)])
    where = _workplace(dice, employer, agency)
    shift = SHIFTS[dice.pick(job.shifts)]
    title = dice.pick(job.titles)
    volume = _volume(dice, job, title)
    facts = _working_time(dice, shift, volume, _stated(title)) | _place(dice, where) | _dates(dice)
    return Vacancy(
        id=refnr,
        title=_title(dice, title, job, shift, volume, facts, where),
        occupation_label=job.label,
        employer_id=employer.id,
        employer_name=employer.name,
        kind="Arbeit",
        positions=dice.weighted({1: 7.0, 2: 2.0, 5: 0.7 if agency else 0.1}),
        permanent=dice.weighted({True: 6.0, None: 3.0, False: 1.0}),
        temp_agency=agency,
        home_office=True if "Homeoffice" in title else None,
        career_changers_welcome=True if job.career_changers and dice.chance(0.6) else None,
        german_level=job.german if dice.chance(0.5) else None,
        driving_licences=job.licences if job.licences and dice.chance(0.7) else None,
        certificates=job.certificates if job.certificates and dice.chance(0.7) else None,
        demands=job.demands if job.demands and dice.chance(0.5) else None,
        wage_eur_per_hour=dice.step(*job.wage, 0.05) if dice.chance(0.45) else None,
        description=SYNTHETIC,
        **facts,  # type: ignore[arg-type]
    )


def _workplace(dice: Dice, employer: Employer, agency: bool) -> Town:
    if agency:
        return dice.weighted({one: one.weight for one in TOWNS})
    return next(one for one in TOWNS if (one.postal_code, one.place) == (employer.postal_code, employer.place))


def _place(dice: Dice, where: Town) -> dict[str, object]:
    return {
        "postal_code": where.postal_code,
        "place": where.place,
        "country": "Deutschland",
        "lat": round(where.lat + dice.step(-0.012, 0.012, 0.001), 3),
        "lon": round(where.lon + dice.step(-0.016, 0.016, 0.001), 3),
    }


def _dates(dice: Dice) -> dict[str, object]:
    published = FIRST_DAY + dt.timedelta(days=dice.whole(0, LAST_PUBLISHED_DAYS))
    wait = dice.weighted({None: 2.0, 0: 4.0, 30: 2.0, 60: 1.0})
    start = None if wait is None else published + dt.timedelta(days=wait)
    if start is not None and wait:
        start = (start.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    open_for = dice.weighted({None: 7.0, 45: 1.5, 90: 2.0})
    until = None if open_for is None else published + dt.timedelta(days=open_for)
    return {"published_on": published, "starts_on": start, "open_until": until}


def _volume(dice: Dice, job: Job, title: str) -> str:
    """full_time, part_time, either or minijob."""
    if re.search("Teilzeit|Std", title):
        return "part_time"
    if dice.chance(job.minijob):
        return "minijob"
    if dice.chance(job.part_time):
        return dice.weighted({"part_time": 3.0, "either": 1.0})
    return "full_time"


def _stated(title: str) -> tuple[float, float] | None:
    found = re.search(r"(\d+) Std", title)
    return (float(found[1]), float(found[1])) if found else None


def _working_time(dice: Dice, shift: Shift, volume: str, stated: tuple[float, float] | None) -> dict[str, object]:
    span = dice.pick(shift.spans) if shift.spans and dice.chance(shift.stated) else None
    hours: tuple[float | None, float | None] = (None, None)
    if volume == "minijob":
        least = dice.step(8.0, 10.0, 0.5)
        hours, span = (least, least), None
    elif volume == "full_time":
        full = dice.pick(FULL_TIME_HOURS)
        hours = (full, full) if dice.chance(0.6) else (None, None)
        span = span if span is not None and hours_of(span, len(shift.days)) >= full - 3 else None
    else:
        low, high = stated or dice.pick(PART_TIME_HOURS)
        hours = (low, 40.0 if volume == "either" else high)
        if span is not None:
            most = hours_of(span, len(shift.days))
            hours = (min(low, most), max(min(low, most), min(hours[1] or high, most)))
    says = dice.chance(0.85)
    return {
        "full_time": volume in ("full_time", "either") if says else None,
        "part_time": volume != "full_time" if says else None,
        "minijob": volume == "minijob" if says else None,
        "hours_min": hours[0],
        "hours_max": hours[1],
        "windows": (window(span, shift.days),) if span is not None else None,
        "shift_work": shift.shift_work,
        "night_work": shift.night_work,
        "weekend_work": shift.weekend_work,
    }


def _title(dice: Dice, title: str, job: Job, shift: Shift, volume: str, facts: dict[str, object], where: Town) -> str:
    parts = [title]
    hints = [*shift.hints, *job.title_hints]
    named = re.search("schicht|Mo-Fr|Nacht|nachts|früh", title, re.IGNORECASE)
    if volume != "full_time" and not re.search("Teilzeit|Std", title) and dice.chance(0.7):
        parts.append(_volume_words(dice, volume, facts))
    elif volume == "full_time" and dice.chance(0.25):
        parts.append("in Vollzeit")
    if hints and not named and dice.chance(0.45):
        parts.append(dice.pick(hints))
    if dice.chance(0.25):
        parts.append(f"in {where.place}")
    glue = dice.weighted({" ": 3.0, " - ": 2.0, ", ": 1.0})
    return glue.join(parts)


def _volume_words(dice: Dice, volume: str, facts: dict[str, object]) -> str:
    low, high = facts["hours_min"], facts["hours_max"]
    if volume == "minijob":
        return dice.pick(("auf 450-€-Basis", "Minijob", "auf Minijob-Basis"))
    if volume == "either":
        return "in Voll- oder Teilzeit"
    span = f"{low:g}" if low == high else f"{low:g}-{high:g}"
    span = span.replace(".", ",")
    return dice.pick((f"in Teilzeit ({span} Std./Woche)", f"Teilzeit {span} Stunden pro Woche", "in Teilzeit"))


def _apprenticeship(dice: Dice, refnr: str, one: Apprenticeship, staff: Staff) -> Vacancy:
    employer = dice.pick([someone for someone, branch in staff if branch == one.branch])
    where = _workplace(dice, employer, agency=False)
    title = dice.pick(one.titles)
    september = "09.2022" in title or dice.chance(0.3)
    published = FIRST_DAY + dt.timedelta(days=dice.whole(0, LAST_PUBLISHED_DAYS))
    return Vacancy(
        id=refnr,
        title=title,
        occupation_label=one.label,
        employer_id=employer.id,
        employer_name=employer.name,
        kind="Ausbildung",
        positions=1,
        full_time=True,
        part_time=dice.chance(0.2),
        minijob=False,
        hours_min=38.0,
        hours_max=40.0,
        temp_agency=False,
        school_leaving_level=one.school,  # type: ignore[arg-type]
        published_on=published,
        starts_on=dt.date(2022, 9 if september and "August" not in title and "08.2022" not in title else 8, 1),
        description=SYNTHETIC,
        **_place(dice, where),  # type: ignore[arg-type]
    )
