"""What an office keeps of its places and vacancies is made again when a bit of it has turned over."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from matcher.catalog import load_catalog
from matcher.models.occupation import load_matcher
from matcher.office import cached_places, cached_pool
from matcher.places import Places
from matcher.store.store import Store
from matcher.vacancy import Employer, Vacancy
from tests.pool.test_vacancy_pool import SOME, same

TODAY = dt.date(2022, 5, 2)
ROWS = (("09599", "Freiberg", 50.91, 13.34), ("96047", "Bamberg", 49.89, 10.88))


class Office:
    """As much of a store as the caches ask for; counts how often something was made from it."""

    made = 0

    def version(self, kind: str) -> str:
        return "1" * 24

    def count(self, kind: str) -> int:
        return len(SOME)

    def places(self) -> Places:
        self.made += 1
        return Places.from_rows(ROWS)

    def vacancies(self) -> Sequence[Vacancy]:
        self.made += 1
        return SOME

    def employers(self) -> Sequence[Employer]:
        return ()


def pool_of(office: Office, folder: Path) -> Any:
    return cached_pool(cast(Store, office), folder, load_catalog(), load_matcher(), TODAY, Places.from_rows(ROWS))


def places_of(office: Office, folder: Path) -> Any:
    return cached_places(cast(Store, office), folder)


@pytest.mark.parametrize("ask", [pool_of, places_of])
def test_a_damaged_cache_is_made_again(ask: Any, tmp_path: Path) -> None:
    office = Office()
    first = ask(office, tmp_path)
    ask(office, tmp_path)
    assert office.made == 1, "the second time it was read"
    (file,) = (tmp_path / "cache").iterdir()
    data = file.read_bytes()
    for at in (0, 5, 28, 30, 150, 1_000, len(data) // 2, len(data) - 30):
        file.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        again = ask(office, tmp_path)
        assert again.find("09599") == first.find("09599") if ask is places_of else same(again, first)
    for cut in (0, 1, len(data) // 2, len(data) - 1):
        made = office.made
        file.write_bytes(data[:cut])
        ask(office, tmp_path)
        assert office.made == made + 1 and file.read_bytes() == data
    assert len(list((tmp_path / "cache").iterdir())) == 1
