"""Scanners that are keyboards: read by evdev, and held so that no code types into the screen.

Such a scanner has no trigger that a program could switch: it reads whenever something is shown,
or while its button is pressed. What it typed before a scan began is thrown away.
"""

from __future__ import annotations

import errno
import fcntl
import select
import time
from collections.abc import Iterator
from contextlib import suppress

import evdev
from evdev import ecodes

from drivers import address
from drivers.address import DevicePath, UsbAddress
from drivers.device import (
    DeviceKind,
    Disconnected,
    HardwareError,
    Ready,
    ScannedCode,
    SelfTest,
    Status,
    usable,
)
from drivers.errors import DeviceError, RemoteProtocolError, TransportError
from drivers.on_demand import DEADLINE, OnDemandDevice
from drivers.ports import discovery, transport
from drivers.protocols.hid_keyboard import KeyDecoder
from drivers.protocols.scan_data import ScanData
from drivers.scanners.barcode_scanner import GARBAGE, IN_USE, NAME, Showings
from drivers.worker import Stop

EVIOCGVERSION = 0x80044501  # of linux/input.h; evdev's own calls hide that a device is gone
GAP = 1.0  # seconds without a key after which a code broke off
SLICE = 0.05  # seconds between two looks whether anybody still waits for the command
SETTLED = 2.0  # seconds that a code gets to end which was being typed when a scan began
OVERTIME = 2.0  # seconds that a code gets to end which began just in time
NOISES = 3  # codes without a meaning that a scan lets pass

_GONE = "the scanner is gone; check its cable"
_ADVICE = {
    errno.ENOENT: "no such device; check its cable, or the port in the configuration",
    errno.EACCES: "not allowed to open it; add this user to the group input",
    errno.ENOTTY: "not an input device; check the port in the configuration",
    errno.ENODEV: _GONE,
    errno.EIO: _GONE,
}
_FAILED = "the scanner failed; check its cable"


def _lost(where: str, error: OSError) -> TransportError:
    words = _ADVICE.get(error.errno or 0, _FAILED)
    return transport.disconnected(NAME, where, words)


class Keys:
    """The keys of one scanner, ours alone. After a TransportError they are of no more use."""

    def __init__(self, where: str, path: str) -> None:
        self._where = where
        try:
            self._device = evdev.InputDevice(path)
        except OSError as error:
            raise _lost(where, error) from None
        try:
            self._device.grab()
        except OSError as error:
            self._device.close()
            if error.errno == errno.EBUSY:
                raise DeviceError(IN_USE.at(where)) from None
            raise _lost(where, error) from None
        self.model = str(self._device.name)
        self.facts = {"usb": f"{self._device.info.vendor:04x}:{self._device.info.product:04x}"}

    def check(self) -> None:
        """Ask the kernel anything; TransportError where the scanner is gone."""
        try:
            fcntl.ioctl(self._device.fd, EVIOCGVERSION, bytes(4))
        except OSError as error:
            raise _lost(self._where, error) from None

    def read(self, deadline: float) -> list[tuple[int, int] | None]:
        """Keys and their values, those there now or the first before `deadline` (monotonic).

        None stands where the kernel had to drop some.
        """
        try:
            wait = max(deadline - time.monotonic(), 0)
            if not select.select([self._device.fd], [], [], wait)[0]:
                return []
            events = list(self._device.read())
        except OSError as error:
            raise _lost(self._where, error) from None
        if not events:
            self.check()  # awakened without an event: a node that hung up
        return [
            (event.code, event.value) if event.type == ecodes.EV_KEY else None
            for event in events
            if event.type == ecodes.EV_KEY
            or (event.type, event.code) == (ecodes.EV_SYN, ecodes.SYN_DROPPED)
        ]

    def close(self) -> None:
        """Let the keys go; the kernel ends our hold with the file."""
        with suppress(OSError):
            self._device.close()


class HidScanner(OnDemandDevice[Keys]):
    """A scanner that types, by a USB address or the name that stays (/dev/input/by-id/…).

    Faults: `scanner.disconnected`, `scanner.in_use`, `scanner.garbage`.
    """

    kind = DeviceKind.BARCODE_SCANNER

    def __init__(self, where: str) -> None:
        super().__init__(NAME, where)
        self._address = address.parse(where)
        self._showings = Showings()

    async def probe(self) -> Status:
        """Look whether it is there and ours; a keyboard can be asked for no more."""
        try:
            await self._run(lambda _: self._open().check())
        except TransportError as error:
            return Disconnected(error.fault.detail)
        except DeviceError as error:
            return HardwareError(error.fault)
        return Ready()

    async def self_test(self) -> SelfTest:
        """Say what it calls itself, and its USB numbers."""
        status = await self.probe()
        if not usable(status):
            return SelfTest(status, self.where)
        keys = await self._run(lambda _: self._open())
        return SelfTest(status, self.where, keys.model, keys.facts)

    async def scan(self, timeout: float) -> ScannedCode | None:
        """The first code typed within `timeout` seconds, None when there was none.

        The one delivered less than 2 s ago counts as none. DeviceError when the scanner fails.
        """
        until = time.monotonic() + timeout
        return await self._run(lambda stop: self._scan(until, stop), within=timeout + DEADLINE)

    # --- on the worker's thread ---

    def _connect(self) -> Keys:
        match self._address:
            case DevicePath(path):
                return Keys(self.where, path)
            case UsbAddress() as usb:
                return Keys(self.where, self._file(usb))
            case _:
                raise transport.disconnected(NAME, self.where, "write /dev/input/… or usb:…")

    def _file(self, usb: UsbAddress) -> str:
        """Its event device, today."""
        try:
            file = discovery.find(usb).node("input", "keyboard")
        except discovery.DiscoveryError as error:
            raise transport.disconnected(NAME, self.where, str(error)) from None
        if file is None:
            words = "that device types nothing; set the scanner to USB keyboard"
            raise transport.disconnected(NAME, self.where, words)
        return file

    def _scan(self, until: float, stop: Stop) -> ScannedCode | None:
        keys, noises = self._open(), 0
        _settle(keys, stop)
        for found in _typed(keys, until, stop):
            try:
                if isinstance(found, RemoteProtocolError):
                    raise found
                code = self._showings.take(found)
            except RemoteProtocolError as error:
                noises += 1
                if noises == NOISES:
                    raise DeviceError(GARBAGE.at(self.where).because(error)) from None
                continue
            if code is not None:
                return code
        return None


def _typed(keys: Keys, until: float, stop: Stop) -> Iterator[ScanData | RemoteProtocolError]:
    """All codes typed until then."""
    decoder = KeyDecoder()
    heard = time.monotonic()
    while (now := time.monotonic()) < until or (decoder.pending and now < until + OVERTIME):
        stop.check()
        events = keys.read(now + SLICE)
        for event in events:
            if event is None:
                decoder.lost()
            else:
                yield from decoder.feed(*event)
        if events:
            heard = time.monotonic()
        elif time.monotonic() - heard > GAP:
            yield from decoder.idle()


def _settle(keys: Keys, stop: Stop) -> None:
    """Throw away what was typed before, up to the end of a code that is being typed now."""
    end = time.monotonic() + SETTLED
    keys.read(time.monotonic())
    while keys.read(time.monotonic() + SLICE) and time.monotonic() < end:
        stop.check()
