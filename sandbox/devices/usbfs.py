"""The kernel's end of a USB device file (usbfs): what libusb asks of it, answered by a simulator.

The calls are those of the kernel's usbdevice_fs.h, on a 64-bit machine.
"""

from __future__ import annotations

import errno
import os
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from fcntl import F_SETPIPE_SZ, fcntl
from pathlib import Path

from sandbox.devices.calls import FAILED, WORDS, Word

_URB = struct.Struct("<BBxxiI4xQii")  # up to actual_length; the rest is libusb's own
_STATUS, _ACTUAL = 4, 28  # offsets in an URB
_CAPABILITIES = 0x15  # zero packets, no size limit, URBs can be reaped after the device has gone
_PIPE = 4096


class _Call(IntEnum):
    """The numbers of usbfs's ioctls."""

    SET_INTERFACE = 4
    SET_CONFIGURATION = 5
    GET_DRIVER = 8
    SUBMIT_URB = 10
    DISCARD_URB = 11
    REAP_URB_NOW = 13
    CLAIM = 15
    RELEASE = 16
    DRIVER = 18
    RESET = 20
    CLEAR_HALT = 21
    DISCONNECT_DRIVER = 22
    CONNECT_DRIVER = 23
    CAPABILITIES = 26


@dataclass(slots=True, eq=False)
class Urb:
    """A transfer that a program wants: where it is in its memory, and how it went."""

    at: int
    endpoint: int
    buffer: int
    length: int
    status: int = 0
    actual: int = 0
    data: bytes = b""

    @property
    def to_host(self) -> bool:
        """Whether it fetches data."""
        return bool(self.endpoint & 0x80)


class PluggedDevice:
    """One plugging of a device: from its number on the bus to the moment it is pulled.

    `drivers` are those of the kernel, by interface; `bound` is told when one goes or comes back.
    `received` gets what programs write; while it does not take it (`takes`), they wait. All methods
    may be called from any thread.
    """

    def __init__(
        self,
        file: Path,
        *,
        received: Callable[[bytes], None],
        takes: Callable[[], bool],
        drivers: Mapping[int, str],
        bound: Callable[[int, str], None],
        packet: int = 64,
    ) -> None:
        self.received = received
        self.drivers = drivers
        self.bound = dict(drivers)
        self.claimed: dict[int, OpenFile] = {}
        self.stalled = self.gone = False
        self._takes = takes
        self._tell_bound = bound
        self._packet = packet
        self._lock = threading.RLock()
        self._out: deque[bytes] = deque()
        self._waiting: list[tuple[OpenFile, Urb]] = []
        self._file = file
        self._pipe = _pipe(file)
        self._tell(ended=False)

    def bind(self, interface: int, driver: str) -> None:
        """Let the kernel's driver have an interface, or ("") none."""
        self.bound[interface] = driver
        self._tell_bound(interface, driver)

    def send(self, data: bytes) -> None:
        """Bytes for the host; they wait until a program reads them."""
        with self._lock:
            for start in range(0, len(data), self._packet):
                self._out.append(data[start : start + self._packet])
            self._serve()

    def pull(self) -> None:
        """All transfers end, and every call from now on says that there is no such device."""
        with self._lock:
            self._file.unlink(missing_ok=True)
            self.gone = True
            for opened, urb in list(self._waiting):
                self._end(opened, urb, -errno.ESHUTDOWN)
            self._tell(ended=True)
            os.close(self._pipe)

    def hear(self) -> None:
        """Take what waits to be taken, if there is room."""
        with self._lock:
            for opened, urb in [pair for pair in self._waiting if not pair[1].to_host]:
                if self._takes():
                    urb.actual = urb.length
                    self._end(opened, urb, 0)
                    self.received(urb.data)

    # --- what a program wants ---

    def submit(self, opened: OpenFile, urb: Urb) -> int:
        """Begin a transfer; 0, or a negative errno."""
        with self._lock:
            if self.gone:
                return -errno.ENODEV
            if self.stalled:
                self._end(opened, urb, -errno.EPIPE)
            else:
                self._waiting.append((opened, urb))
                self._serve()
                self.hear()
            return 0

    def discard(self, opened: OpenFile, at: int) -> int:
        """End a transfer that waits."""
        with self._lock:
            for whose, urb in self._waiting:
                if whose is opened and urb.at == at:
                    self._end(opened, urb, -errno.ENOENT)
                    return 0
            return -errno.EINVAL

    def reap(self, opened: OpenFile) -> Urb | None:
        """A transfer that has ended, the first one first."""
        with self._lock:
            urb = opened.ended.popleft() if opened.ended else None
            if not opened.ended and not self.gone:
                self._tell(ended=False)
            return urb

    def claim(self, opened: OpenFile, interface: int) -> int:
        """Let a program have an interface for itself; 0, or a negative errno."""
        with self._lock:
            if self.bound.get(interface) or self.claimed.get(interface, opened) is not opened:
                return -errno.EBUSY
            self.claimed[interface] = opened
            return 0

    def closed(self, opened: OpenFile) -> None:
        """A program closed its file: its claims and transfers end."""
        with self._lock:
            self._waiting = [pair for pair in self._waiting if pair[0] is not opened]
            self.claimed = {i: who for i, who in self.claimed.items() if who is not opened}

    def _serve(self) -> None:
        """Give what there is to whoever waits; a short packet ends a transfer, or its last byte.

        One whose packets were all full goes on, until the program takes what came so far.
        """
        for opened, urb in [pair for pair in self._waiting if pair[1].to_host]:
            while self._out and urb in [waiting for _, waiting in self._waiting]:
                packet = self._out.popleft()
                urb.data += packet
                if len(packet) < self._packet or len(urb.data) + self._packet > urb.length:
                    self._end(opened, urb, 0)

    def _end(self, opened: OpenFile, urb: Urb, status: int) -> None:
        self._waiting = [pair for pair in self._waiting if pair[1] is not urb]
        urb.status = status
        if urb.to_host:
            urb.actual = len(urb.data)
        opened.ended.append(urb)
        self._tell(ended=True)

    def _tell(self, *, ended: bool) -> None:
        """Let whoever polls the file know whether a transfer has ended."""
        with suppress(BlockingIOError):  # it is so already
            if ended:
                os.read(self._pipe, _PIPE)
            else:
                os.write(self._pipe, b"\0")


def _pipe(file: Path) -> int:
    """The device file, open: a pipe of one page, since "writable" means that a transfer ended.

    A full pipe is not writable and an empty one is; a program polls for just that.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(file)
    pipe = os.open(file, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    fcntl(pipe, F_SETPIPE_SZ, _PIPE)
    return pipe


class OpenFile:
    """The device file as one program has it open; answers its calls until it is closed."""

    def __init__(self, device: PluggedDevice, connection: socket.socket) -> None:
        self.ended: deque[Urb] = deque()
        self._device = device
        self._connection = connection

    def serve(self) -> None:
        """Answer every call."""
        try:
            while words := self._connection.recv(WORDS.size, socket.MSG_WAITALL):
                word, request, argument = WORDS.unpack(words)
                result = self._ioctl(request & 0xFF, argument) if word == Word.IOCTL else 0
                done = (FAILED, -result) if result < 0 else (result, 0)
                self._connection.sendall(WORDS.pack(Word.DONE, *done))
        finally:
            self._device.closed(self)

    def _ioctl(self, call: int, argument: int) -> int:
        """The result, or a negative errno."""
        if self._device.gone and call != _Call.REAP_URB_NOW:
            return -errno.ENODEV
        match call:
            case _Call.CAPABILITIES:
                self._write(argument, struct.pack("<I", _CAPABILITIES))
                return 0
            case _Call.SET_CONFIGURATION | _Call.SET_INTERFACE | _Call.RESET:
                return 0
            case _Call.CLAIM:
                return self._device.claim(self, self._number(argument))
            case _Call.RELEASE:
                return self._release(self._number(argument))
            case _Call.GET_DRIVER:
                return self._driver_of(argument)
            case _Call.DRIVER:
                return self._driver(*struct.unpack("<iI", self._read(argument, 8)))
            case _Call.CLEAR_HALT:
                self._device.stalled = False
                return 0
            case _Call.SUBMIT_URB:
                return self._submit(argument)
            case _Call.DISCARD_URB:
                return self._device.discard(self, argument)
            case _Call.REAP_URB_NOW:
                return self._reap(argument)
            case _:
                return -errno.ENOTTY

    # --- interfaces and drivers ---

    def _release(self, interface: int) -> int:
        return 0 if self._device.claimed.pop(interface, None) is self else -errno.EINVAL

    def _driver_of(self, argument: int) -> int:
        interface = self._number(argument)
        claimed = "usbfs" if interface in self._device.claimed else ""
        name = self._device.bound.get(interface) or claimed
        if not name:
            return -errno.ENODATA
        self._write(argument + 4, name.encode() + b"\0")
        return 0

    def _driver(self, interface: int, code: int) -> int:
        match code & 0xFF:
            case _Call.DISCONNECT_DRIVER if self._device.bound.get(interface):
                self._device.bind(interface, "")
                return 0
            case _Call.CONNECT_DRIVER if self._device.drivers.get(interface):
                self._device.bind(interface, self._device.drivers[interface])
                return 1
            case _:
                return -errno.ENODATA

    # --- transfers ---

    def _submit(self, at: int) -> int:
        _, endpoint, _, _, buffer, length, _ = _URB.unpack(self._read(at, _URB.size))
        urb = Urb(at, endpoint, buffer, length)
        if not urb.to_host:
            urb.data = self._read(buffer, length)
        return self._device.submit(self, urb)

    def _reap(self, argument: int) -> int:
        urb = self._device.reap(self)
        if urb is None:
            return -errno.ENODEV if self._device.gone else -errno.EAGAIN
        if urb.to_host and urb.data:
            self._write(urb.buffer, urb.data)
        self._write(urb.at + _STATUS, struct.pack("<i", urb.status))
        self._write(urb.at + _ACTUAL, struct.pack("<i", urb.actual))
        self._write(argument, struct.pack("<Q", urb.at))
        return 0

    # --- the program's memory ---

    def _number(self, at: int) -> int:
        number: int = struct.unpack("<I", self._read(at, 4))[0]
        return number

    def _read(self, at: int, count: int) -> bytes:
        if not count:
            return b""
        self._connection.sendall(WORDS.pack(Word.READ_MEMORY, at, count))
        return self._connection.recv(count, socket.MSG_WAITALL)

    def _write(self, at: int, data: bytes) -> None:
        self._connection.sendall(WORDS.pack(Word.WRITE_MEMORY, at, len(data)) + data)
