"""How near two occupations are: KldB tree, requirement level, Berufsfelder, curated moves, expert neighbours.

The same function serves features, chains and demand. Values: `catalog/occupation_nearness.toml` and
`catalog/occupation_moves.toml`; imported expert pairs raise them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import tomli
from numpy.typing import NDArray

from matcher.models.occupation.berufsfelder import berufsfeld_title, near_berufsfelder_of
from matcher.models.occupation.levels import LEVEL_NAMES, code_digits
from matcher.models.occupation.neighbours import expert_pairs
from matcher.paths import catalog_path


@dataclass(frozen=True, slots=True)
class Move:
    """A curated move: prefixes it leads from and to, nearness before the level factor, German reason."""

    origins: tuple[str, ...]
    targets: tuple[str, ...]
    nearness: float
    reason: str


@dataclass(frozen=True, slots=True)
class NearnessTable:
    """`catalog/occupation_nearness.toml` as arrays; index = shared digits, or steps between levels."""

    shared_digits: NDArray[np.float64]
    same_berufsfeld: float
    step_down: NDArray[np.float64]
    step_up: NDArray[np.float64]
    helper_floor: NDArray[np.float64]


@lru_cache(maxsize=1)
def nearness_table() -> NearnessTable:
    """Read the nearness values of the catalogue."""
    row = tomli.loads((catalog_path() / "occupation_nearness.toml").read_text("utf-8"))
    return NearnessTable(
        np.array(row["shared_digits"]),
        float(row["same_berufsfeld"]),
        np.array(row["step_down"]),
        np.array(row["step_up"]),
        np.array(row["helper_floor"]),
    )


def expert_ratings() -> dict[str, float]:
    """Nearness by the rating of an expert pair (`[expert]` of the nearness values)."""
    ratings: dict[str, float] = tomli.loads((catalog_path() / "occupation_nearness.toml").read_text("utf-8"))["expert"]
    return ratings


@lru_cache(maxsize=1)
def moves() -> tuple[Move, ...]:
    """Curated moves, both directions written out, nearest first."""
    rows = tomli.loads((catalog_path() / "occupation_moves.toml").read_text("utf-8"))["move"]
    found: list[Move] = []
    for row in rows:
        found.append(Move(tuple(row["from"]), tuple(row["to"]), float(row["nearness"]), row["reason"]))
        if row.get("both", False):
            found.append(Move(tuple(row["to"]), tuple(row["from"]), float(row["nearness"]), row["reason"]))
    return tuple(sorted(found, key=lambda move: (-move.nearness, move.origins, move.targets)))


def nearness_matrix(have: Sequence[str], want: Sequence[str], *, data_dir: Path | None = None) -> NDArray[np.float64]:
    """Nearness in [0, 1], float64 [len(have), len(want)]; 1 = the same occupation; NaN where a code is unknown.

    `have` are occupations somebody learned or did, `want` those asked for; a step up in requirement level
    counts less than a step down. With `data_dir`, imported expert neighbours raise the values.
    """
    rows, row_of = np.unique(np.array(have, dtype="U16"), return_inverse=True)
    columns, column_of = np.unique(np.array(want, dtype="U16"), return_inverse=True)
    if not rows.size or not columns.size:
        return np.zeros((len(have), len(want)))
    values = _unique_matrix([str(code) for code in rows], [str(code) for code in columns], data_dir)
    return np.asarray(values[row_of][:, column_of], dtype=np.float64)


def _unique_matrix(have: list[str], want: list[str], data_dir: Path | None) -> NDArray[np.float64]:
    table, left, right = nearness_table(), code_digits(have), code_digits(want)
    equal = left[:, None, :4] == right[None, :, :4]
    shared = np.cumprod(equal, axis=2).sum(axis=2)
    near = table.shared_digits[shared]
    near = np.where(_share_berufsfeld(have, want), np.maximum(near, table.same_berufsfeld), near)
    near = np.maximum(near, _moved(have, want))
    near = np.maximum(near, _expert(have, want, data_dir))
    near = near * _level_factor(left[:, 4], right[:, 4], table)
    near = np.where(right[None, :, 4] == 1, np.maximum(near, table.helper_floor[shared]), near)
    near = np.where((left[:, None, :] == right[None, :, :]).all(axis=2), 1.0, near)
    unknown = (left[:, :1] < 0) | (right[None, :, 0] < 0)
    return np.asarray(np.where(unknown, np.nan, near), dtype=np.float64)


def _level_factor(have: NDArray[np.int8], want: NDArray[np.int8], table: NearnessTable) -> NDArray[np.float64]:
    steps = np.clip(want[None, :].astype(int) - have[:, None].astype(int), -3, 3)
    factor = np.where(steps > 0, table.step_up[np.abs(steps)], table.step_down[np.abs(steps)])
    return np.asarray(factor, dtype=np.float64)


def _share_berufsfeld(have: list[str], want: list[str]) -> NDArray[np.bool_]:
    ids = sorted({field for code in (*have, *want) for field in near_berufsfelder_of(code)})
    left = np.array([[field in near_berufsfelder_of(code) for field in ids] for code in have], bool).reshape(
        len(have), -1
    )
    right = np.array([[field in near_berufsfelder_of(code) for field in ids] for code in want], bool).reshape(
        len(want), -1
    )
    return np.asarray((left.astype(np.int64) @ right.T.astype(np.int64)) > 0)


def _moved(have: list[str], want: list[str]) -> NDArray[np.float64]:
    near = np.zeros((len(have), len(want)))
    for move in moves():
        left = np.array([code.startswith(move.origins) for code in have])
        right = np.array([code.startswith(move.targets) for code in want])
        if left.any() and right.any():
            near = np.where(left[:, None] & right[None, :], np.maximum(near, move.nearness), near)
    return near


def _expert(have: list[str], want: list[str], data_dir: Path | None) -> NDArray[np.float64]:
    near = np.zeros((len(have), len(want)))
    pairs = expert_pairs(data_dir)
    if not pairs:
        return near
    place = {code: column for column, code in enumerate(want)}
    for row, code in enumerate(have):
        for other, value in pairs.get(code, {}).items():
            if other in place:
                near[row, place[other]] = value
    return near


def nearness_reason(have: str, want: str) -> str | None:
    """Why two occupations count as near, German for case workers; None where nothing speaks for it."""
    left, right = code_digits([have])[0], code_digits([want])[0]
    if left[0] < 0 or right[0] < 0:
        return None
    if have == want:
        return "derselbe Beruf"
    step = _step_text(int(right[4]) - int(left[4]), int(right[4]))
    shared = int(np.cumprod(left[:4] == right[:4]).sum())
    if shared >= 3:
        return ("dieselbe Berufsgattung" if shared == 4 else "dieselbe Berufsgruppe") + step
    for move in moves():
        if have.startswith(move.origins) and want.startswith(move.targets):
            return move.reason + step
    common = [field for field in near_berufsfelder_of(have) if field in near_berufsfelder_of(want)]
    if common:
        return f"dasselbe Berufsfeld ({berufsfeld_title(common[0])})" + step
    if shared == 2:
        return "verwandte Berufe derselben Berufshauptgruppe" + step
    if right[4] == 1:
        return "Helfertätigkeit ohne verlangten Berufsabschluss"
    return None


def _step_text(step: int, level: int) -> str:
    if step == 0:
        return ""
    name = LEVEL_NAMES[level]
    if step > 0:
        return f"; höheres Anforderungsniveau ({name}), dafür braucht es eine Qualifizierung"
    return f"; niedrigeres Anforderungsniveau ({name})"
