"""What people open: text is never a formula, ten in sight, ordered by appointment and deadline, no points."""

import datetime as dt
import io
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.daily.plan import plan_day
from matcher.daily.values import Abstention, Care, DayPlan, Proposal
from matcher.render.cells import RISKY, safe_text
from matcher.render.day_files import write_day
from matcher.render.day_page import render_page
from matcher.render.day_rows import file_stem, make_desks
from matcher.render.day_xlsx import render_desk, render_employer_service, render_sample
from tests.daily.conftest import Demo

DAY = dt.date(2022, 5, 2)
SCORED = re.compile(r"\b\d{7,8}\b|Punkte|Score|Gini|nicht geeignet|marktfern|zumutbar|Hemmnis|Prozent|%")


@given(st.text(max_size=60))
def test_no_text_is_a_formula(text: str) -> None:
    safe = safe_text(text)
    assert not safe.startswith(RISKY) and "\x00" not in safe
    assert safe_text(safe) == safe


def proposal(number: int, title: str = "Helfer") -> Proposal:
    body = {"title": title, "employer": "=cmd", "place": "Döbeln", "reasons": ["+1"], "eligibility": "met"}
    return Proposal(
        participant=f"P{number:02d}",
        vacancy=f"V{number}",
        employer="e",
        occupation="",
        points=9_999_999,
        loss=0,
        first_choice=f"V{number}",
        runners_up=(),
        body=body | {"open_until": f"2022-06-{30 - number:02d}"},
    )


def plan(count: int) -> DayPlan:
    nothing = [Abstention(participant="P99", reason="data_missing", text="Es fehlt <b>etwas</b>.", action="Fragen.")]
    return DayPlan(DAY, "", [proposal(number) for number in range(count)], nothing, {"near_misses": []})


def test_ordered_by_appointment_then_deadline() -> None:
    cares = {"P03": Care(participant="P03", appointment_on=DAY), "P01": Care(participant="P01", due_on=DAY)}
    (desk,) = make_desks(plan(5), cares, {"P00": "042D1"})
    assert [row.person for row in desk.proposals] == ["P03", "P01", "P04", "P02", "042D1"]


def test_ten_in_sight_the_rest_folded() -> None:
    (desk,) = make_desks(plan(14), {}, {})
    page = render_page(desk, 10)
    assert page.split("<details>")[0].count("<article>") == 10 and page.count("<article>") == 14
    assert "4 weitere Vorschläge" in page
    sheet = openpyxl.load_workbook(io.BytesIO(render_desk(desk, 10))).worksheets[0]
    hidden = [number for number in range(2, 16) if sheet.row_dimensions[number].hidden]
    assert hidden == [12, 13, 14, 15]


def test_cells_are_text_and_markup_is_escaped() -> None:
    (desk,) = make_desks(plan(1), {}, {})
    book = openpyxl.load_workbook(io.BytesIO(render_desk(desk, 10)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert "'=cmd" in [cell.value for cell in cells]
    assert "<b>etwas" not in render_page(desk, 10)


@pytest.mark.parametrize("name", ["Müller-Lüdenscheidt", "../../etc", "", "Ж"])
def test_file_names_are_plain(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", file_stem(name))


def test_pages_show_no_points_and_nobody_else(demo: Demo, tmp_path: Path) -> None:
    day = plan_day(demo.morning())
    cares = {one.id: Care(participant=one.id, case_worker=f"IFK {n % 3}") for n, one in enumerate(demo.profiles)}
    files = write_day(day, cares, {}, tmp_path / "out", 10)
    assert len([file for file in files if file.suffix == ".html"]) == 3
    for number, file in enumerate(sorted(file for file in files if file.suffix == ".html")):
        page = re.sub(r"<style>.*?</style>|\d{5}-\d{10}-S", "", file.read_text("utf-8"), flags=re.DOTALL)
        assert not SCORED.search(page), SCORED.search(page)
        others = {one.id for n, one in enumerate(demo.profiles) if n % 3 != number}
        assert not any(f">{key}<" in page for key in others)
    assert write_day(day, cares, {}, tmp_path / "out", 10) == files
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    service = openpyxl.load_workbook(io.BytesIO(render_employer_service(day.report)))
    assert service.sheetnames == ["Brücken"] and service.worksheets[0].max_row > 5
    named = {str(cell.value) for row in service.worksheets[0] for cell in row}
    assert not any(one.id in text for one in demo.profiles for text in named), "the employer service is shown nobody"
    sample = openpyxl.load_workbook(io.BytesIO(render_sample(day.report, {"T0084": "Nr. 84"})))
    assert sample.sheetnames == ["Stichprobe Ausschlüsse"]
    assert sample.worksheets[0].max_row == 1 + len(day.report["sampled_exclusions"])
