"""An open verdict asks only for what is unknown of this person, and names all that it read for the reader's rights."""

from typing import Any

import numpy as np
import pytest

from matcher.eligibility.check import check_rules
from matcher.eligibility.offer import OFFER_RULES
from matcher.eligibility.open_fields import OPEN, open_fields
from matcher.eligibility.vacancy import VACANCY_RULES
from matcher.results import UNKNOWN, Verdict
from tests.vacancy_office import KNOWN, people, pool, profile, vacancy

FORGET = "?"
NOWHERE = {"lat": None, "lon": None}
CHILD = {"age": 3, "contract_from": "08:00", "contract_until": "13:00"}

CASES: list[tuple[str, dict[str, Any], str, dict[str, Any], tuple[str, ...]]] = [
    ("reach", {}, "Koch (m/w/d)", NOWHERE, ()),
    ("reach", {"postal_code": FORGET}, "Koch (m/w/d)", {}, ("postal_code",)),
    ("reach", {"postal_code": FORGET}, "Koch (m/w/d)", NOWHERE, ("postal_code",)),
    ("reach", {"max_commute_minutes": FORGET}, "Koch (m/w/d)", {}, ("max_commute_minutes",)),
    (
        "reach",
        {"transport_mode": FORGET, "driving_licences": FORGET, "max_commute_minutes": FORGET},
        "Koch (m/w/d)",
        {},
        ("transport_mode", "max_commute_minutes"),
    ),
    ("licence", {"driving_licences": FORGET}, "LKW-Fahrer (m/w/d)", {}, ("driving_licences",)),
    (
        "regulated",
        {"vocational_qualification": "recognised", "vocational_qualification_title": FORGET},
        "Pflegefachkraft (m/w/d)",
        {},
        ("vocational_qualification_title",),
    ),
    ("functional_limits", {"functional_limits": ["no_public_contact"]}, "Empfangskraft (m/w/d)", {}, ()),
    ("hours_capacity", {"max_hours_per_week": 15}, "Koch (m/w/d)", {}, ()),
    ("work_permit", {"work_permit": "approval_needed"}, "Koch (m/w/d)", {}, ("work_permit",)),
    ("availability", {"available_window": FORGET}, "Helfer 3-Schicht (m/w/d)", {}, ("available_window",)),
    ("childcare", {"children_ages": FORGET, "children": [CHILD]}, "Helfer Spätschicht (m/w/d)", {}, ("children",)),
    (
        "childcare",
        {"children_ages": FORGET, "children": [CHILD | {"fixed": False}]},
        "Helfer Spätschicht (m/w/d)",
        {},
        (),
    ),
]


def opened(facts: dict[str, Any], title: str, offered: dict[str, Any]) -> dict[str, Verdict]:
    """Open verdicts of one person and one vacancy by rule."""
    block = people(profile(**{key: value for key, value in (KNOWN | facts).items() if value != FORGET}))
    rows = pool(vacancy(title, **offered))
    checked = check_rules(VACANCY_RULES, block, rows, (1, 1))
    return {verdict.rule: verdict for verdict in checked.open(0, 0, lambda rule: rule.say(block, rows, 0, 0))}


@pytest.mark.parametrize(("rule", "facts", "title", "offered", "asks"), CASES)
def test_asks_what_is_unknown(
    rule: str, facts: dict[str, Any], title: str, offered: dict[str, Any], asks: tuple[str, ...]
) -> None:
    verdict = opened(facts, title, offered)[f"vacancy.{rule}"]
    assert verdict.verdict == UNKNOWN
    assert verdict.to_ask == asks
    assert verdict.fields == next(one.fields for one in VACANCY_RULES if one.id == verdict.rule)


def test_words_name_only_what_is_missing() -> None:
    assert opened({}, "Koch (m/w/d)", NOWHERE)["vacancy.reach"].text == (
        "Weg nicht abschätzbar: Ort der Stelle unbekannt"
    )
    assert opened({"postal_code": FORGET}, "Koch (m/w/d)", NOWHERE)["vacancy.reach"].text == (
        "Weg nicht abschätzbar: Wohnort und Ort der Stelle unbekannt"
    )
    assert opened({"max_commute_minutes": FORGET}, "Koch (m/w/d)", {})["vacancy.reach"].text.endswith("; Grenze klären")


def test_told_for_a_person_asks_as_open_does() -> None:
    block, rows = people(profile()), pool(vacancy("LKW-Fahrer (m/w/d)"))
    checked = check_rules(VACANCY_RULES, block, rows, (1, 1))
    for number, rule in enumerate(VACANCY_RULES):
        told = checked.told(number, UNKNOWN, "…", 0)
        assert told.to_ask == open_fields(block, 0, rule.fields)
        assert checked.told(number, UNKNOWN, "…").to_ask == rule.fields


def test_every_field_of_a_rule_over_columns_is_known_here() -> None:
    named = {field for rule in (*VACANCY_RULES, *OFFER_RULES) for field in rule.fields}
    assert named == set(OPEN)


def test_a_block_answers_as_its_persons() -> None:
    persons = [profile(**KNOWN), profile(profile_id="p2"), profile(**(KNOWN | {"certificates": None}))]
    block = people(*persons)
    names = tuple(OPEN)
    for b, one in enumerate(persons):
        assert open_fields(block, b, names) == open_fields(people(one), 0, names)


def test_other_blocks_ask_everything() -> None:
    assert open_fields(np.zeros(3), 0, ("german_level",)) == ("german_level",)
