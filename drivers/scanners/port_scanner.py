"""Scanners that hang on a port and read while their trigger is on."""

from __future__ import annotations

import time
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

from drivers.device import (
    DeviceKind,
    Disconnected,
    HardwareError,
    ScannedCode,
    SelfTest,
    Status,
    usable,
)
from drivers.errors import DeviceError, RemoteProtocolError, TransportError
from drivers.on_demand import DEADLINE
from drivers.ports.by_address import port_at
from drivers.ports.port_device import PortDevice
from drivers.protocols.scan_data import ScanData
from drivers.scanners.barcode_scanner import GARBAGE, NAME, Showings
from drivers.worker import Stop

T = TypeVar("T")

ANSWER = 1.0  # seconds a scanner may be silent before and within an answer
LONGEST = 2.0  # seconds until what is no answer is given up, though bytes still come
GAP = 0.1  # seconds of silence that end a code without a suffix; USB adapters pause for 16 ms
SLICE = 0.05  # seconds between two looks whether anybody still waits for the command
PULSE = 2.5  # seconds between two triggers: scanners give up reading after 3 s and more
OVERTIME = 2.0  # seconds that a code gets to end which began just in time
ATTEMPTS = 2  # a broken answer is asked for once more
NOISES = 3  # pieces of noise that a scan lets pass: a line picks some up, a wrong device sends more


class PortScanner(PortDevice):
    """A scanner at an address of `drivers.address`; a subclass says what its family speaks.

    Its trigger is on only during `scan`, whatever ends that. What came before it is never
    delivered: each scan begins with a question, and what stands before the answer is dropped.
    Faults: `scanner.disconnected`, `scanner.silent` (wire), `scanner.garbage`, `scanner.refused`,
    `scanner.unhealthy`.
    """

    kind = DeviceKind.BARCODE_SCANNER
    answers_trigger = True
    """Whether the family answers when the trigger is switched: else silence proves nothing."""

    def __init__(self, where: str, baud: int = 115200) -> None:
        super().__init__(port_at(NAME, where, baud))
        self._showings = Showings()

    async def probe(self) -> Status:
        """Ask how it is, without reading anything."""
        try:
            return await self._run(self._health)
        except DeviceError as error:
            return Disconnected(error.fault.detail)  # what talks nonsense is no scanner, or no port

    async def self_test(self) -> SelfTest:
        """Ask how it is and what it calls itself."""
        status = await self.probe()
        if not usable(status):
            return SelfTest(status, self.where)
        try:
            model, facts = await self._run(self._identity)
        except DeviceError as error:
            return SelfTest(HardwareError(error.fault), self.where)
        return SelfTest(status, self.where, model, facts)

    async def scan(self, timeout: float) -> ScannedCode | None:
        """The first code shown within `timeout` seconds, None when there was none.

        The one delivered less than 2 s ago counts as none. DeviceError when the scanner fails.
        """
        until = time.monotonic() + timeout
        return await self._run(lambda stop: self._scan(until, stop), within=timeout + DEADLINE)

    # --- what a family says, on the worker's thread ---

    @abstractmethod
    def _health(self, stop: Stop) -> Status:
        """Ask it how it is."""

    @abstractmethod
    def _identity(self, stop: Stop) -> tuple[str, dict[str, str]]:
        """Ask it for its model, and for whatever else it says of itself."""

    @abstractmethod
    def _prepare(self, stop: Stop) -> None:
        """Have it read only while triggered, and drop all that came before its answer."""

    @abstractmethod
    def _switch(self, *, on: bool) -> None:
        """Send the trigger; its answer is `_hear`'s."""

    @abstractmethod
    def _hear(self, data: bytes) -> Iterable[ScanData | RemoteProtocolError]:
        """What came while the trigger is on; b"" when the line fell silent."""

    @abstractmethod
    def _forget(self) -> None:
        """Keep nothing of what was shown."""

    @property
    @abstractmethod
    def _pending(self) -> bool:
        """Whether a code began and did not end."""

    # --- what all of them do ---

    def _scan(self, until: float, stop: Stop) -> ScannedCode | None:
        self._prepare(stop)
        try:
            return self._listen(until, stop)
        finally:
            self._forget()
            with suppress(TransportError):  # where the port is gone, so is the light
                self._switch(on=False)

    def _listen(self, until: float, stop: Stop) -> ScannedCode | None:
        noises = 0
        for found in self._reading(until, stop):
            try:
                if isinstance(found, RemoteProtocolError):
                    raise found
                code = self._showings.take(found)
            except RemoteProtocolError as error:
                noises += 1
                if noises == NOISES:
                    raise self._garbled(error) from None
                continue
            if code is not None:
                return code
        return None

    def _reading(self, until: float, stop: Stop) -> Iterator[ScanData | RemoteProtocolError]:
        """All that is shown until then, while the trigger is kept on.

        A scanner that takes one code for each trigger is triggered again after it.
        """
        transport = self._open()
        due = heard = time.monotonic()
        asked: float | None = None
        while (now := time.monotonic()) < until or (self._pending and now < until + OVERTIME):
            stop.check()
            if now >= due and not self._pending:
                self._switch(on=True)
                due, asked = now + PULSE, asked or now
            data = transport.read(now + SLICE)
            now = time.monotonic()
            if data:
                heard, asked = now, None
            elif self.answers_trigger and asked is not None and now - asked > ANSWER:
                raise self._port.silent()
            elif not self._pending or now - heard < GAP:
                continue
            for found in self._hear(data):
                yield found
                due = now

    def _incoming(self, stop: Stop) -> Iterator[bytes]:
        """What comes in answer to a question, b"" where the line fell silent in between.

        TransportError `scanner.silent` when nothing comes at all; ends when no more comes.
        """
        transport = self._open()
        start = last = time.monotonic()
        heard = False
        while last - start < LONGEST:
            stop.check()
            data = transport.read(time.monotonic() + SLICE)
            if data:
                heard, last = True, time.monotonic()
                yield data
            elif time.monotonic() - last > ANSWER:
                break
            elif heard and time.monotonic() - last > GAP:
                yield b""
        if not heard:
            raise self._port.silent()

    def _twice(self, ask: Callable[[], T]) -> T:
        """What it answers; a broken answer is asked for again, silence is not."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return ask()
            except RemoteProtocolError as error:
                if attempt == ATTEMPTS:
                    raise self._garbled(error) from None
        raise AssertionError  # the last attempt returned or raised

    def _garbled(self, error: RemoteProtocolError) -> DeviceError:
        return DeviceError(GARBAGE.at(self.where).because(error))
