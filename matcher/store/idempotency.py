"""Requests answered once: the same key gets the same response, and two at once do the work once.

Inside `ServiceStore.together` key, work and response last together or not at all, so that nothing is left half done
by a kill. Outside, a key that was begun and never finished may be taken over after a while. What is older than
`catalog/accounts.toml` says is no answer any more, and is deleted when the next key is taken.
"""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, select, update

from matcher.store.limits import limits
from matcher.store.saving import insert_new
from matcher.store.service_tables import IdempotencyRow as Row
from matcher.store.transaction import reading, writing
from matcher.store.values import Conflict, InProgress, StoredResponse

_MINE = (Row.key == bindparam("mine"), Row.account_id == bindparam("account"))
_LOOK = select(Row.key, Row.account_id, Row.route, Row.body_hash, Row.begun_at, Row.status, Row.body).where(*_MINE)
_EXPIRE = delete(Row).where(Row.begun_at < bindparam("since"))
_FINISH = update(Row).where(*_MINE).values(status=bindparam("status"), body=bindparam("body"))


class KeyTaken(Conflict):
    """The key belongs to another request."""


class Idempotency:
    """The stored responses of one Jobcenter, per key and account."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def find(
        self, key: str, account_id: str, route: str, body_hash: str, now: dt.datetime | None = None
    ) -> StoredResponse | None:
        """The response stored under the key, None where there is none yet; KeyTaken as in `begin`. Only reads."""
        with reading(self.engine) as connection:
            row = _look(connection, key, account_id)
        if row is None or row.status is None or row.begun_at < _kept_since(now or dt.datetime.now(dt.UTC)):
            return None
        return _same(row, route, body_hash)

    def begin(
        self, key: str, account_id: str, route: str, body_hash: str, now: dt.datetime | None = None
    ) -> StoredResponse | None:
        """Take the key and return None, or return what was answered under it.

        Raises KeyTaken where the key belongs to another request, InProgress where it is being answered right now.
        """
        now = now or dt.datetime.now(dt.UTC)
        values = {"key": key, "account_id": account_id, "route": route, "body_hash": body_hash, "begun_at": now}
        with writing(self.engine) as connection:
            connection.execute(_EXPIRE, {"since": _kept_since(now)})
            if _inserted(connection, values):
                return None
            row = _look(connection, key, account_id)
            if row is None:  # deleted between the two: it had expired
                raise InProgress(1)
            if row.status is not None:
                return _same(row, route, body_hash)
            _same(row, route, body_hash)
            _take_over(connection, row, now)
        return None

    def finish(self, key: str, account_id: str, status: int, body: bytes) -> None:
        """Store the response of a begun request."""
        with writing(self.engine) as connection:
            connection.execute(_FINISH, {"mine": key, "account": account_id, "status": status, "body": body})

    def give_up(self, key: str, account_id: str) -> None:
        """Free a begun key whose request failed without effect."""
        with writing(self.engine) as connection:
            connection.execute(delete(Row).where(Row.key == key, Row.account_id == account_id, Row.status.is_(None)))


def _kept_since(now: dt.datetime) -> dt.datetime:
    return now - limits().responses_kept


def _inserted(connection: Connection, values: dict[str, Any]) -> bool:
    return connection.execute(insert_new(connection, Row).returning(Row.key), values).first() is not None


def _look(connection: Connection, key: str, account_id: str) -> Any:
    return connection.execute(_LOOK, {"mine": key, "account": account_id}).first()


def _same(row: Any, route: str, body_hash: str) -> StoredResponse:
    if (row.route, row.body_hash) != (route, body_hash):
        raise KeyTaken("This idempotency key belongs to another request.", "Use a new key.")
    return StoredResponse(status=row.status or 0, body=bytes(row.body or b""))


def _take_over(connection: Connection, row: Any, now: dt.datetime) -> None:
    left = row.begun_at + limits().taken_over_after - now
    if left > dt.timedelta(0):
        raise InProgress(max(1, int(left.total_seconds())))
    done = connection.execute(
        update(Row)
        .where(Row.key == row.key, Row.account_id == row.account_id, Row.status.is_(None), Row.begun_at == row.begun_at)
        .values(begun_at=now)
    )
    if done.rowcount != 1:
        raise InProgress(1)
