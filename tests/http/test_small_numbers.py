"""Few persons are not told, and cannot be computed from what is told. Source: TRUST 2, 37."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.http.small_numbers import folded, shown

LEAST, PERSONS = 3, 10
REASONS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12))


@given(REASONS)
def test_no_reason_of_few_is_told_and_none_follows_from_the_sum(reasons: dict[str, int]) -> None:
    told, total = folded(reasons, LEAST), sum(reasons.values())
    assert all(count == 0 or count >= LEAST for count in told.values())
    assert sum(told.values()) == total or (not any(told.values()) and total < LEAST)
    assert all(told[name] == reasons[name] for name in told if name != "other")


@given(REASONS, st.integers(0, 30), st.integers(0, 30))
def test_every_number_of_persons_is_none_or_several(reasons: dict[str, int], proposals: int, first: int) -> None:
    """Also what is left of the persons, the proposals and the known values."""
    persons, first = proposals + sum(reasons.values()), min(first, proposals)
    spread = {"n": first, "unknown": proposals - first, "mean": 1.0, "median": 1.0, "highest": 9.0}
    report = {
        "persons": persons,
        "proposals": proposals,
        "abstentions": reasons,
        "distance_minutes": spread,
        "loss_against_first_choice": {"first_choice": first, "share_first_choice": 0.5, **spread},
        "groups": [{"n": 1}],
    }
    told = shown(report, LEAST, PERSONS)
    if told == {"persons": persons}:
        return
    assert "groups" not in told and "highest" not in str(told)
    counts = [told["proposals"], persons - told["proposals"], *told["abstentions"].values()]
    for one in (told["distance_minutes"], told["loss_against_first_choice"]):
        counts += [
            count for name in ("n", "first_choice") if name in one for count in (one[name], proposals - one[name])
        ]
        assert ("mean" in one) <= (first >= LEAST) and ("median" in one) <= (first >= PERSONS)
    assert persons >= PERSONS and all(count == 0 or count >= LEAST for count in counts)


@pytest.mark.parametrize(
    "report", [{"persons": 9, "proposals": 4}, {"persons": 12, "proposals": 2}, {"persons": 12, "proposals": 10}]
)
def test_an_office_of_few_shows_how_many_alone(report: dict[str, int]) -> None:
    assert shown({**report, "coverage": 0.5, "abstentions": {}}, LEAST, PERSONS) == {"persons": report["persons"]}


def test_a_report_of_an_older_program_is_shown_as_far_as_it_goes() -> None:
    assert shown({"persons": 50}, LEAST, PERSONS) == {"persons": 50}
    assert shown({}, LEAST, PERSONS) == {"persons": 0}
