"""Alembic's environment: migrations always run on the connection that the program hands over."""

from collections.abc import Iterable
from typing import Any

from alembic import context
from alembic.operations.ops import CreateTableOp, MigrationScript

from bot.store.tables import Table
from bot.store.tables.base import UtcMoment

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Run 'python -m bot migrate': migrations run on the program's own connection.")


def without_notes(context: object, revision: object, scripts: Iterable[MigrationScript]) -> None:
    """Why a column is kept stands with the tables; a migration has no use for it."""
    for script in scripts:
        for made in script.upgrade_ops.ops if script.upgrade_ops else ():
            if isinstance(made, CreateTableOp):
                made.info = {}


def rendered(kind: str, item: object, context: object) -> Any:
    """Moments are plain time stamps with a zone to the database."""
    return "sa.DateTime(timezone=True)" if isinstance(item, UtcMoment) else False


context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    process_revision_directives=without_notes,
    render_item=rendered,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
