"""Which vacancies are worth a proposal: enough points, and not far behind the person's best one.

It excludes nothing: what lies below stays among the others. Values: `catalog/vacancy_floor.toml`.
"""

import tomllib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Points, Verdicts
from matcher.paths import catalog_path
from matcher.results import NOT_MET, POINTS_PER_UNIT

LOWEST = np.iinfo(np.int64).min


@lru_cache(maxsize=1)
def load_floor() -> tuple[int, int]:
    """Return (least points, points behind the best) from the catalogue."""
    with (catalog_path() / "vacancy_floor.toml").open("rb") as file:
        data = tomllib.load(file)
    return round(data["least"] * POINTS_PER_UNIT), round(data["gap"] * POINTS_PER_UNIT)


def worth_suggesting(totals: Points, overall: Verdicts) -> NDArray[np.bool_]:
    """Return which vacancies to propose, shape (B, N); `overall` is the least verdict of all rules."""
    least, gap = load_floor()
    open_ones = overall != NOT_MET
    if not totals.shape[1]:
        return open_ones
    best = np.where(open_ones, totals, least).max(axis=1, keepdims=True)
    return np.asarray(open_ones & (totals >= least) & (totals >= best - gap))
