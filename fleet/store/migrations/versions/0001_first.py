"""The first tables, written out: a migration does not change when the schema goes on."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    op.create_table("monitor", sa.Column("name", sa.String(64), primary_key=True))
    _terminals()
    _devices()
    _events()
    op.create_table(
        "users",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("password", sa.String(200)),
    )
    for door in ("login_links", "sessions"):
        op.create_table(
            door,
            sa.Column("token", sa.String(64), primary_key=True),
            sa.Column("user", sa.String(64), sa.ForeignKey("users.name"), nullable=False),
            sa.Column("expires", sa.Float, nullable=False),
        )


def downgrade() -> None:
    """Drop them."""
    for table in (
        "sessions",
        "login_links",
        "users",
        "events",
        "devices",
        "terminals",
        "monitor",
    ):
        op.drop_table(table)


def _terminals() -> None:
    op.create_table(
        "terminals",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name_zh", sa.String(120), nullable=False),
        sa.Column("name_en", sa.String(120), nullable=False),
        sa.Column("place_zh", sa.String(120), nullable=False),
        sa.Column("place_en", sa.String(120), nullable=False),
        sa.Column("software", sa.String(120), nullable=False),
        sa.Column("online", sa.Boolean),
        sa.Column("session_id", sa.String(36), nullable=False),
        sa.Column("last_seen", sa.Float, nullable=False),
        sa.Column("screen", sa.String(64), nullable=False),
        sa.Column("screen_since", sa.Float, nullable=False),
        sa.Column("offsets", sa.JSON, nullable=False),
        sa.Column("platform_reachable", sa.Boolean, nullable=False),
        sa.Column("pending", sa.BigInteger, nullable=False),
        sa.Column("uptime_ms", sa.BigInteger, nullable=False),
        sa.Column("memory_mb", sa.BigInteger),
        sa.Column("disk_free_mb", sa.BigInteger),
    )


def _devices() -> None:
    op.create_table(
        "devices",
        sa.Column("terminal", sa.String(64), sa.ForeignKey("terminals.id"), primary_key=True),
        sa.Column("kind", sa.String(64), primary_key=True),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("since", sa.Float, nullable=False),
        sa.Column("advice", sa.String(64)),
        sa.Column("fault", sa.String(64)),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("terminal", sa.String(64), sa.ForeignKey("terminals.id"), nullable=False),
        sa.Column("boot_id", sa.String(36), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("received", sa.Float, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("replayed", sa.Boolean, nullable=False),
        sa.UniqueConstraint("terminal", "boot_id", "seq", name="events_once"),
    )
    op.create_index("events_newest", "events", ["terminal", "at"])
