"""Standing: leadership, master, senior posts, and kinds of work that ask for a status (student, trainee, own boss).

Derived from the title; each costs points and makes a near miss where the person shows nothing like it.
"""

import numpy as np

from matcher.columns import Feature, Fits
from matcher.features.occupation_rows import occupation_rows
from matcher.features.remember import remember
from matcher.pool.people import PersonColumns
from matcher.pool.vacancies import VacancyPool
from matcher.pool.vacancy_rows import has
from matcher.requirements import KINDS, bit

LEADING = bit("leadership") | bit("master")
EXPERIENCED = bit("experienced") | bit("senior")
SENIOR_NEEDS = 0.8


@remember
def compute_leadership(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return 1 for ordinary posts and for those who have led or wish to; little for others; NaN where unknown."""
    leading = has(pool, LEADING)
    fit = np.ones((len(people), len(pool)))
    shown = (people.leadership == 1) | ((people.prefer & LEADING) != 0)
    fit[np.ix_(~shown, leading)] = 0.0
    fit[np.ix_((people.leadership < 0) & ~shown, leading)] = np.nan
    return fit


def say_leadership(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """German words for a leading post."""
    seen = pool.evidence(row, "leadership") or pool.evidence(row, "master")
    if seen is None:
        return "keine Leitungsaufgabe erkennbar"
    return f"Leitungs- oder Meisterstelle („{seen[0]}“); Leitungserfahrung {'vorhanden' if people.leadership[b] == 1 else 'nicht belegt'}"


@remember
def compute_seniority(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return how much of the asked experience somebody shows in the field; 1 where none is asked."""
    asked = has(pool, EXPERIENCED)
    fit = np.ones((len(people), len(pool)))
    if asked.any():
        fit[:, asked] = np.clip(occupation_rows(people, pool).practised[:, asked] / SENIOR_NEEDS, 0.0, 1.0)
        fit[np.ix_(people.has_experience < 0, asked)] = np.nan
    return fit


def say_seniority(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """German words for experience asked in the title."""
    seen = pool.evidence(row, "experienced") or pool.evidence(row, "senior")
    return f"Berufserfahrung erwartet („{seen[0]}“)" if seen else "keine besondere Erfahrung verlangt"


_WORK = np.array([1.0 if kind in {"job", "trainee"} else 0.0 for kind in KINDS])
_WISHED = {"apprenticeship": bit("apprenticeship")}


def compute_kind(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return 1 for jobs and trainee posts, 0 for student jobs, apprenticeships, internships, self-employment
    that nobody wished for."""
    fit = _WORK[pool.kind][None, :].repeat(len(people), axis=0)
    wishes = (people.prefer & _WISHED["apprenticeship"]) != 0
    fit[np.ix_(wishes, pool.kind == KINDS.index("apprenticeship"))] = 1.0
    fit[np.ix_(people.student == 1, pool.kind == KINDS.index("student"))] = 1.0
    return fit


_KIND_WORDS = {
    "job": "Arbeitsstelle",
    "apprenticeship": "Ausbildungsstelle",
    "internship": "Praktikum oder Freiwilligendienst",
    "student": "nur für Studierende",
    "self_employed": "selbständige Tätigkeit",
    "trainee": "Einstiegsprogramm",
}


def say_kind(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """German words for the kind of vacancy."""
    return _KIND_WORDS[KINDS[int(pool.kind[row])]]


LEADERSHIP: Feature[PersonColumns, VacancyPool] = Feature(
    "leadership", ("experience",), compute_leadership, say_leadership, ("stated", "derived"), ("leadership", "prefer")
)
SENIORITY: Feature[PersonColumns, VacancyPool] = Feature("seniority", ("experience",), compute_seniority, say_seniority)
KIND: Feature[PersonColumns, VacancyPool] = Feature(
    "kind",
    ("employment_status",),
    compute_kind,
    say_kind,
    ("kind",),
    ("prefer", "student"),
    words=(("kind",), ()),
)
