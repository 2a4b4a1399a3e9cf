"""Vacancies and offers without coordinates lie where their postal code or place lies; what is not known stays open."""

import datetime as dt
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from matcher.catalog import load_catalog
from matcher.models.occupation import load_matcher
from matcher.office import cached_pool
from matcher.places import Places
from matcher.pool.coordinates import coordinates
from matcher.pool.offers import encode_offers
from matcher.pool.programmes import encode_programmes
from matcher.pool.vacancy_encode import encode_vacancies
from matcher.programme import Offer
from matcher.store.store import Store
from tests.pool.test_caches import Office
from tests.vacancy_office import Coder, vacancy

TODAY = dt.date(2022, 5, 2)
FREIBERG, BAMBERG = (50.91, 13.34), (49.89, 10.88)
PLACES = Places.from_rows(
    [
        ("09599", "Freiberg", *FREIBERG),
        ("96047", "Bamberg", *BAMBERG),
        ("99762", "Neustadt", 51.57, 10.85),
        ("23730", "Neustadt", 54.10, 10.81),
    ]
)
NOWHERE = (None, None)

CASES: tuple[tuple[dict[str, Any], tuple[float, float] | None], ...] = (
    ({"lat": 50.0, "lon": 12.0, "postal_code": "09599"}, (50.0, 12.0)),
    ({"postal_code": "09599"}, FREIBERG),
    ({"postal_code": "09599", "place": "Bamberg"}, FREIBERG),
    ({"place": "Freiberg"}, FREIBERG),
    ({"place": "Bamberg, Oberfranken"}, BAMBERG),
    ({"postal_code": "12345", "place": "Bamberg"}, BAMBERG),
    ({"lat": 50.0, "postal_code": "96047"}, BAMBERG),
    ({"lon": 12.0}, None),
    ({"place": "Neustadt"}, None),
    ({"postal_code": "23730", "place": "Neustadt"}, (54.10, 10.81)),
    ({"postal_code": "12345"}, None),
    ({"place": "Nirgendwo"}, None),
    ({}, None),
)
ABROAD = (("Deutschland", FREIBERG), (" DE", FREIBERG), (None, FREIBERG), ("Frankreich", None))


def point(lat: Any, lon: Any) -> tuple[float, float] | None:
    """The first row's place, None where it is unknown."""
    assert np.isnan(lat[0]) == np.isnan(lon[0])
    return None if np.isnan(lat[0]) else (float(lat[0]), float(lon[0]))


def of_vacancy(places: Places, **facts: Any) -> tuple[float, float] | None:
    row = encode_vacancies([vacancy("Koch", **{"lat": None, "lon": None, **facts})], Coder(), TODAY, places)
    return point(row.lat, row.lon)


def of_offer(places: Places, **facts: Any) -> tuple[float, float] | None:
    catalog = load_catalog()
    name = min(catalog.programmes)
    columns = encode_programmes([catalog.programmes[name]], (), catalog.table("evidence"))
    pool = encode_offers(columns, [Offer(id="o", programme_id=name, title="o", **facts)], TODAY, places)
    assert np.isnan(pool.lat[1]), "the row without an offer lies nowhere"
    return point(pool.lat, pool.lon)


@pytest.mark.parametrize("ask", [of_vacancy, of_offer])
@pytest.mark.parametrize(("facts", "expected"), CASES)
def test_stated_else_postal_code_else_place(ask: Any, facts: dict[str, Any], expected: Any) -> None:
    found = ask(PLACES, **facts)
    assert found == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(("country", "expected"), ABROAD)
def test_foreign_postal_codes_are_not_looked_up(country: str | None, expected: Any) -> None:
    assert of_vacancy(PLACES, postal_code="09599", place="Freiberg", country=country) == expected


def test_without_places_nothing_is_located() -> None:
    assert of_vacancy(Places.from_rows(()), postal_code="09599") is None
    assert [len(column) for column in coordinates([], PLACES)] == [0, 0]


def test_every_address_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str | None, str | None]] = []
    slow = Places.find
    monkeypatch.setattr(Places, "find", lambda self, *address: (asked.append(address), slow(self, *address))[1])
    lat, _ = coordinates([(*NOWHERE, "09599", "Freiberg"), (*NOWHERE, "x", None)] * 50, PLACES)
    assert asked == [("09599", "Freiberg"), ("x", None)]
    assert np.isnan(lat).sum() == 50


def test_one_stray_code_of_a_large_town_does_not_move_it() -> None:
    town = [(f"2{n:04}", "Hamburg", 53.5 + n / 1000, 10.0) for n in range(20)]
    found = Places.from_rows([*town, ("99999", "Hamburg", 48.0, 9.0)]).find(None, "Hamburg")
    assert found == pytest.approx((53.5095, 10.0))


class Moving(Office):
    """An office whose list of places changes."""

    places_version = "1"

    def version(self, kind: str) -> str:
        return self.places_version if kind == "places" else super().version(kind)


def test_new_places_encode_the_vacancies_again(tmp_path: Path) -> None:
    office, catalog, occupations = Moving(), load_catalog(), load_matcher()
    for version, made in (("1", 1), ("1", 1), ("2", 2), ("2", 2)):
        office.places_version = version
        assert cached_pool(cast(Store, office), tmp_path, catalog, occupations, TODAY, PLACES) is not None
        assert office.made == made
