"""Accounts: who may sign in. Nothing is deleted; an account is closed, and that counts from the next request on."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from matcher.errors import MatcherError, NotFound
from matcher.store import secret
from matcher.store.login import under_limit
from matcher.store.service_tables import AccountOfficeRow, AccountRow, SessionRow
from matcher.store.tables import Base
from matcher.store.transaction import reading, writing
from matcher.store.values import ROLES, Account, AccountKind, Conflict, Role

ACCOUNT_COLUMNS = (
    AccountRow.id, AccountRow.login, AccountRow.name, AccountRow.role, AccountRow.kind, AccountRow.active
)  # fmt: skip

LONGEST_NAME, LONGEST_OFFICE = 200, 64
"""What the tables hold (service_tables)."""


class Accounts:
    """The accounts of one Jobcenter."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def create(
        self,
        login: str,
        password: str | None,
        role: Role,
        offices: Sequence[str],
        name: str,
        *,
        kind: AccountKind = "human",
    ) -> Account:
        """A new account; without a password it signs in by OIDC or token alone. Conflict where the login is taken."""
        login = _login(login)
        if role not in ROLES:
            raise MatcherError(f"There is no role {role!r}.", f"Roles: {', '.join(ROLES)}.")
        if role == "case_worker" and not offices:
            raise MatcherError("A case worker needs an office.", "Name at least one.")
        offices, name = [checked_office(one) for one in offices], _name(name) or login
        hashed = None if password is None else secret.hash_password(password)
        row = {
            "id": secret.new_id(),
            "login": login,
            "name": name,
            "kind": kind,
            "role": role,
            "active": True,
            "password": hashed,
            "created_at": dt.datetime.now(dt.UTC),
        }
        try:
            with writing(self.engine) as connection:
                connection.execute(insert(AccountRow), row)
                _save_offices(connection, str(row["id"]), offices)
        except IntegrityError as error:
            raise Conflict(f"The login {login!r} is taken.", "Choose another one.") from error
        return self.get(str(row["id"]))

    def by_login(self, login: str) -> Account:
        """The account of a login; raises NotFound."""
        return self._one(AccountRow.login == _login(login))

    def get(self, account_id: str) -> Account:
        """The account of an id; raises NotFound."""
        return self._one(AccountRow.id == account_id)

    def all(self) -> list[Account]:
        """Every account, closed ones too, ordered by login."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(*ACCOUNT_COLUMNS)).all()
            offices = _offices(connection)
        return sorted((account_of(row, offices.get(row.id, ())) for row in rows), key=lambda one: one.login)

    def any(self) -> bool:
        """Has the installation accounts, closed ones too?"""
        with reading(self.engine) as connection:
            return connection.execute(select(AccountRow.id).limit(1)).first() is not None

    def deactivate(self, account_id: str) -> None:
        """Close an account: its sessions end, its tokens work no more. Raises NotFound."""
        with writing(self.engine) as connection:
            self._change(account_id, connection, active=False)
            connection.execute(delete(SessionRow).where(SessionRow.account_id == account_id))

    def change(self, account_id: str, *, role: Role | None = None, offices: Sequence[str] | None = None) -> Account:
        """Another role or other offices, from the next request on. Raises NotFound."""
        if role is not None and role not in ROLES:
            raise MatcherError(f"There is no role {role!r}.", f"Roles: {', '.join(ROLES)}.")
        offices = None if offices is None else [checked_office(one) for one in offices]
        with writing(self.engine) as connection:
            if role is not None:
                self._change(account_id, connection, role=role)
            if offices is not None:
                connection.execute(delete(AccountOfficeRow).where(AccountOfficeRow.account_id == account_id))
                _save_offices(connection, account_id, offices)
        return self.get(account_id)

    def set_password(self, account_id: str, password: str) -> None:
        """Set a password and end all sessions of the account. Raises NotFound."""
        hashed = secret.hash_password(password)
        with writing(self.engine) as connection:
            self._change(account_id, connection, password=hashed)
            connection.execute(delete(SessionRow).where(SessionRow.account_id == account_id))

    def verify(self, login: str, password: str, now: dt.datetime, source: str) -> Account:
        """The account behind login and password.

        `source` names where the attempt comes from (an address). Raises TooManyAttempts above the limit of
        `catalog/accounts.toml`, else NotFound; an unknown login takes as long as a wrong password.
        """
        login = login.strip().lower()
        with under_limit(self.engine, login, source, now) as attempt:
            found = self._secret(login)
            fits = secret.password_fits(None if found is None else found.password, password)
            if found is None or not fits:
                raise NotFound("Login or password is wrong.", "Check both.")
            attempt.succeeded()
        if secret.outdated(found.password):
            self._change(found.id, password=secret.hash_password(password))
        return self.get(found.id)

    def _secret(self, login: str) -> Any:
        if "\x00" in login or not login.isprintable():
            return None
        with reading(self.engine) as connection:
            return connection.execute(
                select(AccountRow.id, AccountRow.password).where(
                    AccountRow.login == login, AccountRow.active, AccountRow.kind == "human"
                )
            ).first()

    def _one(self, condition: Any) -> Account:
        with reading(self.engine) as connection:
            row = connection.execute(select(*ACCOUNT_COLUMNS).where(condition)).first()
            if row is None:
                raise NotFound("There is no such account.", "See `matcher user list`.")
            return account_of(row, offices_of(connection, row.id))

    def _change(self, account_id: str, connection: Connection | None = None, **values: Any) -> None:
        if connection is None:
            with writing(self.engine) as opened:
                self._change(account_id, opened, **values)
            return
        done = connection.execute(update(AccountRow).where(AccountRow.id == account_id).values(**values))
        if done.rowcount == 0:
            raise NotFound("There is no such account.", "See `matcher user list`.")


def _login(text: str) -> str:
    login = text.strip().lower()
    if not login or len(login) > 128 or not login.isprintable():
        raise MatcherError("A login has 1 to 128 printable characters.", "Choose another one.")
    return login


def _name(text: str) -> str:
    name = text.strip()
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise MatcherError(f"A name has at most {LONGEST_NAME} printable characters.", "Choose another one.")
    return name


def checked_office(text: str) -> str:
    """The name of an office itself; MatcherError for one that no caseload can have."""
    if not text or text != text.strip() or len(text) > LONGEST_OFFICE or not text.isprintable():
        raise MatcherError(
            f"An office has 1 to {LONGEST_OFFICE} printable characters and no blanks around them.",
            "Write it as the caseload list does.",
        )
    return text


def account_of(row: Any, offices: Sequence[str]) -> Account:
    """An account from its row and offices."""
    return Account(
        id=row.id,
        login=row.login,
        name=row.name,
        role=row.role,
        offices=tuple(offices),
        kind=row.kind,
        active=bool(row.active),
    )


def signed_in(rows: Sequence[Any]) -> Account:
    """An account from rows that join it with its offices, one office or none a row."""
    return account_of(rows[0], sorted(row.office for row in rows if row.office is not None))


def offices_of(connection: Connection, account_id: str) -> list[str]:
    """The offices of one account, sorted."""
    query = select(AccountOfficeRow.office).where(AccountOfficeRow.account_id == account_id)
    return sorted(connection.execute(query).scalars())


def _offices(connection: Connection) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for account_id, office in connection.execute(select(AccountOfficeRow.account_id, AccountOfficeRow.office)):
        found.setdefault(account_id, []).append(office)
    return {key: sorted(values) for key, values in found.items()}


def _save_offices(connection: Connection, account_id: str, offices: Sequence[str]) -> None:
    rows = [{"account_id": account_id, "office": office} for office in sorted(set(offices))]
    model: type[Base] = AccountOfficeRow
    if rows:
        connection.execute(insert(model), rows)
