"""Failed logins are counted in the database, so that all workers share one limit. Source: TRUST 39.

An attempt is written down before the password is checked and taken back when it fits: attempts under way count, and
no number of parallel ones gets past the limit.
"""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, func, insert, select

from matcher.store.limits import limits
from matcher.store.secret import fingerprint, new_id
from matcher.store.service_tables import LoginAttemptRow
from matcher.store.transaction import lock, writing
from matcher.store.values import TooManyAttempts


@dataclass
class Attempt:
    """One attempt; it counts as failed unless somebody says otherwise."""

    failed: bool = True

    def succeeded(self) -> None:
        """The password fits."""
        self.failed = False


@contextmanager
def under_limit(engine: Engine, login: str, source: str, now: dt.datetime) -> Iterator[Attempt]:
    """Check a password inside the block; raises TooManyAttempts where login or source has failed too often."""
    keys, number = (fingerprint("login", login), fingerprint("source", source)), new_id()
    with writing(engine) as connection:
        _admit(connection, keys, now)
        connection.execute(insert(LoginAttemptRow), [{"id": number, "key": key, "at": now} for key in keys])
    attempt = Attempt()
    yield attempt
    if not attempt.failed:
        with writing(engine) as connection:
            connection.execute(delete(LoginAttemptRow).where(LoginAttemptRow.id == number))


def _admit(connection: Connection, keys: Sequence[str], now: dt.datetime) -> None:
    window, most = limits().login_window, limits().failed_logins
    for key in sorted(keys):
        lock(connection, f"login.{key}")
    connection.execute(delete(LoginAttemptRow).where(LoginAttemptRow.at <= now - window))
    rows = connection.execute(
        select(LoginAttemptRow.key, func.count(), func.min(LoginAttemptRow.at))
        .where(LoginAttemptRow.key.in_(keys), LoginAttemptRow.at > now - window)
        .group_by(LoginAttemptRow.key)
    ).all()
    waits = [(oldest + window - now).total_seconds() for _, count, oldest in rows if count >= most]
    if waits:
        raise TooManyAttempts(max(1, math.ceil(max(waits))))
