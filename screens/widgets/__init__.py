"""The parts every screen is made of; importing this makes them known to kv."""

from __future__ import annotations

from screens.widgets import (
    calendar,
    entry,
    keyboard,
    layout,
    marked,
    pad,
    pages,
    papers,
    parts,
    pictures,
    signature,
    text,
    touch,
)

__all__ = [
    "calendar",
    "entry",
    "keyboard",
    "layout",
    "marked",
    "pad",
    "pages",
    "papers",
    "parts",
    "pictures",
    "signature",
    "text",
    "touch",
]
