"""Language: German level against what the advertisement states or the occupation usually needs (derived)."""

import numpy as np

from matcher.columns import Feature, Fits
from matcher.pool.people import PersonColumns
from matcher.pool.vacancies import VacancyPool
from matcher.vocabulary import GERMAN_LEVELS

SHORTFALL = np.array([1.0, 0.55, 0.15, 0.0, 0.0, 0.0, 0.0, 0.0])
"""Fit by missing CEFR levels (expert assumption)."""


def compute(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return 1 where the level suffices, less per missing level; NaN where either is unknown."""
    missing = np.clip(pool.language[None, :].astype(int) - people.language[:, None], 0, 7)
    fit: Fits = SHORTFALL[missing]
    fit[people.language < 0] = np.nan
    fit[:, pool.language < 0] = np.nan
    return fit


def say(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """German words for the language level asked and held."""
    if pool.language[row] < 0:
        return "Sprachanforderung nicht erkennbar"
    need = _level(int(pool.language[row]))
    origin = "verlangt" if pool.language_stated[row] else "im Beruf üblich (Annahme)"
    have = f"vorhanden: {_level(int(people.language[b]))}" if people.language[b] >= 0 else "Sprachstand klären"
    return f"Deutsch {need} {origin}; {have}"


def _level(number: int) -> str:
    return "Muttersprache" if GERMAN_LEVELS[number] == "native" else GERMAN_LEVELS[number]


LANGUAGE: Feature[PersonColumns, VacancyPool] = Feature(
    "language",
    ("german_level",),
    compute,
    say,
    ("language",),
    ("language",),
    words=(("language", "language_stated"), ("language",)),
)
