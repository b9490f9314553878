"""What the rows of the tables mean."""

from __future__ import annotations

from sqlalchemy import RowMapping

from fleet.presence import Presence

PRESENCE = ("online", "session_id", "last_seen", "screen", "screen_since", "offsets")


def presence_of(row: RowMapping) -> Presence:
    """What is known of who is there, from a row of `terminals`."""
    kept = {name: row[name] for name in PRESENCE}
    return Presence(**kept | {"offsets": tuple(row["offsets"])})
