"""docs/operation.md is followed to the letter: its roles, its migration, its backup and restore work as written."""

import re
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from psycopg import sql

from matcher.commands import cli
from matcher.store import engine
from matcher.store.service import open_service
from tests.store.databases import plain, server
from tests.store.fill import fill

DOC = (Path(__file__).parents[2] / "docs" / "operation.md").read_text("utf-8")
BLOCKS = re.findall(r"```sql\n(.*?)```", DOC, re.DOTALL)
NAMES = ("matcher_owner", "matcher_web", "matcher_app", "matcher_backup")


@dataclass(frozen=True)
class Place:
    """A server set up as the page says, under names of its own."""

    names: dict[str, str]
    database: str

    def url(self, role: str, database: str | None = None) -> str:
        """Address for one of the roles."""
        host = server().split("@", 1)[1].rsplit("/", 1)[0]
        return f"postgresql+psycopg://{self.names[role]}:secret@{host}/{database or self.database}"


def statements(block: str, names: dict[str, str], database: str) -> list[str]:
    text = re.sub(r"--.*", "", block).replace("'…'", "'secret'")
    text = re.sub(r"\bDATABASE matcher\b", f"DATABASE {database}", text)
    for name, own in names.items():
        text = re.sub(rf"\b{name}\b", own, text)
    return [one.strip() for one in text.split(";") if one.strip()]


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    mark = uuid.uuid4().hex[:8]
    names, database = {name: f"{name}_{mark}" for name in NAMES}, f"matcher_{mark}"
    monkeypatch.setattr(engine, "APP_ROLE", names["matcher_app"])
    with psycopg.connect(plain(server()), autocommit=True) as connection:
        try:
            for block in BLOCKS:
                for statement in statements(block, names, database):
                    connection.execute(statement.encode())
            yield Place(names, database)
        finally:
            for one in (database, f"{database}_again"):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(one)))
            for role in names.values():
                connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def test_as_the_page_says(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_DATABASE_URL", place.url("matcher_web"))
    monkeypatch.setenv("MATCHER_DATABASE_OWNER_URL", place.url("matcher_owner"))
    migrated = CliRunner().invoke(cli, ["migrate", "--data", str(tmp_path)])
    assert migrated.exit_code == 0, migrated.exception
    monkeypatch.delenv("MATCHER_DATABASE_OWNER_URL")
    with open_service(tmp_path, place.url("matcher_web")) as service:
        fill(service)
    checked = CliRunner().invoke(cli, ["doctor", "--data", str(tmp_path)])
    assert checked.exit_code == 0, checked.output
    _dump_and_restore(place, tmp_path)


def _dump_and_restore(place: Place, folder: Path) -> None:
    if shutil.which("pg_dump") is None or shutil.which("pg_restore") is None:
        pytest.skip("pg_dump and pg_restore are not installed")
    file, again = str(folder / "matcher.dump"), f"{place.database}_again"
    partial = ["pg_dump", "-Fc", "-f", file, plain(place.url("matcher_owner"))]
    refused = subprocess.run(partial, capture_output=True, check=False)
    assert refused.returncode != 0 and b"row-level security" in refused.stderr
    subprocess.run(["pg_dump", "-Fc", "-f", file, plain(place.url("matcher_backup"))], check=True)
    with psycopg.connect(plain(server()), autocommit=True) as connection:
        owner = sql.Identifier(place.names["matcher_owner"])
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(again), owner))
    address = f"{plain(server()).rsplit('/', 1)[0]}/{again}"
    subprocess.run(["pg_restore", "-d", address, file], check=True, capture_output=True)
    with open_service(folder, place.url("matcher_web", again)) as service:
        assert service.store.count("participants") == 2
        assert service.store.count("vacancies") == 1


def test_a_copy_of_the_embedded_database_is_whole(tmp_path: Path) -> None:
    import sqlite3

    (tmp_path / "copy").mkdir()
    with open_service(tmp_path) as service:
        fill(service)
        source, copy = sqlite3.connect(tmp_path / "matcher.db"), sqlite3.connect(tmp_path / "copy" / "matcher.db")
        source.backup(copy)
        source.close()
        copy.close()
    with open_service(tmp_path / "copy") as service:
        assert service.store.count("participants") == 2
