"""Times that the advertisement states against times that are only usual: words of exclusions and near misses."""

from typing import Any

import numpy as np
import pytest

from matcher.eligibility.near_miss import near_misses
from matcher.eligibility.vacancy import VACANCY_RULES
from matcher.features import schedule, stated_times
from matcher.results import NOT_MET
from tests.vacancy_office import KNOWN, known, people, pool, profile, vacancy

WORKDAYS = {"from": "06:00", "until": "20:00", "days": "mon-fri"}
EVENINGS = {"from": "06:00", "until": "21:00", "days": "mon-fri"}
RULES = {rule.id: rule for rule in VACANCY_RULES}

EXCLUDED: list[tuple[str, dict[str, Any], str]] = [
    ("Helfer 3-Schicht", WORKDAYS, "laut Anzeige: Spätdienst, Nachtdienst; verfügbar 6:00 Uhr bis 20:00 Uhr"),
    ("Helfer 3-Schicht", EVENINGS, "laut Anzeige: Nachtdienst; verfügbar 6:00 Uhr bis 21:00 Uhr"),
    ("Helfer Nachtschicht", WORKDAYS, "laut Anzeige: Nachtdienst; verfügbar 6:00 Uhr bis 20:00 Uhr"),
    ("Helfer Dauerspätschicht", WORKDAYS, "laut Anzeige: Spätdienst; verfügbar 6:00 Uhr bis 20:00 Uhr"),
    ("Verkäufer auch samstags", WORKDAYS, "laut Anzeige: Samstag; samstags nicht verfügbar"),
    (
        "Helfer vollkonti",
        WORKDAYS,
        "laut Anzeige: Spätdienst, Nachtdienst, Samstag, Sonntag; verfügbar 6:00 Uhr bis 20:00 Uhr, "
        "samstags nicht verfügbar, sonntags nicht verfügbar",
    ),
    (
        "Helfer Nachtschicht",
        {"from": "08:00", "until": "20:00", "days": "sat-sun"},
        "laut Anzeige: Nachtdienst; werktags nicht verfügbar",
    ),
]


@pytest.mark.parametrize(("title", "window", "words"), EXCLUDED)
def test_an_exclusion_names_the_stated_parts_that_fail(title: str, window: dict[str, Any], words: str) -> None:
    block, rows, rule = people(known(available_window=window)), pool(vacancy(title)), RULES["vacancy.availability"]
    assert rule.check(block, rows)[0, 0] == NOT_MET
    assert rule.say(block, rows, 0, 0) == words


def test_no_exclusion_for_times_rests_on_an_assumption() -> None:
    rows = pool(*(vacancy(title, id=str(number)) for number, (title, _, _) in enumerate(EXCLUDED)))
    for window in (WORKDAYS, EVENINGS):
        block, rule = people(known(available_window=window)), RULES["vacancy.availability"]
        out = np.flatnonzero(rule.check(block, rows)[0] == NOT_MET)
        assert not any("Annahme" in rule.say(block, rows, 0, row) for row in out)


def test_childcare_is_told_against_stated_parts() -> None:
    child = {"age": 3, "contract_from": "08:00", "contract_until": "13:00", "fixed": True}
    parent = profile(**{key: value for key, value in KNOWN.items() if key != "children_ages"}, children=[child])
    block, rows, rule = people(parent), pool(vacancy("Helfer 2-Schicht")), RULES["vacancy.childcare"]
    assert rule.check(block, rows)[0, 0] == NOT_MET
    assert rule.say(block, rows, 0, 0) == (
        "laut Anzeige: Frühdienst, Spätdienst; Kinder betreut 8:00 Uhr bis 13:00 Uhr, abzüglich Weg"
    )


SAID: list[tuple[str, str, str]] = [
    ("Helfer Nachtschicht", "laut Anzeige: Nachtdienst", "Nachtdienst (Annahme"),
    ("Elektroniker Tagschicht", "laut Anzeige: Tagdienst", "Annahme"),
]


@pytest.mark.parametrize(("title", "there", "missing"), SAID)
def test_the_sentence_keeps_stated_and_assumed_apart(title: str, there: str, missing: str) -> None:
    words = schedule.times_words(pool(vacancy(title)), 0)
    assert there in words
    assert missing not in words


def test_unknown_availability_is_said() -> None:
    facts = {key: value for key, value in KNOWN.items() if key != "available_window"}
    one = people(profile(**facts)).open
    assert stated_times.say(one, pool(vacancy("Helfer Nachtschicht")), 0, 0).endswith("Verfügbarkeit nicht bekannt")


NEAR: list[tuple[str, dict[str, Any], bool]] = [
    ("Elektroniker (m/w/d) Tagschicht", WORKDAYS, False),
    ("Koch (m/w/d) Montag bis Freitag", WORKDAYS, False),
    ("Koch (m/w/d) samstags frei", WORKDAYS, False),
    ("Pflegehelfer (m/w/d)", WORKDAYS, False),
    ("Helfer (m/w/d) Spätschicht", EVENINGS, True),
    ("Reinigung 15:00-19:00 Uhr", {"from": "06:00", "until": "18:00", "days": "mon-fri"}, True),
]


@pytest.mark.parametrize(("title", "window", "expected"), NEAR)
def test_only_stated_times_make_a_near_miss(title: str, window: dict[str, Any], expected: bool) -> None:
    told = near_misses(people(known(available_window=window)).open, pool(vacancy(title)), 0)[0]
    assert any("andere Zeiten mit dem Arbeitgeber" in words for words in told) is expected
