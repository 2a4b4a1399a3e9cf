"""An office's data folder as an engine: catalogue, store, cached pool and register, at the rim.

The encoded vacancy pool is cached as npz under `<data>/cache/`, keyed by everything it was made from.
"""

import dataclasses
import datetime as dt
import hashlib
from pathlib import Path

import numpy as np

import matcher
from matcher.catalog import Catalog, load_catalog
from matcher.errors import MatcherError, NotFound
from matcher.models.occupation import OccupationMatcher, load_matcher
from matcher.pipeline import Engine, build_engine
from matcher.places import Places
from matcher.pool.arrays import load_arrays
from matcher.pool.vacancies import VacancyPool
from matcher.pool.vacancy_files import load_pool, save_pool
from matcher.store.store import Store, open_configured

PLACES_FORMAT = 2
"""Raise it whenever the lookups of `Places` change their meaning."""


def open_office(data_dir: Path) -> Store:
    """The store of an existing data folder; NotFound with the next command where there is none."""
    if not data_dir.is_dir():
        raise NotFound(
            f"The data folder {data_dir} does not exist.",
            "Import something first (matcher import …), or try it out with: matcher demo",
        )
    return open_configured(data_dir)


def build_office_engine(store: Store, data_dir: Path, today: dt.date, *, vacancies: bool = True) -> Engine:
    """Everything a question needs from the data folder, for one day."""
    catalog, occupations = load_catalog(), load_matcher(data_dir)
    places = cached_places(store, data_dir)
    pool = cached_pool(store, data_dir, catalog, occupations, today, places) if vacancies else None
    return build_engine(
        catalog,
        places=places,
        occupations=occupations,
        vacancy_pool=pool,
        offers=store.offers(),
        programmes=store.programmes(),
        versions=_versions(store, occupations),
    )


def build_bare_engine(data_dir: Path | None) -> Engine:
    """The engine without any store: catalogue alone, no places, offers or vacancies."""
    return build_engine(
        load_catalog(), places=Places.from_rows(()), occupations=load_matcher(data_dir), vacancy_pool=None
    )


def _versions(store: Store, occupations: OccupationMatcher) -> dict[str, str]:
    kinds = ("vacancies", "offers", "programmes", "places")
    return {kind: store.version(kind)[:16] for kind in kinds} | {"occupations": register_version(occupations)}


def cached_places(store: Store, data_dir: Path) -> Places:
    """Places of the store, from the cache when the list has not changed."""
    file = data_dir / "cache" / f"places-{PLACES_FORMAT}-{store.version('places')[:24]}.npz"
    if file.is_file():
        try:
            return Places.from_columns(load_arrays(file))
        except (KeyError, ValueError):
            file.unlink(missing_ok=True)
    places = store.places()
    file.parent.mkdir(parents=True, exist_ok=True)
    for old in file.parent.glob("places-*.npz"):
        old.unlink(missing_ok=True)
    part = file.with_name(file.name + ".part")
    with part.open("wb") as opened:
        np.savez(opened, **places.columns())  # type: ignore[arg-type]
    part.replace(file)
    return places


def register_version(occupations: OccupationMatcher) -> str:
    """Name, Fassung and hash of the active occupation register."""
    info = occupations.register
    return f"{info.name} {info.fassung} {info.sha256[:12]}"


def cached_pool(
    store: Store, data_dir: Path, catalog: Catalog, occupations: OccupationMatcher, today: dt.date, places: Places
) -> VacancyPool | None:
    """The encoded pool of all vacancies, from the cache when nothing it depends on has changed; None without any."""
    if store.count("vacancies") == 0:
        return None
    made_from = "|".join(
        (
            matcher.__version__,
            catalog.version,
            register_version(occupations),
            store.version("vacancies"),
            store.version("employers"),
            store.version("places"),
        )
    )
    name = hashlib.sha256(made_from.encode()).hexdigest()[:24]
    file = data_dir / "cache" / f"vacancies-{name}.npz"
    if file.is_file():
        try:
            return on_day(load_pool(file), today)
        except MatcherError:
            file.unlink(missing_ok=True)
    pool = _encode(store, occupations, today, places)
    file.parent.mkdir(parents=True, exist_ok=True)
    for old in file.parent.glob("vacancies-*.npz"):
        old.unlink(missing_ok=True)
    save_pool(pool, file)
    return pool


def on_day(pool: VacancyPool, today: dt.date) -> VacancyPool:
    """The same columns on another day: only closing dates and the age of advertisements depend on it."""
    return dataclasses.replace(pool, today=np.array([today], dtype="datetime64[D]"))


def _encode(store: Store, occupations: OccupationMatcher, today: dt.date, places: Places) -> VacancyPool:
    from matcher.pool.vacancy_encode import encode_vacancies

    employers = {employer.id: employer for employer in store.employers()}
    return encode_vacancies(store.vacancies(), occupations, today, places, employers)
