"""The ordered registry of a vacancy's features."""

from matcher.columns import Feature
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
from matcher.pool.people import PersonColumns
from matcher.pool.vacancies import VacancyPool

VACANCY_FEATURES: tuple[Feature[PersonColumns, VacancyPool], ...] = (
    TARGET_FEATURE, TEXT, LEARNED_FEATURE, PRACTISED_FEATURE, QUALIFICATION, OVERQUALIFIED, LANGUAGE, REACH, HOURS,
    SCHEDULE, CHILDCARE, LEADERSHIP, SENIORITY, KIND, CERTIFICATES, LICENCE, WISHES, MOBILITY, RECENCY, REPLY,
)
"""Features of a vacancy in the order of their explanation."""
