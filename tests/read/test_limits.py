"""Lists and texts of the exchange format have an upper length: the reader and the JSON Schema agree on it."""

import datetime as dt
from typing import Any

import jsonschema_rs
import pytest

from matcher.errors import InputProblems
from matcher.http.words import of_profile
from matcher.read.fields import LONG_TEXT, MOST_ENTRIES, SHORT_TEXT, person_fields
from matcher.read.participants import read_participants
from matcher.read.profile import read_profile
from matcher.schemas import schema

TODAY = dt.date(2025, 9, 20)
SCHEMA = jsonschema_rs.validator_for(schema("participant"))
WINDOW = {"from": "08:00", "until": "12:00"}
ENTRIES: dict[str, Any] = {"windows": WINDOW, "experience": {"title": "Koch"}, "children": {"age": 3}, "texts": "Koch"}
LISTS = {
    spec.name: spec.choices[0] if spec.kind == "choices" else ENTRIES[spec.kind]
    for spec in person_fields().values()
    if spec.kind == "choices" or spec.kind in ENTRIES
} | {"children_ages": 3}
TEXTS = [
    spec.name for spec in person_fields().values() if spec.kind == "text" and spec.name not in ("id", "postal_code")
]


def problems(data: dict[str, Any]) -> list[tuple[str | None, str, str]]:
    """What is wrong: where, what, what to do."""
    try:
        read_profile(data, today=TODAY)
    except InputProblems as error:
        return [(one.column, one.message, one.remedy) for one in error.problems]
    return []


TOO_MANY = ("has more than 50 entries.", "Keep the 50 that matter most.")


def test_every_list_is_tried() -> None:
    assert {"target_occupations", "experience", "children", "certificates", "functional_limits"} < set(LISTS)
    assert len(LISTS) > 10


@pytest.mark.parametrize("name", LISTS)
def test_lists_end_at_fifty(name: str) -> None:
    assert problems({name: [LISTS[name]] * MOST_ENTRIES}) == [] and SCHEMA.is_valid({name: [LISTS[name]] * 50})
    assert problems({name: [LISTS[name]] * 51}) == [(f"/{name}", *TOO_MANY)]
    assert not SCHEMA.is_valid({name: [LISTS[name]] * 51})


def test_a_list_written_as_text_and_the_days_of_a_window_end_there_too() -> None:
    assert problems({"target_occupations": "Koch; " * 51}) == [("/target_occupations", *TOO_MANY)]
    days = {"available_window": {**WINDOW, "days": ["mon"] * 51}}
    assert problems(days) == [("/available_window/days", *TOO_MANY)] and not SCHEMA.is_valid(days)


def test_a_long_list_is_one_problem_however_wrong_its_entries_are() -> None:
    assert problems({"target_occupations": [7] * 100_000}) == [("/target_occupations", *TOO_MANY)]


@pytest.mark.parametrize("name", TEXTS)
def test_titles_and_names_have_an_end_and_free_text_later(name: str) -> None:
    most = LONG_TEXT if name == "wishes" else SHORT_TEXT
    assert problems({name: "x" * most}) == [] and SCHEMA.is_valid({name: "x" * most})
    assert problems({name: "x" * (most + 1)}) == [(f"/{name}", f"has more than {most} characters.", "Shorten it.")]
    assert not SCHEMA.is_valid({name: "x" * (most + 1)})


def test_texts_in_lists_have_an_end() -> None:
    wrong = ("has more than 250 characters.", "Shorten it.")
    for name in ("target_occupations", "certificates", "measure_history", "other_languages"):
        assert problems({name: ["x" * 250]}) == []
        assert problems({name: ["Koch", "x" * 251]}) == [(f"/{name}/1", *wrong)]
        assert not SCHEMA.is_valid({name: ["x" * 251]})
    assert problems({"experience": [{"title": "x" * 251}]}) == [("/experience/0/title", *wrong)]
    assert not SCHEMA.is_valid({"experience": [{"title": "x" * 251}]})


def test_case_workers_read_the_limit() -> None:
    with pytest.raises(InputProblems) as caught:
        read_profile({"target_occupations": ["Koch"] * 51, "place": "x" * 251, "wishes": "x" * 2001}, today=TODAY)
    assert {one.column: of_profile(one) for one in caught.value.problems} == {
        "/target_occupations": "Die Liste ist zu lang (höchstens 50 Einträge).",
        "/place": "Der Text ist zu lang (höchstens 250 Zeichen).",
        "/wishes": "Der Text ist zu lang (höchstens 2000 Zeichen).",
    }


def test_lists_of_participants_are_held_to_it(tmp_path: Any) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(f"Kundennummer;Wunschberufe\n123A456789;{'Koch|' * 51}\n", "utf-8")
    with pytest.raises(InputProblems, match="has more than 50 entries"):
        read_participants(path, today=TODAY)


def test_deep_and_wide_values_are_shown_in_brief() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(InputProblems) as caught:
        read_profile({"age": deep, "own_car": ["x"] * 100_000, "german_level": {"a": {"b": deep}}}, today=TODAY)
    assert {one.column for one in caught.value.problems} == {"/age", "/own_car", "/german_level"}
    assert all(one.value is not None and len(one.value) < 200 for one in caught.value.problems)
