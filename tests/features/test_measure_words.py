"""German of the sentences about measures: one hour, needs as quoted names."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from matcher.eligibility import offer
from matcher.features import hours, measure_schedule, need
from tests.vacancy_office import pool, vacancy

HOURS: list[tuple[float, str, str]] = [
    (1.0, "Zeiten: 1 Stunde pro Woche", "1 Stunde pro Woche ist mehr, als derzeit möglich ist"),
    (20.0, "Zeiten: 20 Stunden pro Woche", "20 Stunden pro Woche sind mehr, als derzeit möglich ist"),
    (19.5, "Zeiten: 19,5 Stunden pro Woche", "19,5 Stunden pro Woche sind mehr, als derzeit möglich ist"),
]


@pytest.mark.parametrize(("per_week", "told", "refused"), HOURS)
def test_hours_of_an_offer(per_week: float, told: str, refused: str) -> None:
    row: Any = SimpleNamespace(
        from_minutes=np.array([-1]),
        until_minutes=np.array([-1]),
        hours_per_week=np.array([per_week]),
        part_time=np.array([-1]),
    )
    nobody: Any = None
    assert measure_schedule.say(nobody, row, 0, 0) == told
    assert offer.say_hours(nobody, row, 0, 0) == refused


@pytest.mark.parametrize(("low", "high", "words"), [(1, 1, "1 Stunde pro Woche"), (1, 3, "1 bis 3 Stunden pro Woche")])
def test_hours_of_a_vacancy(low: float, high: float, words: str) -> None:
    assert hours.offered_words(pool(vacancy("Mitarbeiter (m/w/d)", hours_min=low, hours_max=high)), 0) == words


def test_needs_that_do_not_show_are_named_in_quotes() -> None:
    people: Any = SimpleNamespace(
        strength=np.zeros((1, 2)), needs=SimpleNamespace(table=SimpleNamespace(labels=["Bewerbung", "Arbeit erproben"]))
    )
    rows: Any = SimpleNamespace(programme=np.array([0]), columns=SimpleNamespace(addresses=np.ones((1, 2), bool)))
    assert need.say(people, rows, 0, 0) == "Arbeitet an „Bewerbung“, „Arbeit erproben“; dafür zeigt sich kein Bedarf"
