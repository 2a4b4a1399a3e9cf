"""Settings: flag over environment over file over default, and errors that say what to do."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.commands import cli
from matcher.errors import MatcherError
from matcher.settings import data_path, setting

ORDER = (
    (3, {"MATCHER_TOP": "4"}, "top = 5", 3),
    (None, {"MATCHER_TOP": "4"}, "top = 5", 4),
    (None, {}, "top = 5", 5),
    (None, {}, "", 10),
    (None, {"MATCHER_TOP": "1"}, "", 1),
)


@pytest.mark.parametrize(("flag", "environ", "text", "expected"), ORDER)
def test_the_nearest_wins(tmp_path: Path, flag: int | None, environ: dict[str, str], text: str, expected: int) -> None:
    (tmp_path / "matcher.toml").write_text(text, "utf-8")
    assert setting("top", tmp_path, flag, environ) == expected


BROKEN = (
    ("top", {}, b"top = [", "cannot be read"),
    ("jobcenter", {}, b"top = 1\ntop = 2", "cannot be read"),
    ("top", {}, b"\xff\xfe", "not UTF-8"),
    ("top", {}, b"top = 0", "at least 1"),
    ("top", {}, b"top = -1", "at least 1"),
    ("top", {}, b"top = true", "must be of type int"),
    ("top", {}, b'top = "many"', "must be of type int"),
    ("top", {"MATCHER_TOP": "0"}, b"", "MATCHER_TOP: setting top must be at least 1"),
    ("top", {"MATCHER_TOP": "-3"}, b"", "must be of type int"),
    ("top", {"MATCHER_TOP": ""}, b"", "must be of type int"),
    ("max_rows", {"MATCHER_MAX_ROWS": "0"}, b"", "at least 1"),
)


@pytest.mark.parametrize(("name", "environ", "content", "says"), BROKEN)
def test_broken_settings_are_named(
    tmp_path: Path, name: str, environ: dict[str, str], content: bytes, says: str
) -> None:
    (tmp_path / "matcher.toml").write_bytes(content)
    with pytest.raises(MatcherError, match=says) as caught:
        setting(name, tmp_path, environ=environ)
    assert caught.value.remedy
    assert ("matcher.toml" if not environ else next(iter(environ))) in caught.value.message


def test_secrets_are_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "matcher.toml").write_text("database_url = 4711", "utf-8")
    with pytest.raises(MatcherError) as caught:
        setting("database_url", tmp_path, environ={})
    assert "4711" not in str(caught.value)


def test_the_data_folder_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "data"
    assert data_path(file) == file, "it may still be made"
    file.write_text("x", "utf-8")
    monkeypatch.setenv("MATCHER_DATA", str(file))
    for flag in (file, None):
        with pytest.raises(MatcherError, match=r"is a file\..*Name a folder"):
            data_path(flag)


@pytest.mark.parametrize(
    "words", [["suggest", "T1"], ["import", "places", "p.csv"], ["demo"], ["doctor"], ["programmes"], ["daily"]]
)
def test_commands_refuse_a_file_as_data_folder(tmp_path: Path, words: list[str]) -> None:
    file = tmp_path / "file"
    file.write_text("x", "utf-8")
    result = CliRunner().invoke(cli, [*words, "--data", str(file)])
    assert result.exit_code == 1
    assert "is a file" in f"{result.exception}{result.output}"


def test_top_zero_from_the_environment_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_TOP", "0")
    result = CliRunner().invoke(cli, ["suggest", "T1", "--data", str(tmp_path)])
    assert isinstance(result.exception, MatcherError) and "at least 1" in str(result.exception)
