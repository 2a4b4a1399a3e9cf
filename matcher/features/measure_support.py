"""What an offer does for parents, and how far it is away."""

import numpy as np

from matcher.columns import Feature, Fits
from matcher.features import reach
from matcher.pool.offers import MeasurePool
from matcher.pool.seekers import Seekers


def compute_childcare(people: Seekers, pool: MeasurePool) -> Fits:
    """For parents without secured care: 1 where care is offered, 0 where it is not; NaN where nobody needs it."""
    needs = (people.is_parent == 1) & (people.childcare_secured != 1)
    fit = np.where(pool.childcare < 0, np.nan, pool.childcare.astype(np.float64))
    return np.where(needs[:, None], fit[None, :], np.nan)


def say_childcare(people: Seekers, pool: MeasurePool, b: int, row: int) -> str:
    """German words for childcare at the measure."""
    offered = pool.childcare[row]
    if offered == 1:
        return "Hilft bei der Kinderbetreuung"
    return "Ohne Kinderbetreuung" if offered == 0 else "Kinderbetreuung ist nicht bekannt"


def compute_reach(people: Seekers, pool: MeasurePool) -> Fits:
    """Travel fit as for vacancies; 1 for remote offers and where a shuttle drives."""
    fit = reach.compute(people.open, pool)
    return np.where((pool.remote == 1) | (pool.shuttle == 1), 1.0, fit)


def say_reach(people: Seekers, pool: MeasurePool, b: int, row: int) -> str:
    """German words for the way."""
    if pool.remote[row] == 1:
        return "Findet online statt"
    if pool.shuttle[row] == 1:
        return "Ein Zubringer fährt"
    if pool.offer[row] < 0 or np.isnan(pool.lat[row]):
        return "Ort ist nicht bekannt"
    words = reach.say(people.open, pool, b, row)
    return words[0].upper() + words[1:]


CHILDCARE: Feature[Seekers, MeasurePool] = Feature(
    "childcare",
    ("childcare_status", "children"),
    compute_childcare,
    say_childcare,
    asks=("is_parent", "childcare_secured"),
    words=(("childcare",), ()),
)
REACH: Feature[Seekers, MeasurePool] = Feature(
    "reach", ("postal_code", "transport_mode", "max_commute_minutes"), compute_reach, say_reach
)
