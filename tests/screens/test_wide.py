"""What has to be in sight where content stands side by side, on the smallest wide window."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.catalogue import Language
from tests.screens.conftest import Stage


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_four_hits_are_in_sight_beside_the_keys(
    display: str, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Whoever searches on a lying screen sees at least four hits at once, in both languages."""
    with Stage(display, size, tmp_path) as stage:
        for language in Language:
            stage.show("search-hits", language)
            tags = stage.ask("tags")
            assert "key:q" in tags
            assert len([tag for tag in tags if tag.startswith("tile:")]) >= 4
