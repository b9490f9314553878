"""Keeps the bytes of pages under their digest."""

from __future__ import annotations

SCHEMA = """
CREATE TABLE IF NOT EXISTS file (
    sha256 TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;
"""
