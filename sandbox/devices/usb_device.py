"""A simulated device at the end of a USB cable instead of a serial one."""

from __future__ import annotations

import os
import queue
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from drivers.address import UsbAddress
from sandbox.devices.calls import CallServer
from sandbox.devices.usb_bus import UsbBus, UsbDescription
from sandbox.devices.usbfs import OpenFile, PluggedDevice
from sandbox.devices.wire import TURN, SimulatedWireDevice

NUMBERS = 10  # a device gets another of its numbers each time it is plugged in


class SimulatedUsbDevice(SimulatedWireDevice):
    """A device that libusb reaches; a subclass says what it is and what it answers.

    It hangs on the bus that UMOCKDEV_DIR names, or else on one of its own in the directory `place`.
    """

    description: ClassVar[UsbDescription]
    port: ClassVar[int]
    """The socket it is plugged into, 1 to 12: no other device of a bus has the same."""

    @classmethod
    def at(cls, place: Path, baud: int | None) -> Self:
        """One on the bus of that directory; USB has no speed to pace."""
        del baud
        return cls(place)

    def __init__(self, place: Path, *, baud: int | None = None, expects: int | None = None) -> None:
        super().__init__(place, baud=baud, expects=expects)
        self.bus = UsbBus(Path(os.environ.get("UMOCKDEV_DIR", place)))
        self._thread: threading.Thread | None = None
        self._plugged: PluggedDevice | None = None
        self._latest: PluggedDevice | None = None
        self._calls: CallServer | None = None
        self._inbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._number = NUMBERS * self.port

    @property
    def where(self) -> str:
        """Vendor and product."""
        return str(UsbAddress(self.description.vendor, self.description.product))

    @property
    def socket_name(self) -> str:
        """The socket as the kernel names it."""
        return f"1-{self.port}"

    def stall(self) -> None:
        """Refuse every transfer until the host clears it."""
        with self._lock:
            if self._plugged is not None:
                self._plugged.stalled = True

    # --- the cable ---

    def plug(self) -> None:
        """Connect it: another number on the bus, and the same vendor, product and serial number."""
        with self._lock:
            if self._plugged is not None:
                return
            if self._calls is None:
                self._calls = CallServer(self.bus.root / f"usb-{self.port}", self._answer_calls)
            self._number = NUMBERS * self.port + (self._number + 1) % NUMBERS
            self._inbox = queue.SimpleQueue()
            self._plugged = PluggedDevice(
                self.bus.file(self._number),
                received=self._inbox.put,
                takes=lambda: self.takes,
                drivers=self._drivers(),
                bound=self._bound,
            )
            self._latest = self._plugged
            self._calls.link(self.bus.answers_at(self._number))
            self.bus.plug(self.socket_name, self._number, self.description)
            self._thread = threading.Thread(
                target=self._live, args=(self._plugged, self._inbox), name=f"simulated-{self.where}"
            )
            self._thread.start()

    def unplug(self) -> None:
        """Pull the cable: transfers end, and the device is nowhere any more."""
        with self._lock:
            plugged, thread = self._plugged, self._thread
            self._plugged = self._thread = None
            if plugged is None or thread is None:
                return
            plugged.pull()
            if self._calls is not None:
                self._calls.unlink(self.bus.answers_at(self._number))
            self.bus.pull(self.socket_name, self._number)
            self._inbox.put(None)
        if thread is not threading.current_thread():
            thread.join()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, traceback)
        with self._lock:
            calls, self._calls = self._calls, None
        if calls is not None:
            calls.close()

    def _drivers(self) -> Mapping[int, str]:
        return {n: interface.driver for n, interface in enumerate(self.description.interfaces)}

    def _bound(self, interface: int, driver: str) -> None:
        self.bus.bind(self.socket_name, interface, driver)

    # --- the wire ---

    def send(self, data: bytes) -> None:
        """Send bytes to whoever reads them."""
        with self._lock:
            cut = self.cut_after is not None and self.cut_after < len(data)
            if self._plugged is not None:
                self._plugged.send(data[: self.cut_after] if cut else data)
            if cut:
                self.cut_after = None
                self.unplug()

    def _live(self, plugged: PluggedDevice, inbox: queue.SimpleQueue[bytes | None]) -> None:
        while True:
            plugged.hear()
            data: bytes | None = b""
            with suppress(queue.Empty):
                data = inbox.get(timeout=TURN)
            if data is None:
                return
            if data:
                self.received(data)
            self.turn()

    def _answer_calls(self, connection: socket.socket) -> None:
        with self._lock:
            latest = self._latest  # it answers also after it was pulled: that it is gone
        if latest is not None:
            OpenFile(latest, connection).serve()
