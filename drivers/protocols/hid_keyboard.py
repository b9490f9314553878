"""What a scanner types: key codes of Linux's input events into the text of a code.

Scanners that are keyboards press the keys of the US layout and end a code with Enter or Tab. Key
codes are those of linux/input-event-codes.h (KEY_…); a value is 1 pressed, 0 let go, 2 repeated.
"""

from __future__ import annotations

from collections.abc import Iterator

from drivers.errors import RemoteProtocolError
from drivers.protocols.scan_data import LONGEST, ScanData

ENTER, KEYPAD_ENTER, TAB = 28, 96, 15
LEFT_SHIFT, RIGHT_SHIFT, CAPS_LOCK = 42, 54, 58
PRESSED, LET_GO = 1, 0

_ENDS = frozenset({ENTER, KEYPAD_ENTER, TAB})
_SHIFTS = frozenset({LEFT_SHIFT, RIGHT_SHIFT})
_IGNORED = frozenset({CAPS_LOCK, 69, 70})  # …, Num Lock, Scroll Lock: they type nothing

# From a first key code on: the keys of a row as they type without and with Shift.
_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (55, "*", "*"),
    (57, " ", " "),
    (71, "789-456+1230.", "789-456+1230."),
    (98, "/", "/"),
)
_PLAIN = {first + i: c for first, plain, _ in _ROWS for i, c in enumerate(plain)}
_SHIFTED = {first + i: c for first, _, shifted in _ROWS for i, c in enumerate(shifted)}

KEYS = {
    **{c: (key, True) for key, c in _SHIFTED.items()},
    **{c: (key, False) for key, c in reversed(_PLAIN.items())},
}
"""From a character to its key, and whether Shift is held: how a scanner types it."""


class KeyDecoder:
    """Turns key events into codes; a code with a key that means nothing here is an error.

    A mutilated code is worse than none: it would be sent on as if it were the resident's.
    """

    def __init__(self) -> None:
        self._text = ""
        self._held: set[int] = set()
        self._capitals = False
        self._broken = ""

    @property
    def pending(self) -> bool:
        """Whether a code began and did not end."""
        return bool(self._text or self._broken)

    def feed(self, key: int, value: int) -> Iterator[ScanData | RemoteProtocolError]:
        """One key event; the code that ended with it."""
        if key in _SHIFTS:
            (self._held.discard if value == LET_GO else self._held.add)(key)
        elif value != PRESSED:
            return
        elif key in _ENDS:
            yield from self._end()
        elif key == CAPS_LOCK:
            self._capitals = not self._capitals
        elif key not in _IGNORED:
            self._type(key)

    def idle(self) -> Iterator[ScanData | RemoteProtocolError]:
        """No key came for a while: what was typed broke off, or the scanner presses no Enter."""
        if self.pending:
            self._broken = self._broken or "a code without Enter; set that suffix in the scanner"
            yield from self._end()

    def lost(self) -> None:
        """The kernel dropped keys (SYN_DROPPED): what is being typed is not whole."""
        self._held.clear()
        self._broken = "keys were lost; this machine was too busy to read them in time"

    def _end(self) -> Iterator[ScanData | RemoteProtocolError]:
        text, broken = self._text, self._broken
        self._text = self._broken = ""
        if broken:
            yield RemoteProtocolError(broken)
        elif text:
            yield ScanData(text.encode())

    def _type(self, key: int) -> None:
        if key not in _PLAIN:
            self._broken = f"key {key} is on no US keyboard; set the scanner to that layout"
        elif len(self._text) >= LONGEST:
            self._broken = f"a code of more than {LONGEST} bytes"
        elif not self._broken:
            typed = (_SHIFTED if self._held else _PLAIN)[key]
            self._text += typed.swapcase() if self._capitals else typed
