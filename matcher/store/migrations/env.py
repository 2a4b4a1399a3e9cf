"""Alembic environment: runs on the connection it is handed, inside its transaction."""

from alembic import context

from matcher.errors import MatcherError
from matcher.store import daily_tables, service_tables  # noqa: F401  (their tables belong to the metadata)
from matcher.store.tables import Base

connection = context.config.attributes.get("connection")
if connection is None:
    raise MatcherError("Migrations run through matcher.store.schema.", "Use `matcher doctor` or open the store.")

context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
