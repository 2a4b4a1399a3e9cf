"""The service: Jobcenter in every key, caseload columns, accounts, tokens, sessions, records, decisions."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from matcher.store import engine, roles
from matcher.store.migrations import tenancy

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

EARLIER = (
    "employers", "imports", "offers", "participants", "places", "programmes", "vacancies", "versions",
    "households", "identities", "protected_facts", "caseload", "daily_runs", "daily_marks", "proposals", "abstentions",
    "proposal_decisions", "proposal_wishes", "proposal_answers", "proposal_results",
)  # fmt: skip
NEW = (
    "accounts", "account_offices", "tokens", "sessions", "login_attempts", "suggestion_records", "decisions",
    "idempotency_keys", "legal_reasons",
)  # fmt: skip
ROLES = "role IN ('case_worker', 'employer_service', 'planner', 'administrator', 'auditor')"
CASELOAD = (sa.Column("office", sa.String(64), nullable=True), sa.Column("case_worker", sa.String(40), nullable=True))
CHECKS = (
    ("proposal_decisions", "named", "length(decided_by) > 0", "length(trim(decided_by)) > 0"),
    ("proposal_decisions", "kind", *("kind IN ('issued', 'not_issued')",) * 2),
    ("proposal_answers", "kind", *("kind IN ('none', 'invited', 'filled', 'declined')",) * 2),
    ("proposal_results", "kind", *("kind IN ('employed', 'not_employed')",) * 2),
)
"""Table, name, condition before and after; before, the names had their prefix twice."""


def upgrade() -> None:
    """Apply this migration."""
    connection = op.get_bind()
    if _server():
        roles.create_role(connection)
    _create_accounts()
    _change(
        tenancy.Change(
            keys=tenancy.with_jobcenter,
            own_key=("imports",),
            added={
                table: [*(CASELOAD if table == "participants" else ()), tenancy.jobcenter_column(_dialect())]
                for table in EARLIER
            },
            references={"participants": [("case_worker", "accounts.id")]},
            dropped={},
            checks={(t, f"ck_{t}_ck_{t}_{name}"): (f"ck_{t}_{name}", after) for t, name, _, after in CHECKS},
        )
    )
    op.create_index("ix_participants_caseload", "participants", ["case_worker", "office"])
    op.execute(
        "UPDATE participants SET office = (SELECT office FROM caseload WHERE caseload.participant_id = participants.id)"
    )
    _create_access()
    _create_records()
    _create_rest()
    _protect(connection)


def downgrade() -> None:
    """Take this migration back; PostgreSQL refuses where two Jobcenters use the same id."""
    connection = op.get_bind()
    if _server():
        for table in (*EARLIER, *NEW):
            roles.open_up(connection, table)
        connection.exec_driver_sql(f'REVOKE ALL ON alembic_version FROM "{engine.APP_ROLE}"')
        connection.exec_driver_sql(f'REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM "{engine.APP_ROLE}"')
    for table in ("legal_reasons", "idempotency_keys", "decisions", "suggestion_records"):
        op.drop_table(table)
    for table in ("login_attempts", "sessions", "tokens"):
        op.drop_table(table)
    op.drop_index("ix_participants_caseload", "participants")
    _change(
        tenancy.Change(
            keys=tenancy.without_jobcenter,
            own_key=("imports",),
            added={},
            references={},
            dropped={
                table: ["jobcenter", *(("office", "case_worker") if table == "participants" else ())]
                for table in EARLIER
            },
            checks={(t, f"ck_{t}_{name}"): (f"ck_{t}_ck_{t}_{name}", before) for t, name, before, _ in CHECKS},
        )
    )
    op.drop_table("account_offices")
    op.drop_table("accounts")


def _change(how: tenancy.Change) -> None:
    tenancy.change(op.get_bind(), EARLIER, how)


def _dialect() -> str:
    return op.get_bind().dialect.name


def _server() -> bool:
    return _dialect() == "postgresql"


def _key(name: str, length: int = 40) -> "sa.Column[Any]":
    return sa.Column(name, sa.String(length), nullable=False)


def _time(name: str, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def _table(name: str, key: tuple[str, ...], *parts: Any) -> None:
    primary = sa.PrimaryKeyConstraint(*key, "jobcenter", name=f"pk_{name}")
    op.create_table(name, *parts, tenancy.jobcenter_column(_dialect()), primary)


def _refers(table: str, columns: list[str], to: str, there: list[str], ondelete: str | None = None) -> Any:
    return sa.ForeignKeyConstraint(
        [*columns, "jobcenter"],
        [f"{to}.{name}" for name in (*there, "jobcenter")],
        name=f"fk_{table}_{columns[0]}",
        ondelete=ondelete,
    )


def _create_accounts() -> None:
    _table(
        "accounts",
        ("id",),
        _key("id"),
        _key("login", 128),
        _key("name", 200),
        _key("kind", 8),
        _key("role", 20),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password", sa.String(200), nullable=True),
        _time("created_at"),
        sa.UniqueConstraint("login", "jobcenter", name="uq_accounts_login"),
        sa.UniqueConstraint("id", "kind", "jobcenter", name="uq_accounts_id_kind"),
        sa.CheckConstraint(ROLES, name=op.f("ck_accounts_role")),
        sa.CheckConstraint("kind IN ('human', 'machine')", name=op.f("ck_accounts_kind")),
        sa.CheckConstraint("kind = 'human' OR password IS NULL", name=op.f("ck_accounts_machines_have_no_password")),
    )
    _table(
        "account_offices",
        ("account_id", "office"),
        _key("account_id"),
        _key("office", 64),
        _refers("account_offices", ["account_id"], "accounts", ["id"], "CASCADE"),
    )


def _create_access() -> None:
    _table(
        "tokens",
        ("id",),
        _key("id"),
        _key("account_id"),
        _key("name", 200),
        _text("scopes"),
        _key("secret", 64),
        _time("created_at"),
        _time("expires_at"),
        _time("revoked_at", nullable=True),
        _refers("tokens", ["account_id"], "accounts", ["id"]),
        sa.UniqueConstraint("secret", "jobcenter", name="uq_tokens_secret"),
    )
    _table(
        "sessions",
        ("id",),
        _key("id", 64),
        _key("account_id"),
        _time("opened_at"),
        _time("seen_at"),
        _time("expires_at"),
        _refers("sessions", ["account_id"], "accounts", ["id"]),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    _table("login_attempts", ("id", "key"), _key("id"), _key("key", 64), _time("at"))
    op.create_index("ix_login_attempts_key", "login_attempts", ["key", "at"])
    op.create_index("ix_login_attempts_at", "login_attempts", ["at"])


def _create_records() -> None:
    _table(
        "suggestion_records",
        ("id",),
        _key("id"),
        _key("participant_id", 128),
        _key("account_id"),
        _key("purpose", 64),
        _time("asked_at"),
        _text("question"),
        _text("versions"),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        _refers("suggestion_records", ["participant_id"], "participants", ["id"], "CASCADE"),
        _refers("suggestion_records", ["account_id"], "accounts", ["id"]),
        sa.UniqueConstraint("id", "participant_id", "jobcenter", name="uq_suggestion_records_id_person"),
    )
    op.create_index("ix_suggestion_records_person", "suggestion_records", ["participant_id", "asked_at"])
    _table(
        "decisions",
        ("id",),
        _key("id"),
        _key("participant_id", 128),
        _key("record_id"),
        _key("item_id", 128),
        _key("decision", 16),
        _key("reason", 64),
        _text("note", nullable=True),
        _key("account_id"),
        _key("actor", 8),
        _key("via", 8),
        _time("decided_at"),
        _refers("decisions", ["participant_id"], "participants", ["id"], "CASCADE"),
        _refers(
            "decisions", ["record_id", "participant_id"], "suggestion_records", ["id", "participant_id"], "CASCADE"
        ),
        _refers("decisions", ["account_id", "actor"], "accounts", ["id", "kind"]),
        sa.CheckConstraint("actor = 'human' AND via = 'session'", name=op.f("ck_decisions_human")),
        sa.CheckConstraint("decision IN ('accepted', 'changed', 'refused')", name=op.f("ck_decisions_decision")),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_decisions_reasoned")),
    )
    op.create_index("ix_decisions_person", "decisions", ["participant_id", "decided_at"])
    op.create_index("ix_decisions_record_id", "decisions", ["record_id"])


def _create_rest() -> None:
    _table(
        "idempotency_keys",
        ("key", "account_id"),
        _key("key", 128),
        _key("account_id"),
        _key("route", 200),
        _key("body_hash", 64),
        _time("begun_at"),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        _refers("idempotency_keys", ["account_id"], "accounts", ["id"]),
    )
    op.create_index("ix_idempotency_keys_begun_at", "idempotency_keys", ["begun_at"])
    _table(
        "legal_reasons",
        ("vacancy_id", "restriction"),
        _key("vacancy_id", 128),
        _key("restriction", 16),
        _key("norm", 200),
        _text("reason"),
        _key("recorded_by", 128),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "restriction IN ('sex', 'age', 'health', 'nationality')", name=op.f("ck_legal_reasons_restriction")
        ),
        sa.CheckConstraint(
            "length(trim(norm)) > 0 AND length(trim(reason)) > 0", name=op.f("ck_legal_reasons_reasoned")
        ),
        sa.CheckConstraint("length(trim(recorded_by)) > 0", name=op.f("ck_legal_reasons_named")),
    )


def _protect(connection: sa.Connection) -> None:
    """Records and decisions are only added to: by grant on PostgreSQL, by trigger on SQLite; a person takes them."""
    if not _server():
        for table in ("suggestion_records", "decisions"):
            for verb, when in (
                ("UPDATE", ""),
                ("DELETE", "WHEN EXISTS (SELECT 1 FROM participants WHERE id = OLD.participant_id)"),
            ):
                connection.exec_driver_sql(
                    f"CREATE TRIGGER {table}_keep_{verb.lower()} BEFORE {verb} ON {table} {when}"
                    f" BEGIN SELECT RAISE(ABORT, '{table} are only added to'); END"
                )
        return
    for table in (*EARLIER, *NEW):
        roles.grant(connection, table)
        roles.isolate(connection, table)
    app = engine.APP_ROLE
    schema = connection.execute(sa.text("SELECT quote_ident(current_schema())")).scalar_one()
    connection.exec_driver_sql(f'GRANT USAGE ON SCHEMA {schema} TO "{app}"')
    connection.exec_driver_sql(f'GRANT SELECT ON alembic_version TO "{app}"')
    connection.exec_driver_sql(f'GRANT USAGE ON SEQUENCE imports_id_seq TO "{app}"')
