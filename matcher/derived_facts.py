"""Facts computed from others, for one person at a time; None is unknown throughout.

Fixed readings: `catalog/README.md`, derived facts. `fact(name)` answers any other fact of the same person.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, Protocol

from matcher.participant_time import months_between
from matcher.vocabulary import LONG_TERM_UNEMPLOYED_MONTHS

LONG_TERM_BENEFIT_MONTHS = 21
"""21 of the last 24 months: document 001, form 26."""
TOPUP_MONTHS = 60
CAR_LICENCES = frozenset({"B", "BE", "C1", "C", "CE", "D", "DE"})

CORE: tuple[str, ...] = (
    "age",
    "german_level",
    "vocational_qualification",
    "employment_status",
    "unemployment_months",
    "target_occupations",
    "experience",
    "is_parent",
    "postal_code",
    "desired_hours_max",
    "health_limitation",
    "school_leaving_level",
)
"""Facts without which advice would be guesswork; how many are enough stands in `catalog/outcomes.toml`."""


class Fact(Protocol):
    """One person's facts on a day: the plain value of a fact, None when unknown."""

    today: dt.date
    conflicts: int

    def __call__(self, name: str) -> Any: ...


YesNo = bool | None


def any_of(*answers: YesNo) -> YesNo:
    """Yes when one is yes, no when all are no, else unknown."""
    if any(answer is True for answer in answers):
        return True
    return False if all(answer is False for answer in answers) else None


def _first_known(*answers: YesNo) -> YesNo:
    return next((answer for answer in answers if answer is not None), None)


def _at_least(value: float | None, limit: float) -> YesNo:
    return None if value is None else value >= limit


def _is_one_of(name: str, *values: str) -> Callable[[Fact], YesNo]:
    def answer(fact: Fact) -> YesNo:
        known = fact(name)
        return None if known is None else known in values

    return answer


def months_since(day: dt.date | None, today: dt.date) -> float | None:
    """Calendar months from a date to today, negative before it; None where the date is unknown."""
    if day is None:
        return None
    return months_between(day, today) if day <= today else -months_between(today, day)


def _months_since(name: str, sign: float = 1.0) -> Callable[[Fact], float | None]:
    def months(fact: Fact) -> float | None:
        found = months_since(fact(name), fact.today)
        return None if found is None else sign * found

    return months


def _ages(fact: Fact) -> list[float] | None:
    children = fact("children")
    if children is None:
        return [] if fact("has_children") is False else None
    ages = [child.age for child in children]
    return None if None in ages else ages


def _age(stat: Callable[[list[float]], float]) -> Callable[[Fact], float | None]:
    def age(fact: Fact) -> float | None:
        ages = _ages(fact)
        return stat(ages) if ages else None

    return age


def _children_count(fact: Fact) -> float | None:
    children = fact("children")
    if children is not None:
        return float(len(children))
    return 0.0 if fact("has_children") is False else None


def _is_parent(fact: Fact) -> YesNo:
    count = _children_count(fact)
    return count > 0 if count is not None else fact("has_children")


def _is_single_parent(fact: Fact) -> YesNo:
    single: YesNo = fact("single_parent")
    if single is not None:
        return single
    return False if _is_parent(fact) is False else None


def _flag_or_status(flag: str, status: str) -> Callable[[Fact], YesNo]:
    """The flag and the status say the same; it is possible beside another status, so a yes wins."""

    def answer(fact: Fact) -> YesNo:
        said, known = fact(flag), fact("employment_status")
        held = None if known is None else known == status
        return True if said is True or held is True else _first_known(said, held)

    return answer


_employed = _is_one_of("employment_status", "sv_part_time", "sv_full_time")


def _years_since_practice(fact: Fact) -> float | None:
    years = [item.last_year for item in fact("experience") or () if item.last_year is not None]
    if years:
        return float(max(0, fact.today.year - max(years)))
    months = fact("months_since_last_job")
    return None if months is None else months / 12


def _has_target(fact: Fact) -> YesNo:
    named = [fact(name) for name in ("target_occupations", "target_occupation", "occupational_field")]
    return True if any(named) else (False if named[0] is not None else None)


def _known_core(fact: Fact) -> float:
    return float(sum(fact(name) is not None for name in CORE))


def _has_car_licence(fact: Fact) -> YesNo:
    held = fact("driving_licences")
    return None if held is None else bool(set(held) & CAR_LICENCES)


def _topup_recent(fact: Fact) -> YesNo:
    months = fact("months_since_last_topup_job")
    return None if months is None else months <= TOPUP_MONTHS


ENTAILED: dict[str, Callable[[Fact], YesNo]] = {
    "topup_job_last_60_months": _topup_recent,
    "driving_licence": _has_car_licence,
    "ever_worked": lambda fact: True if fact("experience") else None,
    "has_children": lambda fact: None if fact("children") is None else bool(fact("children")),
}
"""Yes/no facts that another fact answers where they themselves are not recorded."""

DERIVED: dict[str, Callable[[Fact], Any]] = {
    "long_term_unemployed": lambda fact: _at_least(fact("unemployment_months"), LONG_TERM_UNEMPLOYED_MONTHS),
    "long_term_benefit": lambda fact: _at_least(fact("benefit_months_last_24"), LONG_TERM_BENEFIT_MONTHS),
    "in_minijob": _flag_or_status("minijob", "minijob"),
    "is_self_employed": _flag_or_status("self_employed", "self_employed"),
    "is_employed": lambda fact: any_of(_employed(fact), fact("in_minijob"), fact("is_self_employed")),
    "is_parent": _is_parent,
    "is_single_parent": _is_single_parent,
    "children_count": _children_count,
    "youngest_child_age": _age(min),
    "oldest_child_age": _age(max),
    "health_limitation": lambda fact: any_of(fact("health_limitation_physical"), fact("psychological_limitation")),
    "psychological_limitation": _is_one_of("health_limitation_psychological", "suspected", "diagnosed"),
    "addiction_problem": _is_one_of("addiction", "suspected", "yes"),
    "has_migration_background": lambda fact: any_of(fact("migration_background"), fact("refugee")),
    "no_usable_qualification": _is_one_of("vocational_qualification", "none", "not_usable"),
    "in_rehab": _is_one_of("rehab_status", "running", "pension_applied"),
    "contact_lost": _is_one_of("contact_avoidance", "misses_appointments", "refuses_cooperation", "unreachable"),
    "course_right_age_months": _months_since("integration_course_right_date"),
    "course_interrupted_months": _months_since("integration_course_interrupted_since"),
    "months_until_stage_end": _months_since("jps_planned_end", -1.0),
    "months_until_course_end": _months_since("integration_course_planned_end", -1.0),
    "months_until_training": _months_since("training_contract_start", -1.0),
    "months_since_known": _months_since("known_on"),
    "years_since_practice": _years_since_practice,
    "has_target": _has_target,
    "conflict_count": lambda fact: float(fact.conflicts),
    "known_core_facts": _known_core,
}
"""Meanings in `catalog/README.md`."""
