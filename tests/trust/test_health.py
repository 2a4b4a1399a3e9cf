"""Functional limits come from a closed list: no diagnosis and no free text about health gets in anywhere.

Source: TRUST 5. Free text is drawn at random, diagnoses by the pattern of ICD-10-GM codes.
"""

import csv
import dataclasses
import tempfile
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from matcher.errors import InputProblems
from matcher.participant import Protected
from matcher.read.fields import person_fields
from matcher.read.participants import read_participants
from matcher.read.profile import read_profile
from matcher.schemas import schema
from matcher.vocabulary import FunctionalLimit
from tests.http.conftest import House
from tests.store.offices import TODAY

LIMITS: tuple[str, ...] = FunctionalLimit.__args__  # type: ignore[attr-defined]
ICD = st.from_regex(r"[A-TV-Z][0-9]{2}(\.[0-9]{1,2})?[GVZ!*+]?", fullmatch=True)
WORDS = st.sampled_from(["Depression", "Rückenleiden", "HIV", "Bandscheibenvorfall", "adipös", "Angst", "no pain"])
NEAR = st.sampled_from(LIMITS).flatmap(
    lambda name: st.sampled_from([name.upper(), f"{name}s", f"{name} F32.1", f" {name}", name.replace("_", "-")])
)
FREE = st.text(min_size=1, max_size=60).filter(lambda text: text.strip() and text not in LIMITS)
WRONG = ICD | ICD.map(str.lower) | WORDS | NEAR | FREE | st.integers() | st.booleans() | st.lists(ICD, max_size=2)
QUICK = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SCHEMA = schema("participant")


@given(good=st.lists(st.sampled_from(LIMITS), max_size=3), wrong=WRONG, at=st.integers(0, 3))
@example(good=["no_heights"], wrong="F32.1", at=1)
@QUICK
def test_nothing_but_the_closed_list_is_read(good: list[str], wrong: object, at: int) -> None:
    limits = [*good[:at], wrong, *good[at:]]
    with pytest.raises(InputProblems) as caught:
        read_profile({"id": "a", "functional_limits": limits}, today=TODAY)
    assert caught.value.problems[0].column == f"/functional_limits/{min(at, len(good))}"
    assert not jsonschema_rs.is_valid(SCHEMA, {"functional_limits": limits})


@given(st.lists(st.sampled_from(LIMITS), max_size=5, unique=True))
@QUICK
def test_the_closed_list_itself_is_read(limits: list[str]) -> None:
    read = read_profile({"id": "a", "functional_limits": limits}, today=TODAY)
    assert read.protected.functional_limits == tuple(limits)
    assert jsonschema_rs.is_valid(SCHEMA, {"functional_limits": limits})


@given(ICD | WORDS)
@settings(QUICK, max_examples=60)
def test_lists_from_other_programs_are_held_to_it_too(wrong: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text("Kundennummer;functional_limits\n1;no_heights\n", "utf-8")
        (listed,) = read_participants(path, today=TODAY)
        assert listed.profile.protected.functional_limits == ("no_heights",)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([["Kundennummer", "functional_limits"], ["1", wrong]])
        with pytest.raises(InputProblems) as caught:
            read_participants(path, today=TODAY)
    assert wrong not in str(caught.value)


def test_every_other_health_fact_is_closed_as_well() -> None:
    """Of the protected facts only the language of an interpreter is written in words."""
    free = {
        name for name, spec in person_fields().items() if spec.part == "protected" and spec.kind in {"text", "texts"}
    }
    assert free == {"interpreter_language"}
    names = " ".join(field.name for field in dataclasses.fields(Protected)).lower()
    assert not any(word in names for word in ("diagnos", "icd", "disease", "therapy", "medication"))


@given(wrong=ICD | WORDS | FREE)
@settings(QUICK, max_examples=40)
def test_the_service_refuses_it_and_repeats_nothing(house: House, wrong: str) -> None:
    client, profile = house.client("nord-0"), {"age": 30, "functional_limits": [wrong]}
    for path, body in (
        ("/v1/suggestions", {"profile": profile}),
        ("/v1/participants", {"office": "nord", "profile": profile}),
    ):
        answer = client.post(path, json=body)
        assert answer.status_code == 422
        assert answer.get_json()["errors"][0]["pointer"] == "/profile/functional_limits/0"
        assert len(wrong) < 4 or wrong.encode() not in answer.data
