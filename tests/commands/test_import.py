"""`matcher import` and `matcher schema`, as a new user would try them."""

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from matcher.commands import import_
from matcher.commands.schema import command as schema_command
from matcher.participant import Profile
from matcher.schemas import KINDS
from matcher.store import open_store
from tests.read.shared import shared


def run(tmp_path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(import_.command, [*arguments, "--data", str(tmp_path / "data")])


def write(path: Path, rows: list[list[str]]) -> str:
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return str(path)


PEOPLE = [["Kundennummer", "Alter", "PLZ"], ["001", "34", "9599"], ["002", "25", "09111"]]


def people(tmp_path: Path) -> list[Profile]:
    with open_store(tmp_path / "data") as store:
        return store.participants()


def test_a_list_is_taken_over_once(tmp_path: Path) -> None:
    file = write(tmp_path / "people.csv", PEOPLE)
    first, second = run(tmp_path, "participants", file), run(tmp_path, "participants", file)
    assert (first.exit_code, first.stdout) == (0, "people.csv: 2 participants: 2 new, 0 changed, 0 unchanged.\n")
    assert second.stdout == "people.csv: 2 participants: 0 new, 0 changed, 2 unchanged.\n"
    assert sorted(person.participant.postal_code or "" for person in people(tmp_path)) == ["09111", "09599"]


def test_the_same_file_keeps_its_first_date(tmp_path: Path) -> None:
    file = write(tmp_path / "people.csv", PEOPLE)
    run(tmp_path, "participants", file, "--date", "2022-05-02")
    assert {person.participant.as_of for person in people(tmp_path)} == {dt.date(2022, 5, 2)}
    with open_store(tmp_path / "data") as store:
        stored = store.version("participants")
    again = run(tmp_path, "participants", file, "--date", "2022-05-02")
    assert "2 unchanged" in again.stdout
    with open_store(tmp_path / "data") as store:
        assert store.version("participants") == stored


def test_nothing_is_taken_over_when_anything_is_wrong(tmp_path: Path) -> None:
    file = write(tmp_path / "people.csv", [*PEOPLE, ["003", "x", "1"]])
    result = run(tmp_path, "participants", file)
    assert result.exit_code == 1
    assert "row 4, column Alter: 'x'" in result.stderr
    assert "row 4, column Postleitzahl" in result.stderr
    assert people(tmp_path) == []


def test_an_unclosed_quotation_mark_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text('Interne Nummer;Alter;Wünsche\nq1;30;"abc\nq2;31;x\nq3;-5;y\n', "utf-8")
    result = run(tmp_path, "participants", str(file))
    assert (result.exit_code, people(tmp_path)) == (1, [])
    assert "people.csv, row 2: a quotation mark opens here and is not closed" in result.stderr


def test_dry_run_saves_nothing(tmp_path: Path) -> None:
    result = run(tmp_path, "participants", write(tmp_path / "people.csv", PEOPLE), "--dry-run")
    assert (result.exit_code, "nothing was saved" in result.stdout) == (0, True)
    assert not (tmp_path / "data").exists()


def test_json_for_programs(tmp_path: Path) -> None:
    file = write(tmp_path / "people.csv", PEOPLE)
    good = json.loads(run(tmp_path, "participants", file, "--json").stdout)
    assert good == {
        "kind": "participants",
        "file": "people.csv",
        "read": 2,
        "dry_run": False,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
    }
    bad = run(tmp_path, "participants", write(tmp_path / "bad.csv", [["Alter"], ["x"]]), "--json")
    assert bad.exit_code == 1
    assert {problem["row"] for problem in json.loads(bad.stdout)["problems"]} == {1, 2}


WRONG: tuple[tuple[str, ...], ...] = (
    ("cats", "a.csv"),
    ("participants",),
    ("participants", "a.csv", "--kind", "register"),
    ("offers", "a.csv", "--format", "jobsuche"),
    ("offers", "a.csv", "--format", "jsonl"),
    ("participants", "a.csv", "--unknown"),
)


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_use_ends_with_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert run(tmp_path, *arguments).exit_code == 2


@pytest.mark.parametrize("kind", [kind for kind in import_.KINDS if kind != "occupations"])
def test_empty_and_missing_files_end_with_1(tmp_path: Path, kind: str) -> None:
    (tmp_path / "empty.csv").write_text("", "utf-8")
    for name in ("empty.csv", "missing.csv", "."):
        result = run(tmp_path, kind, str(tmp_path / name))
        assert result.exit_code == 1, name
        assert result.stderr.startswith("Error: 1 problem")
        assert not (tmp_path / "data").exists()


OTHER: dict[str, list[list[str]]] = {
    "programmes": [["Maßnahmenummer", "Bezeichnung", "Art"], ["jc-1", "Startklar", "Aktivierung"]],
    "offers": [["Angebotsnummer", "Maßnahmenummer", "Bezeichnung"], ["o1", "p001_29", "Startklar Mai"]],
    "vacancies": [["Referenznummer", "Stellentitel", "Teilzeit"], ["v1", "Koch", "ja"]],
    "employers": [["Arbeitgebernummer", "Name"], ["e1", "Muster GmbH"]],
    "places": [["plz", "ort", "lat", "lon"], ["9599", "Freiberg", "50,9", "13,3"]],
}


@pytest.mark.parametrize("kind", OTHER)
def test_every_kind_can_be_imported(tmp_path: Path, kind: str) -> None:
    result = run(tmp_path, kind, write(tmp_path / "list.csv", OTHER[kind]))
    assert result.exit_code == 0, result.output
    with open_store(tmp_path / "data") as store:
        assert store.count(kind) == 1


OFFERS = [*OTHER["offers"], ["o2", "jc-1", "Startklar Juni"], ["o3", "p001_92", "Tippfehler"]]


@pytest.mark.parametrize("flag", [(), ("--dry-run",)])
def test_offers_name_programmes_that_there_are(tmp_path: Path, flag: tuple[str, ...]) -> None:
    offers, programmes = write(tmp_path / "o.csv", OFFERS), write(tmp_path / "p.csv", OTHER["programmes"])
    result = run(tmp_path, "offers", offers, *flag, "--json")
    found = [(one["row"], one["column"], one["value"]) for one in json.loads(result.stdout)["problems"]]
    assert (result.exit_code, found) == (1, [(3, "Maßnahmenummer", "jc-1"), (4, "Maßnahmenummer", "p001_92")])
    assert (tmp_path / "data").exists() == (not flag)
    run(tmp_path, "programmes", programmes)
    result = run(tmp_path, "offers", offers, *flag, "--json")
    assert [one["row"] for one in json.loads(result.stdout)["problems"]] == [4]
    assert "Did you mean" in json.loads(result.stdout)["problems"][0]["remedy"]
    assert run(tmp_path, "offers", write(tmp_path / "o.csv", OFFERS[:-1]), *flag).exit_code == 0


def test_own_programmes_have_ids_of_their_own(tmp_path: Path) -> None:
    rows = [*OTHER["programmes"], ["p001_29", "Eigenes", "Aktivierung"]]
    result = run(tmp_path, "programmes", write(tmp_path / "p.csv", rows))
    assert result.exit_code == 1
    assert "row 3, column Maßnahmenummer: 'p001_29': is the id of a programme of the catalogue" in result.stderr


def test_a_mapped_list_is_held_against_the_programmes_too(tmp_path: Path) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text('[columns]\n"M" = "programme_id"\n', "utf-8")
    rows = [["Angebotsnummer", "M", "Bezeichnung"], ["o1", "jc-1", "A"]]
    result = run(tmp_path, "offers", write(tmp_path / "o.csv", rows), "--mapping", str(mapping))
    assert (result.exit_code, "no programme of the catalogue" in result.stderr) == (1, True)


def test_exchange_format_and_mapping(tmp_path: Path) -> None:
    lines = tmp_path / "people.jsonl"
    lines.write_text('{"profile_id": "T1", "age": 30}\n', "utf-8")
    assert run(tmp_path, "participants", str(lines)).exit_code == 0
    assert people(tmp_path)[0].id == "T1"
    mapping = tmp_path / "map.toml"
    mapping.write_text('[columns]\n"Nr" = "customer_no"\n', "utf-8")
    file = write(tmp_path / "other.csv", [["Nr", "Alter"], ["7", "30"]])
    assert run(tmp_path, "participants", file).exit_code == 1
    assert run(tmp_path, "participants", file, "--mapping", str(mapping)).exit_code == 0
    assert run(tmp_path, "participants", file, "--mapping", str(tmp_path / "none.toml")).exit_code == 1


def test_real_lists_are_detected(tmp_path: Path) -> None:
    vacancies = str(shared("data/vacancies/bamberg_dev.csv"))
    first, second = run(tmp_path, "vacancies", vacancies), run(tmp_path, "vacancies", vacancies)
    assert "5037 new" in first.stdout
    assert "0 new, 0 changed, 5037 unchanged" in second.stdout
    for name in ("plz_geocoord.csv", "zuordnung_plz_ort.csv"):
        assert run(tmp_path, "places", str(shared(f"data/geo/{name}"))).exit_code == 0
    with open_store(tmp_path / "data") as store:
        assert store.places().find("01067") is not None
        assert store.places().find(None, "Bamberg") is not None


def test_help_has_an_example(tmp_path: Path) -> None:
    assert "matcher import participants" in run(tmp_path, "--help").stdout


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_are_json_schema(kind: str) -> None:
    result = CliRunner().invoke(schema_command, [kind])
    assert result.exit_code == 0
    schema: dict[str, Any] = json.loads(result.stdout)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["properties"]


def test_the_participant_schema_names_every_field_in_german() -> None:
    from matcher.read.fields import known_names
    from matcher.schemas import schema

    properties = schema("participant")["properties"]
    assert set(properties) == set(known_names())
    assert properties["german_level"]["title"] == "Deutschniveau"
    assert properties["german_level"]["anyOf"][0]["enum"][0] == "A0"
    assert all(entry["title"] for entry in properties.values())
