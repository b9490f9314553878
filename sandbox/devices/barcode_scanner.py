"""Scanners of bar and QR codes on a serial port, byte for byte: the engine, Newland and Honeywell.

A code is read only while the trigger is on, as real ones do in command mode, and a trigger ends by
itself. What is held before the scanner stays there until it was read or is taken away.
"""

from __future__ import annotations

import re
import threading
import time
from abc import abstractmethod
from collections.abc import Callable, Mapping
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path

from drivers.protocols import honeywell, newland
from sandbox import residents
from sandbox.devices.serial_port import SimulatedSerialDevice
from sandbox.devices.simulator import Actor, WireFault, actor

LIFETIME = 60.0  # seconds until a resident's code changes
BABBLE = b"$GPRMC,,V,,,,,,,,,,N*53\r\n"

_HONEYWELL = re.compile(rb"\x16[TU]\r|\x16M\r[^\x16.!]*[.!]")


class ScannerFault(StrEnum):
    """How a scanner can misbehave beside what any wire does."""

    BABBLE = "babble"
    STUCK_BUSY = "stuck-busy"
    BROKEN = "broken"
    ALWAYS_ON = "always-on"


def dynamic_code(key: str, at: float) -> str:
    """What the electronic card of a resident of the sandbox shows at a time; invented."""
    slot = int(at // LIFETIME)
    return "SBX" + blake2b(f"{residents.find(key).key} {slot}".encode(), digest_size=24).hexdigest()


class SimulatedScanner(SimulatedSerialDevice):
    """The engine: a trigger, a code before the window, and what goes wrong with it.

    A subclass says how commands come in and codes go out.
    """

    name = "scanner"
    session = 3.0
    """Seconds until a trigger ends by itself."""

    def __init__(self, link: Path, *, baud: int | None = None, expects: int | None = None) -> None:
        super().__init__(link, baud=baud, expects=expects)
        self._window = threading.Condition()
        self._held: bytes | None = None
        self._lit_until = 0.0
        self._partial = self._double = False
        self.read_at = 0.0
        """When the last code began to go out (monotonic)."""
        self.triggers = 0
        """How often the trigger was switched on."""

    # --- what a person does ---

    def show(self, *words: str) -> str:
        """Hold a code before the scanner until it is read."""
        if not words:
            raise ValueError("a code to show")
        self.hold(" ".join(words).encode())
        return "the code is before the scanner"

    def show_qr(self, key: str) -> str:
        """Hold up the code that the electronic card of a resident shows now."""
        return self.show(dynamic_code(key, time.time()))

    def hold(self, payload: bytes) -> None:
        """Hold any bytes before the scanner until they are read."""
        with self._window:
            self._held = payload

    def hide(self) -> None:
        """Take the code away."""
        with self._window:
            self._held = None
            self._window.notify_all()

    def partial(self) -> None:
        """The next code breaks off in the middle."""
        self._partial = True

    def double(self) -> None:
        """The next code is sent twice."""
        self._double = True

    def wait_until_read(self, timeout: float) -> bool:
        """Wait until nothing is before the scanner any more; whether that came in time."""
        with self._window:
            return self._window.wait_for(lambda: self._held is None, timeout)

    @property
    def lit(self) -> bool:
        """Whether the trigger is on."""
        return time.monotonic() < self._lit_until

    def plug(self) -> None:
        """Connect it, as it is after power came."""
        self._lit_until = 0.0
        self.reset()
        super().plug()

    def behave(self) -> None:
        """Be a good scanner again, with nothing before it."""
        super().behave()
        self._partial = self._double = False
        self.hide()

    @property
    def actors(self) -> Mapping[str, Actor]:
        """`scanner show TEXT`, `scanner show-qr wang`, `scanner unplug` and more."""
        deeds: dict[str, Callable[..., object]] = {
            **self.deeds(*WireFault, *ScannerFault),
            "show": self.show,
            "show-qr": self.show_qr,
            "hide": self.hide,
            "partial": self.partial,
            "double": self.double,
        }
        return {"scanner": actor("scanner", deeds)}

    # --- what the engine does ---

    def switch(self, *, on: bool) -> None:
        """The host switched the trigger."""
        self.triggers += on
        self._lit_until = time.monotonic() + self.session if on else 0.0

    def turn(self) -> None:
        """Read what is before the window while the trigger is on."""
        if self.faults.strikes(ScannerFault.BABBLE):
            self.send(BABBLE)
        if not self.lit and not self.faults.has(ScannerFault.ALWAYS_ON):
            return
        with self._window:
            payload = self._held
        if payload is None:
            return
        self.read_at = time.monotonic()
        for _ in range(1 + self._double):
            if self._partial:
                self.transmit(payload[: len(payload) // 2], whole=False)
            else:
                self.transmit(payload, whole=True)
        self._partial = self._double = False
        self._lit_until = 0.0  # one code for each trigger
        with self._window:
            if self._held is payload:  # another one may be there by now
                self.hide()

    def reply(self, data: bytes) -> None:
        """Answer a command, unless something else talks on this line."""
        if not self.faults.has(ScannerFault.BABBLE):
            self.answer(data)

    @abstractmethod
    def reset(self) -> None:
        """Forget what was being said, and settings that are gone with the power."""

    @abstractmethod
    def transmit(self, payload: bytes, *, whole: bool) -> None:
        """Send a code, or the beginning of one that breaks off."""


class SimulatedNewland(SimulatedScanner):
    """Speaks Newland's commands, as `drivers.protocols.newland` describes them."""

    speed = 9600

    def __init__(self, link: Path, *, baud: int | None = None, expects: int | None = None) -> None:
        super().__init__(link, baud=baud, expects=expects)
        self.knows_suffixes = True
        """Whether it can be told to send CR; one that can not says that it has no such setting."""

    def reset(self) -> None:
        """It comes without a suffix."""
        self._buffer = bytearray()
        self.suffix = b""

    def received(self, data: bytes) -> None:
        """Obey every whole command; noise is skipped."""
        self._buffer += data
        while (start := self._buffer.find(newland.COMMAND)) >= 0:
            end = self._buffer.find(newland.SUFFIX, start)
            if end < 0:
                return
            inside = bytes(self._buffer[start + len(newland.COMMAND) : end])
            del self._buffer[: end + len(newland.SUFFIX)]
            done = b";".join(self._obey(part) for part in inside[1:].split(b";"))
            self.reply(newland.REPLY + inside[:1] + done + newland.SUFFIX)
            self.turn()

    def _obey(self, said: bytes) -> bytes:
        """What was said, with the answer and the status behind it."""
        if self.faults.strikes(ScannerFault.STUCK_BUSY):
            return said + bytes([newland.NAK])
        ack = bytes([newland.ACK])
        match said:
            case b"SCNTRG1" | b"SCNTRG0":
                self.switch(on=said.endswith(b"1"))
                return said + ack
            case b"DEVQRY*":
                return b"DEVQRY" + (b"5" if self.faults.has(ScannerFault.BROKEN) else b"0") + ack
            case b"QRYPDN":
                return said + b"NLS-EM20-80" + ack
            case b"QRYSYS":
                return said + b"Product Name: NLS-EM20-80\r\nFirmware Version: V1.02.004\r\n" + ack
            case b"SCNMOD0":
                return said + ack
            case b"TSUENA1" | b"TSUSET0D" if self.knows_suffixes:
                self.suffix = b"\r"
                return said + ack
            case _:
                return said + bytes([newland.ENQ])

    def transmit(self, payload: bytes, *, whole: bool) -> None:
        """Send it as text, with the suffix it was told."""
        self.answer(payload + self.suffix if whole else payload)


class SimulatedHoneywell(SimulatedScanner):
    """Speaks Honeywell's trigger and menu commands, as `drivers.protocols.honeywell` describes."""

    def reset(self) -> None:
        """It comes with CR LF behind each code."""
        self._buffer = bytearray()
        self.suffix = b"\r\n"

    def received(self, data: bytes) -> None:
        """Obey triggers and whole menu commands; noise is skipped."""
        self._buffer += data
        while found := _HONEYWELL.search(self._buffer):
            said = bytes(found[0])
            del self._buffer[: found.end()]
            if said in {honeywell.TRIGGER_ON, honeywell.TRIGGER_OFF}:
                self.switch(on=said == honeywell.TRIGGER_ON)
            else:
                self.reply(self._obey(said[3:-1].upper()) + said[-1:])
            self.turn()

    def _obey(self, said: bytes) -> bytes:
        if self.faults.strikes(ScannerFault.STUCK_BUSY):
            return said + bytes([honeywell.NAK])
        ack = bytes([honeywell.ACK])
        match said:
            case b"CBRENA?":
                return b"CBRENA1" + ack
            case b"REVINF":
                return b"Product Name: N3680\r\nSerial Number: 15232B1F0C\r\nREVINF" + ack
            case b"PAPHHF":
                return said + ack
            case b"VSUFCR":
                self.suffix = b"\r"
                return said + ack
            case _:
                return said + bytes([honeywell.ENQ])

    def transmit(self, payload: bytes, *, whole: bool) -> None:
        """Send it as text, with its suffix."""
        self.answer(payload + self.suffix if whole else payload)
