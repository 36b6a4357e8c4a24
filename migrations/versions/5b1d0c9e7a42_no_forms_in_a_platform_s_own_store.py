"""no forms in a platform's own store."""

from collections.abc import Sequence

from alembic import op

revision: str = "5b1d0c9e7a42"
down_revision: str | None = "d326bbf892aa"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # They held what stood in a window, names too, and nothing cleared them away.
    op.execute("DELETE FROM adapter_state WHERE platform = 'slack' AND key LIKE 'form:%'")


def downgrade() -> None:
    """What was there is not needed: a form is shown anew from its draft."""
