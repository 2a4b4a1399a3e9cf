"""Keep an encoded pool as npz in the data folder; never a pickle."""

import dataclasses
from pathlib import Path

import numpy as np

from matcher.errors import MatcherError
from matcher.pool.arrays import load_arrays
from matcher.pool.vacancies import VacancyPool

FORMAT = 3
"""Raise it whenever a column is added, dropped or changes its meaning."""


def save_pool(pool: VacancyPool, path: Path) -> None:
    """Write the pool's columns beside `path` and move them there at once, so that no half file is ever read."""
    columns = {entry.name: getattr(pool, entry.name) for entry in dataclasses.fields(pool)}
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        np.savez(file, format_number=np.array([FORMAT]), **columns)
    part.replace(path)


def load_pool(path: Path) -> VacancyPool:
    """Read a pool; raises MatcherError where the file is of another format, incomplete or no pool at all."""
    try:
        arrays = load_arrays(path)
        if int(arrays["format_number"][0]) != FORMAT:
            raise MatcherError(f"{path.name}: the stored pool has another format.", "Encode the vacancies again.")
        return VacancyPool(**{entry.name: arrays[entry.name] for entry in dataclasses.fields(VacancyPool)})
    except (KeyError, ValueError) as error:
        raise MatcherError(f"{path.name}: no readable pool ({error}).", "Encode the vacancies again.") from error
