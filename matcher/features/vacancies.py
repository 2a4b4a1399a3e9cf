"""The ordered registry of a vacancy's features."""

import importlib.util
from collections.abc import Callable
from typing import TypeVar

from matcher.columns import Feature, Fits
from matcher.features.advertisement import RECENCY, REPLY
from matcher.features.hours import HOURS
from matcher.features.language import LANGUAGE
from matcher.features.occupation import LEARNED_FEATURE, PRACTISED_FEATURE, TARGET_FEATURE
from matcher.features.overqualified import OVERQUALIFIED
from matcher.features.papers import CERTIFICATES, LICENCE
from matcher.features.qualification import QUALIFICATION
from matcher.features.reach import REACH
from matcher.features.schedule import CHILDCARE, SCHEDULE
from matcher.features.standing import KIND, LEADERSHIP, SENIORITY
from matcher.features.text import TEXT
from matcher.features.wishes import MOBILITY, WISHES
from matcher.models.score import Native
from matcher.pool.people import PersonColumns
from matcher.pool.vacancies import VacancyPool

R = TypeVar("R")


def _of_vacancies(
    compute: Callable[[PersonColumns, VacancyPool], Fits],
    say: Callable[[PersonColumns, VacancyPool, int, int], str],
    feature: Feature[PersonColumns, R],
) -> Feature[PersonColumns, VacancyPool]:
    """Return a feature that works on any pool of its shape as one of vacancies."""
    return Feature(feature.id, feature.fields, compute, say, feature.reads, feature.asks, feature.words)


_REACH = _of_vacancies(REACH.compute, REACH.say, REACH)
_HOURS = _of_vacancies(HOURS.compute, HOURS.say, HOURS)
_SCHEDULE = _of_vacancies(SCHEDULE.compute, SCHEDULE.say, SCHEDULE)
_CHILDCARE = _of_vacancies(CHILDCARE.compute, CHILDCARE.say, CHILDCARE)

VACANCY_FEATURES: tuple[Feature[PersonColumns, VacancyPool], ...] = (
    TARGET_FEATURE,
    TEXT,
    LEARNED_FEATURE,
    PRACTISED_FEATURE,
    QUALIFICATION,
    OVERQUALIFIED,
    LANGUAGE,
    _REACH,
    _HOURS,
    _SCHEDULE,
    _CHILDCARE,
    LEADERSHIP,
    SENIORITY,
    KIND,
    CERTIFICATES,
    LICENCE,
    WISHES,
    MOBILITY,
    RECENCY,
    REPLY,
)
"""Features of a vacancy in the order of their explanation."""

SILENT: frozenset[str] = frozenset(
    {
        "overqualified",
        "leadership",
        "seniority",
        "kind",
        "certificates",
        "licence",
        "mobility",
        "recency",
        "employer_reply",
    }
)
"""Features that speak only when they cost something: that nothing is missing is no reason to propose a vacancy."""


def native_fits() -> Native[PersonColumns, VacancyPool] | None:
    """Occupation features of single persons in native code, None without numba; compiling takes two seconds."""
    if importlib.util.find_spec("numba") is None:
        return None
    from matcher.features.occupation_native import occupation_fits

    return occupation_fits
