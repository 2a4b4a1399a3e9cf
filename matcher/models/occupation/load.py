"""Loads the active register: the imported one of a data folder if present, else the bundled one."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from matcher.errors import MatcherError
from matcher.models.occupation.artefact import load_model, save_model
from matcher.models.occupation.blend import load_blend
from matcher.models.occupation.importing import MODEL
from matcher.models.occupation.matcher import OccupationMatcher
from matcher.models.occupation.model import OccupationModel, build_model
from matcher.models.occupation.neighbours import expert_pairs
from matcher.models.occupation.register import load_bundled, load_synonyms
from matcher.models.occupation.sources import FOLDER, bundled_hash
from matcher.models.occupation.values import RegisterInfo

CACHE = ("cache", "occupation_bundled")


def load_matcher(data_dir: Path | None = None) -> OccupationMatcher:
    """The matcher over the register in force; built or read once per process and folder.

    Without a data folder, or when nothing was imported there, the bundled register answers. With a folder its
    built form is kept in `<data>/cache/`.
    """
    if data_dir is None:
        return _bundled(None, bundled_hash())
    manifest = (data_dir / FOLDER / MODEL).with_suffix(".json")
    if manifest.is_file():
        found = _imported(data_dir, manifest.stat().st_mtime_ns)
        if found is not None:
            return found
    return _bundled(data_dir, bundled_hash())


@lru_cache(maxsize=4)
def _imported(data_dir: Path, _changed: int) -> OccupationMatcher | None:
    loaded = load_model(data_dir / FOLDER / MODEL)
    if loaded is None:
        return None
    model, about, digest = loaded
    return _matcher(model, about, digest, "register_prior" if model.prior else "register", data_dir)


@lru_cache(maxsize=4)
def _bundled(data_dir: Path | None, sha256: str) -> OccupationMatcher:
    stem = data_dir.joinpath(*CACHE) if data_dir is not None and data_dir.is_dir() else None
    loaded = _kept(stem) if stem is not None else None
    if loaded is not None and loaded[1]["sources_sha256"] == sha256:
        return _matcher(loaded[0], loaded[1], loaded[2], "bundled", data_dir)
    register = load_bundled()
    model = build_model(register.titles, (), load_synonyms())
    about = {"name": register.name, "fassung": register.fassung, "prior_rows": 0, "sources_sha256": sha256}
    digest = save_model(model, stem, about) if stem is not None else register.sha256
    return _matcher(model, about, digest, "bundled", data_dir)


def _kept(stem: Path) -> tuple[OccupationModel, dict[str, Any], str] | None:
    """The cached model; None, so that it is built anew, where it is absent, damaged or of another format."""
    try:
        return load_model(stem)
    except MatcherError:
        return None


def _matcher(
    model: OccupationModel, about: dict[str, Any], digest: str, blend: str, data_dir: Path | None
) -> OccupationMatcher:
    pairs = sum(len(row) for row in expert_pairs(data_dir).values()) // 2
    info = RegisterInfo(
        name=str(about["name"]),
        fassung=str(about["fassung"]),
        titles=len(model.documents),
        codes=len(model.codes),
        groups=len({code[:3] for code in model.codes}),
        synonyms=len(model.synonyms),
        prior_rows=int(about["prior_rows"]),
        neighbour_pairs=pairs,
        sha256=digest,
    )
    return OccupationMatcher(model, load_blend(blend), info)
