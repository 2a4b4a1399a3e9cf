"""The catalogue's tables about vacancies as frozen values with their patterns; read once per process."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tomli

from matcher.paths import catalog_path
from matcher.requirements.pattern import Pattern
from matcher.requirements.vocabulary import DEMANDS, KINDS, LICENCES, TIMES, TRAITS, mask
from matcher.vocabulary import GERMAN_LEVELS


@dataclass(frozen=True, slots=True)
class Signal:
    """Words of a title (label, employer) and what they say; masks follow the closed lists."""

    id: str
    pattern: Pattern
    unless: Pattern | None
    where: str
    traits: int
    yes: tuple[str, ...]
    no: tuple[str, ...]
    times: tuple[tuple[int, float], ...]
    licences: int
    licences_likely: int
    demands: int
    demands_possible: int
    language: int
    kind: int
    level: int
    level_cap: int
    minijob_chance: float


@dataclass(frozen=True, slots=True)
class OccupationProfile:
    """What an occupation usually brings with it; None leaves an earlier profile's value."""

    id: str
    codes: tuple[str, ...]
    levels: tuple[int, ...]
    label: Pattern | None
    title: Pattern | None
    unless: Pattern | None
    with_employer: bool
    match_all: bool
    part_time: float | None
    entry: float | None
    entry_academic: float | None
    times: tuple[tuple[int, float], ...]
    language: int | None
    demands: int | None
    demands_possible: int | None


@dataclass(frozen=True, slots=True)
class Regulated:
    """An occupation the law reserves: how titles name it and which learned occupations give the right."""

    id: str
    label_de: str
    pattern: Pattern
    label: Pattern
    unless: Pattern | None
    qualified: Pattern
    not_qualified: Pattern | None
    codes: tuple[str, ...]
    norm: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate: how advertisements ask for it, what fulfils it, how to get it."""

    id: str
    label: str
    pattern: Pattern | None
    unless: Pattern | None
    held: tuple[str, ...]
    held_prefix: str
    excludes: bool
    bridge: str
    source: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything the derivation reads, and the name of its source."""

    signals: tuple[Signal, ...]
    profiles: tuple[OccupationProfile, ...]
    regulated: tuple[Regulated, ...]
    regulated_open: Pattern
    certificates: tuple[Certificate, ...]
    source: str


def _read(name: str) -> dict[str, Any]:
    with (catalog_path() / name).open("rb") as file:
        return tomli.load(file)


def _pattern(text: str | None) -> Pattern | None:
    return Pattern(text) if text else None


def _times(entry: dict[str, Any]) -> tuple[tuple[int, float], ...]:
    return tuple((TIMES.index(name), float(entry[name])) for name in TIMES if name in entry)


def _language(entry: dict[str, Any]) -> int:
    return GERMAN_LEVELS.index(entry["language"]) if "language" in entry else -1


def _signal(entry: dict[str, Any]) -> Signal:
    return Signal(
        entry["id"],
        Pattern(entry["pattern"]),
        _pattern(entry.get("unless")),
        entry.get("where", "title"),
        mask(entry.get("traits", ()), TRAITS),
        tuple(entry.get("yes", ())),
        tuple(entry.get("no", ())),
        _times(entry.get("times", {})),
        mask(entry.get("licences", ()), LICENCES),
        mask(entry.get("licences_likely", ()), LICENCES),
        mask(entry.get("demands", ()), DEMANDS),
        mask(entry.get("demands_possible", ()), DEMANDS),
        _language(entry),
        KINDS.index(entry.get("kind", "job")),
        entry.get("level", 0),
        entry.get("level_cap", 9),
        float(entry.get("minijob_chance", 0.0)),
    )


def _profile(entry: dict[str, Any]) -> OccupationProfile:
    return OccupationProfile(
        entry["id"],
        tuple(entry.get("codes", ())),
        tuple(entry.get("level", ())),
        _pattern(entry.get("label")),
        _pattern(entry.get("title")),
        _pattern(entry.get("unless")),
        entry.get("employer", False),
        entry.get("match", "any") == "all",
        entry.get("part_time"),
        entry.get("entry"),
        entry.get("entry_academic"),
        _times(entry),
        _language(entry) if "language" in entry else None,
        mask(entry["demands"], DEMANDS) if "demands" in entry else None,
        mask(entry["demands_possible"], DEMANDS) if "demands_possible" in entry else None,
    )


def _regulated(entry: dict[str, Any]) -> Regulated:
    return Regulated(
        entry["id"],
        entry["label_de"],
        Pattern(entry["pattern"]),
        Pattern(entry["label"]),
        _pattern(entry.get("unless")),
        Pattern(entry["qualified"]),
        _pattern(entry.get("not_qualified")),
        tuple(entry["codes"]),
        entry["norm"],
    )


def _certificate(entry: dict[str, Any]) -> Certificate:
    return Certificate(
        entry["id"],
        entry["label"],
        _pattern(entry["pattern"]),
        _pattern(entry.get("unless")),
        tuple(entry["held"]),
        entry.get("held_prefix", ""),
        entry["excludes"],
        entry["bridge"],
        entry["source"],
    )


@lru_cache(maxsize=1)
def load_tables() -> Tables:
    """Read `catalog/vacancy_*.toml`; raises KeyError or ValueError where the catalogue is wrong."""
    signals, occupations = _read("vacancy_signals.toml"), _read("vacancy_occupations.toml")
    regulated, certificates = _read("vacancy_regulated.toml"), _read("vacancy_certificates.toml")
    return Tables(
        tuple(_signal(entry) for entry in signals["signal"]),
        tuple(_profile(entry) for entry in occupations["profile"]),
        tuple(_regulated(entry) for entry in regulated["occupation"]),
        Pattern(regulated["open"]),
        tuple(_certificate(entry) for entry in certificates["certificate"]),
        f"{occupations['source']} ({occupations['date']})",
    )


def certificate_mask(held: tuple[str, ...]) -> int:
    """Return the certificates that a person's list fulfils; expired ones (suffix `_expired`) do not count."""
    found = 0
    for position, certificate in enumerate(load_tables().certificates):
        names = {name.casefold() for name in certificate.held}
        for name in held:
            valid = not name.endswith("_expired")
            prefix = certificate.held_prefix and name.startswith(certificate.held_prefix)
            if valid and (name.casefold() in names or prefix):
                found |= 1 << position
    return found
