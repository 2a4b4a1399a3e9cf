"""`matcher user`, `token`, `migrate` and `doctor`: secrets never on the command line, faults named, exit codes."""

import datetime as dt
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from matcher.commands import cli
from matcher.errors import MatcherError, NotFound
from matcher.settings import SETTINGS
from matcher.store import open_store
from matcher.store.engine import connect
from matcher.store.schema import HEAD, upgrade
from matcher.store.service import open_service
from tests.store.databases import postgres_url

PASSWORD = "ein langes Kennwort"
Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def run(url: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("MATCHER_DATA", str(tmp_path))
    monkeypatch.setenv("MATCHER_DATABASE_URL", url or "")

    def call(*arguments: str, said: str | None = None) -> Result:
        return CliRunner().invoke(cli, list(arguments), input=said)

    return call


def test_an_account_from_first_to_last(run: Run, url: str | None, tmp_path: Path) -> None:
    added = run("user", "add", "Ada", "--role", "case_worker", "--office", "nord", said=f"{PASSWORD}\n{PASSWORD}\n")
    assert added.exit_code == 0 and PASSWORD not in added.output
    assert run("user", "password", "ada", "--password-stdin", said="ein anderes Kennwort\n").exit_code == 0
    with open_service(tmp_path, url) as service:
        now = dt.datetime.now(dt.UTC)
        assert service.accounts.verify("ada", "ein anderes Kennwort", now, "s").offices == ("nord",)
        with pytest.raises(NotFound):
            service.accounts.verify("ada", PASSWORD, now, "s")
    assert run("user", "change", "ada", "--role", "planner").output.startswith("ada  planner  nord")
    assert run("user", "disable", "ada").output.rstrip().endswith("(closed)")
    (listed,) = orjson.loads(run("user", "list", "--json").output)
    assert listed["active"] is False and "password" not in listed


@pytest.mark.parametrize(
    "arguments",
    [
        ("user", "disable", "nobody"),
        ("user", "password", "robot", "--password-stdin"),
        ("user", "add", "robot", "--role", "planner", "--machine"),
        ("user", "add", "ada", "--role", "planner", "--password-stdin"),
        ("user", "assign", "nobody", "--office", "nord"),
        ("user", "add", "eve", "--role", "planner", "--machine", "--office", ""),
        ("user", "add", "eve", "--role", "planner", "--machine", "--office", " nord"),
        ("user", "add", "eve", "--role", "planner", "--machine", "--office", "x" * 65),
        ("user", "add", "eve", "--role", "planner", "--machine", "--office", "nord\x1b[2J"),
        ("user", "add", "eve", "--role", "planner", "--machine", "--name", "E\x1b[2Jve"),
        ("user", "add", "eve", "--role", "planner", "--machine", "--name", "E" * 201),
        ("user", "change", "robot", "--office", ""),
        ("user", "assign", "T1", "--office", ""),
        ("token", "issue", "nobody", "--name", "n", "--scope", "daily:read"),
        ("token", "issue", "robot", "--name", "n", "--scope", "daily:read", "--days", "9999"),
        ("token", "issue", "robot", "--name", "n", "--scope", "daily:read", "--days", "99999999999"),
        ("token", "issue", "robot", "--name", "n", "--scope", "suggestion:read"),
        ("token", "revoke", "nothing"),
    ],
)
def test_what_cannot_be_is_said(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("user", "add", "robot", "--role", "planner", "--machine").exit_code == 0
    refused = run(*arguments, said="kurz\n")
    assert refused.exit_code != 0 and getattr(refused.exception, "remedy", "")


def test_a_password_is_no_argument(run: Run) -> None:
    assert run("user", "add", "ada", "--role", "planner", "--password", PASSWORD).exit_code == 2


def test_a_token_is_shown_once(run: Run, url: str | None, tmp_path: Path) -> None:
    run("user", "add", "robot", "--role", "planner", "--machine")
    issued = run("token", "issue", "robot", "--name", "nightly", "--scope", "daily:read", "--days", "30")
    secret = issued.stdout.strip()
    with open_service(tmp_path, url) as service:
        token, account = service.tokens.verify(secret, dt.datetime.now(dt.UTC))
    assert (token.scopes, account.login) == (("daily:read",), "robot")
    listed = run("token", "list").output
    assert "valid" in listed and secret not in listed + run("token", "list", "--json").output
    assert run("token", "revoke", token.id).exit_code == 0
    assert "withdrawn" in run("token", "list").output


def test_a_scope_that_opens_nothing_is_refused_with_those_that_do(run: Run) -> None:
    run("user", "add", "robot", "--role", "planner", "--machine")
    refused = run("token", "issue", "robot", "--name", "n", "--scope", "daily:read", "--scope", "imports:write")
    assert isinstance(refused.exception, MatcherError)
    assert "'imports:write'" in str(refused.exception) and "'daily:read'" not in str(refused.exception)
    for scope in ("daily:read", "metrics:read", "suggestions:read"):
        assert scope in refused.exception.remedy
    assert run("token", "list").output == ""


def test_migrate_brings_up_what_is_behind(
    empty_url: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_DATABASE_URL", empty_url or "")
    engine = connect(tmp_path, empty_url, create=True)
    upgrade(engine, "0002")
    engine.dispose()
    said = [CliRunner().invoke(cli, ["migrate", "--data", str(tmp_path)]).output for _ in range(2)]
    assert said == [f"schema 0002 -> {HEAD}\n", f"schema {HEAD}, nothing to do\n"]


def findings(result: Result) -> str:
    return " ".join(one["text"] for one in orjson.loads(result.stdout) if one["state"] == "wrong")


def test_doctor_finds_nothing_wrong_with_the_embedded_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(tmp_path).close()
    good = CliRunner().invoke(cli, ["doctor", "--data", str(tmp_path), "--json"])
    assert good.exit_code == 0 and findings(good) == "" and f"schema {HEAD}" in good.stdout
    from matcher.store import engine

    monkeypatch.setattr(engine, "PRAGMAS", ("secure_delete=OFF", "foreign_keys=ON"))
    soft = CliRunner().invoke(cli, ["doctor", "--data", str(tmp_path), "--json"])
    assert soft.exit_code == 1 and "secure_delete" in findings(soft)
    assert sqlite3.sqlite_version_info >= (3, 35), "RETURNING needs SQLite 3.35"


def test_doctor_looks_at_a_server_without_a_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "none"
    monkeypatch.delenv("MATCHER_DATABASE_URL", raising=False)
    nothing = CliRunner().invoke(cli, ["doctor", "--data", str(folder), "--json"])
    assert nothing.exit_code == 0 and "does not exist yet" in nothing.stdout and not folder.exists()
    with postgres_url() as url:
        monkeypatch.setenv("MATCHER_DATABASE_URL", url)
        empty = CliRunner().invoke(cli, ["doctor", "--data", str(folder), "--json"])
        assert empty.exit_code == 1 and "The database is empty" in findings(empty)
        open_store(tmp_path, url).close()
        monkeypatch.setattr("matcher.store.roles.login_faults", lambda _: [])
        good = CliRunner().invoke(cli, ["doctor", "--data", str(folder), "--json"])
        assert good.exit_code == 0 and f"schema {HEAD}" in good.stdout and "0 participants" in good.stdout
    assert not folder.exists()


def test_doctor_says_when_the_server_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_DATABASE_URL", "postgresql://web:QQPASSWORDQQ@127.0.0.1:1/none")
    for folder in (tmp_path, tmp_path / "none"):
        checked = CliRunner().invoke(cli, ["doctor", "--data", str(folder), "--json"])
        assert checked.exit_code == 1 and "cannot be reached" in findings(checked)
        assert "QQPASSWORDQQ" not in checked.output


def test_doctor_shows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a setting is set to is shown, unless it is a secret; every setting that sounds like one is."""
    open_store(tmp_path).close()
    for row in SETTINGS:
        assert row.secret or not re.search("secret|password|key|token|database", row.name), row.name
        if row.secret and "database" not in row.name:
            monkeypatch.setenv(row.environment, "QQSECRETQQ")
    monkeypatch.setenv("MATCHER_DATABASE_OWNER_URL", "postgresql://owner:QQSECRETQQ@127.0.0.1:1/none")
    monkeypatch.setenv("MATCHER_OIDC_BASE_URL", "https://matcher.example")
    for flags in ((), ("--json",)):
        checked = CliRunner().invoke(cli, ["doctor", "--data", str(tmp_path), *flags])
        assert checked.exit_code == 0 and "QQSECRETQQ" not in checked.output
        assert "oidc_client_secret = (set)" in checked.output and "https://matcher.example" in checked.output


def test_doctor_names_a_login_that_is_too_strong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with postgres_url() as url:
        monkeypatch.setenv("MATCHER_DATABASE_URL", url)
        open_store(tmp_path, url).close()
        strong = CliRunner().invoke(cli, ["doctor", "--data", str(tmp_path), "--json"])
        assert strong.exit_code == 1 and "superuser" in findings(strong)
        monkeypatch.setattr("matcher.store.roles.login_faults", lambda _: [])
        assert CliRunner().invoke(cli, ["doctor", "--data", str(tmp_path)]).exit_code == 0
        engine = connect(tmp_path, url, create=False)
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE vacancies NO FORCE ROW LEVEL SECURITY")
        engine.dispose()
        leaky = CliRunner().invoke(cli, ["doctor", "--data", str(tmp_path), "--json"])
        assert leaky.exit_code == 1 and "vacancies is not isolated" in findings(leaky)
