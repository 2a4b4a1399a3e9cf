"""Documentation under test: what exists is documented, and what is documented exists."""

import re
from pathlib import Path

import pytest

from matcher.catalog import load_catalog
from matcher.commands import COMMANDS, cli
from matcher.fields import FIELDS
from matcher.settings import SETTINGS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_readme_and_has_an_example(name: str) -> None:
    import click

    assert f"matcher {name}" in README
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    text = command.get_help(click.Context(command, info_name=name))
    assert f"matcher {name}" in text, f"the help of {name} shows no example"


@pytest.mark.parametrize("setting", [row.name for row in SETTINGS])
def test_every_setting_is_documented(setting: str) -> None:
    assert f"`{setting}`" in README and f"MATCHER_{setting.upper()}" in README


def test_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"`?make (\w[\w-]*)`?", README + (ROOT / "CONTRIBUTING.md").read_text("utf-8")):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_derived_fact_and_catalogue_file_is_explained() -> None:
    text = (ROOT / "catalog" / "README.md").read_text("utf-8")
    for name, spec in FIELDS.items():
        if spec.owner == "derived":
            assert f"`{name}`" in text, name
    for path in (ROOT / "catalog").glob("*.toml"):
        stem = path.name
        assert stem in text or re.search(r"`(vacancy|occupation)[_*]", text), stem


def test_every_field_has_label_question_and_group() -> None:
    table = load_catalog().table("fields")
    missing = [name for name in FIELDS if not {"label", "question", "group"} <= set(table.get(name, {}))]
    assert missing == []


def test_links_between_documents_lead_somewhere() -> None:
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "catalog" / "README.md"]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", file.read_text("utf-8")):
            assert (file.parent / target).exists() or (ROOT / target).exists(), f"{file.name}: {target}"


def test_architecture_names_files_that_exist() -> None:
    block = (ROOT / "ARCHITECTURE.md").read_text("utf-8").split("```text", 1)[1].split("```", 1)[0]
    planned = {"matcher/api.py", "matcher/http/", "matcher/pages/"}
    for path in re.findall(r"^(matcher/\S+)", block, re.MULTILINE):
        assert path in planned or (ROOT / path).exists(), path


def test_the_map_speaks_of_the_project_alone() -> None:
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        text = file.read_text("utf-8")
        assert not re.search(r"(?<![\w.])/(work|tmp|root)/", text), file.name
