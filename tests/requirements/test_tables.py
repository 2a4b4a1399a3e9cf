"""The catalogue's tables about vacancies: sourced, dated, with names of the closed lists, and without dead entries."""

import dataclasses
import tomllib
from typing import Any

import pytest

from matcher.paths import catalog_path
from matcher.pool.people_wishes import load_wishes
from matcher.pool.travel import load_travel
from matcher.requirements import certificate_mask, load_tables
from matcher.requirements.derive import COLUMNS
from matcher.requirements.pattern import Pattern

FILES = [*sorted(path.name for path in catalog_path().glob("vacancy_*.toml")), "travel.toml"]


def read(name: str) -> dict[str, Any]:
    """One file of the catalogue."""
    return tomllib.loads((catalog_path() / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_every_table_names_source_and_date(name: str) -> None:
    data = read(name)
    assert data["source"]
    assert data["date"]


def test_every_table_can_be_read() -> None:
    tables = load_tables()
    assert len(tables.signals) > 40
    assert len(tables.profiles) > 40
    assert load_wishes()
    assert load_travel().near_miss_until == 1.35
    assert load_travel().marked_until == 1.10


def test_ids_are_unique() -> None:
    tables = load_tables()
    for entries in (tables.signals, tables.profiles, tables.regulated, tables.certificates, load_wishes()):
        ids = [entry.id for entry in entries]
        assert len(ids) == len(set(ids))


def test_signals_set_known_columns() -> None:
    for signal in load_tables().signals:
        assert set(signal.yes) | set(signal.no) <= set(COLUMNS), signal.id


def test_assumed_shares_are_shares() -> None:
    for entry in read("vacancy_occupations.toml")["profile"]:
        for key in ("part_time", "early", "day", "late", "night", "saturday", "sunday", "entry", "entry_academic"):
            assert 0.0 <= entry.get(key, 0.0) <= 1.0, entry["id"]


def test_a_demand_is_inherent_or_possible_not_both_in_one_profile() -> None:
    for profile in load_tables().profiles:
        assert not (profile.demands or 0) & (profile.demands_possible or 0), profile.id


def test_reserved_occupations_name_their_norm() -> None:
    assert all(
        any(char.isdigit() or char == "§" for char in entry.norm) or "recht" in entry.norm
        for entry in load_tables().regulated
    )


def test_expired_certificates_do_not_count() -> None:
    assert certificate_mask(("forklift_licence",)) != 0
    assert certificate_mask(("forklift_licence_expired",)) == 0
    assert certificate_mask(("sachkunde_34a",)) & certificate_mask(("unterrichtung_34a",))
    assert certificate_mask(("welder_certificate_mag",)) == certificate_mask(("welder_certificate_tig",)) != 0
    assert certificate_mask(()) == certificate_mask(("Erste Hilfe",)) == 0


def test_every_pattern_of_the_catalogue_compiles() -> None:
    tables = load_tables()
    rows = (*tables.signals, *tables.profiles, *tables.regulated, *tables.certificates, *load_wishes())
    found = [
        value
        for row in rows
        for field in dataclasses.fields(row)
        if isinstance(value := getattr(row, field.name), Pattern)
    ]
    assert len(found) > 200
    for pattern in (*found, tables.regulated_open):
        pattern.compile()
