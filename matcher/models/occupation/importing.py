"""Takes an official list, survey counts or expert neighbours into a data folder and builds the model anew."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from matcher.errors import MatcherError
from matcher.models.occupation.artefact import save_model, write_whole
from matcher.models.occupation.build import build_trained
from matcher.models.occupation.nearness import expert_ratings
from matcher.models.occupation.neighbours import FILE as NEIGHBOURS
from matcher.models.occupation.sources import AUXCO, FOLDER, PRIOR, REGISTER, imported_sources, marked_fassung

KINDS = ("register", "prior", "auxco")
MODEL = "model"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: kind and layout of the file, rows taken, codes covered, rows left out by reason,
    the edition now in force, titles and codes of the model, its hash."""

    kind: str
    layout: str
    rows: int
    left_out: dict[str, int]
    fassung: str
    titles: int
    codes: int
    groups: int
    sha256: str

    def __str__(self) -> str:
        left = "".join(f", {count} left out ({reason})" for reason, count in self.left_out.items() if count)
        return (
            f"{self.layout}: {self.rows} rows taken{left}. Register now: {self.titles} titles, {self.codes} codes, "
            f"{self.groups} three-digit groups, {self.fassung}."
        )


def import_occupations(
    path: Path, kind: str, data_dir: Path, progress: Callable[[float], None] | None = None
) -> ImportReport:
    """Import FILE as `register`, `prior` or `auxco`; nothing changes when anything is wrong with it.

    Building takes one to three minutes for an official list. Raises InputProblems, UnsafeFile or MatcherError.
    """
    if kind not in KINDS:
        raise MatcherError(f"There is no kind {kind!r} of occupation file.", f"Choose one of: {', '.join(KINDS)}.")
    layout, contents, rows, left_out = _READERS[kind](path)
    sources = imported_sources(data_dir, contents)
    if kind == "register" and not sources.base.titles:
        raise MatcherError(f"{path.name} holds no titles.", "Import the list as downloaded.")
    model = build_trained(sources, progress)
    folder = data_dir / FOLDER
    about = {
        "name": sources.base.name,
        "fassung": sources.base.fassung,
        "register_sha256": sources.base.sha256,
        "prior_rows": len(sources.prior),
        "added_titles": len(sources.added),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        write_whole(folder / name, orjson.dumps(content))
    digest = save_model(model, folder / MODEL, about)
    groups = len({code[:3] for code in model.codes})
    return ImportReport(
        kind, layout, rows, left_out, sources.base.fassung, len(model.documents), len(model.codes), groups, digest
    )


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


_Read = tuple[str, dict[str, Any], int, dict[str, int]]


def _register(path: Path) -> _Read:
    from matcher.read.occupations import read_occupation_list

    found = read_occupation_list(path)
    rows = sorted({(row.code, row.title, row.male, row.female) for row in found.rows})
    fassung = marked_fassung([(row.code, row.title) for row in found.rows], found.named_fassung)
    content = {"layout": found.layout, "fassung": fassung, "sha256": _hash(path), "rows": rows}
    return found.layout, {REGISTER: content}, len(rows), found.left_out


def _prior(path: Path) -> _Read:
    from matcher.read.occupation_extras import read_prior

    rows = sorted((row.key, row.code, row.count) for row in read_prior(path))
    return "survey counts", {PRIOR: {"sha256": _hash(path), "rows": rows}}, len(rows), {}


def _auxco(path: Path) -> _Read:
    from matcher.read.occupation_extras import read_auxco

    found = read_auxco(path)
    ratings = expert_ratings()
    pairs: dict[str, dict[str, float]] = {}
    unknown = 0
    for pair in found.neighbours:
        if pair.rating not in ratings:
            unknown += 1
            continue
        for left, right in ((pair.code, pair.other), (pair.other, pair.code)):
            row = pairs.setdefault(left, {})
            row[right] = max(row.get(right, 0.0), ratings[pair.rating])
    titles = [(row.code, row.title) for row in found.titles]
    contents = {
        AUXCO: {"sha256": _hash(path), "titles": titles},
        NEIGHBOURS: {
            "sha256": _hash(path),
            "pairs": {code: dict(sorted(row.items())) for code, row in sorted(pairs.items())},
        },
    }
    layout = f"AuxCO ({', '.join(found.files)})"
    return layout, contents, len(found.neighbours) + len(titles), {"unknown rating": unknown}


_READERS: dict[str, Callable[[Path], _Read]] = {"register": _register, "prior": _prior, "auxco": _auxco}
