"""The limits of `catalog/accounts.toml` as values."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from matcher.paths import catalog_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Logins, passwords, sessions, tokens, stored responses, connections; sources stand beside the figures."""

    failed_logins: int
    failed_per_source: int
    login_window: dt.timedelta
    password_min: int
    password_max: int
    argon2: tuple[int, int, int]
    session_idle: dt.timedelta
    session_length: dt.timedelta
    session_seen_every: dt.timedelta
    token_max: dt.timedelta
    responses_kept: dt.timedelta
    taken_over_after: dt.timedelta
    read_seconds: float
    write_seconds: float
    linger_seconds: float


@lru_cache(maxsize=1)
def limits() -> Limits:
    """The limits in force; read once per process."""
    table = tomllib.loads((catalog_path() / "accounts.toml").read_text("utf-8"))
    login, password, session = table["login"], table["password"], table["session"]
    again, link = table["idempotency"], table["connection"]
    return Limits(
        failed_logins=login["failed_per_window"],
        failed_per_source=login["failed_per_source"],
        login_window=dt.timedelta(seconds=login["window_seconds"]),
        password_min=password["min_characters"],
        password_max=password["max_characters"],
        argon2=(password["time_cost"], password["memory_kib"], password["parallelism"]),
        session_idle=dt.timedelta(minutes=session["idle_minutes"]),
        session_length=dt.timedelta(hours=session["hours"]),
        session_seen_every=dt.timedelta(seconds=session["seen_every_seconds"]),
        token_max=dt.timedelta(days=table["token"]["max_days"]),
        responses_kept=dt.timedelta(hours=again["kept_hours"]),
        taken_over_after=dt.timedelta(seconds=again["taken_over_after_seconds"]),
        read_seconds=link["read_seconds"],
        write_seconds=link["write_seconds"],
        linger_seconds=link["linger_seconds"],
    )
