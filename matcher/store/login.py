"""Failed logins are counted in the database, so that all workers share one limit. Source: TRUST 39.

An attempt is written down as under way before the password is checked; afterwards it has failed or is taken away.
Attempts under way take room too, so that no number of parallel guesses gets past the limit, but whoever finds only
them in the way may come back in a second.
"""

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, func, insert, select

from matcher.store.limits import limits
from matcher.store.secret import fingerprint, new_id
from matcher.store.service_tables import LoginAttemptRow as Row
from matcher.store.transaction import lock, writing
from matcher.store.values import TooManyAttempts

SOON_SECONDS = 1
"""A password is checked in less."""


@dataclass
class Attempt:
    """One attempt; it counts as failed unless somebody says otherwise."""

    failed: bool = True

    def succeeded(self) -> None:
        """The password fits."""
        self.failed = False


@dataclass(frozen=True, slots=True)
class _Limit:
    """How often a login or a source may fail; `failed` and `under_way` are the keys of its rows."""

    failed: str
    under_way: str
    most: int


def _limits(login: str, source: str) -> list[_Limit]:
    """In one order, so that two attempts never wait for each other."""
    found = [
        _Limit(fingerprint(kind, name), fingerprint(f"{kind} under way", name), most)
        for kind, name, most in (
            ("login", login, limits().failed_logins),
            ("source", source, limits().failed_per_source),
        )
    ]
    return sorted(found, key=lambda one: one.failed)


@contextmanager
def under_limit(engine: Engine, login: str, source: str, now: dt.datetime) -> Iterator[Attempt]:
    """Check a password inside the block; raises TooManyAttempts where login or source has failed too often.

    The limit per login is the stricter one; many persons may share a source (a proxy, an office's address).
    """
    both, number, attempt = _limits(login, source), new_id(), Attempt()
    with writing(engine) as connection:
        _admit(connection, both, now)
        connection.execute(insert(Row), [{"id": number, "key": one.under_way, "at": now} for one in both])
    try:
        yield attempt
    finally:
        with writing(engine) as connection:
            connection.execute(delete(Row).where(Row.id == number))
            if attempt.failed:
                connection.execute(insert(Row), [{"id": number, "key": one.failed, "at": now} for one in both])


def _admit(connection: Connection, both: list[_Limit], now: dt.datetime) -> None:
    window = limits().login_window
    for one in both:
        lock(connection, f"login.{one.failed}")
    connection.execute(delete(Row).where(Row.at <= now - window))
    found = _counted(connection, both, now - window)
    waits = [
        max(1, math.ceil((found[one.failed][1] + window - now).total_seconds()))
        for one in both
        if one.failed in found and found[one.failed][0] >= one.most
    ]
    full = any(sum(found[key][0] for key in (one.failed, one.under_way) if key in found) >= one.most for one in both)
    if waits or full:
        raise TooManyAttempts(max(waits, default=SOON_SECONDS))


def _counted(connection: Connection, both: list[_Limit], since: dt.datetime) -> Mapping[str, tuple[int, dt.datetime]]:
    """How many rows every key has, and the oldest."""
    keys = [key for one in both for key in (one.failed, one.under_way)]
    query = select(Row.key, func.count(), func.min(Row.at)).where(Row.key.in_(keys), Row.at > since).group_by(Row.key)
    return {key: (count, oldest) for key, count, oldest in connection.execute(query)}
