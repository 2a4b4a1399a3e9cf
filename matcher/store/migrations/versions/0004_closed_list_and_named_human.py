"""Functional limits held to their closed list, and decisions of the daily batch to the account of a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DataError, IntegrityError

from matcher.errors import MatcherError
from matcher.store.closed_list import closed_list
from matcher.store.migrations import tenancy

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LIMITS = (
    "no_heavy_lifting", "no_prolonged_standing", "no_prolonged_sitting", "no_kneeling", "no_overhead_work",
    "no_heights", "no_wet_cold", "no_heat", "no_dust_allergens", "no_skin_irritants", "no_noise", "no_night_shift",
    "no_shift_work", "no_time_pressure", "no_public_contact", "no_driving", "no_screen_work", "no_machines",
)  # fmt: skip
"""The vocabulary on 2026-11-21; another limit needs another migration."""
LIMITED = "ck_protected_facts_functional_limits"
HUMAN = "ck_proposal_decisions_human"
ACCOUNT = "fk_proposal_decisions_account_id"
HERE, THERE = ["account_id", "actor", "jobcenter"], ["id", "kind", "jobcenter"]
IS_HUMAN = "(account_id IS NULL) = (actor IS NULL) AND (actor IS NULL OR actor = 'human')"


def upgrade() -> None:
    """Apply this migration; raises MatcherError where stored limits are not of the list."""
    with _explained(), op.batch_alter_table("protected_facts", copy_from=_facts()) as table:
        table.create_check_constraint(op.f(LIMITED), sa.text(_allowed()))
    with op.batch_alter_table("proposal_decisions", copy_from=_decisions()) as table:
        for column in _account():
            table.add_column(column)
        table.create_check_constraint(op.f(HUMAN), sa.text(IS_HUMAN))
        table.create_foreign_key(ACCOUNT, "accounts", HERE, THERE)


def downgrade() -> None:
    """Take this migration back; the names of who decided stay."""
    account = sa.ForeignKeyConstraint(HERE, [f"accounts.{name}" for name in THERE], name=ACCOUNT)
    before = _decisions(*_account(), _check(HUMAN, IS_HUMAN), account)
    with op.batch_alter_table("proposal_decisions", copy_from=before) as table:
        table.drop_constraint(ACCOUNT, type_="foreignkey")
        table.drop_constraint(op.f(HUMAN), type_="check")
        for column in _account():
            table.drop_column(column.name)
    with op.batch_alter_table("protected_facts", copy_from=_facts(_check(LIMITED, _allowed()))) as table:
        table.drop_constraint(op.f(LIMITED), type_="check")


def _allowed() -> str:
    return closed_list(op.get_bind().dialect.name, LIMITS)


def _account() -> "tuple[sa.Column[Any], ...]":
    return sa.Column("account_id", sa.String(40), nullable=True), sa.Column("actor", sa.String(8), nullable=True)


def _facts(*more: Any) -> sa.Table:
    """The table as it is before a change: SQLite makes it anew from this, PostgreSQL alters what it has."""
    return _table(
        "protected_facts", "participant_id", 128, "participants", sa.Column("payload", sa.Text(), nullable=False), *more
    )


def _decisions(*more: Any) -> sa.Table:
    return _table(
        "proposal_decisions",
        "proposal_id",
        40,
        "proposals",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("decided_by", sa.String(128), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        _check("ck_proposal_decisions_named", "length(trim(decided_by)) > 0"),
        _check("ck_proposal_decisions_kind", "kind IN ('issued', 'not_issued')"),
        *more,
    )


def _table(name: str, key: str, length: int, parent: str, *parts: Any) -> sa.Table:
    return sa.Table(
        name,
        sa.MetaData(),
        sa.Column(key, sa.String(length), nullable=False),
        tenancy.jobcenter_column("sqlite"),
        *parts,
        sa.PrimaryKeyConstraint(key, "jobcenter", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(
            [key, "jobcenter"], [f"{parent}.id", f"{parent}.jobcenter"], name=f"fk_{name}_{key}", ondelete="CASCADE"
        ),
    )


def _check(name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(sa.text(condition), name=op.f(name))


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (IntegrityError, DataError) as error:
        raise MatcherError(
            "Stored protected facts hold functional limits that are not of the closed list; nothing was changed.",
            "Correct them with the program of before, then run `matcher migrate` again.",
        ) from error
