"""The tables. Times are seconds since 1970; a terminal's own where the name says so."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
)

metadata = MetaData()

monitor = Table(
    "monitor",
    metadata,
    Column("name", String(64), primary_key=True),  # what the broker knows us by
)

terminals = Table(
    "terminals",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name_zh", String(120), nullable=False, default=""),
    Column("name_en", String(120), nullable=False, default=""),
    Column("place_zh", String(120), nullable=False, default=""),
    Column("place_en", String(120), nullable=False, default=""),
    Column("software", String(120), nullable=False, default=""),
    Column("online", Boolean, nullable=True),
    Column("session_id", String(36), nullable=False, default=""),
    Column("last_seen", Float, nullable=False, default=0.0),
    Column("screen", String(64), nullable=False, default=""),
    Column("screen_since", Float, nullable=False, default=0.0),
    Column("offsets", JSON, nullable=False, default=list),
    Column("platform_reachable", Boolean, nullable=False, default=True),
    Column("out_of_service", Boolean, nullable=False, default=False, server_default=false()),
    Column("pending", BigInteger, nullable=False, default=0),
    Column("uptime_ms", BigInteger, nullable=False, default=0),
    Column("memory_mb", BigInteger, nullable=True),
    Column("disk_free_mb", BigInteger, nullable=True),
)

devices = Table(
    "devices",
    metadata,
    Column("terminal", ForeignKey("terminals.id"), primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("state", String(64), nullable=False),
    Column("since", Float, nullable=False),
    Column("advice", String(64)),
    Column("fault", String(64)),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("terminal", ForeignKey("terminals.id"), nullable=False),
    Column("boot_id", String(36), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", Float, nullable=False),
    Column("received", Float, nullable=False),
    Column("name", String(64), nullable=False),
    Column("data", JSON, nullable=False),
    Column("replayed", Boolean, nullable=False),
    # A replay and paho's own repetition may bring the same event twice.
    UniqueConstraint("terminal", "boot_id", "seq", name="events_once"),
    Index("events_newest", "terminal", "at"),
)

users = Table(
    "users",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("password", String(200)),
)

login_links = Table(
    "login_links",
    metadata,
    Column("token", String(64), primary_key=True),  # its SHA-256
    Column("user", ForeignKey("users.name"), nullable=False),
    Column("expires", Float, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", String(64), primary_key=True),  # its SHA-256
    Column("user", ForeignKey("users.name"), nullable=False),
    Column("expires", Float, nullable=False),
)
