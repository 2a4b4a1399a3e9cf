"""The same office gives the same lists: whatever the order of rows, the hash seed, the database. TRUST 25."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from tests.store.databases import plain, server
from tests.trust.source import ROOT

GERMAN = (
    "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'de-DE'"
    " LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
)


@contextmanager
def german_database() -> Iterator[str]:
    """An empty PostgreSQL database that sorts texts as German dictionaries do, unlike the embedded one."""
    name = f"matcher_trust_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(plain(server()), autocommit=True) as connection:
        connection.execute(sql.SQL(GERMAN).format(sql.Identifier(name)))
        try:
            yield f"{server().rsplit('/', 1)[0]}/{name}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def start(hash_seed: int, url: str, seeds: Sequence[int]) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed)}
    command = [sys.executable, "-m", "tests.trust.lists_driver", url, *map(str, seeds)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def hashes(process: subprocess.Popen[str]) -> list[str]:
    said, error = process.communicate(timeout=300)
    assert process.returncode == 0, error[-2000:]
    return said.split()


def test_shuffled_rows_another_hash_seed_and_another_database() -> None:
    with german_database() as url:
        running = [start(1, "", [11]), start(4242, url, [12])]
        found = [one for process in running for one in hashes(process)]
    assert len(found) == 2 and len(set(found)) == 1


@pytest.mark.deep
def test_a_hundred_runs_give_the_same_lists() -> None:
    found = []
    for number in range(25):
        with german_database() as url:
            running = [start(100 + number, "", range(3 * number, 3 * number + 3)), start(number, url, [500 + number])]
            found += [one for process in running for one in hashes(process)]
    assert len(found) == 100 and len(set(found)) == 1
