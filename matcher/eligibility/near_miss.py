"""Near misses: vacancies that fail on something negotiable or learnable, each with the bridge that fits.

They read what features may see and nothing protected. Source: DESIGN section 1 (Arbeitgeber-Service) and 6.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.features import hours, language, papers, qualification, reach, schedule, standing, stated_times
from matcher.features.remember import remember
from matcher.pool.people import PersonColumns
from matcher.pool.travel import load_travel
from matcher.pool.vacancies import VacancyPool
from matcher.requirements import load_tables

Found = NDArray[np.bool_]

LANGUAGE_LEVELS_BRIDGED = 1
QUALIFICATION_ENOUGH = 0.6
SENIORITY_ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class NearMiss:
    """One kind of near miss: where it is, shape (B, N), and the German words with their bridge for one pair."""

    id: str
    fields: tuple[str, ...]
    find: Callable[[PersonColumns, VacancyPool], Found]
    say: Callable[[PersonColumns, VacancyPool, int, int], str]


def near_misses(people: PersonColumns, pool: VacancyPool, b: int) -> list[tuple[str, ...]]:
    """Return the German sentences of all near misses of one person by row, in registry order."""
    found: list[list[str]] = [[] for _ in range(len(pool))]
    for row, kind in np.argwhere(find_all(people, pool)[:, b].T).tolist():
        found[row].append(NEAR_MISSES[kind].say(people, pool, b, row))
    return [tuple(words) for words in found]


@remember
def find_all(people: PersonColumns, pool: VacancyPool) -> Found:
    """Return where every kind of near miss is, shape (kinds, B, N)."""
    return np.stack([kind.find(people, pool) for kind in NEAR_MISSES])


def _partly(fit: NDArray[np.float64], enough: float = 1.0) -> Found:
    return np.asarray(fit < enough)


def beyond_limit(people: PersonColumns, pool: VacancyPool) -> Found:
    """The way is longer than the person's limit, but not beyond the last one."""
    ratio = reach.reach_ratio(people, pool)
    return np.asarray((ratio > 1.0) & (ratio <= load_travel().near_miss_until))


def say_reach(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """Words and bridge."""
    over = reach.travel_minutes(people, pool)[b, row] - people.max_commute_minutes[b]
    return (
        f"Weg etwa {over:.0f} Minuten über der Grenze: Fahrgemeinschaft, andere Verbindung oder Mobilitätshilfe prüfen"
    )


def other_hours(people: PersonColumns, pool: VacancyPool) -> Found:
    """Stated working time differs from the wish."""
    said = (pool.full_time == 1) | (pool.part_time == 1) | (pool.minijob == 1) | np.isfinite(pool.hours_max)
    return np.asarray(_partly(hours.compute(people, pool), 0.999) & said[None, :])


def say_hours(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """Words and bridge."""
    return f"{hours.say(people, pool, b, row)}: Stundenumfang mit dem Arbeitgeber verhandeln"


def other_times(people: PersonColumns, pool: VacancyPool) -> Found:
    """Stated work times reach beyond availability; what is only usual asks for nothing."""
    if not ((pool.from_minutes >= 0) | (pool.time_stated != 0)).any():
        return np.zeros((len(people), len(pool)), dtype=np.bool_)
    return _partly(stated_times.least_covered(people.free_from, people.free_until, pool, None), stated_times.COVERED)


def say_times(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """Words and bridge."""
    return f"{stated_times.say(people, pool, b, row)}: andere Zeiten mit dem Arbeitgeber verhandeln"


def care_too_short(people: PersonColumns, pool: VacancyPool) -> Found:
    """Likely or stated work times and the way reach beyond childcare that may be extended."""
    short = _partly(schedule.compute_childcare(people, pool), 0.6)
    return np.asarray(short & (people.care_fixed != 1)[:, None] & (people.needs_care == 1)[:, None])


def say_care(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """Words and bridge."""
    return f"Betreuungszeit erweitern: {schedule.say_childcare(people, pool, b, row)}"


def missing_certificate(people: PersonColumns, pool: VacancyPool) -> Found:
    """A certificate the title asks for is known to be missing and can be had."""
    missing = papers.missing_certificates(people, pool) != 0
    return np.asarray(missing & people.certificates_known[:, None])


def say_certificate(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """Words and bridge."""
    missing = int(papers.missing_certificates(people, pool)[b, row])
    entries = [entry for number, entry in enumerate(load_tables().certificates) if missing >> number & 1]
    return "; ".join(f"{entry.label} fehlt: {entry.bridge}" for entry in entries)


def missing_licence(people: PersonColumns, pool: VacancyPool) -> Found:
    """A licence such work usually needs is known to be missing."""
    return np.asarray(papers.compute_licence(people, pool) == 0.0)


def say_licence(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """Words and bridge."""
    return f"{papers.say_licence(people, pool, b, row)}: mit dem Arbeitgeber klären oder Förderung des Führerscheins prüfen"


def missing_training(people: PersonColumns, pool: VacancyPool) -> Found:
    """The level implied by occupation and title is not reached."""
    return _partly(qualification.compute(people, pool), QUALIFICATION_ENOUGH)


def say_training(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """Words and bridge."""
    return (
        f"{qualification.say(people, pool, b, row)}: Einarbeitung verhandeln, Maßnahme beim Arbeitgeber, "
        "Eingliederungszuschuss oder Teilqualifizierung prüfen"
    )


def language_short(people: PersonColumns, pool: VacancyPool) -> Found:
    """German is below what the occupation usually needs, not below what the advertisement states."""
    missing = pool.language[None, :].astype(int) - people.language[:, None]
    known = (pool.language >= 0)[None, :] & (people.language >= 0)[:, None] & ~pool.language_stated[None, :]
    return np.asarray(known & (missing >= LANGUAGE_LEVELS_BRIDGED))


def say_language(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """Words and bridge."""
    return f"{language.say(people, pool, b, row)}: Anforderung klären, Berufssprachkurs prüfen"


def missing_standing(people: PersonColumns, pool: VacancyPool) -> Found:
    """Leadership or experience asked in the title is not shown."""
    leads = standing.compute_leadership(people, pool) < 1.0
    return np.asarray(leads | _partly(standing.compute_seniority(people, pool), SENIORITY_ENOUGH))


def say_standing(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """Words and bridge."""
    leads = standing.compute_leadership(people, pool)[b, row] < 1.0
    words = standing.say_leadership if leads else standing.say_seniority
    return f"{words(people, pool, b, row)}: Anforderung mit dem Arbeitgeber klären"


NEAR_MISSES: tuple[NearMiss, ...] = (
    NearMiss("reach", ("max_commute_minutes",), beyond_limit, say_reach),
    NearMiss("hours", ("desired_hours_min", "desired_hours_max"), other_hours, say_hours),
    NearMiss("schedule", ("available_window",), other_times, say_times),
    NearMiss("childcare", ("children",), care_too_short, say_care),
    NearMiss("certificate", ("certificates",), missing_certificate, say_certificate),
    NearMiss("licence", ("driving_licences",), missing_licence, say_licence),
    NearMiss("qualification", ("vocational_qualification", "experience"), missing_training, say_training),
    NearMiss("language", ("german_level",), language_short, say_language),
    NearMiss("standing", ("experience",), missing_standing, say_standing),
)
"""Kinds of near misses in the order in which they are told."""
