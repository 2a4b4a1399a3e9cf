"""CSV and XLSX as rows: encodings, delimiters, header, sheets, ids as text."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from matcher.errors import InputProblems, UnsafeFile
from matcher.read import cells
from matcher.read.safe import Limits
from matcher.read.table import read_table, simplified

KNOWN = {"kundennummer", "alter", "strasse"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [["Kundennummer", "Straße", "Alter"], ["00123", f'"Bäcker{delimiter}weg €"', "34"], ["7", "", "5"]]
    path = tmp_path / "list.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    table = read_table(path, KNOWN)
    assert table.header.cells == ("Kundennummer", "Straße", "Alter")
    assert [row.cells for row in table.rows] == [("00123", f"Bäcker{delimiter}weg €", "34"), ("7", "", "5")]
    assert [row.number for row in table.rows] == [2, 3]


def test_header_below_a_title_and_blank_rows(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Export vom 1.9.2025;;\n\nKundennummer;Alter\n1;34\n\n2;35\n", "utf-8")
    table = read_table(path, KNOWN)
    assert table.header.number == 3
    assert [(row.number, row.cells) for row in table.rows] == [(4, ("1", "34")), (6, ("2", "35"))]


def _book(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(path)
    return path


def test_workbook_values_as_text(tmp_path: Path) -> None:
    path = _book(
        tmp_path / "list.xlsx",
        {
            "Liste": [
                ["Kundennummer", "Alter", "Straße", "d", "e", "f"],
                ["00123", 34, 1.5, dt.date(2025, 9, 20), True, dt.time(7, 30)],
                [],
                [7, 35.0, None, None, None, None],
            ]
        },
    )
    book = openpyxl.load_workbook(path)
    book.active["A4"].number_format = "00000"
    book.save(path)
    table = read_table(path, KNOWN)
    assert table.rows[0].cells == ("00123", "34", "1,5", "2025-09-20", "ja", "07:30")
    assert (table.rows[1].number, table.rows[1].cells[:2]) == (4, ("00007", "35"))


def test_the_sheet_with_the_known_titles_is_chosen(tmp_path: Path) -> None:
    path = _book(tmp_path / "list.xlsx", {"Hinweise": [["Nur Text"]], "TN": [["Kundennummer"], ["1"]]})
    assert read_table(path, KNOWN).sheet == "TN"
    assert read_table(path, KNOWN, sheet="Hinweise").sheet == "Hinweise"
    with pytest.raises(InputProblems, match="no visible sheet"):
        read_table(path, KNOWN, sheet="Fehlt")


def test_two_sheets_that_could_be_meant_are_a_question(tmp_path: Path) -> None:
    path = _book(tmp_path / "list.xlsx", {"A": [["Kundennummer"], ["1"]], "B": [["Kundennummer"], ["2"]]})
    with pytest.raises(InputProblems, match="several sheets"):
        read_table(path, KNOWN)


NOT_LISTS = {
    "empty": b"",
    "blank": b"\n\n ;; \n",
    "binary": bytes(range(256)) * 10,
    "pdf": b"%PDF-1.7 x",
    "xls": b"\xd0\xcf\x11\xe0" + b"\0" * 100,
    "zip": b"PK\x03\x04" + b"x" * 100,
    "gzip": b"\x1f\x8b" + b"x" * 9,
}


@pytest.mark.parametrize("name", NOT_LISTS)
def test_what_is_not_a_list_is_refused_with_a_remedy(tmp_path: Path, name: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(NOT_LISTS[name])
    with pytest.raises(InputProblems) as caught:
        read_table(path, KNOWN)
    assert caught.value.problems[0].remedy


def test_wrong_paths(tmp_path: Path) -> None:
    with pytest.raises(InputProblems, match="does not exist"):
        read_table(tmp_path / "fehlt.csv")
    with pytest.raises(InputProblems, match="is a folder"):
        read_table(tmp_path)


def test_limits_are_limits(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Alter\n" + "1\n" * 20, "utf-8")
    for limits in (Limits(rows=10), Limits(file_bytes=10)):
        with pytest.raises(UnsafeFile):
            read_table(path, KNOWN, limits)
    assert len(read_table(path, KNOWN, Limits(rows=21)).rows) == 20


QUOTES: tuple[tuple[str, list[tuple[int, str]] | int], ...] = (
    ("1;abc\n2;x\n", [(2, "abc"), (3, "x")]),
    ('1;"a\nb"\n2;x\n', [(2, "a\nb"), (3, "x")]),
    ('1;"a\n\n;b"\n2;x\n', [(2, "a\n\n;b"), (3, "x")]),
    ('1;"a ""b"" c"\n2;x\n', [(2, 'a "b" c'), (3, "x")]),
    ('1;a "b" c\n2;x\n', [(2, 'a "b" c'), (3, "x")]),
    ('1;24" Monitor\n2;x\n', [(2, '24" Monitor'), (3, "x")]),
    ('1;"Muster" GmbH\n2;x\n', [(2, "Muster GmbH"), (3, "x")]),
    ('1;"Muster" GmbH', [(2, "Muster GmbH")]),
    ('1;"x"', [(2, "x")]),
    ('1;"x" \n2;""\n', [(2, "x"), (3, "")]),
    ('1;"abc\n2;x\n3;y\n', 2),
    ('1;x\n2;"abc', 3),
    ('1;"a\nb"\n2;x\n3;"c\n', 4),
    ('1;"abc\n2;"x"\n3;y\n', 2),
    ('1;"abc\n2;x ""y"" z\n3;y\n', 2),
    ('1;"abc\n2;"Muster" GmbH\n3;y\n', 2),
    ('"Muster" GmbH;"abc\n2;x\n', 2),
    ('1;"' + "abc\n" * 50_000, 2),
)
"""Rows below a header, and what column 2 holds, or the row that is refused."""


@pytest.mark.parametrize(("text", "expected"), QUOTES, ids=[text[:20] for text, _ in QUOTES])
def test_a_quotation_mark_never_swallows_rows(tmp_path: Path, text: str, expected: list[tuple[int, str]] | int) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Kundennummer;Alter\n" + text, "utf-8")
    if isinstance(expected, int):
        with pytest.raises(InputProblems, match="quotation mark") as caught:
            read_table(path, KNOWN)
        assert [problem.row for problem in caught.value.problems] == [expected]
    else:
        assert [(row.number, row.cells[1]) for row in read_table(path, KNOWN).rows] == expected


CELLS = (
    (cells.number, "1.234,5", 1234.5),
    (cells.number, "1234,5", 1234.5),
    (cells.number, "12.5", 12.5),
    (cells.number, "1.234", 1234),
    (cells.number, "450 €", 450),
    (cells.latitude, "50.913", 50.913),
    (cells.longitude, "13,34", 13.34),
    (cells.latitude, "-90", -90),
    (cells.latitude, "90,1", None),
    (cells.longitude, "-180", -180),
    (cells.longitude, "180,1", None),
    (cells.date, "31.12.2025", dt.date(2025, 12, 31)),
    (cells.date, "1.2.99", dt.date(1999, 2, 1)),
    (cells.date, "2025-12-31", dt.date(2025, 12, 31)),
    (cells.date, "2025-12-31 00:00", dt.date(2025, 12, 31)),
    (cells.yes_no, "Ja", True),
    (cells.yes_no, "n", False),
    (cells.days, "Mo-Fr", ("mon", "tue", "wed", "thu", "fri")),
    (cells.days, "Mo, Mi und Fr", None),
    (cells.days, "Mo, Mi", ("mon", "wed")),
    (cells.minutes, "7", 420),
    (cells.minutes, "24:00", 1440),
    (cells.items, "a | b;c", ["a", "b;c"]),
    (cells.items, "a; b", ["a", "b"]),
    (cells.items, "keine", []),
    (cells.items, "Nein", []),
    (cells.items, "none", []),
    (cells.items, "0", []),
    (cells.items, "none; a", ["none", "a"]),
    (cells.parts, "none", ["none"]),
    (cells.days, "nein", ()),
    (cells.windows, "nein", ()),
    (cells.postal_code, "D-96052", "96052"),
    (cells.german_postal_code, "de-96052", "96052"),
    (cells.german_postal_code, "1067", "01067"),
    (cells.german_postal_code, "9599,0", "09599"),
    (cells.postal_code, "1030", "1030"),
    (cells.whole, "2,5", None),
    (cells.date, "31.02.2025", None),
    (cells.date, "2025-W40", None),
    (cells.date, "20251001", None),
    (cells.date, "01.01.1900", dt.date(1900, 1, 1)),
    (cells.date, "31.12.1899", None),
    (cells.date, "2200-12-31", dt.date(2200, 12, 31)),
    (cells.date, "2201-01-01", None),
    (cells.date, "31.12.9999", None),
    (cells.number, "1e5", None),
    (cells.number, "12abc", None),
    (cells.yes_no, "vielleicht", None),
    (cells.german_postal_code, "34", None),
    (cells.latitude, "nan", None),
    (cells.minutes, "25:00", None),
)


@pytest.mark.parametrize(("read", "cell", "expected"), CELLS)
def test_cells(read: cells.Converter, cell: str, expected: object) -> None:
    if expected is None:
        with pytest.raises(ValueError):
            read(cell)
    else:
        assert read(cell) == expected


def test_titles_compare_without_case_umlauts_and_punctuation() -> None:
    assert simplified("Kd.-Nr.") == "kdnr"
    assert simplified("Längengrad (WGS 84)") == simplified("LAENGENGRAD WGS84")
