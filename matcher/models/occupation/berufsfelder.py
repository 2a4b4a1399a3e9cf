"""Berufsfelder: named groups of KldB codes (`catalog/berufsfelder.toml`)."""

from dataclasses import dataclass
from functools import lru_cache

import tomli

from matcher.errors import NotFound
from matcher.paths import catalog_path


@dataclass(frozen=True, slots=True)
class Berufsfeld:
    """A named group: id, German title, code prefixes, source; `near`: whether sharing it makes occupations near."""

    id: str
    title: str
    prefixes: tuple[str, ...]
    source: str
    near: bool = True

    def holds(self, code: str) -> bool:
        """Whether an occupation belongs to the group."""
        return code.startswith(self.prefixes)


@lru_cache(maxsize=1)
def berufsfelder() -> tuple[Berufsfeld, ...]:
    """All Berufsfelder of the catalogue, by id."""
    data = tomli.loads((catalog_path() / "berufsfelder.toml").read_text("utf-8"))
    rows = data["berufsfeld"].items()
    return tuple(
        Berufsfeld(key, row["title"], tuple(row["codes"]), row["source"], row.get("near", True))
        for key, row in sorted(rows)
    )


@lru_cache(maxsize=4096)
def berufsfelder_of(code: str) -> tuple[str, ...]:
    """Ids of the Berufsfelder an occupation belongs to; () for an unknown code."""
    return tuple(field.id for field in berufsfelder() if field.holds(code))


@lru_cache(maxsize=4096)
def near_berufsfelder_of(code: str) -> tuple[str, ...]:
    """Ids of the Berufsfelder of an occupation whose occupations are near each other; branches are too wide."""
    return tuple(field.id for field in berufsfelder() if field.near and field.holds(code))


def berufsfeld_title(berufsfeld: str) -> str:
    """German title of a Berufsfeld; raises NotFound for an id that is not in the catalogue."""
    for row in berufsfelder():
        if row.id == berufsfeld:
            return row.title
    raise NotFound(f"There is no Berufsfeld {berufsfeld!r}.", "Ids stand in catalog/berufsfelder.toml.")
