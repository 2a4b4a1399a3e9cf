"""Refusing files before they can hurt: size, zip density, active content, XML entities.

Source: requirements on imports (OWASP ASVS 5.2.1 and 5.2.3): the sizes a zip announces are summed before
any member is opened, and what is opened afterwards runs in a process with a memory limit
(`matcher.read.xlsx`).
"""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import InputProblems, Problem, UnsafeFile

MEGABYTE = 1_000_000
PROLOG_BYTES = 65_536
ZIP_MAGIC = b"PK\x03\x04"
_ROOT = re.compile(rb"<[A-Za-z_]")
_ACTIVE = (
    ("xl/vbaproject", "macros"),
    ("xl/externallinks/", "links to other files"),
    ("xl/embeddings/", "embedded objects"),
    ("xl/activex/", "ActiveX controls"),
    ("xl/connections", "data connections"),
    ("xl/querytables/", "data connections"),
)
_OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "an RTF file"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What an input file may be at most; the first two are settings, the rest leaves room for real lists."""

    file_bytes: int = 64 * MEGABYTE
    rows: int = 1_000_000
    columns: int = 500
    cell_chars: int = 32_767
    line_chars: int = 1_000_000
    zip_members: int = 1_000
    zip_bytes: int = 150 * MEGABYTE
    zip_ratio: int = 150
    memory_bytes: int = 1_500 * MEGABYTE
    seconds: int = 120

    @classmethod
    def of(cls, data_dir: Path | None = None) -> "Limits":
        """The limits under the settings in force."""
        from matcher.settings import setting

        size, rows = setting("max_file_mb", data_dir), setting("max_rows", data_dir)
        return cls(file_bytes=int(size) * MEGABYTE, rows=int(rows))


def refuse(path: Path, message: str, remedy: str) -> InputProblems:
    """The error for a file that cannot be read at all."""
    return InputProblems([Problem(path.name, None, None, None, message, remedy)])


def check_file(path: Path, limits: Limits) -> bytes:
    """Make sure that `path` is a readable file within the limits; return its first bytes."""
    if not path.exists():
        raise refuse(path, f"does not exist ({path}).", "Check the path and its spelling.")
    if path.is_dir():
        raise refuse(path, "is a folder.", "Name one file; several files are imported one after the other.")
    if not path.is_file():
        raise UnsafeFile(f"{path.name} is not a regular file.", "Copy the data into a file first.")
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise UnsafeFile(
            f"{path.name} has {size // MEGABYTE} MB; at most {limits.file_bytes // MEGABYTE} MB are read.",
            "Split the file, or raise the setting max_file_mb.",
        )
    if size == 0:
        raise refuse(path, "is empty.", "Export it again; it needs a header row and at least one row.")
    try:
        with path.open("rb") as file:
            head = file.read(PROLOG_BYTES)
    except OSError as error:
        raise refuse(path, f"cannot be opened ({error.strerror}).", "Check the permissions.") from error
    _refuse_other_kinds(path, head)
    return head


def _refuse_other_kinds(path: Path, head: bytes) -> None:
    for magic, kind in _OTHER_KINDS:
        if head.startswith(magic):
            raise refuse(path, f"is {kind}.", "Save it as XLSX or CSV (UTF-8) and import that file.")


def check_workbook(path: Path, limits: Limits) -> None:
    """Inspect an XLSX file without unpacking it; raises UnsafeFile or InputProblems."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_sizes(path, members, limits)
            _check_content(path, [member.filename for member in members])
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")):
                    _check_prolog(path, archive, member)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise refuse(
            path,
            f"is damaged or encrypted ({error}).",
            "Open it in a spreadsheet program and save it again as XLSX without a password.",
        ) from error


def _check_sizes(path: Path, members: list[zipfile.ZipInfo], limits: Limits) -> None:
    remedy = "Save only the list as a new XLSX or CSV file and import that."
    if len(members) > limits.zip_members:
        raise UnsafeFile(f"{path.name} holds {len(members)} parts; at most {limits.zip_members} are read.", remedy)
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.zip_bytes:
        raise UnsafeFile(
            f"{path.name} unpacks to {unpacked // MEGABYTE} MB; limit {limits.zip_bytes // MEGABYTE} MB.",
            remedy,
        )
    for member in members:
        if member.file_size > max(MEGABYTE, limits.zip_ratio * member.compress_size):
            raise UnsafeFile(
                f"{path.name}: {member.filename[:80]!r} is compressed more than {limits.zip_ratio} times.",
                remedy,
            )


def _check_content(path: Path, names: list[str]) -> None:
    lowered = [name.lower() for name in names]
    for prefix, what in _ACTIVE:
        if any(name.startswith(prefix) for name in lowered):
            raise UnsafeFile(
                f"{path.name} carries {what}.",
                "Copy the list as values into a new workbook and save it as XLSX.",
            )
    if "[content_types].xml" not in lowered or not any(name.startswith("xl/worksheets/") for name in lowered):
        raise refuse(path, "is a zip archive, but not an XLSX workbook.", "Save the list as XLSX or CSV (UTF-8).")


def _check_prolog(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    with archive.open(member) as part:
        head = part.read(PROLOG_BYTES)
    root = _ROOT.search(head)
    prolog = head if root is None else head[: root.start()]
    if b"<!" in prolog.replace(b"<!--", b"") or b"\x00" in head or root is None:
        raise UnsafeFile(
            f"{path.name}: part {member.filename[:80]!r} declares a document type or is not plain XML.",
            "Save the list again with a spreadsheet program.",
        )
