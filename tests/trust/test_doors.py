"""What the code may do at all, read from the code: who decides, what is sent, what is executed. TRUST 6, 24, 26."""

import pytest
from sqlalchemy import text

from matcher.store.engine import reading
from tests.http.conftest import House
from tests.trust.source import called, imported, trees

SENDING = frozenset({
    "aiohttp", "aiosmtplib", "asyncio", "celery", "email", "ftplib", "http", "httpx", "imaplib", "kafka", "nntplib",
    "paramiko", "pika", "poplib", "requests", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib",
    "urllib3", "webbrowser", "websockets", "xmlrpc",
})  # fmt: skip
"""Modules that reach another machine."""
IDENTITY_PROVIDER = "matcher/http/oidc_client.py"
ACCEPTING = ("matcher/http/client_socket.py", "matcher/http/worker.py")
"""They hold connections that clients have opened, and open none."""
UNPICKLING = frozenset({"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve", "skops", "torch", "yaml"})
EXECUTING = frozenset({"eval", "exec", "compile", "__import__", "execfile", "os.system", "os.popen", "pd.eval"})
READING_OBJECTS = ("read_pickle", "to_pickle", "loads_pickle", "fromstring_pickle", "system", "popen", "literal_eval")
DECIDING = frozenset({
    "matcher/commands/decide.py", "matcher/http/days.py", "matcher/http/suggestions.py",
})  # fmt: skip
"""Doors at which a person stands."""


def test_only_doors_with_a_person_decide() -> None:
    """Neither batch nor engine nor store calls what records a decision; the doors name who does."""
    found = {
        file
        for file, tree in trees().items()
        if any(name.endswith((".decide", "decisions.record")) for name in called(tree))
    }
    assert found == DECIDING


def test_a_proposal_is_decided_in_the_name_of_the_account_at_the_door(house: House) -> None:
    person = house.offices.accounts["nord-0"]
    with reading(house.store.engine) as connection:
        proposal = connection.execute(
            text("SELECT id FROM proposals WHERE participant_id = :one"), {"one": house.offices.people["nord-0"][0]}
        ).scalar_one()
    answer = house.client("nord-0").put(f"/v1/daily/proposals/{proposal}/decision", json={"decision": "issued"})
    assert answer.status_code == 200
    with reading(house.store.engine) as connection:
        row = connection.execute(
            text("SELECT decided_by, account_id, actor FROM proposal_decisions WHERE proposal_id = :one"),
            {"one": proposal},
        ).one()
    assert tuple(row) == (person.login, person.id, "human")


def test_the_batch_cannot_write_decisions() -> None:
    for file, tree in trees().items():
        if file.startswith(("matcher/daily/", "matcher/render/", "matcher/answering/", "training/")):
            assert not {name for name in imported(tree) if name.startswith("matcher.store")}, file


def test_nothing_is_sent() -> None:
    """There is no outbox because nothing goes out: only the identity provider is asked, with no data of persons."""
    reaching = {file for file, tree in trees().items() if {name.split(".")[0] for name in imported(tree)} & SENDING}
    assert reaching == {IDENTITY_PROVIDER, *ACCEPTING}
    for file in ACCEPTING:
        assert not {
            name for name in called(trees()[file]) if name.rsplit(".")[-1].startswith(("connect", "create_conn"))
        }
    from matcher.store.tables import Base

    assert not [name for name in Base.metadata.tables if "outbox" in name or "queue" in name or "mail" in name]


@pytest.mark.parametrize("file", sorted(trees()))
def test_no_data_is_executed_or_unpickled(file: str) -> None:
    tree = trees()[file]
    assert not {name.split(".")[0] for name in imported(tree)} & UNPICKLING, file
    names = called(tree)
    assert not names & EXECUTING, file
    assert not [name for name in names if name.split(".")[-1] in READING_OBJECTS], file


def test_the_ban_would_see_it() -> None:
    import ast

    tree = ast.parse("import pickle\ndef f(x):\n    from joblib import load\n    return eval(x) or os.system(x)\n")
    assert imported(tree) & UNPICKLING == {"pickle", "joblib"}
    assert called(tree) & EXECUTING == {"eval", "os.system"}
