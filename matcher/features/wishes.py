"""Wishes beyond the occupation: local traffic, day shift, no agency work …, as somebody put them into words."""

import numpy as np

from matcher.columns import Feature, Fits
from matcher.pool.people import PersonColumns
from matcher.pool.people_wishes import load_wishes
from matcher.pool.vacancies import VacancyPool
from matcher.pool.vacancy_rows import has
from matcher.requirements import TIMES, bit

NOTHING_SAID = 0.6
"""An advertisement that says nothing about a wish lies between fulfilled and broken."""


def compute(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return 1 where a wish is met, 0 where one is broken, between where nothing is said; NaN without wishes."""
    traits = (pool.stated | pool.derived)[None, :]
    fit = np.full((len(people), len(pool)), NOTHING_SAID)
    fit[(traits & people.prefer[:, None]) != 0] = 1.0
    for number in range(len(TIMES)):
        avoids = (people.avoid_times >> number & 1).astype(bool)
        if avoids.any():
            chance = np.nan_to_num(pool.time_chance[:, number])
            fit[avoids] = np.minimum(fit[avoids], 1.0 - chance[None, :])
    fit[(traits & people.avoid[:, None]) != 0] = 0.0
    fit[~people.wishes_known] = np.nan
    return fit


def say(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """German words for wishes met or broken."""
    if not people.wishes_known[b]:
        return "keine weiteren Wünsche bekannt"
    traits = int(pool.stated[row] | pool.derived[row])
    broken = [wish.label for wish in load_wishes() if wish.avoid & int(people.avoid[b]) & traits]
    met = [wish.label for wish in load_wishes() if wish.prefer & int(people.prefer[b]) & traits]
    if broken:
        return f"Wunsch nicht erfüllt: {', '.join(broken)}"
    return f"Wunsch erfüllt: {', '.join(met)}" if met else "zu den weiteren Wünschen sagt die Anzeige nichts"


def compute_mobility(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return 1 for work at one place, 0 for work away from home or door to door that nobody wished for."""
    away = bit("travel") | bit("long_distance") | bit("field_sales") | bit("door_to_door")
    asked = has(pool, away)
    fit = np.ones((len(people), len(pool)))
    wished = ((pool.stated | pool.derived)[None, :] & people.prefer[:, None] & away) != 0
    fit[np.broadcast_to(asked[None, :], fit.shape) & ~wished] = 0.0
    return fit


def say_mobility(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """German words for work away from one place."""
    stated = pool.stated.item(row)
    return next((f"{words} laut Anzeige" for away, words in _AWAY if stated & away), "fester Arbeitsort angenommen")


_AWAY = [
    (int(bit(name)), words)
    for name, words in (
        ("travel", "Einsätze außerhalb"),
        ("long_distance", "Fernverkehr"),
        ("field_sales", "Außendienst"),
        ("door_to_door", "Vertrieb unterwegs"),
    )
]


WISHES: Feature[PersonColumns, VacancyPool] = Feature(
    "wishes",
    ("target_occupations", "contract_wishes"),
    compute,
    say,
    ("stated", "derived", "time_chance"),
    ("prefer", "avoid", "avoid_times", "wishes_known"),
    (("stated", "derived"), ("prefer", "avoid", "wishes_known")),
)
MOBILITY: Feature[PersonColumns, VacancyPool] = Feature(
    "mobility",
    ("target_occupations",),
    compute_mobility,
    say_mobility,
    ("stated", "derived"),
    ("prefer",),
    words=(("stated",), ()),
)
