"""First slice of the store."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this migration."""
    op.create_table(
        "employers",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_employers"),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_index("ix_imports_kind", "imports", ["kind"])
    op.create_table(
        "offers",
        sa.Column("programme_id", sa.String(length=128), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
    )
    op.create_index("ix_offers_programme_id", "offers", ["programme_id"])
    op.create_table(
        "participants",
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("conflicts", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_participants"),
    )
    op.create_table(
        "places",
        sa.Column("id", sa.String(length=160), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("postal_code", sa.String(length=10), nullable=False),
        sa.Column("place", sa.String(length=140), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("ags", sa.String(length=12), nullable=True),
        sa.Column("district", sa.String(length=140), nullable=True),
        sa.Column("state", sa.String(length=140), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
    )
    op.create_index("ix_places_postal_code", "places", ["postal_code"])
    op.create_table(
        "programmes",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_programmes"),
    )
    op.create_table(
        "vacancies",
        sa.Column("employer_id", sa.String(length=128), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("open_until", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vacancies"),
    )
    op.create_index("ix_vacancies_employer_id", "vacancies", ["employer_id"])
    op.create_index("ix_vacancies_published_on", "vacancies", ["published_on"])
    op.create_table(
        "versions",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("kind", name="pk_versions"),
    )
    op.create_table(
        "households",
        sa.Column("participant_id", sa.String(length=128), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name="fk_households_participant_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("participant_id", name="pk_households"),
    )
    op.create_table(
        "identities",
        sa.Column("participant_id", sa.String(length=128), nullable=False),
        sa.Column("customer_no", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name="fk_identities_participant_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("participant_id", name="pk_identities"),
        sa.UniqueConstraint("customer_no", name="uq_identities_customer_no"),
    )
    op.create_table(
        "protected_facts",
        sa.Column("participant_id", sa.String(length=128), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name="fk_protected_facts_participant_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", name="pk_protected_facts"),
    )


def downgrade() -> None:
    """Take this migration back."""
    op.drop_table("protected_facts")
    op.drop_table("identities")
    op.drop_table("households")
    op.drop_table("versions")
    op.drop_index("ix_vacancies_published_on", table_name="vacancies")
    op.drop_index("ix_vacancies_employer_id", table_name="vacancies")
    op.drop_table("vacancies")
    op.drop_table("programmes")
    op.drop_index("ix_places_postal_code", table_name="places")
    op.drop_table("places")
    op.drop_table("participants")
    op.drop_index("ix_offers_programme_id", table_name="offers")
    op.drop_table("offers")
    op.drop_index("ix_imports_kind", table_name="imports")
    op.drop_table("imports")
    op.drop_table("employers")
