"""What a county tells and arranges, on a real window: announcements and labels."""

from __future__ import annotations

import time
from typing import Any

from screens.gate import DOUBLE

Stage = Any  # the fixture of conftest.py


def told(stage: Stage, second: int) -> list[str]:
    """What the announcements are about that stand there in that second of a minute."""
    tags = stage.ask("tags_at", now=f"2026-11-23T10:00:{second:02}+08:00")
    return [tag.removeprefix("announcement:") for tag in tags if tag.startswith("announcement:")]


def open_way(stage: Stage, way: str, there: str) -> None:
    """Touch a way and wait for what is behind it, until a touch there counts."""
    stage.tap(way)
    deadline = time.monotonic() + 5
    while there not in stage.ask("tags"):
        assert time.monotonic() < deadline
    settled = time.monotonic() + 2 * DOUBLE
    while time.monotonic() < settled:
        assert there in stage.ask("tags")


def test_more_announcements_than_have_room_take_turns(stage: Stage) -> None:
    """At most three stand there, all come round, and nothing changes in between."""
    stage.show("attract-announced-many")
    first, second = ["p", "000000000001", ""], ["000000000002", ""]
    turns = [sorted(told(stage, at)) for at in (0, 11, 12, 23, 24)]
    assert turns == [sorted(first), sorted(first), sorted(second), sorted(second), sorted(first)]


def test_nothing_stands_there_when_nothing_is_announced(stage: Stage) -> None:
    """What was announced is gone with its last day, and how it works is shown again."""
    stage.show("attract-announced")
    assert told(stage, 0)
    stage.show("attract")
    assert told(stage, 0) == []


def test_labels_stand_among_the_categories(stage: Stage) -> None:
    """The way to them is the first there; back from them leads there, and then to the front."""
    stage.show("attract")
    stage.show("home")
    open_way(stage, "categories", "labels")
    open_way(stage, "labels", "label:elder")
    open_way(stage, "home", "labels")
    open_way(stage, "home", "search")
