"""The way in for staff and their screens, on a real window and by real touches."""

from __future__ import annotations

import time
from typing import Any, Protocol

import pytest

SIGN = ("112", "92")  # the disc at the top left, in pixels of the display
SERVING = {"help", "comfort", "elder"}


class Stage(Protocol):
    """What conftest's stage offers."""

    def ask(self, do: str, **words: object) -> Any:  # noqa: ANN401 - what JSON holds
        """One line there, one line back."""

    def show(self, sample: str, language: str = ...) -> float:
        """Show a sample."""

    def tap(self, tag: str, times: int = ...) -> None:
        """Touch what is tagged so."""

    def lift(self) -> None:
        """Take the finger away."""

    def next_intent(self) -> str:
        """What was asked for next."""

    def _point(self, *words: str) -> None:
        """What xdotool does."""


def meant(stage: Stage) -> str:
    """What was asked for next, past signs of life: what slides, or is barred, gives one first."""
    while (intent := stage.next_intent()) == "Touched()":
        pass
    return intent


def eventually_said(stage: Stage, sign: str, times: int) -> None:
    """Wait until so many of a sign are on the glass: a click takes its way through X."""
    deadline = time.monotonic() + 10
    while " ".join(stage.ask("texts")).count(sign) != times:
        assert time.monotonic() < deadline, stage.ask("texts")


def test_a_finger_that_stays_on_the_sign_is_staff(stage: Stage) -> None:
    """After three seconds it asks for nothing but the way in, also when it is taken away."""
    stage.show("attract")
    stage._point("mousemove", *SIGN, "mousedown", "1")
    assert stage.next_intent() == "CallStaff()"
    stage.lift()
    stage.show("attract")
    stage.tap("start")
    assert stage.next_intent() == "Start(spoken=False)"


def test_a_finger_that_goes_at_once_is_a_resident(stage: Stage) -> None:
    """The sign is no secret button to them: touching it says that somebody is there."""
    stage.show("attract")
    stage._point("mousemove", *SIGN, "click", "1")
    assert stage.next_intent() == "Touched()"


def test_the_sign_is_nothing_to_be_found(stage: Stage) -> None:
    """Whoever walks through what can be touched by the keypad does not come by the way in."""
    stage.show("attract")
    assert "staff" not in {tag for tag in stage.ask("tags") if tag != "anywhere"}
    stage.show("attract-staff")
    assert "staff" in stage.ask("tags")


def test_a_pin_is_handed_over_whole_and_never_shown(stage: Stage) -> None:
    """Dots are seen, one for each digit; what is asked for names no digit; nothing is left."""
    stage.show("staff_pin")
    for digit in "271828":
        stage.tap(f"key:{digit}")
    eventually_said(stage, "●", 6)
    assert not any("○" in text for text in stage.ask("texts"))
    stage.tap("continue")
    assert meant(stage) == "EnterPin(pin=<personal>)"
    stage.show("attendant")
    assert stage.ask("left", text="●") == []
    stage.show("staff_pin")
    eventually_said(stage, "○", 6)


def test_too_short_a_pin_is_not_handed_over(stage: Stage) -> None:
    """Six digits and one taken back are no PIN: there is no button for it, and leaving is heard."""
    stage.show("attract")
    stage.show("staff_pin")
    for key in ("2", "7", "1", "8", "2", "8", "delete"):
        stage.tap(f"key:{key}")
    deadline = time.monotonic() + 10
    while "continue" in stage.ask("tags"):
        assert time.monotonic() < deadline
    stage.tap("leave")
    assert meant(stage) == "Leave()"


@pytest.mark.parametrize(
    ("sample", "tag", "intent"),
    [
        ("attract-staff", "staff", "CallStaff()"),
        ("attendant", "print", "TryReceipt()"),
        ("attendant", "filled:receipt_printer", "Refilled(kind=<DeviceKind.RECEIPT_PRINTER: "),
        ("attendant", "filled:document_printer", "Refilled(kind=<DeviceKind.DOCUMENT_PRINTER: "),
        ("attendant", "service:off", "Serve(on=False)"),
        ("attendant-out", "service:on", "Serve(on=True)"),
        ("attendant", "leave", "Leave()"),
        ("technician", "device:id_card_reader", "TryDevice(kind=<DeviceKind.ID_CARD_READER: "),
        ("technician", "print", "TryReceipt()"),
        ("technician", "restart", "Restart()"),
        ("technician-out", "service:on", "Serve(on=True)"),
    ],
)
def test_each_touch_asks_for_what_it_says(stage: Stage, sample: str, tag: str, intent: str) -> None:
    """What is touched reaches the core as what was meant."""
    stage.show(sample)
    stage.tap(tag)
    assert meant(stage).startswith(intent)


@pytest.mark.parametrize("sample", ["staff_pin", "attendant", "technician", "attract-out"])
def test_nothing_of_a_residents_is_offered(stage: Stage, sample: str) -> None:
    """Neither help nor another look is there while staff are in or the terminal is closed."""
    stage.show("home")
    assert set(stage.ask("tags")) >= SERVING
    stage.show(sample)
    assert not SERVING & set(stage.ask("tags"))


@pytest.mark.parametrize(
    ("sample", "said"),
    [
        ("attendant", "一切正常"),
        ("attendant-paper", "打开盖子，按盖内的图放入新纸卷"),
        ("attendant-wrong", "请把卡取出收好"),
        ("attendant-out", "已暂停服务"),
        ("technician-wrong", "device.disconnected"),
        ("technician-tested", "SAM-V 05.03"),
        ("technician", "2026-11-01"),
        ("attract-out", "这台终端暂停服务"),
    ],
)
def test_what_is_to_be_known_is_said(stage: Stage, sample: str, said: str) -> None:
    """In plain words: what is wrong and what to do; to technicians the code, too."""
    stage.show(sample)
    assert any(said in text for text in stage.ask("texts"))
