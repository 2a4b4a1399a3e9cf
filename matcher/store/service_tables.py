"""Tables of the service: accounts, tokens, sessions, failed logins, records, decisions, stored responses.

A decision names a person: the foreign key includes the kind of account, and the kind must be `human`. Records and
decisions are only ever added; they go when their person goes. Secrets are kept as SHA-256 or argon2id alone.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)

from matcher.store.tables import ACCOUNT, DIGEST, ID, Base, Utc, column, of_person, refers

KEY = String(40)


def of_account() -> ForeignKeyConstraint:
    """Of an account; accounts are closed, never deleted."""
    return refers("account_id", "accounts.id")


class AccountRow(Base):
    """Who may sign in, in which role; `password` is an argon2id hash, none for accounts that cannot log in here."""

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("login", "jobcenter"),
        UniqueConstraint("id", "kind", "jobcenter", name="uq_accounts_id_kind"),
        CheckConstraint(
            "role IN ('case_worker', 'employer_service', 'planner', 'administrator', 'auditor')", name="role"
        ),
        CheckConstraint("kind IN ('human', 'machine')", name="kind"),
        CheckConstraint("kind = 'human' OR password IS NULL", name="machines_have_no_password"),
    )

    id = column(ACCOUNT, key=True)
    login = column(String(128))
    name = column(String(200))
    kind = column(String(8))
    role = column(String(20))
    active = column(Boolean)
    password = column(String(200), empty=True)
    created_at = column(Utc)


class AccountOfficeRow(Base):
    """The offices an account works for."""

    __tablename__ = "account_offices"
    __table_args__ = (refers("account_id", "accounts.id", "CASCADE"),)

    account_id = column(ACCOUNT, key=True)
    office = column(String(64), key=True)


class TokenRow(Base):
    """Keys of machines: the secret's SHA-256, scopes separated by blanks, end of validity."""

    __tablename__ = "tokens"
    __table_args__ = (of_account(), UniqueConstraint("secret", "jobcenter"))

    id = column(KEY, key=True)
    account_id = column(ACCOUNT)
    name = column(String(200))
    scopes = column(Text)
    secret = column(DIGEST)
    created_at = column(Utc)
    expires_at = column(Utc)
    revoked_at = column(Utc, empty=True)


class SessionRow(Base):
    """Signed-in browsers by the SHA-256 of their secret."""

    __tablename__ = "sessions"
    __table_args__ = (of_account(),)

    id = column(DIGEST, key=True)
    account_id = column(ACCOUNT, index=True)
    opened_at = column(Utc)
    seen_at = column(Utc)
    expires_at = column(Utc, index=True)


class LoginAttemptRow(Base):
    """Failed logins of the last minute, by the hash of a login or a source; a login under way counts too."""

    __tablename__ = "login_attempts"
    __table_args__ = (Index("ix_login_attempts_key", "key", "at"),)

    id = column(KEY, key=True)
    key = column(DIGEST, key=True)
    at = column(Utc, index=True)


class SuggestionRecordRow(Base):
    """What was asked and answered about a person, by whom and for what purpose; only ever added."""

    __tablename__ = "suggestion_records"
    __table_args__ = (
        of_person(),
        of_account(),
        UniqueConstraint("id", "participant_id", "jobcenter", name="uq_suggestion_records_id_person"),
        Index("ix_suggestion_records_person", "participant_id", "asked_at"),
    )

    id = column(KEY, key=True)
    participant_id = column(ID)
    account_id = column(ACCOUNT)
    purpose = column(String(64))
    asked_at = column(Utc)
    question = column(Text)
    versions = column(Text)
    answer = column(LargeBinary)


class SuggestionDecisionRow(Base):
    """What a named person decided about one item of a record; only ever added, the latest counts."""

    __tablename__ = "decisions"
    __table_args__ = (
        of_person(),
        ForeignKeyConstraint(
            ["record_id", "participant_id", "jobcenter"],
            ["suggestion_records.id", "suggestion_records.participant_id", "suggestion_records.jobcenter"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["account_id", "actor", "jobcenter"], ["accounts.id", "accounts.kind", "accounts.jobcenter"]
        ),
        CheckConstraint("actor = 'human' AND via = 'session'", name="human"),
        CheckConstraint("decision IN ('accepted', 'changed', 'refused')", name="decision"),
        CheckConstraint("length(trim(reason)) > 0", name="reasoned"),
        Index("ix_decisions_person", "participant_id", "decided_at"),
    )

    id = column(KEY, key=True)
    participant_id = column(ID)
    record_id = column(KEY, index=True)
    item_id = column(ID)
    decision = column(String(16))
    reason = column(String(64))
    note = column(Text, empty=True)
    account_id = column(ACCOUNT)
    actor = column(String(8))
    via = column(String(8))
    decided_at = column(Utc)


class IdempotencyRow(Base):
    """Requests that were answered once and are answered the same again; no status: still under way."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (of_account(),)

    key = column(String(128), key=True)
    account_id = column(ACCOUNT, key=True)
    route = column(String(200))
    body_hash = column(DIGEST)
    begun_at = column(Utc, index=True)
    status = column(Integer, empty=True)
    body = column(LargeBinary, empty=True)
