"""What a model is built from: the register in force, titles that are added to it, synonyms and survey counts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli

from matcher.models.occupation.register import (
    BUNDLED_FASSUNG,
    Register,
    Title,
    files_hash,
    load_bundled,
    load_synonyms,
    register_files,
    title,
)
from matcher.paths import catalog_path

FOLDER = "occupations"
REGISTER, PRIOR, AUXCO = "register.json", "prior.json", "auxco.json"

Synonyms = Sequence[tuple[str, tuple[str, ...]]]
Prior = Sequence[tuple[str, str, float]]


@dataclass(frozen=True, slots=True)
class Sources:
    """`base` is the register in force; `added` are further titles whose codes exist in it."""

    base: Register
    added: tuple[Title, ...]
    synonyms: Synonyms
    prior: Prior


@lru_cache(maxsize=1)
def source_weights() -> Mapping[str, float]:
    """Sampling weight by kind of text (`catalog/occupation_fit.toml`)."""
    weights: dict[str, float] = tomli.loads((catalog_path() / "occupation_fit.toml").read_text("utf-8"))["weights"]
    return weights


def marked_fassung(rows: Sequence[tuple[str, str]], named: str) -> str:
    """Edition of a list from the codes of its marker titles (`catalog/occupation_fassung.toml`).

    `rows` are (code, title); `named` is the year the file names itself ("" if none).
    """
    data = tomli.loads((catalog_path() / "occupation_fassung.toml").read_text("utf-8"))
    for marker in data["marker"]:
        codes = {code for code, text in rows if text == marker["title"]}
        for edition in ("fassung_2020", "fassung_2010"):
            if marker[edition] in codes:
                return str(data["names"][edition])
    return str(data["names"]["fassung_2020" if named == "2020" else "unknown"])


def imported_sources(data_dir: Path, replaced: Mapping[str, Any] | None = None) -> Sources:
    """Sources of a data folder; `replaced` are contents (by file name) about to be written."""
    folder = data_dir / FOLDER
    new = replaced or {}
    register = _content(folder / REGISTER, new)
    bundled, weights = load_bundled(), source_weights()
    base = bundled if register is None else _register(register)
    added: list[Title] = []
    if register is not None and base.fassung == BUNDLED_FASSUNG:
        added += [Title(t.code, t.neutral, t.male, t.female, weights["bundled"]) for t in bundled.titles]
    auxco = _content(folder / AUXCO, new)
    if auxco is not None:
        added += [title(code, text, weight=weights["auxco"]) for code, text in auxco["titles"]]
    prior = _content(folder / PRIOR, new)
    counts = [] if prior is None else [(key, code, float(count)) for key, code, count in prior["rows"]]
    known = {row.code for row in base.titles}
    return Sources(base, tuple(row for row in added if row.code in known), load_synonyms(), counts)


def _content(path: Path, new: Mapping[str, Any]) -> dict[str, Any] | None:
    if path.name in new:
        content: dict[str, Any] = new[path.name]
    elif path.is_file():
        content = json.loads(path.read_text("utf-8"))
    else:
        return None
    return content


def _register(content: Mapping[str, Any]) -> Register:
    rows = content["rows"]
    titles = tuple(title(code, neutral, male, female) for code, neutral, male, female in rows)
    return Register(str(content["layout"]), str(content["fassung"]), titles, str(content["sha256"]))


def bundled_hash() -> str:
    """Hash of everything the bundled model is built from: titles, synonyms and word lists."""
    return files_hash([*register_files(), catalog_path() / "occupation_words.toml"])
