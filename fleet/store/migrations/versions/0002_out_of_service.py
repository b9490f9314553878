"""Whether staff have closed a terminal."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Nobody has, as far as is known."""
    with op.batch_alter_table("terminals") as terminals:
        terminals.add_column(
            sa.Column("out_of_service", sa.Boolean, nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    """Forget it."""
    with op.batch_alter_table("terminals") as terminals:
        terminals.drop_column("out_of_service")
