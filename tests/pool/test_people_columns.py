"""Persons as columns: unknown apart from none, open apart from protected, a block equal to its persons alone."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from matcher.places import Places
from matcher.pool.people import LEARNED, PRACTISED, TARGET, UNFINISHED, PersonColumns
from matcher.pool.people_encode import MODES, encode_people
from matcher.requirements import LICENCES, TIMES, bit, unmask
from matcher.requirements.tables import load_tables
from tests.vacancy_office import TODAY, Coder, known, people, profile


def test_protected_facts_change_nothing_that_features_see() -> None:
    plain = people(known()).open
    for facts in (
        {"functional_limits": ["no_heavy_lifting"]},
        {"max_hours_per_week": 20},
        {"gender": "f"},
        {"severe_disability": True},
        {"addiction": "suspected"},
        {"debts_unsettled": True},
        {"motivated": False},
        {"work_permit": "none"},
        {"residence_status": "asylum_seeker"},
    ):
        changed = people(known(**facts)).open
        for entry in dataclasses.fields(PersonColumns):
            if entry.name == "grams":
                continue
            one, other = getattr(plain, entry.name), getattr(changed, entry.name)
            assert np.array_equal(one, other, equal_nan=one.dtype.kind in "fM"), (facts, entry.name)


def test_person_columns_hold_no_protected_field() -> None:
    names = {entry.name for entry in dataclasses.fields(PersonColumns)}
    assert not names & {"limits", "max_hours", "work_permit", "gender", "age"}


def test_a_block_is_its_persons_alone() -> None:
    first, second = known(), profile(profile_id="p2", target_occupations=["Koch", "Verkäufer"], german_level="A2")
    block = people(first, second).open
    for b, one in enumerate((people(first).open, people(second).open)):
        width = one.occ_code.shape[1]
        assert list(block.occ_code[b, :width]) == list(one.occ_code[0])
        assert not (block.occ_code[b, width:] != "").any()
        for name in ("lat", "language", "hours_min", "licences", "free_from", "prefer", "qualification"):
            left, right = getattr(block, name)[b], getattr(one, name)[0]
            assert np.array_equal(left, right, equal_nan=np.asarray(left).dtype.kind == "f"), name


def test_unknown_is_apart_from_none() -> None:
    unknown, none = (
        people(profile()).open,
        people(known(transport_mode="bike", driving_licences=[], experience=[])).open,
    )
    assert not unknown.licences_known[0]
    assert none.licences_known[0]
    assert unknown.licences[0] == none.licences[0] == 0
    assert (unknown.has_experience[0], none.has_experience[0]) == (-1, 0)
    assert (unknown.language[0], unknown.needs_care[0], unknown.mode[0]) == (-1, -1, -1)
    assert np.isnan(unknown.hours_min[0])
    assert (unknown.free_from[0] == -2).all()
    assert not unknown.targets_known[0]


def test_roles_of_occupations() -> None:
    one = people(
        known(
            target_occupations=["Koch"],
            vocational_qualification="recognised",
            vocational_qualification_title="Bäcker",
            unfinished_training="Elektroniker",
            experience=[
                {"title": "Verkäufer", "years": 3},
                {"title": "Auszubildender Elektroniker", "years": 2},
            ],
        )
    ).open
    found = {(str(code), int(role)) for code, role in zip(one.occ_code[0], one.occ_role[0], strict=True)}
    assert found == {("29302", TARGET), ("29222", LEARNED), ("26302", UNFINISHED), ("62102", PRACTISED)}


def test_licences_bring_what_they_include() -> None:
    assert unmask(int(people(known(driving_licences=["C"])).open.licences[0]), LICENCES) == ("AM", "B", "C1", "C", "L")


CARE = [
    ({"children_ages": []}, 0, None),
    ({"children_ages": [14]}, 0, None),
    ({"children_ages": [3], "childcare_window": {"from": "08:00", "until": "13:00"}}, 1, (480, 780)),
    (
        {
            "children": [
                {"age": 3, "contract_from": "07:00", "contract_until": "15:00"},
                {"age": 6, "contract_from": "08:00", "contract_until": "16:00"},
            ]
        },
        1,
        (480, 900),
    ),
    ({"children_ages": [4]}, -1, None),
]


@pytest.mark.parametrize(("facts", "needed", "hours"), CARE)
def test_childcare_windows(facts: dict[str, Any], needed: int, hours: tuple[int, int] | None) -> None:
    person = {key: value for key, value in facts.items() if key != "children"} or {"children_ages": None}
    one = people(profile(**(facts if "children" in facts else person))).open
    assert one.needs_care[0] == needed
    if hours is not None:
        assert (one.care_from[0, 0], one.care_until[0, 0]) == hours
        assert one.care_from[0, 6] == -1


WISHES = [
    ("LKW-Fahrer Nahverkehr", "local_traffic", "long_distance"),
    ("Kraftfahrer (kein Fernverkehr)", "local_traffic", "long_distance"),
    ("Fernfahrer", "long_distance", None),
    ("Schlosser Tagschicht", "day_shift", "night_only"),
    ("Maler (nur innen)", "indoor", "outdoor"),
]


@pytest.mark.parametrize(("text", "preferred", "avoided"), WISHES)
def test_wishes_in_own_words(text: str, preferred: str, avoided: str | None) -> None:
    one = people(profile(target_occupations=[text])).open
    assert int(one.prefer[0]) & int(bit(preferred))
    assert (int(one.avoid[0]) & int(bit(avoided))) != 0 if avoided else int(one.avoid[0]) == 0


def test_avoided_times_of_day_shift() -> None:
    one = people(profile(target_occupations=["Schlosser Tagschicht"])).open
    assert int(one.avoid_times[0]) == (1 << TIMES.index("night")) | (1 << TIMES.index("late"))


RIGHTS = [
    ("recognised", "Altenpfleger", True, True),
    ("recognised", "Pflegefachhelferin", False, True),
    ("none", None, False, True),
    ("foreign_unrecognised", "Krankenpflegerin", False, False),
    ("recognised", None, False, False),
    (None, None, False, False),
]


@pytest.mark.parametrize(("state", "title", "allowed", "clear"), RIGHTS)
def test_right_to_work_as_a_nurse(state: str | None, title: str | None, allowed: bool, clear: bool) -> None:
    one = people(profile(vocational_qualification=state, vocational_qualification_title=title)).open
    assert bool(int(one.regulated[0]) & 1) is allowed
    assert bool(one.regulated_known[0]) is clear


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("Soziale Arbeit (B.A.)", "educator"),
        ("Soziale Arbeit (B.A.)", "social_worker"),
        ("Dipl.-Soz.-Päd. (FH)", "social_worker"),
        ("Erziehungswissenschaft (M.A.)", "educator"),
        ("Gesundheits- und Krankenpflege", "nurse"),
        ("Altenpflege", "nurse"),
        ("Krankenpflegehilfe", ""),
        ("Altenpflegehilfe", ""),
        ("einjährige Krankenpflege", ""),
    ],
)
def test_degrees_give_the_right_to_their_occupation(title: str, right: str) -> None:
    one = people(profile(vocational_qualification="recognised", vocational_qualification_title=title)).open
    names = {entry.id for number, entry in enumerate(load_tables().regulated) if int(one.regulated[0]) >> number & 1}
    assert (right in names) if right else not names


def test_mode_is_guessed_only_from_facts() -> None:
    own_car = people(profile(own_car=True, driving_licences=["B"])).open
    no_car = people(profile(own_car=False)).open
    assert MODES[own_car.mode[0]] == "car"
    assert MODES[no_car.mode[0]] == "public_transport"
    assert people(profile(own_car=True)).open.mode[0] == -1


def test_places_fall_back_to_the_name() -> None:
    found = Places.from_rows([("10000", "Heimstadt", 50.0, 11.0), ("10000", "Heimstadt Süd", 50.2, 11.0)])
    assert found.find("10000") == pytest.approx((50.1, 11.0))
    assert found.find(None, "heimstadt (Ort)") == pytest.approx((50.0, 11.0))
    assert found.find("99999", "Anderswo") is None
    assert found.find(None) is None


def test_no_persons_at_all() -> None:
    assert len(encode_people([], Places.from_rows([]), Coder(), TODAY)) == 0
