"""Loads the layout that stands beside a Python file."""

from __future__ import annotations

from pathlib import Path

from kivy.lang import Builder


def load_beside(python_file: str) -> None:
    """Load `name.kv` beside `name.py`; call it with __file__."""
    Builder.load_file(str(Path(python_file).with_suffix(".kv")), rulesonly=True)
