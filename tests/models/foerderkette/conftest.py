"""A planner over the demo office, built once per test process."""

import pytest

from matcher.catalog import load_catalog
from matcher.models.foerderkette import Planner
from matcher.paths import catalog_path
from matcher.places import Places
from matcher.read.offers import read_offers
from matcher.read.places import read_places
from tests.models.foerderkette.instances import TODAY

DEMO = catalog_path() / "demo"


@pytest.fixture(scope="session")
def planner() -> Planner:
    """The demo office on 2 May 2022."""
    rows = read_places(DEMO / "places.csv")
    places = Places.from_rows(
        (r.postal_code, r.place, r.lat, r.lon) for r in rows if r.lat is not None and r.lon is not None
    )
    return Planner(load_catalog(), read_offers(DEMO / "offers.csv"), TODAY, places=places)
