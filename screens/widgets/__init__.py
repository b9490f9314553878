"""The parts every screen is made of; importing this makes them known to kv."""

from __future__ import annotations

from screens.widgets import (
    entry,
    keyboard,
    layout,
    marked,
    pages,
    papers,
    parts,
    pictures,
    signature,
    text,
    touch,
)

__all__ = [
    "entry",
    "keyboard",
    "layout",
    "marked",
    "pages",
    "papers",
    "parts",
    "pictures",
    "signature",
    "text",
    "touch",
]
