"""Avoided words: nowhere in what the catalogue shows; quotations of sources and reading patterns may hold them."""

from dataclasses import replace
from typing import Any

import pytest

from matcher.catalog import load_catalog
from matcher.catalog.lint_words import word_problems

CASES: list[tuple[dict[str, Any], int]] = [
    ({"label": "Arbeitsmarktferne Kunden"}, 1),
    ({"rule": {"all": [{"text": "Marktfern"}, {"text": "nah", "source": "marktfern"}]}}, 1),
    ({"values": {"far": "unzumutbar", "near": "zumutbare Arbeit"}}, 2),
    ({"question": "Ist die Person nicht  geeignet?"}, 1),
    ({"reason": "für Teilqualifikation geeignet"}, 0),
    ({"quote": "marktfern", "note": "zumutbar", "terms_note": "marktfern", "base_source": "zumutbar"}, 0),
    ({"rule": {"any": [{"text": "oder bereits im Programm"}, {"text": "Oderbruch"}]}}, 1),
    ({"pattern": "marktfern", "also_read": {"marktfern": "far"}}, 0),
]


def test_no_table_and_no_programme_shows_an_avoided_word() -> None:
    assert [str(problem) for problem in word_problems(load_catalog())] == []


@pytest.mark.parametrize(("table", "expected"), CASES)
def test_what_counts_as_shown(table: dict[str, Any], expected: int) -> None:
    catalog = replace(load_catalog(), tables={"made_up": table}, programmes={})
    problems = word_problems(catalog)
    assert len(problems) == expected
    assert all("made_up.toml" in str(problem) for problem in problems)
