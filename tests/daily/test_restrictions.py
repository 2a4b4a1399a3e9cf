"""What an advertisement says about sex and age, read only where a legal reason is recorded: cases as data."""

import dataclasses
import datetime as dt

import pytest

from matcher.catalog import load_catalog
from matcher.daily.restrictions import Followed, all_followed, followed, notes, read_restrictions
from matcher.daily.values import LegalReason
from matcher.participant import Participant, Profile, Protected
from matcher.vacancy import Vacancy

DAY = dt.date(2022, 5, 2)
TABLE = read_restrictions(load_catalog().table("daily"))
CASES = [
    ("Wir suchen Frauen für die Beratung.", "sex", Followed(sexes=frozenset({"female"}))),
    ("nur Männer", "sex", Followed(sexes=frozenset({"male"}))),
    ("Wir suchen Frauen.", "age", None),
    ("unter 30 Jahren", "age", Followed(most_years=29)),
    ("bis 30 Jahre", "age", Followed(most_years=30)),
    ("mindestens 21 Jahre", "age", Followed(least_years=21)),
    ("höchstens 40 Jahre, ab 25 Jahren", "age", Followed(most_years=40, least_years=25)),
    ("keine Vorerkrankung", "health", None),
    ("nur Deutsche", "nationality", None),
    ("Wir bieten viel.", "sex", None),
]


def vacancy(words: str) -> Vacancy:
    return Vacancy(id="V1", title="Hilfe", description=words)


def reason(restriction: str) -> LegalReason:
    return LegalReason(
        vacancy="V1", restriction=restriction, norm="§ 8 AGG", reason="Grund", recorded_by="AGS 2", recorded_on=DAY
    )


@pytest.mark.parametrize(("words", "restriction", "asked"), CASES)
def test_only_what_is_recorded_and_said_is_compared(words: str, restriction: str, asked: Followed | None) -> None:
    assert followed(vacancy(words), TABLE, [reason(restriction)]) == asked
    assert followed(vacancy(words), TABLE, []) is None
    assert all_followed([vacancy(words)], TABLE, [reason(restriction)]) == ({"V1": asked} if asked else {})
    told = notes(vacancy(words), TABLE, [reason(restriction)])
    assert any("§ 8 AGG)" in note for note in told)


def person(gender: str | None, age: float | None) -> Profile:
    protected = dataclasses.replace(Protected(), gender=gender)  # type: ignore[arg-type]
    return Profile(participant=Participant(id="P", as_of=DAY, age=age), protected=protected)


ADMITTED = [
    (Followed(sexes=frozenset({"female"})), "female", 30, True),
    (Followed(sexes=frozenset({"female"})), "male", 30, False),
    (Followed(sexes=frozenset({"female"})), None, 30, True),
    (Followed(most_years=29), "male", 29, True),
    (Followed(most_years=29), "male", 30, False),
    (Followed(least_years=21), None, 20, False),
    (Followed(least_years=21), None, None, True),
]


@pytest.mark.parametrize(("asked", "gender", "age", "admitted"), ADMITTED)
def test_unknown_is_not_no(asked: Followed, gender: str | None, age: float | None, admitted: bool) -> None:
    assert asked.admits(person(gender, age)) is admitted
