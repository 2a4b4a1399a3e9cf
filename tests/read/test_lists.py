"""Lists under the templates, the BA list and places: every field, all problems at once, nothing by halves."""

import csv
import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from matcher.errors import InputProblems
from matcher.participant import Child, Window
from matcher.programme import Leaf, Offer, Programme
from matcher.read.columns import Column, ColumnMapping, Template, read_mapping
from matcher.read.fields import person_fields
from matcher.read.jobsuche import read_jobsuche
from matcher.read.offers import read_offers
from matcher.read.participant_columns import participant_template
from matcher.read.participants import read_participants
from matcher.read.places import read_places
from matcher.read.programmes import TERMS, read_programmes
from matcher.read.templates import render, templates
from matcher.read.vacancies import read_employers, read_vacancies
from matcher.vacancy import Employer, Vacancy
from tests.read.shared import ROOT, shared

TODAY = dt.date(2022, 5, 2)
READERS: dict[str, Any] = {
    "participants": lambda path, **more: read_participants(path, today=TODAY, **more),
    "programmes": read_programmes,
    "offers": read_offers,
    "vacancies": read_vacancies,
    "employers": read_employers,
}


def write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def problems_of(kind: str, path: Path, **more: Any) -> list[tuple[int | None, str | None]]:
    with pytest.raises(InputProblems) as caught:
        READERS[kind](path, **more)
    assert all(problem.message and problem.remedy for problem in caught.value.problems)
    return [(problem.row, problem.column) for problem in caught.value.problems]


def examples(template: Template) -> tuple[list[str], list[str]]:
    apart = {"id"} if template.one_of else set()
    columns = [
        column
        for column in template.columns
        if column.example and column.example != "… | …" and column.field not in apart
    ]
    return [column.title.replace("{n}", "1") for column in columns], [column.example for column in columns]


@pytest.mark.parametrize("kind", READERS)
def test_the_documented_examples_can_be_read(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "list.csv", [*map(list, examples(templates()[kind]))])
    assert len(READERS[kind](path)) == 1


@pytest.mark.parametrize(
    ("kind", "value_type", "apart"),
    [
        ("vacancies", Vacancy, set()),
        ("employers", Employer, set()),
        ("offers", Offer, {"access"}),
        (
            "programmes",
            Programme,
            {
                "access",
                "duration",
                "hours",
                "cost",
                "terms",
                "terms_documented",
                "terms_note",
                "places_note",
                "staffing",
                "implementation",
                "evidence",
                "prerequisites",
                "next_steps",
                "stage",
                "documented_period",
                "sources",
            },
        ),
    ],
)
def test_templates_cover_the_fields(kind: str, value_type: type, apart: set[str]) -> None:
    columns = {column.field.split(".")[0] for column in templates()[kind].columns}
    assert {item.name for item in dataclasses.fields(value_type)} - columns <= apart


def test_the_participant_template_carries_every_field() -> None:
    columns = {column.field.split(".")[0] for column in participant_template().columns}
    assert set(person_fields()) <= columns
    assert {"customer_no", "children_ages", "childcare_window"} <= columns


@pytest.mark.parametrize("kind", READERS)
def test_titles_are_unambiguous(kind: str) -> None:
    titles = templates()[kind].titles()
    for column in templates()[kind].columns:
        number = "1" if column.numbered else "0"
        found: Column = titles["".join(c for c in _plain(column.title.replace("{n}", number)))].column
        assert found is column, column.title


def _plain(title: str) -> str:
    from matcher.read.table import simplified

    return simplified(title)


def test_participants_in_full(tmp_path: Path) -> None:
    path = write(
        tmp_path / "list.csv",
        [
            [
                "Kd-Nr",
                "PLZ",
                "Alter",
                "Deutschniveau",
                "Erwerbsstatus",
                "Verfügbare Zeiten",
                "Kind 1 Alter",
                "Kind 1 Betreuung",
                "Kind 2 Alter",
                "Tätigkeit 1",
                "Tätigkeit 1 Jahre",
                "Tätigkeit 2",
                "Führerscheinklassen",
                "Was die Arbeit nicht verlangen darf",
                "Stand",
                "Minijob",
            ],
            [
                "00123",
                "9599",
                "34",
                "Muttersprache",
                "arbeitslos",
                "08:00-15:00 Mo-Fr | 09:00-12:00 Sa",
                "3",
                "07:30-15:30",
                "7",
                "Lagerhelfer",
                "2,5",
                "Koch",
                "keine",
                "kein schweres Heben; no_noise",
                "20.4.2022",
                "",
            ],
        ],
    )
    (registration,) = read_participants(path, today=TODAY)
    person = registration.profile.participant
    assert registration.customer_no == "00123"
    assert "00123" not in repr(registration.profile)
    assert (person.postal_code, person.german_level, person.employment_status) == ("09599", "native", "unemployed")
    assert person.available_windows == (
        Window(from_minutes=480, until_minutes=900),
        Window(from_minutes=540, until_minutes=720, days=("sat",)),
    )
    assert registration.profile.household.children == (
        Child(age=3, contract=Window(from_minutes=450, until_minutes=930)),
        Child(age=7),
    )
    assert [item.title for item in person.experience or ()] == ["Lagerhelfer", "Koch"]
    assert person.driving_licences == ()
    assert registration.profile.protected.functional_limits == ("no_heavy_lifting", "no_noise")
    assert (person.as_of, person.minijob) == (dt.date(2022, 4, 20), None)


@pytest.mark.parametrize("word", ["keine", "nein", "none", "0", "-"])
def test_none_in_a_list_of_participants(tmp_path: Path, word: str) -> None:
    titles = [
        "Wunschberufe",
        "Führerscheinklassen",
        "Was die Arbeit nicht verlangen darf",
        "Tätigkeit 1",
        "Nachweise und Scheine",
    ]
    path = write(tmp_path / "list.csv", [["Kundennummer", *titles], ["1", *[word] * len(titles)]])
    (registration,) = read_participants(path, today=TODAY)
    person = registration.profile.participant
    assert (person.target_occupations, person.driving_licences, person.experience, person.certificates) == ((),) * 4
    assert registration.profile.protected.functional_limits == ()


@pytest.mark.parametrize(("word", "ages"), [("0", (0,)), ("0; 3", (0, 3)), ("keine", ()), ("nein", ())])
def test_a_child_may_be_below_one_year(tmp_path: Path, word: str, ages: tuple[float, ...]) -> None:
    path = write(tmp_path / "list.csv", [["Kundennummer", "Alter der Kinder"], ["1", word]])
    (registration,) = read_participants(path, today=TODAY)
    assert registration.profile.household.children == tuple(Child(age=age) for age in ages)


def test_no_qualification_alone_is_a_term(tmp_path: Path) -> None:
    titles = ["Maßnahmenummer", "Bezeichnung", "Art", "Berufsabschluss einer von"]
    (programme,) = read_programmes(write(tmp_path / "p.csv", [titles, ["jc-1", "A", "B", "none"]]))
    assert programme.terms is not None
    assert [leaf.value for leaf in programme.terms.children if isinstance(leaf, Leaf)] == [("none",)]


@pytest.mark.parametrize(("word", "value"), [("marktfern", "far"), ("near", "near"), ("Marktnah", "near")])
def test_words_that_are_no_longer_shown_are_still_read(tmp_path: Path, word: str, value: str) -> None:
    path = write(tmp_path / "list.csv", [["Kundennummer", "Kundengruppe"], ["1", word]])
    (registration,) = read_participants(path, today=TODAY)
    assert registration.profile.protected.market_distance == value
    assert "marktfern" not in render()


def test_everything_wrong_with_a_list_at_once(tmp_path: Path) -> None:
    path = write(
        tmp_path / "list.csv",
        [
            ["Kundennummer", "Alter", "Alter", "Deutschnivau", "Minijob", "Kinderbetreuung"],
            ["1", "x", "30", "B1", "vielleicht", "=1+1"],
            ["1", "30", "30", "B1", "ja", ""],
            ["", "200", "30", "B1", "ja", ""],
        ],
    )
    assert set(problems_of("participants", path)) == {
        (1, "Alter"),
        (1, "Deutschnivau"),
        (2, "Alter"),
        (2, "Minijob"),
        (2, "Kinderbetreuung"),
        (3, "Kundennummer"),
        (4, "Alter"),
        (4, "Kundennummer"),
    }


IDS: tuple[tuple[list[list[str]], list[tuple[int | None, str | None]]], ...] = (
    ([["Interne Nummer", "Alter"], ["a", "30"], ["b", "31"]], []),
    ([["Interne Nummer", "Alter"], ["a", "30"], ["a", "31"]], [(3, "Interne Nummer")]),
    ([["Interne Nummer", "Alter"], ["a", "30"], ["", "31"]], [(3, "Interne Nummer")]),
    ([["Interne Nummer", "Alter"], ["a" * 65, "30"], ["b", "31"]], [(2, "Interne Nummer")]),
    ([["Kundennummer", "Alter"], ["7", "30"], ["7", "31"]], [(3, "Kundennummer")]),
    ([["Kundennummer", "Alter"], ["7", "30"], ["", "31"]], [(3, "Kundennummer")]),
    ([["Kundennummer", "Alter"], ["", "30"]], [(2, "Kundennummer")]),
    ([["Kundennummer", "Interne Nummer"], ["7", ""], ["", "a"]], []),
    ([["Kundennummer", "Interne Nummer"], ["7", ""], ["", "7"]], []),
    ([["Kundennummer", "Interne Nummer", "Alter"], ["7", "", "30"], ["", "", "31"]], [(3, "Kundennummer")]),
    (
        [["Kundennummer", "Interne Nummer"], ["7", ""], ["8", "a"], ["9", "b"]],
        [(3, "Kundennummer / Interne Nummer")],
    ),
)


@pytest.mark.parametrize(("rows", "expected"), IDS)
def test_what_tells_persons_apart(
    tmp_path: Path, rows: list[list[str]], expected: list[tuple[int | None, str | None]]
) -> None:
    path = write(tmp_path / "list.csv", rows)
    if expected:
        assert problems_of("participants", path) == expected
    else:
        assert len(read_participants(path, today=TODAY)) == len(rows) - 1


def test_internal_ids_beside_customer_numbers_can_be_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", [["Kundennummer", "Interne Nummer"], ["7", "a"]])
    (registration,) = read_participants(path, today=TODAY, mapping=ColumnMapping(ignore=("Interne Nummer",)))
    assert registration.customer_no == "7"


def test_personal_values_do_not_appear_in_problems(tmp_path: Path) -> None:
    path = write(
        tmp_path / "list.csv",
        [
            ["Kundennummer", "Was die Arbeit nicht verlangen darf", "Suchtproblem", "Grad der Behinderung"],
            ["1", "Depression F32", "schlimm", "achtzig"],
        ],
    )
    with pytest.raises(InputProblems) as caught:
        read_participants(path, today=TODAY)
    assert len(caught.value.problems) == 3
    for secret in ("F32", "schlimm", "achtzig"):
        assert secret not in str(caught.value)


@pytest.mark.parametrize(("first", "second"), [("Alter", "PLZ"), ("PLZ", "Alter"), ("Stand", "Wünsche")])
def test_swapped_columns_are_one_problem(tmp_path: Path, first: str, second: str) -> None:
    good = {
        "Alter": ["34", "25", "41"],
        "PLZ": ["09599", "09111", "01067"],
        "Stand": ["1.4.2022", "2.4.2022", "3.4.2022"],
        "Wünsche": ["Lager", "Büro", "Pflege"],
    }
    rows = [["Kundennummer", first, second]]
    rows += [[str(n), good[second][n], good[first][n]] for n in range(3)]
    found = problems_of("participants", write(tmp_path / "list.csv", rows))
    assert len(found) == 1
    assert "/" in str(found[0][1])


def test_a_wrong_list_is_named_as_such(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", [["beruf", "titel", "refnr"], ["a", "b", "c"]])
    assert problems_of("participants", path) == [(1, None)]


def test_missing_required_columns(tmp_path: Path) -> None:
    assert problems_of("participants", write(tmp_path / "a.csv", [["Alter"], ["30"]])) == [
        (1, "Kundennummer / Interne Nummer")
    ]
    assert (1, "Stellentitel") in problems_of("vacancies", write(tmp_path / "b.csv", [["Ort"], ["Freiberg"]]))


def test_a_header_without_rows(tmp_path: Path) -> None:
    assert len(problems_of("vacancies", write(tmp_path / "a.csv", [["refnr", "Stellentitel"]]))) == 1


def test_numbers_that_a_spreadsheet_has_ruined_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [["Kundennummer", "Alter"], ["1,23E+11", "30"]])
    assert problems_of("participants", path) == [(2, "Kundennummer")]


def test_a_saved_mapping(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", [["Nr.", "Sprachstand", "Notiz"], ["7", "B1 (mündlich)", "x"]])
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        'ignore = ["Notiz"]\n[columns]\n"Nr." = "customer_no"\n"Sprachstand" = "german_level"\n'
        '[values.german_level]\n"B1 (mündlich)" = "B1"\n',
        "utf-8",
    )
    (registration,) = read_participants(path, today=TODAY, mapping=read_mapping(mapping))
    assert (registration.customer_no, registration.profile.participant.german_level) == ("7", "B1")
    mapping.write_text('[columns]\n"Nr." = "custmer_no"\n', "utf-8")
    assert "Nr." in str(problems_of("participants", path, mapping=read_mapping(mapping)))
    mapping.write_text("wrong = 1\ncolumns = 3\n", "utf-8")
    with pytest.raises(InputProblems):
        read_mapping(mapping)


def test_terms_of_an_office_programme(tmp_path: Path) -> None:
    path = write(
        tmp_path / "programme.csv",
        [
            [
                "Maßnahmenummer",
                "Bezeichnung",
                "Art",
                "Alter ab",
                "Alter bis",
                "Deutsch ab",
                "Nur Eltern",
                "Zugang",
                "Dauer (Monate)",
                "Berufsabschluss einer von",
            ],
            ["jc-1", "Startklar", "Aktivierung", "18", "30", "B1", "ja", "Zuweisung", "6", "none; not_usable"],
            ["jc-2", "Offen", "Beratung", "", "", "", "", "", "", ""],
        ],
    )
    first, second = read_programmes(path)
    assert first.terms is not None
    leaves = [(leaf.field, leaf.op, leaf.value) for leaf in first.terms.children if isinstance(leaf, Leaf)]
    assert leaves == [
        ("age", ">=", 18),
        ("age", "<", 31),
        ("german_level", ">=", "B1"),
        ("vocational_qualification", "in", ("none", "not_usable")),
        ("is_parent", "=", True),
    ]
    assert all(leaf.source == "programme.csv, Zeile 2" for leaf in first.terms.children if isinstance(leaf, Leaf))
    assert first.terms.children[1].text == "bis einschließlich 30 Jahre"  # type: ignore[union-attr]
    assert (first.access.route, first.duration.typical_months, first.kind) == ("assignment", 6, "measure")
    assert (second.terms, second.terms_documented) == (None, False)


def test_terms_use_known_facts() -> None:
    from matcher.fields import FIELDS

    assert {term.field for term in TERMS} <= set(FIELDS)


def test_offers_check_dates_and_places(tmp_path: Path) -> None:
    path = write(
        tmp_path / "o.csv",
        [
            ["Angebotsnummer", "Maßnahmenummer", "Bezeichnung", "Beginn", "Ende", "Plätze", "Freie Plätze"],
            ["1", "p", "A", "16.05.2022", "15.05.2022", "10", "4"],
            ["2", "p", "B", "", "", "10", "11"],
            ["2", "p", "C", "", "", "", ""],
        ],
    )
    assert problems_of("offers", path) == [(2, "Ende"), (3, "Freie Plätze"), (4, "Angebotsnummer")]


def test_real_vacancies() -> None:
    vacancies = read_jobsuche(shared("data/vacancies/bamberg_dev.csv"))
    assert len(vacancies) == len({vacancy.id for vacancy in vacancies}) == 5037
    assert [vacancy.id for vacancy in vacancies] == sorted(vacancy.id for vacancy in vacancies)
    assert all(vacancy.title and vacancy.lat and vacancy.lon for vacancy in vacancies)
    assert not any("null" in (vacancy.title, vacancy.place, vacancy.postal_code) for vacancy in vacancies)
    assert all(vacancy.part_time is None for vacancy in vacancies)


HEAD = "beruf,titel,refnr,modifikationsTimestamp,arbeitsort.ort,arbeitsort.land,arbeitsort.plz"


def _jobs(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "jobs.csv"
    path.write_text("\n".join([HEAD, *lines]) + "\n", "utf-8")
    return path


def test_traps_of_the_ba_list(tmp_path: Path) -> None:
    path = _jobs(
        tmp_path,
        "Koch/Köchin,,B,2025-01-01,null,Deutschland,1067",
        "Koch/Köchin,Alt,A,2025-01-01T10:00,Wien,Österreich,1030",
        "Koch/Köchin,Neu,A,2025-01-02T09:00,Wien,Österreich,1030",
    )
    first, second = read_jobsuche(path)
    assert (first.title, first.postal_code) == ("Neu", "1030")
    assert (second.title, second.place, second.postal_code) == ("Koch/Köchin", None, "01067")


def test_problems_of_the_ba_list(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        read_jobsuche(_jobs(tmp_path, ",,A,2025-01-01,,,", "Koch,,,2025-01-01,,,", "Koch,x,C,2025-01-01,,,1,2"))
    assert [problem.row for problem in caught.value.problems] == [2, 3, 4, 4]


def test_real_places_keep_their_leading_zeros() -> None:
    coordinates = read_places(shared("data/geo/plz_geocoord.csv"))
    names = read_places(shared("data/geo/zuordnung_plz_ort.csv"))
    assert coordinates[0].postal_code == "01067"
    assert all(len(row.postal_code) == 5 for row in (*coordinates, *names))
    assert all(row.ags is not None and len(row.ags) == 8 for row in names)
    missing = {row.postal_code for row in names} - {row.postal_code for row in coordinates}
    assert len(missing) == 22


def _with_coordinates(kind: str, points: list[tuple[str, str]]) -> list[list[str]]:
    heads = {
        "vacancies": ["Referenznummer", "Stellentitel", "Breitengrad", "Längengrad"],
        "offers": ["Angebotsnummer", "Maßnahmenummer", "Bezeichnung", "Breitengrad", "Längengrad"],
        "places": ["plz", "ort", "lat", "lon"],
        "jobsuche": ["refnr", "titel", "arbeitsort.koordinaten.lat", "arbeitsort.koordinaten.lon"],
    }
    head = heads[kind]
    first = [[f"0100{n}", "p", "A"][: len(head) - 2] for n in range(len(points))]
    return [head, *([*cells, *point] for cells, point in zip(first, points, strict=True))]


FREIBERG, EXCHANGED, EMPTY, ADEN = ("50,9", "13,3"), ("13,3", "50,9"), ("", ""), ("12,8", "45,0")
COORDINATES = (
    ([FREIBERG, FREIBERG], False),
    ([EXCHANGED], True),
    ([EXCHANGED, EXCHANGED, FREIBERG], True),
    ([EXCHANGED, FREIBERG], False),
    ([EXCHANGED, EMPTY, EMPTY], True),
    ([ADEN, ADEN], False),
    ([EMPTY], False),
)


@pytest.mark.parametrize("kind", ["vacancies", "offers", "places", "jobsuche"])
@pytest.mark.parametrize(("points", "wrong"), COORDINATES)
def test_exchanged_coordinates_are_one_problem(
    tmp_path: Path, kind: str, points: list[tuple[str, str]], wrong: bool
) -> None:
    rows = _with_coordinates(kind, points)
    readers = {**READERS, "places": read_places, "jobsuche": read_jobsuche}
    path = write(tmp_path / "list.csv", rows)
    if not wrong:
        assert len(readers[kind](path)) == len(points)
        return
    with pytest.raises(InputProblems, match="look swapped") as caught:
        readers[kind](path)
    assert [(problem.row, problem.column) for problem in caught.value.problems] == [(1, " / ".join(rows[0][-2:]))]


def test_problems_of_places(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", [["plz", "ort", "lat"], ["abc", "X", ""], ["", "Y", ""], ["09599", "Z", "500"]])
    with pytest.raises(InputProblems) as caught:
        read_places(path)
    assert [problem.row for problem in caught.value.problems] == [2, 3, 4]


def test_the_documentation_is_not_stale() -> None:
    assert (ROOT / "docs" / "templates.md").read_text("utf-8") == render(), (
        "run: python -m matcher.read.templates > docs/templates.md"
    )


def test_all_unknown_columns_can_be_ignored_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", [["Kundennummer", "Fremd", "Noch eine"], ["7", "a", "b"]])
    assert len(problems_of("participants", path)) == 2
    (registration,) = read_participants(path, today=TODAY, mapping=ColumnMapping(ignore=("*",)))
    assert registration.customer_no == "7"


@pytest.mark.parametrize("name", ["list.csv", "list", "list.txt", "LIST.XLSX"])
def test_a_workbook_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Kundennummer", "Alter"])
    book.active.append(["00123", 34])
    book.save(tmp_path / "a.xlsx")
    path = (tmp_path / "a.xlsx").rename(tmp_path / name)
    (registration,) = read_participants(path, today=TODAY)
    assert (registration.customer_no, registration.profile.participant.age) == ("00123", 34)


def test_a_workbook_reads_like_the_csv(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Kundennummer", "Alter", "PLZ", "Stand", "Minijob", "Verfügbare Zeiten"])
    book.active.append(["00123", 34, 9599, dt.date(2022, 4, 20), True, "08:00-15:00 Mo-Fr"])
    book.save(tmp_path / "a.xlsx")
    path = write(
        tmp_path / "a.csv",
        [
            ["Kundennummer", "Alter", "PLZ", "Stand", "Minijob", "Verfügbare Zeiten"],
            ["00123", "34", "09599", "20.04.2022", "ja", "08:00-15:00 Mo-Fr"],
        ],
    )
    assert read_participants(tmp_path / "a.xlsx", today=TODAY) == read_participants(path, today=TODAY)
