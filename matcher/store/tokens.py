"""Keys of machines: shown once, kept as SHA-256, limited in scope and time. Source: ASVS 5 9 and 10."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, bindparam, insert, select, update

from matcher.errors import MatcherError, NotFound
from matcher.store.accounts import ACCOUNT_COLUMNS, signed_in
from matcher.store.limits import limits
from matcher.store.secret import fingerprint, new_id, new_secret
from matcher.store.service_tables import AccountOfficeRow, AccountRow, TokenRow
from matcher.store.transaction import reading, writing
from matcher.store.values import Account, Token

_TOKEN = (
    TokenRow.id.label("token_id"), TokenRow.account_id, TokenRow.name.label("token_name"), TokenRow.scopes,
    TokenRow.created_at, TokenRow.expires_at, TokenRow.revoked_at,
)  # fmt: skip
_VERIFY = (
    select(*_TOKEN, *ACCOUNT_COLUMNS, AccountOfficeRow.office)
    .join_from(TokenRow, AccountRow, AccountRow.id == TokenRow.account_id)
    .outerjoin(AccountOfficeRow, AccountOfficeRow.account_id == AccountRow.id)
    .where(
        TokenRow.secret == bindparam("secret"),
        TokenRow.expires_at > bindparam("now"),
        TokenRow.revoked_at.is_(None),
        AccountRow.active,
    )
)


class Tokens:
    """The tokens of one Jobcenter."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def issue(self, account_id: str, scopes: Sequence[str], expires_at: dt.datetime, name: str) -> tuple[Token, str]:
        """A new token and its secret, which nobody can show again. Raises NotFound without such an open account."""
        now = dt.datetime.now(dt.UTC)
        if not now < expires_at <= now + limits().token_max:
            raise MatcherError(
                "The end of a token lies in the past or too far ahead.", f"At most {limits().token_max.days} days."
            )
        if any(not scope or any(sign.isspace() for sign in scope) for scope in scopes):
            raise MatcherError("A scope is a word without blanks.", "For example suggestions:read.")
        secret, token_id = new_secret("mt"), new_id()
        row = {
            "id": token_id,
            "account_id": account_id,
            "name": name,
            "scopes": " ".join(sorted(set(scopes))),
            "secret": fingerprint(secret),
            "created_at": now,
            "expires_at": expires_at,
            "revoked_at": None,
        }
        with writing(self.engine) as connection:
            known = connection.execute(select(AccountRow.id).where(AccountRow.id == account_id, AccountRow.active))
            if known.first() is None:
                raise NotFound("There is no such open account.", "See `matcher user list`.")
            connection.execute(insert(TokenRow), row)
        return next(token for token in self.all() if token.id == token_id), secret

    def verify(self, secret: str, now: dt.datetime) -> tuple[Token, Account]:
        """Token and account behind a secret; NotFound when unknown, expired, withdrawn or the account is closed."""
        with reading(self.engine) as connection:
            rows = connection.execute(_VERIFY, {"secret": fingerprint(secret), "now": now}).all()
        if not rows:
            raise NotFound("The token is not valid.", "Ask for a new one.")
        return _token(rows[0]), signed_in(rows)

    def revoke(self, token_id: str) -> None:
        """Withdraw a token at once; doing it twice keeps the first moment. Raises NotFound."""
        with writing(self.engine) as connection:
            done = connection.execute(
                update(TokenRow)
                .where(TokenRow.id == token_id, TokenRow.revoked_at.is_(None))
                .values(revoked_at=dt.datetime.now(dt.UTC))
            )
            known = select(TokenRow.id).where(TokenRow.id == token_id)
            if done.rowcount == 0 and connection.execute(known).first() is None:
                raise NotFound("There is no such token.", "See `matcher token list`.")

    def all(self) -> list[Token]:
        """Every token, withdrawn ones too, newest first."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(*_TOKEN)).all()
        return sorted((_token(row) for row in rows), key=lambda one: (one.created_at, one.id), reverse=True)


def _token(row: Any) -> Token:
    return Token(
        id=row.token_id,
        account_id=row.account_id,
        name=row.token_name,
        scopes=tuple(row.scopes.split()),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )
