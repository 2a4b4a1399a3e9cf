"""The demo office as an engine, built once per test process; everything in it is synthetic."""

import pytest

from matcher.participant import Profile
from matcher.paths import catalog_path
from matcher.pipeline import Engine
from matcher.read.profile_file import read_profiles
from tests.test_personas import TODAY, demo_engine


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine of the demo office on 2 May 2022."""
    return demo_engine()


@pytest.fixture(scope="session")
def demo_people() -> list[Profile]:
    """The 200 synthetic participants of the demo office."""
    return read_profiles(catalog_path() / "demo" / "participants.jsonl", today=TODAY)
