"""A register of occupation titles with KldB 2010 codes, and the bundled one of `catalog/occupations/`."""

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import CatalogProblems, Problem
from matcher.models.occupation.forms import both_forms
from matcher.paths import catalog_path

BUNDLED_FASSUNG = "KldB 2010, Fassung 2020"
SYNONYMS = "synonyms.csv"


@dataclass(frozen=True, slots=True)
class Title:
    """One title: neutral short form, masculine and feminine form, code of five digits, weight of evidence."""

    code: str
    neutral: str
    male: str
    female: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Register:
    """Titles of one list; `sha256` is the hash of what was read."""

    name: str
    fassung: str
    titles: tuple[Title, ...]
    sha256: str


def title(code: str, neutral: str, male: str = "", female: str = "", weight: float = 1.0) -> Title:
    """A title whose missing forms are derived by rule."""
    derived = both_forms(neutral)
    return Title(code, neutral, male or derived[0], female or derived[1], weight)


def register_files() -> tuple[Path, ...]:
    """Files of the bundled register, in order of name."""
    folder = catalog_path() / "occupations"
    return tuple(sorted(path for path in folder.glob("*.csv")))


def files_hash(paths: Iterable[Path]) -> str:
    """sha256 over names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def load_bundled() -> Register:
    """The project's own register; raises CatalogProblems when a row is not `code,title`."""
    files = register_files()
    titles: dict[tuple[str, str], Title] = {}
    problems: list[Problem] = []
    for path in files:
        if path.name == SYNONYMS:
            continue
        for number, code, text in _rows(path, problems):
            if len(code) != 5 or not code.isdigit():
                problems.append(
                    Problem(
                        path.name,
                        number,
                        "code",
                        code,
                        "Not a code of five digits.",
                        "Write the KldB 2010 code with its leading zero.",
                    )
                )
                continue
            titles.setdefault((code, text), title(code, text))
    if problems:
        raise CatalogProblems(problems)
    return Register("bundled", BUNDLED_FASSUNG, tuple(titles.values()), files_hash(files))


def load_synonyms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Everyday words and the codes they may mean, most likely first (`catalog/occupations/synonyms.csv`)."""
    path = catalog_path() / "occupations" / SYNONYMS
    if not path.is_file():
        return ()
    problems: list[Problem] = []
    rows = []
    for number, text, codes in _rows(path, problems):
        wanted = tuple(code.strip() for code in codes.split("|") if code.strip())
        if not wanted or any(len(code) != 5 or not code.isdigit() for code in wanted):
            problems.append(
                Problem(
                    path.name,
                    number,
                    "code",
                    codes,
                    "Not codes of five digits.",
                    "Write codes with leading zeros, parted by |.",
                )
            )
            continue
        rows.append((text, wanted))
    if problems:
        raise CatalogProblems(problems)
    return tuple(rows)


def _rows(path: Path, problems: list[Problem]) -> Iterable[tuple[int, str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader, None)
        for row in reader:
            if len(row) == 2 and row[0].strip() and row[1].strip():
                yield reader.line_num, row[0].strip(), row[1].strip()
            elif row:
                problems.append(
                    Problem(
                        path.name,
                        reader.line_num,
                        None,
                        ",".join(row),
                        "Two cells are expected.",
                        "Quote titles that contain a comma.",
                    )
                )
