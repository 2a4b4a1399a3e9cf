"""Travel, hours, schedule and childcare against slow twins and cases."""

import math
from typing import Any

import numpy as np
import pytest

from matcher.features import hours, reach, schedule
from tests.vacancy_office import HOME, known, people, pool, profile, vacancy

MODES = [("car", 50, 5), ("public_transport", 25, 15), ("bike", 15, 0), ("walk", 5, 0)]


def slow_minutes(lat: float, lon: float, km_per_hour: float, extra: float) -> int:
    """Haversine, detour, whole minutes: the exchange format's words, one pair at a time."""
    one, two = math.radians(HOME[0]), math.radians(lat)
    half = (
        math.sin((two - one) / 2) ** 2 + math.cos(one) * math.cos(two) * math.sin(math.radians(lon - HOME[1]) / 2) ** 2
    )
    km = 2 * 6371.0 * math.asin(math.sqrt(half)) * 1.3
    return round(km / km_per_hour * 60 + extra)


@pytest.mark.parametrize(("mode", "km_per_hour", "extra"), MODES)
def test_travel_minutes_equal_a_slow_twin(mode: str, km_per_hour: float, extra: float) -> None:
    points = [(49.9, 10.9), (49.95, 10.95), (50.3, 11.4), (49.0, 10.0), (51.9, 13.9), (49.9001, 10.9001)]
    rows = pool(*(vacancy("Koch", id=str(i), lat=lat, lon=lon) for i, (lat, lon) in enumerate(points)))
    found = reach.travel_minutes(people(known(transport_mode=mode)).open, rows)[0]
    assert [int(value) for value in found] == [slow_minutes(lat, lon, km_per_hour, extra) for lat, lon in points]


def test_unknown_place_or_mode_is_unknown_travel() -> None:
    rows = pool(vacancy("Koch", lat=None, lon=None), vacancy("Koch", km=2))
    assert np.isnan(reach.compute(people(known()).open, rows)).sum() == 1
    assert np.isnan(reach.compute(people(known(postal_code="99999")).open, rows)).all()
    assert np.isnan(reach.compute(people(profile(postal_code="10000", max_commute_minutes=30)).open, rows)).all()


HOURS: list[tuple[str, tuple[int, int], float]] = [
    ("Koch (m/w/d) Vollzeit", (35, 40), 1.0),
    ("Koch (m/w/d) Vollzeit", (20, 25), 0.0),
    ("Koch (m/w/d) Teilzeit", (20, 25), 1.0),
    ("Koch (m/w/d) Teilzeit", (35, 40), 0.0),
    ("Koch (m/w/d) Voll- oder Teilzeit", (20, 25), 1.0),
    ("Koch (m/w/d) Voll- oder Teilzeit", (35, 40), 1.0),
    ("Minijob Koch (m/w/d)", (20, 25), 0.0),
    ("Minijob Koch (m/w/d)", (5, 10), 1.0),
    ("Koch (m/w/d) 30 Std./Woche", (20, 25), 0.5),
    ("Koch (m/w/d) 30 Std./Woche", (25, 35), 1.0),
]


@pytest.mark.parametrize(("title", "wanted", "expected"), HOURS)
def test_hours_offered_and_wanted(title: str, wanted: tuple[int, int], expected: float) -> None:
    one = people(known(desired_hours_min=wanted[0], desired_hours_max=wanted[1])).open
    assert hours.compute(one, pool(vacancy(title)))[0, 0] == pytest.approx(expected)


def test_hours_not_stated_lie_between_what_is_usual() -> None:
    rows = pool(vacancy("Reinigungskraft (m/w/d)"), vacancy("Elektroniker (m/w/d)"))
    part_time = hours.compute(people(known(desired_hours_min=20, desired_hours_max=25)).open, rows)[0]
    cleaning = [str(title) for title in rows.titles].index("Reinigungskraft (m/w/d)")
    assert part_time[cleaning] > part_time[1 - cleaning]
    assert "nicht genannt" in hours.say(people(known()).open, rows, 0, cleaning)


SCHEDULES: list[tuple[str, dict[str, Any], float]] = [
    ("Reinigung 9:00-12:00 Uhr", {"from": "08:00", "until": "13:00", "days": "mon-fri"}, 1.0),
    ("Reinigung 7:00-12:00 Uhr", {"from": "08:00", "until": "13:00", "days": "mon-fri"}, 0.5),
    ("Reinigung 14:00-18:00 Uhr", {"from": "08:00", "until": "13:00", "days": "mon-fri"}, 0.0),
    ("Reinigung Nachtschicht", {"from": "06:00", "until": "22:00", "days": "mon-sat"}, 0.0),
]


@pytest.mark.parametrize(("title", "window", "expected"), SCHEDULES)
def test_work_times_against_availability(title: str, window: dict[str, Any], expected: float) -> None:
    fit = schedule.compute(people(known(available_window=window)).open, pool(vacancy(title, "Elektroniker/in")))
    assert fit[0, 0] == pytest.approx(expected)


def test_night_work_suits_whoever_is_free_round_the_clock() -> None:
    window = {"from": "00:00", "until": "24:00", "days": "mon-sun"}
    fit = schedule.compute(people(known(available_window=window)).open, pool(vacancy("Wachdienst Nachtschicht")))
    assert fit[0, 0] > 0.9


def test_the_way_shortens_childcare_hours() -> None:
    parent = known(children_ages=[4], childcare_window={"from": "08:00", "until": "12:30"})
    near = pool(vacancy("Reinigung 8:30-12:00 Uhr", km=1, id="near"))
    far = pool(vacancy("Reinigung 8:30-12:00 Uhr", km=24, id="far"))
    one = people(parent).open
    assert schedule.compute_childcare(one, near)[0, 0] == pytest.approx(1.0)
    assert schedule.compute_childcare(one, far)[0, 0] < 1.0
    assert (schedule.compute_childcare(people(known()).open, far) == 1.0).all()
