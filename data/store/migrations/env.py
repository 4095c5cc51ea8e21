"""How Alembic reaches the database: over the connection `data.store.engine` hands it."""

from alembic import context

from data.store import council_assets, decks, plans, workshop_tables  # noqa: F401 (metadata)
from data.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
