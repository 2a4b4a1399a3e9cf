"""Admission terms against cases a case worker can read: `tests/cases/admission/*.toml`."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from matcher.catalog import load_catalog
from matcher.catalog.tree import leaves
from matcher.eligibility.admission import failed_terms, open_terms
from matcher.eligibility.rule import RuleBook
from matcher.facts import Facts
from matcher.participant_time import advance
from matcher.read.profile import read_profile
from matcher.results import ELIGIBILITY, MET, NOT_MET, UNKNOWN

FOLDER = Path(__file__).parents[1] / "cases" / "admission"
DEFAULT_DATE = dt.date(2022, 5, 2)


def _cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        day = data.get("date", DEFAULT_DATE)
        found += [
            pytest.param(data["programme"], day, case, id=f"{path.stem}: {case['name']}") for case in data["case"]
        ]
    return found


@pytest.mark.parametrize(("programme_id", "day", "case"), _cases())
def test_case(programme_id: str, day: dt.date, case: dict[str, Any]) -> None:
    person = {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in case["person"].items()}
    profile = advance(read_profile(person, today=day), day)
    programme = load_catalog().programmes[programme_id]
    book = RuleBook(Facts([profile], day))
    verdict = int(book.tree(programme.terms)[0])
    assert ELIGIBILITY[verdict] == case["expect"], case["name"]
    assert bool(failed_terms(book, programme, 0)) == (verdict == NOT_MET)
    assert bool(open_terms(book, programme, 0)) or verdict != UNKNOWN


def test_every_programme_with_terms_has_both_kinds_of_cases() -> None:
    expected: dict[str, set[str]] = {}
    for path in FOLDER.glob("*.toml"):
        data = tomllib.loads(path.read_text("utf-8"))
        expected[data["programme"]] = {case["expect"] for case in data["case"]}
    for programme in load_catalog().programmes.values():
        if any(True for _ in leaves(programme.terms)):
            assert {"met", "not_met"} <= expected.get(programme.id, set()), programme.id


def test_no_term_at_all_is_met_by_everybody() -> None:
    book = RuleBook(Facts([read_profile({}, today=DEFAULT_DATE)], DEFAULT_DATE))
    assert book.tree(None).tolist() == [MET]
