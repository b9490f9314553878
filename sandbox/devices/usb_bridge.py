"""A serial device behind a USB bridge: a tty whose number changes each time it is plugged in."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import ClassVar

from drivers.address import UsbAddress
from sandbox.devices.calls import CallServer, pass_through
from sandbox.devices.serial_port import SimulatedSerialDevice
from sandbox.devices.usb_bus import UsbBus, UsbDescription, UsbNode

NUMBERS = 10  # of ttys and of devices on the bus that one device goes through


class SimulatedUsbBridge(SimulatedSerialDevice):
    """Put before the class of a serial device, it hangs it on USB by a bridge.

    It is on the bus that UMOCKDEV_DIR names, or else on one of its own in the directory `link`.
    """

    description: ClassVar[UsbDescription]
    port: ClassVar[int]
    """The socket it is plugged into, 1 to 12: no other device of a bus has the same."""

    def __init__(self, link: Path, *, baud: int | None = None, expects: int | None = None) -> None:
        self.bus = UsbBus(Path(os.environ.get("UMOCKDEV_DIR", link)))
        super().__init__(link, baud=baud, expects=expects)
        self._turn = -1
        self._calls: CallServer | None = None

    @property
    def where(self) -> str:
        """Vendor and product."""
        return str(UsbAddress(self.description.vendor, self.description.product))

    def plug(self) -> None:
        """Connect it: the next tty, at the next number on the bus."""
        with self._lock:
            if self._master is not None:
                return
            if self._calls is None:
                self._calls = CallServer(self.bus.root / f"tty-{self.port}", pass_through)
            self._turn += 1
            self.link = self.bus.root / "dev" / self._tty
            self.link.parent.mkdir(parents=True, exist_ok=True)
            self._calls.link(self.bus.root / "ioctl/dev" / self._tty)
            super().plug()
            node = UsbNode("tty", self._tty)
            self.bus.plug(f"1-{self.port}", self._number, self.description, (node,))

    def unplug(self) -> None:
        """Pull the cable: the tty hangs up and is gone."""
        with self._lock:
            if self._master is not None:
                self.bus.pull(f"1-{self.port}", self._number)
        super().unplug()

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

    @property
    def _number(self) -> int:
        return NUMBERS * self.port + self._turn % NUMBERS

    @property
    def _tty(self) -> str:
        return f"ttyUSB{self._number}"
