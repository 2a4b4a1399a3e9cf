"""The demo office, encoded once, and the databases of the store tests."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from matcher.daily.morning import Morning
from matcher.daily.policy import read_policy
from matcher.demo import DEMO_DATE, import_demo
from matcher.office import build_office_engine, open_office
from matcher.participant import Profile
from matcher.pipeline import Engine
from tests.store.conftest import store, url

__all__ = ["store", "url"]


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo office in a folder, its engine and its lists."""

    folder: Path
    engine: Engine
    profiles: list[Profile]
    positions: dict[str, int | None]

    def morning(self, **changes: object) -> Morning:
        """A morning on the demo's day."""
        given = {
            "engine": self.engine,
            "profiles": self.profiles,
            "today": DEMO_DATE,
            "policy": read_policy(self.engine.catalog),
            "positions": self.positions,
            **changes,
        }
        return Morning(**given)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    with open_office(folder) as opened:
        import_demo(opened)
        engine = build_office_engine(opened, folder, DEMO_DATE)
        positions = {one.id: one.positions for one in opened.vacancies()}
        return Demo(folder, engine, opened.participants(), positions)
