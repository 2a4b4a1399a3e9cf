"""What titles say about Saturdays and Sundays, and whom that keeps out: days named as free are never work."""

import tomllib
from pathlib import Path

import pytest

from matcher.eligibility.vacancy import VACANCY_RULES
from matcher.requirements import TIMES, derive
from matcher.results import MET, NOT_MET
from matcher.vacancy import Vacancy
from tests.vacancy_office import known, people, pool, vacancy

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/vacancies/weekend.toml").read_text(encoding="utf-8"))
FLAG = {"works": 1, "free": 0, "open": None}
SATURDAY = {"works": 1.0, "free": 0.0, "open": None}
READINGS = [(reading, title) for reading in FLAG for title in CASES[reading]]


@pytest.mark.parametrize(("reading", "title"), READINGS, ids=[title for _, title in READINGS])
def test_weekend_of_a_title(reading: str, title: str) -> None:
    found = derive(Vacancy(id="1", title=title), None)
    place = TIMES.index("saturday")
    stated = float(found.chances[place]) if found.time_stated >> place & 1 else None
    assert found.flags.get("weekend_work") == FLAG[reading]
    assert stated == SATURDAY[reading]


@pytest.mark.parametrize(("reading", "title"), READINGS, ids=[title for _, title in READINGS])
def test_only_stated_saturdays_keep_out_whoever_is_free_on_workdays(reading: str, title: str) -> None:
    rule = next(rule for rule in VACANCY_RULES if rule.id == "vacancy.availability")
    workdays = people(known(available_window={"from": "06:00", "until": "20:00", "days": "mon-fri"}))
    expected = NOT_MET if reading == "works" else MET
    assert rule.check(workdays, pool(vacancy(title)))[0, 0] == expected


LONG = [
    "keine sonn- und feiertage oder wochenenden frei, ",
    "samstag und sonntag & ",
    "keine nacht-, ",
    "freie samstage und ",
]


@pytest.mark.parametrize("words", LONG)
def test_long_titles_are_read_at_once(words: str) -> None:
    title = (words * 20)[:240] + " samstag"
    assert derive(Vacancy(id="1", title=title), None).flags.get("weekend_work") in (0, 1)
