"""docs/trust.md names tests that exist, and every test here stands in it or belongs to one that does."""

import re

from tests.trust.source import ROOT

DOCUMENT = (ROOT / "docs" / "trust.md").read_text("utf-8")
NUMBERS = [*range(1, 7), *range(24, 29), 30, *range(38, 43)]


def test_every_number_has_its_row() -> None:
    assert [int(number) for number in re.findall(r"^\| (\d+) \|", DOCUMENT, re.MULTILINE)] == NUMBERS


def test_every_named_test_exists() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", DOCUMENT)
    assert len(named) > 60
    for file, name in named:
        text = (ROOT / "tests" / file).read_text("utf-8")
        assert re.search(rf"^(def|class) {name}\b|^{name} = ", text, re.MULTILINE), f"{file}::{name}"
        deep = re.search(
            rf"@pytest\.mark\.deep\n(@.*\n)*def {name}\b|^pytestmark = pytest\.mark\.deep$", text, re.MULTILINE
        )
        assert bool(deep) == (f"deep `{file}::{name}`" in DOCUMENT), f"{file}::{name}: deep or not"


def test_every_file_here_is_named() -> None:
    for path in (ROOT / "tests" / "trust").glob("test_*.py"):
        assert f"trust/{path.name}" in DOCUMENT, path.name
