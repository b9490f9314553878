"""Who is there? A PIN, of which the glass keeps nothing once it was handed over."""

from __future__ import annotations

from typing import Any, Final

from drivers.device import Personal
from kiosk.core.events import EnterPin
from kiosk.core.views import Frame, StaffPinView
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say

SHORTEST: Final = 6
LONGEST: Final = 12
TYPED, LEFT = "●", "○"


class StaffPinScreen(BaseScreen[StaffPinView]):
    """A pad of digits, and a dot for each digit typed: never the digit itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pin = Personal("")
        if self.wide and self.low:  # below the middle there is room for the keys alone
            self.ids.below.remove_widget(self.ids.enter)
            self.ids.beside.add_widget(self.ids.enter)

    def render(self, body: StaffPinView, frame: Frame, say: Say) -> None:
        """Ask for a PIN, or say that it was none and how long to wait; nobody's role is named."""
        ids = self.ids
        ids.head.title = say("For staff")
        ids.head.content = "" if body.wrong else say("Type your PIN.")
        ids.told.title, ids.told.content = _told(body, say)
        ids.enter.content = say("Looking…") if body.checking else say("Enter")
        self._checking = body.checking
        if not ids.pad.children:
            ids.pad.prepare("")
        self._show()

    def wipe(self) -> None:
        """Forget what was typed."""
        super().wipe()
        self._pin = Personal("")
        self.ids.pad.forget()

    def put(self, digit: str) -> None:
        """One more digit."""
        if not self._checking:
            self._pin = Personal((self._pin.reveal() + digit)[:LONGEST])
            self._show()

    def erase(self) -> None:
        """One less."""
        if not self._checking:
            self._pin = Personal(self._pin.reveal()[:-1])
            self._show()

    def enter(self) -> None:
        """Hand it over, and keep nothing."""
        pin, self._pin = self._pin, Personal("")
        self.emit(EnterPin(pin))

    def _show(self) -> None:
        typed = len(self._pin.reveal())
        self.ids.dots.content = " ".join(TYPED * typed + LEFT * max(SHORTEST - typed, 0))
        self.ids.enter.disabled = self._checking or typed < SHORTEST


def _told(body: StaffPinView, say: Say) -> tuple[str, str]:
    if not body.wrong:
        return "", ""
    wait = say.many(
        "Wait {n} second, then try again.", "Wait {n} seconds, then try again.", body.wait
    )
    return say("That did not fit"), wait


load_beside(__file__)
