"""Documentation under test: what exists is documented, and what is documented exists."""

import datetime as dt
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.catalog import load_catalog
from matcher.commands import COMMANDS, cli
from matcher.fields import FIELDS
from matcher.paths import catalog_path
from matcher.read.profile_file import read_profiles
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


API = (ROOT / "docs" / "api.md").read_text("utf-8")


def lines_of_the_first_block(text: str) -> list[str]:
    block = text.split("```sh\n", 1)[1].split("```", 1)[0]
    return block.replace("\\\n", " ").splitlines()


def test_the_first_commands_of_the_interface_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As written, on the demo's first person; the service itself only says how it would start."""
    from matcher.store.service import open_service

    monkeypatch.delenv("MATCHER_DATABASE_URL", raising=False)
    with open_service(tmp_path / "demo-office") as store:
        people = read_profiles(catalog_path() / "demo" / "participants.jsonl", today=dt.date(2022, 5, 2))
        store.store.save_participants(people[:1])
    monkeypatch.chdir(tmp_path)
    said, asked = {}, ""
    for line in lines_of_the_first_block(API):
        words = shlex.split(line.removeprefix("TOKEN=$(").rstrip(")"), comments=True)
        if words[0] == "curl":
            asked = words[-1]
            continue
        arguments = [word for word in words[1:] if word != "&"] + (["--check"] if words[1] == "serve" else [])
        done = CliRunner().invoke(cli, arguments, input="ein langes Kennwort\n" * 2)
        assert done.exit_code == 0, (line, done.output, done.exception)
        said[" ".join(words[1:3])] = done.stdout
    assert said["token issue"].startswith("mt_") and "8400" in asked
    with open_service(tmp_path / "demo-office") as store:
        account = store.accounts.by_login("ifk7")
        person = asked.split("/participants/")[1].split("/")[0]
        assert store.people.get(account.scope(), person).case_worker == account.id


def test_scopes_of_the_examples_exist() -> None:
    known = {row.get("scope") for row in load_catalog().table("access")["route"]}
    texts = [file.read_text("utf-8") for file in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]]
    texts += [file.read_text("utf-8") for file in (ROOT / "matcher" / "commands").glob("*.py")]
    named = {scope for text in texts for scope in re.findall(r"--scope (\w+:\w+)", text)}
    assert named and named <= known


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
