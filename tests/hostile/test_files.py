"""Hostile files are refused with a reason, in bounded memory, and leave nothing behind.

The files are made here; each case runs in a process whose address space is limited, so that a reader that takes a
file into memory fails instead of passing slowly.
"""

import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from matcher.errors import MatcherError, UnsafeFile
from matcher.read.safe import MEGABYTE, Limits, check_workbook
from matcher.read.xlsx import read_workbook
from tests.read.shared import ROOT

MEMORY = 450 * MEGABYTE
RUN = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from pathlib import Path
from matcher.errors import MatcherError
from matcher.read.participants import read_participants
from matcher.read.jobsuche import read_jobsuche
from matcher.read.profile_file import read_profiles
import datetime as dt
answers = []
for read in (lambda path: read_participants(path, today=dt.date(2022, 5, 2)), read_jobsuche,
             lambda path: read_profiles(path, today=dt.date(2022, 5, 2))):
    try:
        read(Path(sys.argv[1]))
        answers.append("read")
    except MatcherError as error:
        answers.append(f"{type(error).__name__}: {error}")
print(json.dumps(answers))
"""
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def workbook(path: Path, extra: dict[str, bytes] | None = None, replace: dict[str, bytes] | None = None) -> Path:
    """A small real workbook, with parts added or replaced."""
    buffer, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["Kundennummer", "Alter"])
    book.active.append(["1", 30])
    book.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, (replace or {}).get(name, source.read(name)))
        for name, data in (extra or {}).items():
            target.writestr(name, data)
    return path


def sparse_gigabytes(path: Path) -> Path:
    """A CSV whose second row is one cell of 2 GB (a hole in the file, so it costs no space)."""
    with path.open("wb") as file:
        file.write(b"Kundennummer;Alter\n1;")
        file.seek(2_000_000_000)
        file.write(b"x\n")
    return path


def endless_line(path: Path) -> Path:
    path.write_bytes(b"Kundennummer;Alter\n1;" + b"a" * 50_000_000 + b"\n")
    return path


def endless_quote(path: Path) -> Path:
    path.write_bytes(b'Kundennummer;Alter\n1;"' + b"a;\n" * 10_000_000)
    return path


def endless_header(path: Path) -> Path:
    path.write_bytes(b";".join(b"s%d" % n for n in range(90_000)) + b"\n1;2\n")
    return path


def nul_file(path: Path) -> Path:
    path.write_bytes(b"Kundennummer;Alter\n" + b"1;2\n" * 20_000 + b"\0" * 1000)
    return path


def zip_bomb(path: Path) -> Path:
    return workbook(path, {"xl/worksheets/sheet2.xml": b"0" * 300_000_000})


def dense_sheet(path: Path) -> Path:
    row = '<row><c t="inlineStr"><is><t>a</t></is></c></row>'
    return workbook(path, replace={"xl/worksheets/sheet1.xml": SHEET.format(row * 1_500_000).encode()})


def endless_cell(path: Path) -> Path:
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "ab" * 400_000 + "</t></is></c></row>"
    return workbook(path, replace={"xl/worksheets/sheet1.xml": SHEET.format(cell).encode()})


def many_members(path: Path) -> Path:
    return workbook(path, {f"xl/media/image{n}.png": b"x" for n in range(2_000)})


def lying_size(path: Path) -> Path:
    """A member that announces 10 bytes and unpacks to 100 MB."""
    workbook(path, {"xl/worksheets/sheet9.xml": b"0" * 100_000_000})
    data = path.read_bytes()
    path.write_bytes(data.replace((100_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    return path


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY a "&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><t>&b;</t></si></sst>"""
EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>&f;</sheetData></worksheet>"""


def truncated(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:2_000])
    return path


def plain_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    return path


FILES: dict[str, Callable[[Path], Path]] = {
    "cell_of_2_gb.csv": sparse_gigabytes,
    "endless_line.csv": endless_line,
    "endless_quote.csv": endless_quote,
    "endless_header.csv": endless_header,
    "nul.csv": nul_file,
    "zip_bomb.xlsx": zip_bomb,
    "dense_sheet.xlsx": dense_sheet,
    "endless_cell.xlsx": endless_cell,
    "many_members.xlsx": many_members,
    "lying_size.xlsx": lying_size,
    "billion_laughs.xlsx": lambda path: workbook(path, {"xl/sharedStrings2.xml": LAUGHS}),
    "external_entity.xlsx": lambda path: workbook(path, replace={"xl/worksheets/sheet1.xml": EXTERNAL}),
    "utf16_doctype.xlsx": lambda path: workbook(path, {"xl/x.xml": LAUGHS.decode().encode("utf-16")}),
    "macros.xlsx": lambda path: workbook(path, {"xl/vbaProject.bin": b"x"}),
    "external_links.xlsx": lambda path: workbook(path, {"xl/externalLinks/externalLink1.xml": b"<a/>"}),
    "embedded.xlsx": lambda path: workbook(path, {"xl/embeddings/oleObject1.bin": b"x"}),
    "connections.xlsx": lambda path: workbook(path, {"xl/connections.xml": b"<a/>"}),
    "truncated.xlsx": lambda path: truncated(workbook(path)),
    "plain_zip.xlsx": plain_zip,
    "broken_sheet.xlsx": lambda path: workbook(path, replace={"xl/worksheets/sheet1.xml": b"<worksheet><a>"}),
}


@pytest.mark.skipif(sys.platform == "win32", reason="memory limits need the resource module")
@pytest.mark.parametrize("name", FILES)
def test_hostile_files_are_refused_in_bounded_memory(tmp_path: Path, name: str) -> None:
    path = FILES[name](tmp_path / name)
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(path), str(MEMORY)], capture_output=True, cwd=ROOT, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    answers = json.loads(done.stdout)
    assert len(answers) == 3
    for answer in answers:
        assert answer.startswith(("UnsafeFile", "InputProblems")), answer
        assert "root:" not in answer


def test_the_ordinary_workbook_is_read(tmp_path: Path) -> None:
    (sheet,) = read_workbook(workbook(tmp_path / "a.xlsx"), Limits())
    assert sheet.rows == [["Kundennummer", "Alter"], ["1", "30"]]


@pytest.mark.parametrize("limits", [Limits(rows=1), Limits(cell_chars=3), Limits(columns=1)])
def test_limits_hold_inside_the_limited_process(tmp_path: Path, limits: Limits) -> None:
    with pytest.raises(UnsafeFile):
        read_workbook(workbook(tmp_path / "a.xlsx"), limits)


@pytest.mark.skipif(sys.platform == "win32", reason="memory limits need the resource module")
def test_the_limited_process_has_a_memory_limit(tmp_path: Path) -> None:
    text = random.Random(1).randbytes(15_000_000).hex()
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'
    path = workbook(tmp_path / "a.xlsx", replace={"xl/worksheets/sheet1.xml": SHEET.format(cell).encode()})
    check_workbook(path, Limits())
    with pytest.raises(UnsafeFile, match="memory"):
        read_workbook(path, Limits(memory_bytes=60 * MEGABYTE))


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"])
def test_formulas_are_problems_in_both_formats(tmp_path: Path, formula: str) -> None:
    import datetime as dt

    from matcher.read.participants import read_participants

    book = openpyxl.Workbook()
    book.active.append(["Kundennummer", "Wünsche"])
    book.active.append(["1", formula])
    book.save(tmp_path / "a.xlsx")
    quoted = formula.replace('"', '""')
    (tmp_path / "a.csv").write_text(f'Kundennummer;Wünsche\n1;"{quoted}"\n', "utf-8")
    for name in ("a.xlsx", "a.csv"):
        with pytest.raises(MatcherError, match="formula"):
            read_participants(tmp_path / name, today=dt.date(2022, 5, 2))
