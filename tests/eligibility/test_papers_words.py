"""Words for licences, certificates and reserved occupations name what is missing, with the verb that fits."""

from typing import Any

import pytest

from matcher.eligibility.near_miss import near_misses
from matcher.eligibility.vacancy import VACANCY_RULES
from matcher.features import papers
from tests.vacancy_office import KNOWN, known, people, pool, profile, vacancy

RULES = {rule.id: rule for rule in VACANCY_RULES}
UNKNOWN = "?"

CASES: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("licence", {"driving_licences": ["B"]}, {"driving_licences": ["B", "CE"]}, "Führerscheinklasse CE fehlt"),
    ("licence", {"driving_licences": ["B"]}, {"driving_licences": ["C", "CE"]}, "Führerscheinklassen C, CE fehlen"),
    ("licence", {"driving_licences": ["C1"]}, {"driving_licences": ["C1", "C"]}, "Führerscheinklasse C fehlt"),
    ("licence", {"driving_licences": ["CE"]}, {"driving_licences": ["B", "CE"]}, "Führerscheinklassen B, CE vorhanden"),
    ("licence", {"driving_licences": ["B"]}, {"driving_licences": ["B"]}, "Führerscheinklasse B vorhanden"),
    (
        "licence",
        {"driving_licences": UNKNOWN, "transport_mode": "bike"},
        {"driving_licences": ["C", "CE"]},
        "Führerscheinklassen C, CE klären",
    ),
    ("licence", {}, {"driving_licences": []}, "Kein Führerschein verlangt"),
    (
        "certificate",
        {"certificates": ["forklift_licence"]},
        {"certificates": ["forklift_licence", "crane_licence"]},
        "Kranschein fehlt",
    ),
    (
        "certificate",
        {"certificates": []},
        {"certificates": ["forklift_licence", "crane_licence"]},
        "Staplerschein, Kranschein fehlen",
    ),
    (
        "certificate",
        {"certificates": ["forklift_licence", "crane_licence"]},
        {"certificates": ["forklift_licence", "crane_licence"]},
        "Staplerschein, Kranschein vorhanden",
    ),
    ("certificate", {"certificates": UNKNOWN}, {"certificates": ["crane_licence"]}, "Kranschein klären"),
]


def person(facts: dict[str, Any]) -> Any:
    """The well-known person with other facts; "?" makes one unknown."""
    return people(profile(**{key: value for key, value in (KNOWN | facts).items() if value != UNKNOWN}))


@pytest.mark.parametrize(("rule", "facts", "offered", "words"), CASES)
def test_words_name_what_is_missing(rule: str, facts: dict[str, Any], offered: dict[str, Any], words: str) -> None:
    rows = pool(vacancy("Mitarbeiter (m/w/d)", **offered))
    assert RULES[f"vacancy.{rule}"].say(person(facts), rows, 0, 0) == words


def test_the_feature_and_the_near_miss_name_only_what_is_missing() -> None:
    block = people(known(certificates=["forklift_licence"])).open
    rows = pool(vacancy("Mitarbeiter (m/w/d)", certificates=["forklift_licence", "crane_licence"]))
    assert papers.say_certificates(block, rows, 0, 0) == "Kranschein: fehlt"
    told = " ".join(near_misses(block, rows, 0)[0])
    assert "Kranschein fehlt" in told
    assert "Staplerschein" not in told


VERBS = [
    ("Physiotherapeut (m/w/d)", "Physiotherapie, Ergotherapie, Logopädie sind reglementiert"),
    ("Pflegefachkraft (m/w/d)", "Pflegefachkraft ist reglementiert"),
]


@pytest.mark.parametrize(("title", "words"), VERBS)
def test_several_occupations_take_the_plural(title: str, words: str) -> None:
    assert RULES["vacancy.regulated"].say(people(known()), pool(vacancy(title)), 0, 0).startswith(words)
