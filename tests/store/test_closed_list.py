"""What is no functional limit of the closed list stays out of the database, however it is written. Source: TRUST 5."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from matcher.errors import MatcherError
from matcher.store import Store
from matcher.store.engine import connect, reading, writing
from matcher.store.schema import current_revision, migration_config, upgrade
from matcher.vocabulary import FunctionalLimit
from tests.store.offices import person
from tests.trust.test_health import FREE, ICD, WRONG

LIMITS = get_args(FunctionalLimit)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LIST = '"functional_limits": ["no_heights"]'
DISGUISED = [
    "",
    "F32.1",
    '"Depression"',
    "null",
    '["F32.1"]',
    '{"functional_limits": "F32.1"}',
    '{"functional_limits": "no_heights"}',
    '{"functional_limits": null}',
    '{"functional_limits": {"F32.1": 1}}',
    '{"functional_limits": [["no_heights"]]}',
    '{"functional_limits": [["F32.1"]]}',
    '{"functional_limits": [[], "no_heights"]}',
    '{"functional_limits": ["no_heights", null]}',
    '{"functional_limits": ["no_heights\\"F32.1\\"no_heights"]}',
    '{"functional_limits": ["]", "no_heights", "["]}',
    '{"functional_limits": [",", "no_heights"]}',
    f'{{"functional_limits": ["F32.1"], {LIST}}}',
    f'{{{LIST}, "functional_limits": ["F32.1"]}}',
    f'{{"functional\\u005flimits": ["F32.1"], {LIST}}}',
    f'{{{LIST}, "functional\\u005flimits": ["F32.1"]}}',
    '{"\\u0066unctional_limits": ["F32.1"]}',
    "{functional_limits: ['F32.1']}",
    '{"functional_limits": ["F32.1"]',
]
Write = Callable[[str], None]


@pytest.fixture
def write(store: Store) -> Write:
    """Writes one person's protected facts by a plain statement."""
    store.save_participants([person()])

    def run(payload: str) -> None:
        with writing(store.engine) as connection:
            done = connection.execute(text("UPDATE protected_facts SET payload = :payload"), {"payload": payload})
            assert done.rowcount == 1

    return run


def refused(write: Write, payload: str) -> None:
    with pytest.raises((IntegrityError, MatcherError)):
        write(payload)


@given(good=st.lists(st.sampled_from(LIMITS), max_size=3), wrong=WRONG, at=st.integers(0, 3))
@example(good=["no_heights"], wrong="F32.1", at=1)
@QUICK
def test_diagnoses_and_free_text_are_refused(write: Write, good: list[str], wrong: object, at: int) -> None:
    refused(write, json.dumps({"functional_limits": [*good[:at], wrong, *good[at:]]}, ensure_ascii=False))


@given(ICD | FREE)
@settings(QUICK, max_examples=60)
def test_what_is_no_list_is_refused(write: Write, wrong: str) -> None:
    for value in (wrong, {"functional_limits": wrong}, [wrong]):
        refused(write, json.dumps(value, ensure_ascii=False))


@pytest.mark.parametrize("payload", DISGUISED)
def test_disguises_are_refused(write: Write, payload: str) -> None:
    refused(write, payload)


@given(limits=st.lists(st.sampled_from(LIMITS), max_size=18), language=st.text(max_size=20))
@example(limits=list(LIMITS), language="")
@settings(QUICK, max_examples=60)
def test_the_closed_list_is_stored(write: Write, limits: list[str], language: str) -> None:
    spoken = "".join(letter for letter in language if letter.isprintable())
    write(
        json.dumps(
            {"functional_limits": limits, "interpreter_language": spoken, "debts_unsettled": True}, ensure_ascii=False
        )
    )
    write("{}")


def test_the_list_is_the_vocabularys() -> None:
    """A new limit needs a new migration: the newest one that has a list has this one."""
    scripts = ScriptDirectory.from_config(migration_config()).walk_revisions()
    newest = next(one.module for one in scripts if hasattr(one.module, "LIMITS"))
    assert newest.LIMITS == LIMITS


def test_a_database_with_other_limits_is_left_as_it_is(empty_url: str | None, tmp_path: Path) -> None:
    engine = connect(tmp_path, empty_url, create=True)
    upgrade(engine, "0003")
    with writing(engine) as connection:
        connection.execute(
            text(
                "INSERT INTO participants (id, digest, payload, as_of, conflicts, jobcenter)"
                " VALUES ('a', 'd', '{}', '2022-05-02', '[]', 'default')"
            )
        )
        payload = {"payload": '{"functional_limits": ["F32.1"]}'}
        connection.execute(text("INSERT INTO protected_facts VALUES ('a', :payload, 'default')"), payload)
    with pytest.raises(MatcherError, match="not of the closed list") as caught:
        upgrade(engine)
    assert "F32.1" not in str(caught.value)
    with reading(engine) as connection:
        assert current_revision(connection) == "0003"
    engine.dispose()
