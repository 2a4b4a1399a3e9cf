"""The built model as files: `<name>.npz` (arrays, no pickles) and `<name>.json` (texts and manifest with hashes).

Format 2. Raise FORMAT when the meaning of an array or text changes; other files are then refused.
"""

import hashlib
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from matcher.errors import MatcherError
from matcher.models.occupation.gender import GenderWords
from matcher.models.occupation.index import NgramIndex
from matcher.models.occupation.model import Distribution, OccupationModel, joined_form, places, three_digit_groups
from matcher.models.occupation.spelling import build_speller
from matcher.models.occupation.subword import SubwordModel

FORMAT = 2
_EPOCH = (1980, 1, 1, 0, 0, 0)


def save_model(model: OccupationModel, stem: Path, about: Mapping[str, object]) -> str:
    """Write both files, the manifest last; returns the sha256 of the arrays. Equal models give equal bytes."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    content = _npz(_arrays(model))
    digest = hashlib.sha256(content).hexdigest()
    told = {"about": dict(about), "texts": _texts(model)}
    manifest = {"format": FORMAT, "sha256": digest, "told_sha256": _told_sha256(told), **told}
    write_whole(stem.with_suffix(".npz"), content)
    write_whole(stem.with_suffix(".json"), orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS))
    return digest


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that readers see the old or the new content, never half of it."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def load_model(stem: Path) -> tuple[OccupationModel, dict[str, Any], str] | None:
    """Model, what was said about it and the hash of its arrays; None when absent.

    Raises MatcherError when the files are of another format, damaged or do not belong together.
    """
    manifest_path, arrays_path = stem.with_suffix(".json"), stem.with_suffix(".npz")
    if not manifest_path.is_file() or not arrays_path.is_file():
        return None
    try:
        manifest = orjson.loads(manifest_path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise _damaged(manifest_path) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise _refused(manifest_path, f"is not of format {FORMAT}")
    told = {name: manifest.get(name) for name in ("about", "texts")}
    if manifest.get("told_sha256") != _told_sha256(told):
        raise _damaged(manifest_path)
    content = arrays_path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != manifest.get("sha256"):
        raise _damaged(arrays_path)
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        model = _model({name: arrays[name] for name in arrays.files}, manifest["texts"])
    return model, manifest["about"], digest


def _told_sha256(told: Mapping[str, object]) -> str:
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _damaged(path: Path) -> MatcherError:
    return _refused(path, "does not match its manifest")


def _refused(path: Path, what: str) -> MatcherError:
    return MatcherError(
        f"{path} {what}.",
        "Run `matcher import occupations FILE` again, or delete the two files to use the bundled register.",
    )


def _npz(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """An uncompressed npz whose bytes depend on the arrays alone (no time stamps)."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(arrays):
            part = io.BytesIO()
            np.lib.format.write_array(part, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _EPOCH), part.getvalue())
    return out.getvalue()


def _arrays(model: OccupationModel) -> dict[str, NDArray[Any]]:
    index = model.index
    arrays: dict[str, NDArray[Any]] = {
        "first": model.first,
        "frequency": model.frequency,
        "index_keys": index.keys,
        "index_idf": index.idf,
        "index_start": index.start,
        "index_doc": index.doc,
        "index_weight": index.weight,
    }
    if model.subword is not None:
        sub = model.subword
        arrays |= {"sub_keys": sub.keys, "sub_embedding": sub.embedding, "sub_output": sub.output, "sub_bias": sub.bias}
    return arrays


def _texts(model: OccupationModel) -> dict[str, Any]:
    return {
        "codes": model.codes,
        "documents": model.documents,
        "titles": model.titles,
        "pairs": dict(model.gender.pairs),
        "known": sorted(model.gender.known),
        "synonyms": dict(model.synonyms),
        "prior": dict(model.prior),
    }


def _model(arrays: Mapping[str, NDArray[Any]], texts: Mapping[str, Any]) -> OccupationModel:
    documents = tuple(texts["documents"])
    index = NgramIndex(
        arrays["index_keys"],
        arrays["index_idf"],
        arrays["index_start"],
        arrays["index_doc"],
        arrays["index_weight"],
        len(documents),
    )
    subword = None
    if "sub_keys" in arrays:
        subword = SubwordModel(arrays["sub_keys"], arrays["sub_embedding"], arrays["sub_output"], arrays["sub_bias"])
    synonyms: Distribution = texts["synonyms"]
    prior: Distribution = texts["prior"]
    codes = tuple(texts["codes"])
    group_first, group_of = three_digit_groups(codes)
    return OccupationModel(
        codes=codes,
        first=arrays["first"],
        documents=documents,
        titles=tuple(texts["titles"]),
        index=index,
        gender=GenderWords(texts["pairs"], frozenset(texts["known"])),
        exact=places(documents),
        joined=places([joined_form(words) for words in documents]),
        speller=build_speller(documents),
        synonyms=synonyms,
        prior=prior,
        frequency=arrays["frequency"],
        group_first=group_first,
        group_of=group_of,
        subword=subword,
    )
