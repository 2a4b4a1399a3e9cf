"""German of labels and numbers: question heads are nouns, one hour is one hour, one condition is one condition."""

import re

import pytest

from matcher.catalog import load_catalog
from matcher.commands.programmes import terms_words
from matcher.labels import Labels, hours_words

TABLE = load_catalog().table("fields")
LABELS = Labels(TABLE)
NO_NOUN = re.compile(
    r"(?:geklärt|abgeschlossen|gewünscht|möglich|nutzbar|nötig|bekannt|beteiligt|tätig|gefährdet|empfohlen|geeignet"
    r"|gearbeitet|erziehend|arbeitslos|arbeitsunfähig|selbständig|beschäftigt|geflüchtet| seit| bis| am| darf|höchstens"
    r"|mindestens|abgerissen|umwandeln|beantragt|vermutet|Erfolg|Kindern|\))$",
    re.IGNORECASE,
)
NOMINATIVE = re.compile(r"(?!Alter |Dauer |Kinder )\w+er ")
"""A masculine adjective stands in the accusative before "klären"."""
HEADS = {
    "debts_unsettled": "Schuldensituation",
    "housing_unsettled": "Wohnsituation",
    "motivated": "Eigene Wünsche und Ziele",
    "is_employed": "Beschäftigungsstatus",
    "refugee": "Fluchthintergrund",
    "children_ages": "Kinder und ihre Betreuung",
    "german_level": "Deutschniveau",
}
MONEY = {"monthly_benefit_eur", "side_income_eur"}


@pytest.mark.parametrize("field", sorted(set(TABLE) - MONEY))
def test_head_of_a_question_is_a_noun(field: str) -> None:
    head = LABELS.label(field)
    assert head[0].isupper()
    assert not NO_NOUN.search(head) and not NOMINATIVE.match(head), f"„{head} klären“ does not read"


@pytest.mark.parametrize(("field", "head"), HEADS.items())
def test_heads(field: str, head: str) -> None:
    assert LABELS.label(field) == head


@pytest.mark.parametrize(
    ("hours", "words"), [(1.0, "1 Stunde"), (2.0, "2 Stunden"), (1.5, "1,5 Stunden"), (0.5, "0,5 Stunden")]
)
def test_hours_in_words(hours: float, words: str) -> None:
    assert hours_words(hours) == words


def test_conditions_in_words() -> None:
    told = {terms_words(programme) for programme in load_catalog().programmes.values()}
    assert "1 Bedingung" in told
    assert "1 Bedingungen" not in told
    assert "Bedingungen nicht dokumentiert" in told
