"""Accounts, logins, sessions and tokens on both databases: limits, ends, withdrawals, nothing in the clear."""

import contextlib
import datetime as dt
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from matcher.errors import MatcherError, NotFound
from matcher.store.engine import reading
from matcher.store.limits import limits
from matcher.store.login import under_limit
from matcher.store.service import ServiceStore
from matcher.store.values import Conflict, TooManyAttempts

NOW = dt.datetime(2022, 5, 2, 8, 0, tzinfo=dt.UTC)
PASSWORD = "ein langes Kennwort"
ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.usefixtures("quick_passwords")


def later(**time_: float) -> dt.datetime:
    return NOW + dt.timedelta(**time_)


def test_accounts_by_login_and_id(service: ServiceStore) -> None:
    made = service.accounts.create(" Ada ", PASSWORD, "case_worker", ["sued", "nord", "nord"], "A")
    assert made.login == "ada" and made.offices == ("nord", "sued") and made.active and made.kind == "human"
    assert service.accounts.by_login("ADA") == service.accounts.get(made.id) == made
    with pytest.raises(Conflict):
        service.accounts.create("ada", PASSWORD, "planner", [], "B")
    changed = service.accounts.change(made.id, role="planner", offices=["ost"])
    assert (changed.role, changed.offices) == ("planner", ("ost",))
    assert service.accounts.all() == [changed]


@pytest.mark.parametrize(
    ("login", "password", "role", "offices"),
    [
        ("", PASSWORD, "planner", ()),
        ("a\x00b", PASSWORD, "planner", ()),
        ("a", "short", "planner", ()),
        ("a", "x" * 300, "planner", ()),
        ("a", PASSWORD, "king", ()),
        ("a", PASSWORD, "case_worker", ()),
    ],
)
def test_accounts_that_cannot_be(service: ServiceStore, login: str, password: str, role: str, offices: tuple) -> None:
    with pytest.raises(MatcherError):
        service.accounts.create(login, password, role, offices, "n")  # type: ignore[arg-type]
    assert service.accounts.all() == []


def test_a_login_needs_its_password(service: ServiceStore) -> None:
    made = service.accounts.create("ada", PASSWORD, "planner", [], "A")
    robot = service.accounts.create("robot", None, "planner", [], "R", kind="machine")
    assert service.accounts.verify("Ada", PASSWORD, NOW, "s") == made
    for number, (login, password) in enumerate(
        [("ada", "wrong"), ("nobody", PASSWORD), ("robot", ""), ("ada", ""), ("a\x00b", "x"), ("\ud800", "\ud800")]
    ):
        with pytest.raises(NotFound, match="Login or password"):
            service.accounts.verify(login, password, NOW, f"source-{number}")
    assert robot.kind == "machine"


def test_an_unknown_login_is_checked_like_a_known_one(service: ServiceStore, monkeypatch: pytest.MonkeyPatch) -> None:
    from matcher.store import secret

    checked: list[str | None] = []
    right = secret.password_fits
    monkeypatch.setattr(
        secret, "password_fits", lambda stored, given: (checked.append(stored), right(stored, given))[1]
    )
    with pytest.raises(NotFound):
        service.accounts.verify("nobody", PASSWORD, NOW, "s")
    assert checked == [None]
    assert secret._nobody().startswith("$argon2id$")


def test_five_failures_a_minute_per_login(service: ServiceStore) -> None:
    service.accounts.create("ada", PASSWORD, "planner", [], "A")
    for number in range(5):
        with pytest.raises(NotFound):
            service.accounts.verify("ada", "wrong", later(seconds=number), f"source-{number}")
    with pytest.raises(TooManyAttempts) as caught:
        service.accounts.verify("ada", PASSWORD, later(seconds=10), "another")
    assert 49 <= caught.value.retry_after <= 51
    assert service.accounts.verify("ada", PASSWORD, later(seconds=61), "another").login == "ada"


def test_a_handful_of_failures_does_not_lock_out_a_whole_source(service: ServiceStore) -> None:
    """Behind a proxy many have one address; somebody who tries many logins is stopped there later."""
    most = limits().failed_per_source
    assert most >= 10 * limits().failed_logins
    service.accounts.create("ada", PASSWORD, "planner", [], "A")
    for number in range(most):
        assert service.accounts.verify("ada", PASSWORD, NOW, "one source").login == "ada"
        with pytest.raises(NotFound):
            service.accounts.verify(f"guess-{number}", "wrong", NOW, "one source")
    with pytest.raises(TooManyAttempts) as caught:
        service.accounts.verify("ada", PASSWORD, later(seconds=1), "one source")
    assert caught.value.retry_after == 59
    assert service.accounts.verify("ada", PASSWORD, later(seconds=1), "elsewhere")


def test_attempts_under_way_have_room_and_are_no_failures(service: ServiceStore) -> None:
    """As many as may fail are heard at a time; whoever comes then may come back at once, not in a minute."""
    with contextlib.ExitStack() as under_way:
        tried = [under_way.enter_context(under_limit(service.engine, "ada", f"s{i}", NOW)) for i in range(5)]
        with pytest.raises(TooManyAttempts) as caught:
            under_way.enter_context(under_limit(service.engine, "ada", "s9", NOW))
        assert caught.value.retry_after == 1
        with under_limit(service.engine, "eve", "s9", NOW) as other:
            other.succeeded()
        for one in tried:
            one.succeeded()
    with under_limit(service.engine, "ada", "s9", NOW) as again:
        again.succeeded()
    with reading(service.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM login_attempts")).scalar_one() == 0


def test_ten_right_logins_at_once_from_one_address(service: ServiceStore) -> None:
    names = [f"ada{number}" for number in range(10)]
    for name in names:
        service.accounts.create(name, PASSWORD, "planner", [], "A")
    with ThreadPoolExecutor(10) as threads:
        found = list(threads.map(lambda name: service.accounts.verify(name, PASSWORD, NOW, "proxy").login, names))
    assert found == names


def test_logins_that_succeed_do_not_count(service: ServiceStore) -> None:
    service.accounts.create("ada", PASSWORD, "planner", [], "A")
    for _ in range(12):
        service.accounts.verify("ada", PASSWORD, NOW, "s")
    with reading(service.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM login_attempts")).scalar_one() == 0


TRY = """
import datetime as dt, sys
from pathlib import Path
from argon2 import PasswordHasher
from matcher.store import secret
secret.hasher = lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
from matcher.store.service import open_service
from matcher.store.values import TooManyAttempts
from matcher.errors import NotFound
service, failed = open_service(Path(sys.argv[1]), sys.argv[2] or None), 0
for number in range(10):
    try:
        service.accounts.verify("ada", "wrong", dt.datetime.now(dt.UTC), sys.argv[3])
    except TooManyAttempts:
        pass
    except NotFound:
        failed += 1
print(failed)
"""


def test_four_processes_share_the_limit(service: ServiceStore, url: str | None, tmp_path: Path) -> None:
    service.accounts.create("ada", PASSWORD, "planner", [], "A")
    started = time.monotonic()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", TRY, str(tmp_path), url or "", f"source-{number}"],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    tried = [int(process.communicate(timeout=120)[0]) for process in running]
    if time.monotonic() - started > limits().login_window.total_seconds():
        pytest.skip("the machine was too slow to try within one window")
    assert sum(tried) == limits().failed_logins


def test_a_session_lasts_until_it_is_closed_idle_or_too_old(service: ServiceStore) -> None:
    made = service.accounts.create("ada", PASSWORD, "case_worker", ["nord"], "A")
    secret, csrf = service.sessions.open(made.id, NOW)
    session, account = service.sessions.find(secret, later(minutes=30))
    assert account == made and session.csrf == csrf and csrf not in secret
    service.sessions.find(secret, later(minutes=80))
    with pytest.raises(NotFound):
        service.sessions.find(secret, later(minutes=141))
    for minutes in range(120, 600, 30):
        service.sessions.find(secret, later(minutes=minutes))
    with pytest.raises(NotFound):
        service.sessions.find(secret, later(hours=10))
    with pytest.raises(NotFound):
        service.sessions.find(secret + "x", NOW)
    other, _ = service.sessions.open(made.id, NOW)
    service.sessions.close(other)
    with pytest.raises(NotFound):
        service.sessions.find(other, NOW)


def test_a_session_can_be_found_while_something_else_is_read(service: ServiceStore) -> None:
    made = service.accounts.create("ada", PASSWORD, "case_worker", ["nord"], "A")
    secret, _ = service.sessions.open(made.id, NOW)
    with service.together(write=False):
        assert service.sessions.find(secret, later(minutes=50))[1] == service.accounts.get(made.id)
    with service.together():
        assert service.sessions.find(secret, later(minutes=100))


def test_changes_count_at_the_next_request(service: ServiceStore) -> None:
    made = service.accounts.create("ada", PASSWORD, "case_worker", ["nord"], "A")
    secret, _ = service.sessions.open(made.id, NOW)
    service.accounts.change(made.id, role="planner", offices=[])
    assert service.sessions.find(secret, NOW)[1].role == "planner"
    service.accounts.set_password(made.id, PASSWORD + "!")
    with pytest.raises(NotFound):
        service.sessions.find(secret, NOW)
    secret, _ = service.sessions.open(made.id, NOW)
    service.accounts.deactivate(made.id)
    for attempt in (
        lambda: service.sessions.find(secret, NOW),
        lambda: service.sessions.open(made.id, NOW),
        lambda: service.accounts.verify("ada", PASSWORD + "!", NOW, "s"),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_machines_have_no_session(service: ServiceStore) -> None:
    robot = service.accounts.create("robot", None, "planner", [], "R", kind="machine")
    with pytest.raises(NotFound):
        service.sessions.open(robot.id, NOW)
    assert not robot.scope(human=True).human


def test_tokens_expire_and_are_withdrawn(service: ServiceStore) -> None:
    robot = service.accounts.create("robot", None, "employer_service", ["nord"], "R", kind="machine")
    now = dt.datetime.now(dt.UTC)
    token, secret = service.tokens.issue(robot.id, ["b:read", "a:read"], now + dt.timedelta(days=1), "nightly")
    assert service.tokens.verify(secret, now) == (token, robot)
    assert token.scopes == ("a:read", "b:read")
    with pytest.raises(NotFound):
        service.tokens.verify(secret, now + dt.timedelta(days=1))
    with pytest.raises(NotFound):
        service.tokens.verify("mt_guess", now)
    service.tokens.revoke(token.id)
    service.tokens.revoke(token.id)
    with pytest.raises(NotFound):
        service.tokens.verify(secret, now)
    assert service.tokens.all()[0].revoked_at is not None
    with pytest.raises(NotFound):
        service.tokens.revoke("nothing")
    for ends in (now - dt.timedelta(days=1), now + dt.timedelta(days=999)):
        with pytest.raises(MatcherError):
            service.tokens.issue(robot.id, ["a"], ends, "n")
    with pytest.raises(MatcherError):
        service.tokens.issue(robot.id, ["a b"], now + dt.timedelta(days=1), "n")
    _, other = service.tokens.issue(robot.id, [], now + dt.timedelta(days=1), "n")
    service.accounts.deactivate(robot.id)
    with pytest.raises(NotFound):
        service.tokens.verify(other, now)
    with pytest.raises(NotFound):
        service.tokens.issue(robot.id, [], now + dt.timedelta(days=1), "n")


def test_no_secret_is_stored(service: ServiceStore) -> None:
    made = service.accounts.create("ada", PASSWORD, "planner", [], "A")
    session, csrf = service.sessions.open(made.id, NOW)
    _, token = service.tokens.issue(made.id, [], dt.datetime.now(dt.UTC) + dt.timedelta(days=1), "n")
    with pytest.raises(NotFound):
        service.accounts.verify("ada", "wrong password", NOW, "10.9.8.7")
    with reading(service.engine) as connection:
        stored = "".join(
            str(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608
            for table in ("accounts", "sessions", "tokens", "login_attempts")
        )
    assert "ada" in stored and "$argon2id$" in stored
    for hidden in (PASSWORD, session, csrf, token, token[3:], "10.9.8.7", "wrong password"):
        assert hidden not in stored
