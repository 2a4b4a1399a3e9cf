"""Imported expert neighbours of occupations; without an import there are none."""

import json
from functools import lru_cache
from pathlib import Path

FOLDER = "occupations"
FILE = "neighbours.json"


def expert_pairs(data_dir: Path | None) -> dict[str, dict[str, float]]:
    """Code -> neighbouring code -> nearness in [0, 1] of the import in a data folder."""
    if data_dir is None:
        return {}
    path = data_dir / FOLDER / FILE
    if not path.is_file():
        return {}
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> dict[str, dict[str, float]]:
    content: dict[str, dict[str, float]] = json.loads(path.read_text("utf-8"))["pairs"]
    return content
