"""A bar-code scanner that is a keyboard, as a program's own evdev and libudev see one.

It hangs on a simulated USB bus. What it types goes to whoever holds its keys (EVIOCGRAB), or else
to the screen, which is where no code may ever come.
"""

from __future__ import annotations

import os
import struct
import threading
import time
import tty
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from drivers.address import UsbAddress
from drivers.protocols.hid_keyboard import ENTER, KEYS, LEFT_SHIFT
from sandbox.devices.barcode_scanner import dynamic_code
from sandbox.devices.keyboard_node import NAME, PRODUCT, VENDOR, KeyboardNode
from sandbox.devices.simulator import Actor, actor
from sandbox.devices.usb_bus import UsbBus, UsbDescription, UsbInterface, UsbNode

SOCKET = 9  # of the bus; no other device has the same
EVENTS = range(40, 60)  # the numbers that its node has, one after the other
PACE = 0.001  # seconds between two keys
KEY_F1 = 59  # types nothing

_EVENT = struct.Struct("@llHHi")  # struct input_event
_SYN, _KEY, _DROPPED = 0, 1, 3
_Events = list[tuple[int, int, int]]


class SimulatedHidScanner:
    """Types what is held before it, with Enter behind it; it reads at any time, as such ones do.

    It hangs on the bus that UMOCKDEV_DIR names, or else on one of its own in the directory.
    """

    name = "scanner"

    @classmethod
    def at(cls, place: Path, baud: int | None) -> Self:
        """One whose bus is `place`, where there is none yet."""
        del baud  # no serial line
        return cls(place)

    def __init__(self, place: Path) -> None:
        self.bus = UsbBus(Path(os.environ.get("UMOCKDEV_DIR", place)))
        self.screen = ""
        """What came to the screen, because nobody held the keys."""
        self._lock = threading.RLock()
        self._node: KeyboardNode | None = None
        self._pty: tuple[int, int] | None = None
        self._count = 0

    # --- what a person does ---

    def show(self, *words: str) -> str:
        """Hold a code before the scanner."""
        if not words:
            raise ValueError("a code to show")
        return self.press(" ".join(words))

    def show_qr(self, key: str) -> str:
        """Hold up the code that the electronic card of a resident shows now."""
        return self.press(dynamic_code(key, time.time()))

    def partial(self, text: str = "SBX0123") -> str:
        """Type the beginning of a code and no Enter."""
        return self.press(text, enter=False)

    def lossy(self, text: str = "SBX0123") -> str:
        """Type a code of which the kernel drops keys: it says so, and some are missing."""
        with self._lock:
            self.press(text[: len(text) // 2], enter=False)
            self._send([(_SYN, _DROPPED, 0)])
            return self.press(text[-1:])

    def function_key(self) -> str:
        """Press a key that types nothing, as one set to another layout does."""
        with self._lock:
            self._send([(_KEY, KEY_F1, 1), (_SYN, 0, 0), (_KEY, KEY_F1, 0), (_SYN, 0, 0)])
            return self.press("")

    def press(self, text: str, *, enter: bool = True) -> str:
        """Type a text to whoever holds the keys, at the pace of a scanner."""
        with self._lock:
            if not self.held:
                self.screen += text
                return "the code came to the screen"
            for stroke in _strokes(text, enter=enter):
                self._send(stroke)
                time.sleep(PACE)
        return "the code was typed"

    def _send(self, events: _Events) -> None:
        if self._pty is not None:
            seconds, part = divmod(time.time_ns() // 1000, 1_000_000)
            raw = [_EVENT.pack(seconds, part, *event) for event in events]
            os.write(self._pty[0], b"".join(raw))

    # --- what every simulated device can do ---

    @property
    def where(self) -> str:
        """Vendor and product."""
        return str(UsbAddress(VENDOR, PRODUCT))

    @property
    def node(self) -> str:
        """Its event node, as programs name it."""
        return f"/dev/input/event{EVENTS[self._count % len(EVENTS)]}"

    @property
    def held(self) -> bool:
        """Whether somebody holds its keys."""
        with self._lock:
            return self._pty is not None and self._node is not None and self._node.held

    @property
    def actors(self) -> Mapping[str, Actor]:
        """`scanner show TEXT`, `scanner show-qr wang`, `scanner unplug` and more."""
        deeds: dict[str, Callable[..., object]] = {
            "unplug": self.unplug,
            "plug": self.plug,
            "behave": self.behave,
            "show": self.show,
            "show-qr": self.show_qr,
            "partial": self.partial,
            "lossy": self.lossy,
            "function-key": self.function_key,
        }
        return {self.name: actor(self.name, deeds)}

    def plug(self) -> None:
        """Connect it: the kernel gives its node the next number."""
        with self._lock:
            if self._pty is not None:
                return
            self._count += 1
            if self._node is None:
                self.bus.root.mkdir(parents=True, exist_ok=True)
                self._node = KeyboardNode(self.bus.root / "scanner-calls")
            self._pty = os.openpty()
            tty.setraw(self._pty[1])
            file = self.bus.root / self.node.removeprefix("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.unlink(missing_ok=True)
            file.symlink_to(os.ttyname(self._pty[1]))
            self._node.plug(self.bus.root / f"ioctl{self.node}")
            self.bus.plug(f"1-{SOCKET}", SOCKET, _description(), (self._file(),))

    def unplug(self) -> None:
        """Pull it: the node is gone, and whoever has it open is told so."""
        with self._lock:
            pty, self._pty = self._pty, None
            if pty is None or self._node is None:
                return
            (self.bus.root / self.node.removeprefix("/")).unlink()
            self.bus.pull(f"1-{SOCKET}", SOCKET)
            self._node.pull()
            for end in pty:
                os.close(end)

    def behave(self) -> None:
        """It always does: what it types wrongly is said each time."""

    def __enter__(self) -> Self:
        self.plug()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.unplug()
        with self._lock:
            node, self._node = self._node, None
        if node is not None:
            node.close()

    def _file(self) -> UsbNode:
        said = {"ID_INPUT": "1", "ID_INPUT_KEY": "1", "ID_INPUT_KEYBOARD": "1"}
        return UsbNode("input", self.node.removeprefix("/dev/"), properties=said)


def _strokes(text: str, *, enter: bool) -> Iterator[_Events]:
    """The events of each character, and of Enter."""
    for character in text:
        key, shifted = KEYS[character]
        if shifted:
            yield [(_KEY, LEFT_SHIFT, 1), (_SYN, 0, 0)]
        yield [(_KEY, key, 1), (_SYN, 0, 0), (_KEY, key, 0), (_SYN, 0, 0)]
        if shifted:
            yield [(_KEY, LEFT_SHIFT, 0), (_SYN, 0, 0)]
    if enter:
        yield [(_KEY, ENTER, 1), (_SYN, 0, 0), (_KEY, ENTER, 0), (_SYN, 0, 0)]


def _description() -> UsbDescription:
    hid = UsbInterface(usb_class=0x03, subclass=1, protocol=1, driver="usbhid")
    return UsbDescription(VENDOR, PRODUCT, model=NAME, interfaces=(hid,))
