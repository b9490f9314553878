"""What the monitor remembers: SQLAlchemy Core over SQLite or PostgreSQL."""
