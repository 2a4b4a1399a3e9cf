"""The travel assumptions of the catalogue as a value; read once per process."""

from dataclasses import dataclass
from functools import lru_cache

import tomli

from matcher.paths import catalog_path


@dataclass(frozen=True, slots=True)
class Mode:
    """How fast one gets on, minutes added for each way, and the German words for it."""

    km_per_hour: float
    extra_minutes: float
    words: str


@dataclass(frozen=True, slots=True)
class Travel:
    """Detour factor, limits as shares of the person's own, modes, and the falling line of the fit."""

    detour: float
    marked_until: float
    near_miss_until: float
    modes: dict[str, Mode]
    ratio: tuple[float, ...]
    value: tuple[float, ...]
    source: str


@lru_cache(maxsize=1)
def load_travel() -> Travel:
    """Read `catalog/travel.toml`."""
    with (catalog_path() / "travel.toml").open("rb") as file:
        data = tomli.load(file)
    return Travel(
        data["detour"],
        data["marked_until"],
        data["near_miss_until"],
        {name: Mode(mode["km_per_hour"], mode["extra_minutes"], mode["words"]) for name, mode in data["mode"].items()},
        tuple(data["fit"]["ratio"]),
        tuple(data["fit"]["value"]),
        f"{data['source']} ({data['date']})",
    )
