"""The demo office is rebuilt byte for byte, read without a problem, and holds what the demo promises."""

import datetime as dt
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from matcher.catalog import load_catalog
from matcher.paths import catalog_path
from matcher.programme import Offer
from matcher.read.offers import read_offers
from matcher.read.places import read_places
from matcher.read.profile_file import read_profiles
from matcher.read.vacancies import read_employers, read_vacancies
from matcher.vacancy import Vacancy
from training.demo_office import demo_files, write_demo
from training.demo_office.dice import Dice
from training.demo_office.employers import invent_employers
from training.demo_office.offers import list_offers
from training.demo_office.vacancies import invent_vacancies
from training.demo_office.write import SEED

DAY = dt.date(2022, 5, 2)
DEMO = catalog_path() / "demo"
LEAST_WAGE_2022 = 9.82
AROUND = (50.6, 51.4, 12.6, 13.8)


@pytest.fixture(scope="module")
def vacancies() -> list[Vacancy]:
    return read_vacancies(DEMO / "vacancies.csv")


@pytest.fixture(scope="module")
def offers() -> list[Offer]:
    return read_offers(DEMO / "offers.csv")


def test_committed_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    written = write_demo(tmp_path)
    assert sorted(path.name for path in written) == sorted(path.name for path in DEMO.iterdir())
    for path in written:
        assert path.read_bytes() == (DEMO / path.name).read_bytes(), f"run: python -m training.demo_office {DEMO}"


def test_another_seed_invents_other_people() -> None:
    assert demo_files("other")["participants.jsonl"] != demo_files()["participants.jsonl"]


def test_lists_read_back_to_the_very_values(vacancies: list[Vacancy], offers: list[Offer]) -> None:
    staff = invent_employers(SEED)
    assert vacancies == sorted(invent_vacancies(SEED, staff), key=lambda one: one.id)
    assert offers == list_offers()
    assert read_employers(DEMO / "employers.csv") == [employer for employer, _ in staff]


def test_participants_read_without_problems_and_only_the_marked_one_contradicts() -> None:
    profiles = read_profiles(DEMO / "participants.jsonl", today=DAY)
    assert 190 <= len(profiles) <= 220
    assert [profile.id for profile in profiles] == [f"T{number:04d}" for number in range(1, len(profiles) + 1)]
    assert [profile.id for profile in profiles if profile.conflicts] == ["T0004"]
    assert all(DAY - dt.timedelta(days=31) <= profile.participant.as_of <= DAY for profile in profiles)


def test_participants_cover_the_situations_of_an_office() -> None:
    people = [json.loads(line) for line in (DEMO / "participants.jsonl").read_text("utf-8").splitlines()]
    status = Counter(person.get("employment_status") for person in people)
    assert {"unemployed", "in_measure", "minijob", "self_employed", "sv_part_time"} <= set(status)
    assert sum(person.get("age", 0) >= 55 for person in people) >= 15
    assert sum(person.get("age", 99) < 25 for person in people) >= 15
    assert sum(person.get("single_parent") is True for person in people) >= 15
    assert sum(person.get("refugee") is True for person in people) >= 20
    assert {"EF", "2_QAB_klassisch", "3_IEB", "4_VdB"} <= {person.get("jps_stage") for person in people}
    assert all(person.get("jps_planned_end") for person in people if person.get("jps_stage", "none") != "none")


def test_measure_history_names_known_programmes() -> None:
    known = set(load_catalog().programmes)
    for line in (DEMO / "participants.jsonl").read_text("utf-8").splitlines():
        for entry in json.loads(line).get("measure_history", ()):
            assert entry in known or not re.match(r"p\d{3}_", entry)


def test_vacancies_are_many_and_around_the_district(vacancies: list[Vacancy]) -> None:
    assert len(vacancies) >= 420
    assert len({vacancy.occupation_label for vacancy in vacancies}) >= 45
    south, north, west, east = AROUND
    for vacancy in vacancies:
        assert vacancy.lat is not None and south < vacancy.lat < north
        assert vacancy.lon is not None and west < vacancy.lon < east
        assert vacancy.published_on is not None and dt.date(2022, 3, 1) <= vacancy.published_on < DAY
        assert re.fullmatch(r"10001-2022\d{6}-S", vacancy.id)


def test_vacancies_contradict_neither_law_nor_themselves(vacancies: list[Vacancy]) -> None:
    for vacancy in vacancies:
        assert (vacancy.wage_eur_per_hour or LEAST_WAGE_2022) >= LEAST_WAGE_2022
        assert not (vacancy.minijob and (vacancy.hours_max or 0) > 11)
        assert not (vacancy.part_time is False and "Teilzeit" in vacancy.title)
        for window in vacancy.windows or ():
            length = (window.until_minutes - window.from_minutes) / 60 * len(window.days)
            assert (vacancy.hours_min or 0) <= length


def test_everything_invented_is_marked(vacancies: list[Vacancy], offers: list[Offer]) -> None:
    for vacancy in vacancies:
        assert vacancy.employer_name is not None and vacancy.employer_name.endswith("(Demo)")
        assert vacancy.description is not None and "Synthetische" in vacancy.description
    for offer in offers:
        assert offer.provider is not None and offer.provider.endswith("(Demo)")
        assert offer.note is not None and "Synthetisches" in offer.note
    assert "synthetic" in (DEMO / "README.md").read_text("utf-8")


def test_employers_of_vacancies_exist(vacancies: list[Vacancy]) -> None:
    names = {employer.id: employer.name for employer in read_employers(DEMO / "employers.csv")}
    assert all(names[vacancy.employer_id or ""] == vacancy.employer_name for vacancy in vacancies)


def test_offers_belong_to_the_catalogue_and_run_within_its_validity(offers: list[Offer]) -> None:
    programmes = load_catalog().programmes
    for offer in offers:
        programme = programmes[offer.programme_id]
        assert programme.valid_to is None or (offer.ends_on is not None and offer.ends_on <= programme.valid_to)
        assert offer.access.route is not None and offer.access.decided_by is not None


def test_offers_show_full_ones_waiting_lists_and_budgets(offers: list[Offer]) -> None:
    full = [offer for offer in offers if offer.free_places == 0]
    assert len(full) >= 5
    assert all(offer.waiting for offer in full)
    assert {offer.budget for offer in offers} == {"frei", "knapp", "gesperrt"}
    assert sum(offer.starts_on is None for offer in offers) >= 8
    assert sum(offer.childcare is True for offer in offers) >= 8
    assert all(DAY < offer.starts_on < dt.date(2022, 12, 1) for offer in offers if offer.starts_on)


def test_places_are_known_for_everybody(vacancies: list[Vacancy]) -> None:
    codes = {row.postal_code for row in read_places(DEMO / "places.csv")}
    assert len(codes) >= 45
    people = [json.loads(line) for line in (DEMO / "participants.jsonl").read_text("utf-8").splitlines()]
    assert {person["postal_code"] for person in people} <= codes
    assert {vacancy.postal_code for vacancy in vacancies} <= codes


def test_dice_keep_their_promises() -> None:
    dice = Dice("test")
    assert all(3 <= Dice("whole", str(n)).whole(3, 5) <= 5 for n in range(50))
    assert sorted(dice.some(range(5), 9)) == [0, 1, 2, 3, 4]
    assert dice.weighted({"a": 0.0, "b": 1.0}) == "b"
    assert Dice("same").share() == Dice("same").share()
