"""Sessions of signed-in people: opaque secrets, looked up at every request, so that changes count at once."""

import datetime as dt

from sqlalchemy import Engine, bindparam, delete, insert, select, update

from matcher.errors import NotFound
from matcher.store.accounts import ACCOUNT_COLUMNS, signed_in
from matcher.store.limits import limits
from matcher.store.secret import derived, fingerprint, new_secret
from matcher.store.service_tables import AccountOfficeRow, AccountRow, SessionRow
from matcher.store.transaction import beside, in_transaction, reading, writing
from matcher.store.values import Account, Session

CSRF = "csrf"
_FIND = (
    select(SessionRow.id.label("session"), SessionRow.opened_at, SessionRow.seen_at, SessionRow.expires_at)
    .add_columns(*ACCOUNT_COLUMNS, AccountOfficeRow.office)
    .join_from(SessionRow, AccountRow, AccountRow.id == SessionRow.account_id)
    .outerjoin(AccountOfficeRow, AccountOfficeRow.account_id == AccountRow.id)
    .where(
        SessionRow.id == bindparam("secret"),
        SessionRow.expires_at > bindparam("now"),
        SessionRow.seen_at > bindparam("idle_since"),
        AccountRow.active,
    )
)


class Sessions:
    """The sessions of one Jobcenter."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def open(self, account_id: str, now: dt.datetime) -> tuple[str, str]:
        """Sign somebody in: the cookie's secret and the CSRF token. Raises NotFound for a closed or machine account."""
        secret = new_secret("ms")
        row = {
            "id": fingerprint(secret),
            "account_id": account_id,
            "opened_at": now,
            "seen_at": now,
            "expires_at": now + limits().session_length,
        }
        person = select(AccountRow.id).where(AccountRow.id == account_id, AccountRow.active, AccountRow.kind == "human")
        with writing(self.engine) as connection:
            if connection.execute(person).first() is None:
                raise NotFound("There is no such open account.", "See `matcher user list`.")
            connection.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
            connection.execute(insert(SessionRow), row)
        return secret, derived(secret, CSRF)

    def find(self, secret: str, now: dt.datetime) -> tuple[Session, Account]:
        """Session and account behind a secret; NotFound when over, idle for too long, or the account is closed."""
        values = {"secret": fingerprint(secret), "now": now, "idle_since": now - limits().session_idle}
        with reading(self.engine) as connection:
            rows = connection.execute(_FIND, values).all()
        if not rows:
            raise NotFound("The session is over.", "Sign in again.")
        row, account = rows[0], signed_in(rows)
        if now - row.seen_at >= limits().session_seen_every:
            self._seen(row.session, now)
        session = Session(
            id=row.session[:20],
            account_id=row.id,
            csrf=derived(secret, CSRF),
            opened_at=row.opened_at,
            expires_at=row.expires_at,
        )
        return session, account

    def _seen(self, session: str, now: dt.datetime) -> None:
        write = writing if in_transaction(self.engine) else beside
        with write(self.engine) as connection:
            connection.execute(update(SessionRow).where(SessionRow.id == session).values(seen_at=now))

    def close(self, secret: str) -> None:
        """Sign out; nothing happens where there is no such session."""
        with writing(self.engine) as connection:
            connection.execute(delete(SessionRow).where(SessionRow.id == fingerprint(secret)))
