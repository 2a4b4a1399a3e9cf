"""Slow twin of the facts: one person as a dict of the exchange format, plain Python, nothing of `matcher`.

Source: neutral participant format (`as_of`, fixed readings) and `catalog/README.md` (derived facts).
"""

import calendar
import datetime as dt
from collections.abc import Callable
from typing import Any

Data = dict[str, Any]
Person = Callable[[str], Any]
"""Answers one fact by name: None is unknown."""

LEVELS = ("A0", "A1", "A2", "B1", "B2", "C1", "C2", "native")
CAR_LICENCES = {"B", "BE", "C1", "C", "CE", "D", "DE"}
JOBS = ("minijob", "sv_part_time", "sv_full_time", "self_employed")


def person_on(data: Data, day: dt.date) -> Person:
    """The facts of `data` on `day`; every answer is computed once."""
    moved = moved_to(data, day)
    known: Data = {}

    def fact(name: str) -> Any:
        if name not in known:
            known[name] = DERIVED[name](fact, day) if name in DERIVED else RECORDED.get(name, _plain(name))(moved)
        return known[name]

    return fact


def moved_to(data: Data, day: dt.date) -> Data:
    """A copy of `data` with age and running durations moved on from `as_of` to `day`."""
    since = data.get("as_of")
    months = months_from(date_of(since), day) if since else 0.0
    person = {name: value for name, value in data.items() if value is not None}
    if months <= 0:
        return person
    status, circles = person.get("employment_status"), person.get("legal_circle")
    benefit = (circles is None or "SGB II" in circles) and person.get("monthly_benefit_eur") != 0
    running = {
        "unemployment_months": status in (None, "unemployed"),
        "months_since_last_job": status not in JOBS,
        "months_since_last_topup_job": status not in JOBS,
        "months_since_job_start": status != "unemployed",
        "jps_months_in_stage": person.get("jps_stage") != "none",
        "benefit_months_total": benefit,
        "benefit_months_last_24": benefit,
    }
    for name, runs in running.items():
        if runs and name in person:
            person[name] += months
    if "benefit_months_last_24" in person:
        person["benefit_months_last_24"] = min(24.0, person["benefit_months_last_24"])
    _grow(person, months / 12)
    return person


def _grow(person: Data, years: float) -> None:
    if "age" in person:
        person["age"] += years
    if "children_ages" in person:
        person["children_ages"] = [age + years for age in person["children_ages"]]
    if "children" in person:
        person["children"] = [
            {**child, "age": None if child.get("age") is None else child["age"] + years} for child in person["children"]
        ]


def date_of(value: Any) -> dt.date:
    """A date written as ISO text."""
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def months_from(start: dt.date, end: dt.date) -> float:
    """Calendar months between two days: the same day of the month is a whole number; negative when `end` is first."""
    if end < start:
        return -months_from(end, start)
    whole = 0
    while _months_later(start, whole + 1) <= end:
        whole += 1
    begin, after = _months_later(start, whole), _months_later(start, whole + 1)
    return whole + (end - begin).days / (after - begin).days


def _months_later(day: dt.date, months: int) -> dt.date:
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def _plain(name: str) -> Callable[[Data], Any]:
    return lambda data: data.get(name)


def _years(data: Data) -> Any:
    return None if data.get("age") is None else int(data["age"])


def _children(data: Data) -> Any:
    """Ages of the children, one entry each; None: nothing is known about them."""
    if data.get("children") is not None:
        return [child.get("age") for child in data["children"]]
    if data.get("children_ages") is not None:
        return list(data["children_ages"])
    return [] if data.get("has_children") is False else None


def _has_children(data: Data) -> Any:
    ages = _children(data)
    return data.get("has_children") if ages is None else bool(ages)


def _licence(data: Data) -> Any:
    if data.get("driving_licence") is not None or data.get("driving_licences") is None:
        return data.get("driving_licence")
    return bool(CAR_LICENCES & set(data["driving_licences"]))


def _topup(data: Data) -> Any:
    if data.get("topup_job_last_60_months") is not None or data.get("months_since_last_topup_job") is None:
        return data.get("topup_job_last_60_months")
    return data["months_since_last_topup_job"] <= 60


def _worked(data: Data) -> Any:
    return True if data.get("ever_worked") is None and data.get("experience") else data.get("ever_worked")


RECORDED: dict[str, Callable[[Data], Any]] = {
    "age": _years,
    "children": _children,
    "has_children": _has_children,
    "driving_licence": _licence,
    "topup_job_last_60_months": _topup,
    "ever_worked": _worked,
}
"""Recorded facts that another field may answer, or that count in whole years."""


def any_true(*answers: Any) -> Any:
    """Yes when one is yes, no when all are no, else unknown."""
    if any(answer is True for answer in answers):
        return True
    return False if all(answer is False for answer in answers) else None


def _one_of(name: str, *values: str) -> Callable[[Person, dt.date], Any]:
    return lambda person, _day: None if person(name) is None else person(name) in values


def _least(name: str, limit: float) -> Callable[[Person, dt.date], Any]:
    return lambda person, _day: None if person(name) is None else person(name) >= limit


def _since(name: str, sign: int) -> Callable[[Person, dt.date], Any]:
    return lambda person, day: None if person(name) is None else sign * months_from(date_of(person(name)), day)


def _flag_or_status(flag: str, status: str) -> Callable[[Person, dt.date], Any]:
    def answer(person: Person, _day: dt.date) -> Any:
        if person(flag) is None:
            return None if person("employment_status") is None else person("employment_status") == status
        return person(flag) or person("employment_status") == status

    return answer


def _employed(person: Person, _day: dt.date) -> Any:
    status = person("employment_status")
    insured = None if status is None else status in ("sv_part_time", "sv_full_time")
    return any_true(insured, person("in_minijob"), person("is_self_employed"))


def _single(person: Person, _day: dt.date) -> Any:
    alone = person("single_parent")
    return False if alone is None and person("is_parent") is False else alone


def _of_ages(reduce: Callable[[list[float]], float]) -> Callable[[Person, dt.date], Any]:
    def answer(person: Person, _day: dt.date) -> Any:
        ages = person("children")
        return None if not ages or None in ages else reduce(ages)

    return answer


def _count(person: Person, _day: dt.date) -> Any:
    return None if person("children") is None else len(person("children"))


def _practice(person: Person, day: dt.date) -> Any:
    years = [job["last_year"] for job in person("experience") or [] if job.get("last_year") is not None]
    if years:
        return max(0, day.year - max(years))
    return None if person("months_since_last_job") is None else person("months_since_last_job") / 12


DERIVED: dict[str, Callable[[Person, dt.date], Any]] = {
    "long_term_unemployed": _least("unemployment_months", 12),
    "long_term_benefit": _least("benefit_months_last_24", 21),
    "in_minijob": _flag_or_status("minijob", "minijob"),
    "is_self_employed": _flag_or_status("self_employed", "self_employed"),
    "is_employed": _employed,
    "is_parent": lambda person, _day: person("has_children"),
    "is_single_parent": _single,
    "children_count": _count,
    "youngest_child_age": _of_ages(min),
    "oldest_child_age": _of_ages(max),
    "psychological_limitation": _one_of("health_limitation_psychological", "suspected", "diagnosed"),
    "health_limitation": lambda person, _day: any_true(
        person("health_limitation_physical"), person("psychological_limitation")
    ),
    "addiction_problem": _one_of("addiction", "suspected", "yes"),
    "has_migration_background": lambda person, _day: any_true(person("migration_background"), person("refugee")),
    "no_usable_qualification": _one_of("vocational_qualification", "none", "not_usable"),
    "in_rehab": _one_of("rehab_status", "running", "pension_applied"),
    "contact_lost": _one_of("contact_avoidance", "misses_appointments", "refuses_cooperation", "unreachable"),
    "course_right_age_months": _since("integration_course_right_date", 1),
    "course_interrupted_months": _since("integration_course_interrupted_since", 1),
    "months_until_stage_end": _since("jps_planned_end", -1),
    "months_until_course_end": _since("integration_course_planned_end", -1),
    "months_until_training": _since("training_contract_start", -1),
    "months_since_known": lambda person, day: months_from(date_of(person("as_of") or day), day),
    "years_since_practice": _practice,
}
