"""The touch panel as the kernel shows it: there, and alive.

What a resident touches comes to the screens through the X server; this driver only watches. What
it can not see is in docs/devices/touch-panel.md.
"""

from __future__ import annotations

import errno
from typing import cast

import evdev
from evdev import ecodes

from drivers.address import AddressError, DevicePath, TcpAddress, UsbAddress, parse
from drivers.device import (
    Advice,
    DeviceKind,
    Disconnected,
    Fault,
    HardwareError,
    Ready,
    SelfTest,
    Status,
)
from drivers.errors import DeviceError, TransportError
from drivers.on_demand import OnDemandDevice
from drivers.ports import transport
from drivers.ports.discovery import DiscoveryError, find, inputs
from drivers.worker import Stop

_Input = evdev.InputDevice[str]

NAME = "touch"  # of this device in fault codes
ANY = "the first touch screen"

NOT_TOUCH = Fault(
    "touch.not_a_touch_screen",
    Advice.TECHNICIAN_ACTS,
    "this input device is no touch screen; set input in [touch_panel] to the one that is",
)

_NOT_ALLOWED = "not allowed to open it; add this user to the group input"
_GONE = "the panel is gone; check its cable and power"
_ADVICE = {
    errno.ENOENT: "no such device; check cable and power, or input in the configuration",
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.ENOTTY: "not an input device; check input in the configuration",
    errno.ENODEV: _GONE,
}
_FAILED = "it does not answer; check its cable and power"


class TouchPanel(OnDemandDevice[_Input]):
    """A touch panel at an address, or (None) the first input device that says it is one.

    Faults: `touch.disconnected` and this module's constants.
    """

    kind = DeviceKind.TOUCH_PANEL

    def __init__(self, where: str | None = None) -> None:
        address = None if where is None else parse(where)
        if isinstance(address, TcpAddress):
            raise AddressError("a touch panel is at this machine: write usb:VENDOR:PRODUCT")
        self._address = address
        super().__init__(NAME, where or ANY)
        self.generation = 0
        """How often the panel came: 1 since it was found, one more each time it was lost."""
        self._lost = True

    async def probe(self) -> Status:
        """Ask the panel's own node; one that came back meanwhile is found, and counts as new."""
        try:
            await self._run(self._alive)
        except DeviceError as error:
            return _trouble(error)
        return Ready()

    async def self_test(self) -> SelfTest:
        """Which node it is, what it calls itself, and how many fingers it tells apart."""
        try:
            device = await self._run(self._alive)
        except DeviceError as error:
            return SelfTest(_trouble(error), self.where)
        facts = {
            "node": str(device.path),
            "usb": f"{device.info.vendor:04x}:{device.info.product:04x}",
            "socket": device.phys,
            "fingers": str(_fingers(device)),
            "came": str(self.generation),
        }
        facts = {name: fact for name, fact in facts.items() if fact}
        return SelfTest(Ready(), self.where, device.name, facts)

    # --- on the worker's thread ---

    def _alive(self, _: Stop) -> _Input:
        """The device, which has just answered."""
        if self._handle is not None:
            try:
                self._handle.absinfo(ecodes.ABS_X)  # EVIOCGABS: refused once the device has gone
            except OSError:
                self._lost = True
                self._drop()
        return self._open()

    def _connect(self) -> _Input:
        device = self._touch_screen()
        if self._lost:
            self._lost = False
            self.generation += 1
        return device

    def _touch_screen(self) -> _Input:
        match self._address:
            case None:
                return self._first()
            case DevicePath(path):
                return self._configured(path)
            case UsbAddress() as address:
                return self._configured(self._node_of(address))

    def _node_of(self, address: UsbAddress) -> str:
        try:
            found = find(address)
        except DiscoveryError as error:
            raise transport.disconnected(NAME, self.where, str(error)) from None
        node = found.node("input", "touchscreen")
        if node is None:
            raise DeviceError(NOT_TOUCH.at(self.where))
        return node

    def _configured(self, path: str) -> _Input:
        """The device of a node that a technician chose: old panels do not say they are one."""
        device = self._opened(path)
        if _takes_touches(device):
            return device
        device.close()
        raise DeviceError(NOT_TOUCH.at(self.where).because(device.name))

    def _first(self) -> _Input:
        """The first device that says it is one; those that udev takes for one are asked first."""
        refused: list[TransportError] = []
        for node in sorted(inputs(), key=lambda node: "touchscreen" not in node.roles):
            try:
                device = self._opened(node.path)
            except TransportError as error:
                refused.append(error)
                continue
            if ecodes.INPUT_PROP_DIRECT in device.input_props() and _takes_touches(device):
                return device
            device.close()
        words = "no input device says it is a touch screen; check cable and power"
        raise (refused or [transport.disconnected(NAME, self.where, words)])[0]

    def _opened(self, path: str) -> _Input:
        try:
            return evdev.InputDevice(path)
        except OSError as error:
            words = _ADVICE.get(error.errno or 0, _FAILED)
            where = path if path in self.where else f"{self.where} ({path})"
            raise transport.disconnected(NAME, where, words) from None


def _takes_touches(device: _Input) -> bool:
    """Whether fingers have a place on it: multi-touch, or one finger that touches or not."""
    can = device.capabilities(absinfo=False)
    axes, keys = set(can.get(ecodes.EV_ABS, ())), set(can.get(ecodes.EV_KEY, ()))
    many = {ecodes.ABS_MT_POSITION_X, ecodes.ABS_MT_POSITION_Y}
    return many <= axes or ({ecodes.ABS_X, ecodes.ABS_Y} <= axes and ecodes.BTN_TOUCH in keys)


def _fingers(device: _Input) -> int:
    """How many touches it tells apart, as it said when it was opened."""
    axes = cast("list[tuple[int, evdev.AbsInfo]]", device.capabilities().get(ecodes.EV_ABS, []))
    return next((said.max + 1 for axis, said in axes if axis == ecodes.ABS_MT_SLOT), 1)


def _trouble(error: DeviceError) -> Status:
    if isinstance(error, TransportError):
        return Disconnected(error.fault.detail)
    return HardwareError(error.fault)
