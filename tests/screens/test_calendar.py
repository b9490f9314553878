"""A date is picked by real taps, and by five keys."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from kiosk.core.legal_time import BEIJING
from screens.gate import DOUBLE
from tests.screens.conftest import Stage
from tests.screens.test_typing import heard, seen

PICKED = "Enter(text=<personal>)"


@pytest.fixture(autouse=True)
def nothing_picked(stage: Stage) -> Iterator[None]:
    """Each test begins with nobody there."""
    stage.show("attract")
    while not stage.intents.empty():
        stage.intents.get()
    yield
    stage.show("attract")


def settle(stage: Stage, tag: str) -> None:
    """Wait until a key is there, and a tap counts that comes after the one before."""
    assert seen(stage, "tags", tag)
    settled = time.monotonic() + DOUBLE
    while time.monotonic() < settled:
        assert tag in stage.ask("tags")


def test_a_birthday_takes_four_taps(stage: Stage) -> None:
    """Some years, a year, a month, a day: each tap enters what is known so far."""
    stage.show("question-date")
    for tag in ("key:194", "key:1946", "key:1946-01", "key:1946-01-15"):
        settle(stage, tag)
        stage.tap(tag)
        assert heard(stage, 1) == [PICKED]
    assert seen(stage, "texts", "1946 年 01 月 15 日")


def test_a_second_tap_picks_nothing_behind(stage: Stage) -> None:
    """Whoever taps twice has picked the years once, and no year."""
    stage.show("question-date")
    settle(stage, "key:194")
    stage.tap("key:194", times=3)
    assert seen(stage, "texts", "194_ 年 __ 月 __ 日")
    settle(stage, "key:1946")
    assert heard(stage, 1) == [PICKED]
    others = [stage.intents.get()["intent"] for _ in range(stage.intents.qsize())]
    assert PICKED not in others


def test_one_step_back_is_one_tap(stage: Stage) -> None:
    """From the days to the months, and from there to the years."""
    stage.show("question-date-whole")
    settle(stage, "key:back")
    stage.tap("key:back")
    settle(stage, "key:1946-12")
    stage.tap("key:back")
    assert seen(stage, "tags", "key:1949")
    assert heard(stage, 2) == [PICKED] * 2


def test_what_is_out_of_bounds_cannot_be_picked(stage: Stage) -> None:
    """Days before the first one that is allowed are grey, as are months after the last one."""
    stage.show("question-date-bounded-days")
    assert seen(stage, "tags", "key:2026-11-25")
    assert "key:2026-11-24" not in stage.ask("tags")
    stage.show("question-date-bounded-months")
    assert seen(stage, "tags", "key:2027-11")
    assert "key:2027-12" not in stage.ask("tags")


def test_today_is_one_tap(stage: Stage) -> None:
    """It is offered where one begins, and enters the whole date."""
    before = datetime.now(BEIJING)
    stage.show("question-date")
    settle(stage, "key:today")
    stage.tap("key:today")
    assert heard(stage, 1) == [PICKED]
    assert seen(stage, "tags", "key:back")
    days = {f"{now:%Y 年 %m 月 %d 日}" for now in (before, datetime.now(BEIJING))}
    assert days & set(stage.ask("texts"))


def test_a_half_typed_date_is_picked_to_its_end(stage: Stage) -> None:
    """Digits and calendar lead to each other, and what is entered so far stays."""
    stage.show("question-date-months")
    settle(stage, "key:digits")
    stage.tap("key:digits")
    settle(stage, "key:9")
    stage.tap("key:9")
    assert seen(stage, "texts", "1946 年 09 月 __ 日")
    stage.tap("key:calendar")
    settle(stage, "key:1946-09-30")
    stage.tap("key:1946-09-30")
    assert seen(stage, "texts", "1946 年 09 月 30 日")


def test_five_keys_stay_on_the_calendar(stage: Stage) -> None:
    """The key that picked some years is gone; the keypad is at the first of these years."""
    stage.show("question-date")
    stage.key("Down")
    assert stage.ask("focused")[0].startswith("key:")
    stage.show("question-date-years")
    assert stage.ask("focused") == ["key:1940"]
    stage.key("Right", "Down", "Return")
    assert heard(stage, 1) == [PICKED]
    assert seen(stage, "texts", "1944 年 __ 月 __ 日")
