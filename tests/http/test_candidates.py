"""Who fits a vacancy, as far as the reader's role sees the facts behind it. Source: TRUST 4; catalog/access.toml."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from matcher.http.masking import HIDDEN, PROTECTED, VACANCY_READS, Mask
from matcher.paths import catalog_path
from tests.http.conftest import House

WORKER = "sued-2"
LABELS = tomllib.loads((catalog_path() / "fields.toml").read_text("utf-8"))
ACCESS = tomllib.loads((catalog_path() / "access.toml").read_text("utf-8"))
NEVER = {"household", "health", "social", "benefit", "migration", "judgement", "consent", "programme", "core"}
PROFILE = {"as_of": "2022-05-02", "age": 35, "target_occupations": ["Altenpflegehelfer", "Verkäufer", "Lagerhelfer"],
           "experience": [{"title": title, "years": 5, "last_year": 2021}
                          for title in ("Altenpflegehelfer", "Verkäufer", "Lagerhelfer")],
           "postal_code": "09648", "german_level": "C1", "desired_hours_min": 21, "desired_hours_max": 37,
           "driving_licences": ["B"], "transport_mode": "car", "own_car": True, "max_commute_minutes": 90,
           "employment_status": "unemployed", "legal_circle": ["SGB II"]}  # fmt: skip


@pytest.fixture(scope="module")
def found(house: House) -> tuple[str, str]:
    """A person, and a vacancy whose candidates it stands among."""
    made = house.client(WORKER).post("/v1/participants", json={"office": "sued", "profile": PROFILE})
    person = made.get_json()["id"]
    for one in house.client(WORKER).get("/v1/vacancies?limit=200").get_json()["items"]:
        if _told(house, WORKER, one["id"], person) == ("hours", "language"):
            return person, one["id"]
    raise AssertionError("nobody fits anything")


def _told(house: House, login: str, vacancy: str, person: str) -> tuple[str, ...]:
    answer = house.client(login).get(f"/v1/vacancies/{vacancy}/candidates?top=100").get_json()
    text = str([one["facts"] for one in answer["candidates"] if one["participant"] == person])
    marks = (("hours", "gewünscht 21 bis 37"), ("language", "vorhanden: C1"))
    return tuple(name for name, mark in marks if mark in text)


def candidate(house: House, login: str, found: tuple[str, str]) -> dict[str, Any]:
    """The person as this account reads it."""
    answer = house.client(login).get(f"/v1/vacancies/{found[1]}/candidates?top=100")
    assert answer.status_code == 200
    (one,) = [one for one in answer.get_json()["candidates"] if one["participant"] == found[0]]
    return dict(one)


@pytest.fixture
def masks(house: House) -> Iterator[dict[str, Mask]]:
    """What roles see, put back afterwards."""
    before = dict(house.service.masks)
    yield house.service.masks
    house.service.masks.clear()
    house.service.masks.update(before)


def test_the_employer_service_is_granted_the_least() -> None:
    granted = set(ACCESS["field_groups"]["employer_service"])
    assert granted and not granted & NEVER
    for name in granted:
        assert any(LABELS[field]["group"] == name for fields in VACANCY_READS.values() for field in fields)


def test_the_employer_service_reads_what_it_was_granted(house: House, found: tuple[str, str]) -> None:
    own, told = candidate(house, WORKER, found), candidate(house, "employer_service", found)
    assert any("vorhanden: C1" in text for text in told["facts"])
    assert HIDDEN in told["facts"] and "gewünscht" not in str(told)
    assert set(told["facts"]) - {HIDDEN} < set(own["facts"]) and HIDDEN not in own["facts"]
    granted = ACCESS["field_groups"]["employer_service"]
    for name in told["to_clarify"]:
        assert name == PROTECTED or LABELS[name]["group"] in granted


@pytest.mark.parametrize("login", [WORKER, "employer_service"])
def test_who_sees_nothing_reads_nothing(
    house: House, found: tuple[str, str], masks: dict[str, Mask], login: str
) -> None:
    masks["case_worker" if login == WORKER else login] = Mask((), LABELS)
    told = candidate(house, login, found)
    assert told["facts"] == [HIDDEN] and set(told["to_clarify"]) <= {PROTECTED}


def test_a_case_worker_without_language_reads_no_level(
    house: House, found: tuple[str, str], masks: dict[str, Mask]
) -> None:
    masks["case_worker"] = Mask({name for name, row in LABELS.items() if row["group"] != "language"}, LABELS)
    told = candidate(house, WORKER, found)
    assert "vorhanden" not in str(told) and any("gewünscht 21 bis 37" in text for text in told["facts"])
