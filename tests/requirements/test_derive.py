"""What advertisements ask for: cases readable by a case worker, and what reported fields override."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from matcher.requirements import DEMANDS, KINDS, LICENCES, TRAITS, derive, load_tables, unmask
from matcher.requirements.requirement import Requirements
from matcher.requirements.vocabulary import included_licences, mask
from matcher.vacancy import Vacancy
from matcher.vocabulary import GERMAN_LEVELS

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/vacancies/requirements.toml").read_text(encoding="utf-8"))[
    "case"
]


def seen(found: Requirements) -> dict[str, Any]:
    """The found requirements in the words of the cases."""
    tables = load_tables()
    return {
        "yes": {name for name, value in found.flags.items() if value == 1},
        "no": {name for name, value in found.flags.items() if value == 0},
        "traits": set(unmask(found.stated | found.derived, TRAITS)),
        "demands": set(unmask(found.demands, DEMANDS)),
        "licences": set(unmask(found.licences, LICENCES)),
        "licences_likely": set(unmask(found.licences_likely, LICENCES)),
        "certificates": {
            entry.id for number, entry in enumerate(tables.certificates) if found.certificates >> number & 1
        },
        "regulated": "|".join(
            entry.id for number, entry in enumerate(tables.regulated) if found.regulated >> number & 1
        ),
        "language": GERMAN_LEVELS[found.language],
        "level": found.level,
        "kind": KINDS[found.kind],
    }


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_requirements_of_an_advertisement(case: dict[str, Any]) -> None:
    found = seen(derive(Vacancy(id="1", title=case["title"], occupation_label=case["label"]), case["code"]))
    for key, expected in case["expect"].items():
        if key.startswith("not_"):
            assert not found[key.removeprefix("not_")] & set(expected), key
        elif key in ("yes", "no", "traits", "demands"):
            assert set(expected) <= found[key], key
        elif isinstance(expected, list):
            assert found[key] == set(expected), key
        else:
            assert found[key] == expected, key


def test_every_requirement_has_evidence() -> None:
    for case in CASES:
        found = derive(Vacancy(id="1", title=case["title"], occupation_label=case["label"]), case["code"])
        names = {entry.name for entry in found.evidence}
        assert set(unmask(found.demands, DEMANDS)) <= names
        assert not found.licences or "licence" in names
        assert not found.regulated or "regulated" in names
        assert all(entry.words and entry.source for entry in found.evidence)


def test_reported_fields_win_over_words() -> None:
    found = derive(
        Vacancy(
            id="1",
            title="Lagerhelfer (m/w/d) 3-Schicht in Vollzeit",
            occupation_label="Helfer/in - Lagerwirtschaft, Transport",
            full_time=False,
            part_time=True,
            night_work=False,
            german_level="B2",
            driving_licences=("B",),
            hours_min=20,
            hours_max=25,
        ),
        "51311",
    )
    assert (found.flags["full_time"], found.flags["part_time"], found.flags["night_work"]) == (0, 1, 0)
    assert found.language_stated
    assert GERMAN_LEVELS[found.language] == "B2"
    assert unmask(found.licences, LICENCES) == ("B",)
    assert (found.hours_min, found.hours_max) == (20, 25)


def test_nothing_said_stays_unknown() -> None:
    found = derive(Vacancy(id="1", title="Mitarbeiter (m/w/d)"), None)
    assert found.flags == {}
    assert found.level == -1
    assert (found.licences, found.certificates, found.demands, found.regulated) == (0, 0, 0, 0)


def test_licences_include_smaller_ones() -> None:
    assert set(included_licences(("CE",))) == {"CE", "C", "C1", "BE", "B", "AM", "L", "T"}
    assert set(included_licences(("D",))) == {"D", "B", "AM", "L"}
    assert included_licences(()) == ()


def test_masks_are_read_back() -> None:
    assert unmask(mask(("C", "B"), LICENCES), LICENCES) == ("B", "C")
