"""What drivers write to and read from, whatever is behind it: a serial port, USB, the network."""

from __future__ import annotations

from typing import Protocol

from drivers.device import Advice, Fault
from drivers.errors import TransportError


class Transport(Protocol):
    """An open way to a device. After a TransportError it is closed and of no more use."""

    def write(self, data: bytes) -> None:
        """Send it all, and return when the operating system has it all."""
        ...

    def read(self, deadline: float) -> bytes:
        """What is there now, or what comes first before `deadline` (time.monotonic); may be b""."""
        ...

    def forget_input(self) -> None:
        """Drop what came and nobody asked for."""
        ...

    def close(self) -> None:
        """Let it go; never raises."""
        ...


class Port(Protocol):
    """Where a device hangs; `name` begins fault codes (`reader`), `where` is for staff."""

    @property
    def name(self) -> str:
        """The device's word in fault codes."""
        ...

    @property
    def where(self) -> str:
        """The port as a technician wrote it."""
        ...

    def open(self) -> Transport:
        """Open it for us alone. TransportError says what is in the way, where, and what to do."""
        ...

    def silent(self) -> TransportError:
        """The port is open and nobody answers: connected is not the same as talking."""
        ...

    def wire_time(self, count: int) -> float:
        """Seconds that so many bytes take on the wire at least; 0 where that does not matter."""
        ...


def disconnected(name: str, where: str, words: str) -> TransportError:
    """The port failed: `words` say what is in the way and what to do."""
    fault = Fault(f"{name}.disconnected", Advice.TECHNICIAN_ACTS, f"{where}: {words}")
    return TransportError(fault)


def silent(name: str, where: str, check: str) -> TransportError:
    """Nobody answers there; `check` names what to look at."""
    detail = f"{where}: no answer; check {check}"
    return TransportError(Fault(f"{name}.silent", Advice.TECHNICIAN_ACTS, detail))
