"""A touch panel as a program's own evdev and libudev see one, on a simulated USB bus."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from drivers.address import UsbAddress
from sandbox.devices.evdev import DEVICES, EvdevEnd
from sandbox.devices.simulator import Actor, actor
from sandbox.devices.usb_bus import UsbBus, UsbDescription, UsbInterface, UsbNode

PORT = 12  # its socket, where nothing else is said; each device of a bus has one of its own
NUMBERS = 10  # its node has one of so many numbers, one after the other


class SimulatedTouchPanel:
    """A panel that comes and goes; each time its node has another number, as after a reset of USB.

    It hangs on the bus that UMOCKDEV_DIR names, or else on one of its own in the directory. `what`
    is one of sandbox.devices.evdev's devices.
    """

    name = "touch"

    @classmethod
    def at(cls, place: Path, baud: int | None) -> Self:
        """One whose bus is `place`, where there is none yet."""
        del baud  # no serial line
        return cls(place)

    def __init__(self, place: Path, what: str = "ilitek", port: int = PORT) -> None:
        self.bus = UsbBus(Path(os.environ.get("UMOCKDEV_DIR", place)))
        self.good = self.what = what
        self._lock = threading.RLock()
        self._end: EvdevEnd | None = None
        self._plugged = False
        self._port = port
        self._count = 0

    @property
    def where(self) -> str:
        """Vendor and product."""
        return str(UsbAddress(DEVICES[self.what].vendor, DEVICES[self.what].product))

    @property
    def node(self) -> str:
        """Its event node, as programs name it."""
        return f"/dev/input/event{NUMBERS * self._port + self._count % NUMBERS}"

    @property
    def actors(self) -> Mapping[str, Actor]:
        """`touch unplug`, `touch re-enumerate`, `touch dead`, `touch mouse` and more."""
        deeds: dict[str, Callable[[], None]] = {
            "unplug": self.unplug,
            "plug": self.plug,
            "behave": self.behave,
            "re-enumerate": self.re_enumerate,
            "dead": self.die,
            "mouse": partial(self.become, "mouse"),
        }
        return {self.name: actor(self.name, deeds)}

    def plug(self) -> None:
        """Connect it: the kernel gives its node the next number."""
        with self._lock:
            if self._plugged:
                return
            self._count += 1
            file = self.bus.root / self.node.lstrip("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
            if self._end is None:
                self._end = EvdevEnd(self.bus.root / f"touch-{self._port}")
            self._end.plug(self.what, self.bus.root / f"ioctl{self.node}")
            self.bus.plug(f"1-{self._port}", self._port, self._description(), (self._node(),))
            self._plugged = True

    def unplug(self) -> None:
        """Pull it: the node is gone, and whoever has it open is told so at the next call."""
        with self._lock:
            if self._end is None or not self._plugged:
                return
            self._plugged = False
            # First where calls are answered: a file that can not be opened would be connected.
            (self.bus.root / f"ioctl{self.node}").unlink()
            self._end.fail(errno.ENODEV)
            (self.bus.root / self.node.lstrip("/")).unlink()
            self.bus.pull(f"1-{self._port}", self._port)

    def re_enumerate(self) -> None:
        """Lose it and have it back at once, as a panel with a bad cable does once in some days."""
        with self._lock:
            self.unplug()
            self.plug()

    def die(self) -> None:
        """Be listed, and refuse every call."""
        with self._lock:
            if self._end is not None and self._plugged:
                self._end.fail(errno.EIO)

    def become(self, what: str) -> None:
        """Come back as something else."""
        with self._lock:
            self.what = what
            self.re_enumerate()

    def behave(self) -> None:
        """Be a touch panel that answers."""
        with self._lock:
            self.what = self.good
            if self._plugged:
                self.re_enumerate()

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
            end, self._end = self._end, None
        if end is not None:
            end.close()

    def _description(self) -> UsbDescription:
        said = DEVICES[self.what]
        maker, _, model = said.name.partition(" ")
        hid = UsbInterface(usb_class=0x03, driver="usbhid")
        return UsbDescription(
            said.vendor, said.product, maker=maker, model=model, interfaces=(hid,)
        )

    def _node(self) -> UsbNode:
        """What udev makes of what the device says: its builtin input_id."""
        role = "ID_INPUT_TOUCHSCREEN" if 1 in DEVICES[self.what].properties else "ID_INPUT_MOUSE"
        name = self.node.removeprefix("/dev/")
        return UsbNode("input", name, properties={"ID_INPUT": "1", role: "1"})
