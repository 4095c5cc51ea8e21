"""How Alembic reaches the database: over the connection `data.store.engine` hands it."""

from alembic import context

from data.store import (  # noqa: F401 (their tables belong to the metadata)
    council_assets,
    decks,
    own_figures,
    plans,
    workshop_tables,
)
from data.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
