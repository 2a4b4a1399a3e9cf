"""Whatever stands in a text, no exported cell is a formula, and what is a number stays one. TRUST 28.

Every export of the project: the case worker's morning, the employer service's file, the sample, and coded titles.
"""

import csv
import datetime as dt
import io
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.commands.occupation import ADDED, NUMBER, _safe
from matcher.commands.occupation import command as occupation
from matcher.daily.values import Abstention, Care, DayPlan, Proposal
from matcher.render.day_rows import make_desks
from matcher.render.day_xlsx import render_desk, render_employer_service, render_sample
from tests.trust.source import called, trees

DAY = dt.date(2022, 5, 2)
RISKY = ("=", "+", "-", "@", "\t", "\r", "\x00")
STARTS = st.sampled_from([*RISKY, "\n", " =", "\u00a0=", "\x00=", "\x01=", "\x0b+", "\x1f@", "\ufeff="])
TEXT = st.builds(str.__add__, STARTS, st.text(max_size=20)) | st.text(max_size=20)
COUNTS = st.integers(-5, 10**6)
DATES = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))
EXAMPLES = settings(max_examples=80, deadline=None)


def cells(content: bytes) -> list[Any]:
    """Every cell below the headings."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell for sheet in book.worksheets for row in sheet.iter_rows(min_row=2) for cell in row]


def assert_neutral(found: list[Any]) -> None:
    for cell in found:
        assert cell.data_type != "f"
        if isinstance(cell.value, str):
            assert not cell.value.startswith(RISKY) and not cell.value.lstrip(" \u00a0").startswith(RISKY)
            assert "\x00" not in cell.value and cell.number_format == "@"


@st.composite
def days(draw: st.DrawFn) -> tuple[DayPlan, dict[str, Care], dict[str, str]]:
    body = {name: draw(TEXT) for name in ("title", "employer", "place")} | {
        "eligibility": draw(st.sampled_from(["met", "unknown"]) | TEXT),
        "reasons": draw(st.lists(TEXT, max_size=2)),
        "near_miss": draw(st.lists(TEXT, max_size=2)),
        "verdicts": [{"text": draw(TEXT)}],
        "travel_minutes": draw(st.none() | COUNTS),
    }
    runner = {"title": draw(TEXT), "employer": draw(TEXT), "place": draw(TEXT), "vacancy": draw(TEXT)}
    one = Proposal(participant="P1", vacancy=draw(TEXT), employer=draw(TEXT), occupation="", points=1, loss=0,
                   first_choice="v", runners_up=(runner,), body=body)  # fmt: skip
    none = Abstention(participant="P2", reason="floor", text=draw(TEXT), action=draw(TEXT))
    care = Care(participant="P1", case_worker=draw(TEXT), appointment_on=draw(DATES), due_on=draw(DATES))
    return DayPlan(DAY, "", [one], [none], {}), {"P1": care}, {"P1": draw(TEXT), "P2": draw(TEXT)}


@given(days())
@EXAMPLES
def test_a_case_workers_morning(drawn: tuple[DayPlan, dict[str, Care], dict[str, str]]) -> None:
    plan, cares, shown = drawn
    for desk in make_desks(plan, cares, shown):
        found = cells(render_desk(desk, 10))
        assert_neutral(found)
        wanted = [date for row in desk.proposals for date in (row.appointment, row.deadline) if date]
        assert sorted(cell.value.date() for cell in found if cell.is_date) == sorted(wanted)


@given(st.fixed_dictionaries({
    "employer": TEXT, "employer_id": TEXT, "title": TEXT, "bridge": TEXT, "source": TEXT, "persons": COUNTS,
    "vacancies": st.lists(st.fixed_dictionaries({"title": TEXT, "vacancy": TEXT, "persons": COUNTS}), max_size=2),
    "reply_rate": st.floats(0, 1), "replies_n": st.integers(0, 9),
}))  # fmt: skip
@EXAMPLES
def test_the_employer_services_file(row: dict[str, Any]) -> None:
    found = cells(render_employer_service({"near_misses": [row]}))
    assert_neutral(found)
    assert found[2].value == row["persons"] and found[2].data_type == "n"


@given(st.fixed_dictionaries(dict.fromkeys(("participant", "vacancy", "title", "rule", "text"), TEXT)), TEXT)
@EXAMPLES
def test_the_sample_of_exclusions(row: dict[str, str], shown: str) -> None:
    assert_neutral(cells(render_sample({"sampled_exclusions": [row]}, {row["participant"]: shown})))


@given(TEXT)
@settings(max_examples=500, deadline=None)
def test_a_cell_of_coded_titles(text: str) -> None:
    found = _safe(text)
    assert NUMBER.fullmatch(found) or not found.lstrip(" \u00a0").startswith((*RISKY, "\n"))


@pytest.mark.parametrize("cell", ["-5", "0", "-12,5", "-12.5", "1.234", "-1.234.567,89", "2022"])
def test_numbers_of_the_input_stay_numbers(cell: str) -> None:
    assert _safe(cell) == cell


@pytest.mark.parametrize(
    "cell",
    [
        " =1+1",
        "\n=1+1",
        "\u00a0=1",
        " \t=1",
        "\x0b=1",
        "-",
        "--5",
        "-5+1",
        "-5\n",
        "+49",
        "-1.2.3",
        "-1e5",
        "-٣",
        "-5%",
    ],
)
def test_what_only_begins_like_a_number_or_blank_is_text(cell: str) -> None:
    assert _safe(cell).startswith("'") and "\x0b" not in _safe(cell)


def test_the_file_of_coded_titles() -> None:
    risky = [
        "=1+1",
        "+49",
        "-5 Koch",
        "@SUM(A1)",
        '" =1"',
        '"\n=1"',
        '"\t=1"',
        '"\r=1"',
        '=HYPERLINK("x")'.replace('"', "'"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in.csv", Path(folder) / "out.csv"
        source.write_text("nr;titel\n" + "".join(f"{n};{one}\n" for n, one in enumerate(risky)), "utf-8")
        arguments = ["--file", str(source), "--column", "titel", "--out", str(out), "--data", folder]
        done = CliRunner().invoke(occupation, arguments)
        assert done.exit_code == 0, done.output
        with out.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file, delimiter=";")
    assert header == ["nr", "titel", *ADDED] and len(rows) == len(risky)
    for number, row in enumerate(rows):
        assert row[0] == str(number), "a number stays a number"
        assert not [cell for cell in row if cell.lstrip(" \u00a0").startswith((*RISKY, "\n"))], row


WRITERS = ("csv.writer", "csv.DictWriter", "Workbook", ".to_csv", ".to_excel")


def test_these_are_all_exports() -> None:
    """Whoever writes a table for people is tested here; training writes the synthetic demo office alone."""
    found = {file for file, tree in trees().items() if any(name.endswith(WRITERS) for name in called(tree))}
    assert found == {"matcher/commands/occupation.py", "matcher/render/day_xlsx.py", "training/demo_office/write.py"}
