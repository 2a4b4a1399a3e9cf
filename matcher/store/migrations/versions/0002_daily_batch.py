"""Daily batch: caseload, days, proposals, abstentions, four events, marks."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

EVENTS = ("proposal_decisions", "proposal_wishes", "proposal_answers", "proposal_results")
CHECKS = {
    "proposal_decisions": {"named": "length(decided_by) > 0", "kind": "kind IN ('issued', 'not_issued')"},
    "proposal_answers": {"kind": "kind IN ('none', 'invited', 'filled', 'declined')"},
    "proposal_results": {"kind": "kind IN ('employed', 'not_employed')"},
}


def _columns(event: str) -> list[sa.Column[Any]]:
    kind = sa.Column("kind", sa.String(length=16), nullable=False)
    if event == "proposal_decisions":
        decided_by = sa.Column("decided_by", sa.String(length=128), nullable=False)
        return [kind, decided_by, sa.Column("decided_on", sa.Date(), nullable=False)]
    if event == "proposal_answers":
        return [kind, sa.Column("answered_on", sa.Date(), nullable=False)]
    if event == "proposal_results":
        return [kind, sa.Column("known_on", sa.Date(), nullable=False)]
    return [
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
    ]


def upgrade() -> None:
    """Apply this migration."""
    marks = op.create_table(
        "daily_marks",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_daily_marks"),
    )
    op.bulk_insert(marks, [{"name": "history", "number": 0}])
    _create_caseload()
    _create_days()
    _create_proposals()
    for name in EVENTS:
        op.create_table(
            name,
            sa.Column("proposal_id", sa.String(length=40), nullable=False),
            *_columns(name),
            *(sa.CheckConstraint(text, name=f"ck_{name}_{key}") for key, text in CHECKS.get(name, {}).items()),
            sa.ForeignKeyConstraint(
                ["proposal_id"], ["proposals.id"], name=f"fk_{name}_proposal_id", ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("proposal_id", name=f"pk_{name}"),
        )
    op.create_index("ix_proposal_wishes_until", "proposal_wishes", ["until"])


def _create_caseload() -> None:
    op.create_table(
        "caseload",
        sa.Column("participant_id", sa.String(length=128), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=True),
        sa.Column("case_worker", sa.String(length=128), nullable=True),
        sa.Column("household", sa.String(length=64), nullable=True),
        sa.Column("appointment_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name="fk_caseload_participant_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("participant_id", name="pk_caseload"),
    )
    op.create_index("ix_caseload_office", "caseload", ["office"])


def _create_days() -> None:
    op.create_table(
        "daily_runs",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("versions", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_daily_runs"),
        sa.UniqueConstraint("office", "day", name="uq_daily_runs_office_day"),
    )


def _create_proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("run_id", sa.String(length=40), nullable=False),
        sa.Column("participant_id", sa.String(length=128), nullable=False),
        sa.Column("vacancy_id", sa.String(length=128), nullable=False),
        sa.Column("employer", sa.String(length=200), nullable=False),
        sa.Column("occupation", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["daily_runs.id"], name="fk_proposals_run_id"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name="fk_proposals_participant_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
        sa.UniqueConstraint("participant_id", "vacancy_id", name="uq_proposals_participant_vacancy"),
        sa.UniqueConstraint("participant_id", "day", name="uq_proposals_participant_day"),
    )
    for column in ("run_id", "vacancy_id", "day"):
        op.create_index(f"ix_proposals_{column}", "proposals", [column])
    op.create_table(
        "abstentions",
        sa.Column("run_id", sa.String(length=40), nullable=False),
        sa.Column("participant_id", sa.String(length=128), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["daily_runs.id"], name="fk_abstentions_run_id"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name="fk_abstentions_participant_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "participant_id", name="pk_abstentions"),
    )


def downgrade() -> None:
    """Take this migration back."""
    op.drop_index("ix_proposal_wishes_until", table_name="proposal_wishes")
    for name in reversed(EVENTS):
        op.drop_table(name)
    op.drop_table("abstentions")
    for column in ("run_id", "vacancy_id", "day"):
        op.drop_index(f"ix_proposals_{column}", table_name="proposals")
    op.drop_table("proposals")
    op.drop_table("daily_runs")
    op.drop_index("ix_caseload_office", table_name="caseload")
    op.drop_table("caseload")
    op.drop_table("daily_marks")
