"""The advertisement itself: how old it is, and how often the employer has answered proposals."""

import datetime as dt
from functools import lru_cache

import numpy as np

from matcher.columns import Feature, Fits
from matcher.features.remember import of_pool
from matcher.pool.people import PersonColumns
from matcher.pool.vacancies import VacancyPool

FRESH_DAYS, STALE_DAYS = 30.0, 365.0
"""Advertisements count as fresh up to a month and as stale after a year (expert assumption)."""
PRIOR_RATE, PRIOR_N = 0.4, 5.0
"""Reply rates are drawn towards 40 % as if five earlier proposals had been answered so (expert assumption)."""


@of_pool
def compute_recency(pool: VacancyPool) -> Fits:
    """Return 1 for fresh advertisements falling to 0 after a year; NaN without a date."""
    days = (pool.today[0] - pool.published_on).astype("timedelta64[D]").astype(float)
    days = np.where(np.isnat(pool.published_on), np.nan, days)
    fit: Fits = np.clip(1.0 - (days - FRESH_DAYS) / (STALE_DAYS - FRESH_DAYS), 0.0, 1.0)
    return fit


def say_recency(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """German words for the date of the advertisement."""
    return _published(pool.published_on.item(row))


@lru_cache(maxsize=4096)
def _published(day: dt.date | None) -> str:
    return f"veröffentlicht am {day:%d.%m.%Y}" if day is not None else "Datum der Anzeige unbekannt"


@of_pool
def compute_reply(pool: VacancyPool) -> Fits:
    """Return the employer's reply rate, shrunken by its number; NaN where no proposal was ever sent."""
    known = np.nan_to_num(pool.reply_rate) * pool.replies_n
    rate: Fits = np.where(pool.replies_n > 0, (known + PRIOR_RATE * PRIOR_N) / (pool.replies_n + PRIOR_N), np.nan)
    return rate


def say_reply(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """German words for the employer's answers so far."""
    count = int(pool.replies_n[row])
    if not count:
        return "noch keine Erfahrung mit Antworten dieses Arbeitgebers"
    return f"Arbeitgeber hat {round(float(pool.reply_rate[row]) * count)} von {count} Vorschlägen beantwortet"


RECENCY: Feature[PersonColumns, VacancyPool] = Feature(
    "recency", (), compute_recency, say_recency, ("published_on", "today"), (), (("published_on",), ())
)
REPLY: Feature[PersonColumns, VacancyPool] = Feature(
    "employer_reply", (), compute_reply, say_reply, ("reply_rate", "replies_n"), (), (("reply_rate", "replies_n"), ())
)
