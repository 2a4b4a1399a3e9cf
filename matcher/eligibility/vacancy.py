"""Hard rules of a vacancy over columns; not met only where a hard fact says so, unknown is a question.

What is only derived costs points and makes a near miss (`eligibility.near_miss`), except reserved occupations and
licences. Source: DESIGN sections 3 and 6.
"""

import numpy as np

from matcher.columns import Rule, Verdicts
from matcher.eligibility.vacancy_person import PERSON_RULES
from matcher.eligibility.vacancy_times import TIME_RULES
from matcher.pool.people import People
from matcher.pool.vacancies import VacancyPool
from matcher.requirements import DEMANDS, unmask
from matcher.results import MET, NOT_MET, UNKNOWN

LIMIT_WORDS = {
    "no_heavy_lifting": "kein schweres Heben",
    "no_prolonged_standing": "kein langes Stehen",
    "no_prolonged_sitting": "kein langes Sitzen",
    "no_kneeling": "kein Knien",
    "no_overhead_work": "keine Überkopfarbeit",
    "no_heights": "keine Arbeit in der Höhe",
    "no_wet_cold": "keine Nässe und Kälte",
    "no_heat": "keine Hitze",
    "no_dust_allergens": "kein Staub, keine Allergene",
    "no_skin_irritants": "keine Hautreizstoffe",
    "no_noise": "kein Lärm",
    "no_night_shift": "keine Nachtschicht",
    "no_shift_work": "keine Schichtarbeit",
    "no_time_pressure": "kein Zeitdruck",
    "no_public_contact": "kein Publikumsverkehr",
    "no_driving": "kein Fahren",
    "no_screen_work": "keine Bildschirmarbeit",
    "no_machines": "keine Maschinen",
}


def is_open(people: People, pool: VacancyPool) -> Verdicts:
    """The vacancy has not expired and its employer is not paused."""
    today = pool.today[0]
    closed = (pool.open_until < today) | (pool.paused_until >= today)
    return np.broadcast_to(np.where(closed, NOT_MET, MET).astype(np.uint8), (len(people), len(pool))).copy()


def say_open(people: People, pool: VacancyPool, b: int, row: int) -> str:
    """German words for an expired vacancy or a paused employer."""
    today = pool.today[0]
    if pool.open_until[row] < today:
        return f"Stelle war bis {pool.open_until[row].item():%d.%m.%Y} offen"
    if pool.paused_until[row] >= today:
        return f"Arbeitgeber nimmt bis {pool.paused_until[row].item():%d.%m.%Y} keine Vorschläge"
    return "Stelle ist offen"


def takes_proposals(people: People, pool: VacancyPool) -> Verdicts:
    """The person takes proposals at present."""
    paused = people.open.no_proposals_until >= people.open.as_of
    state = np.where(paused, NOT_MET, MET).astype(np.uint8)
    return np.broadcast_to(state[:, None], (len(people), len(pool))).copy()


def say_proposals(people: People, pool: VacancyPool, b: int, row: int) -> str:
    """German words for a pause of proposals; no reason is stored."""
    until = people.open.no_proposals_until[b]
    return f"Keine Vorschläge bis {until.item():%d.%m.%Y}" if not np.isnat(until) else "Vorschläge sind möglich"


def within_limits(people: People, pool: VacancyPool) -> Verdicts:
    """What the work inherently asks for is compatible with functional limits; what it may ask for is a question."""
    limits = people.protected.limits[:, None]
    verdicts = np.full((len(people), len(pool)), MET, dtype=np.uint8)
    verdicts[(limits & pool.demands_possible[None, :]) != 0] = UNKNOWN
    verdicts[np.ix_(~people.protected.limits_known, pool.demands != 0)] = UNKNOWN
    verdicts[(limits & pool.demands[None, :]) != 0] = NOT_MET
    return verdicts


def say_limits(people: People, pool: VacancyPool, b: int, row: int) -> str:
    """German words for functional limits: what is incompatible, what has to be clarified; never a diagnosis."""
    limits = int(people.protected.limits[b])
    hard = unmask(limits & int(pool.demands[row]), DEMANDS)
    soft = unmask(limits & int(pool.demands_possible[row]), DEMANDS)
    if hard:
        return f"Nicht vereinbar mit: {', '.join(LIMIT_WORDS[name] for name in hard)}"
    if soft:
        return f"Zu klären: {', '.join(LIMIT_WORDS[name] for name in soft)}"
    return "Keine Unvereinbarkeit bekannt" if people.protected.limits_known[b] else "Einschränkungen nicht erfasst"


VACANCY_RULES: tuple[Rule[People, VacancyPool], ...] = (
    Rule(
        "vacancy.open",
        "Angabe der Anzeige; Arbeitgeberdaten",
        (),
        is_open,
        say_open,
        ("open_until", "paused_until", "today"),
        (),
    ),
    Rule(
        "vacancy.no_proposals",
        "Austauschformat: no_proposals_until",
        ("no_proposals_until",),
        takes_proposals,
        say_proposals,
        (),
        ("open.no_proposals_until", "open.as_of"),
    ),
    *PERSON_RULES,
    *TIME_RULES,
    Rule(
        "vacancy.functional_limits",
        "catalog/vacancy_occupations.toml",
        ("functional_limits",),
        within_limits,
        say_limits,
        ("demands", "demands_possible"),
        ("protected.limits", "protected.limits_known"),
    ),
)
"""Rules of a vacancy; the first one not met decides the exclusion's reason."""
