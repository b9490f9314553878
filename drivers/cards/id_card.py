"""Readers of resident ID cards that speak the SAM protocol."""

from __future__ import annotations

import time
from dataclasses import replace

from drivers.device import (
    Advice,
    DeviceKind,
    Disconnected,
    Fault,
    HardwareError,
    IdCard,
    Personal,
    Ready,
    SelfTest,
    Status,
)
from drivers.errors import CardError, DeviceError, RemoteProtocolError
from drivers.on_demand import DEADLINE
from drivers.ports.by_address import port_at
from drivers.ports.port_device import PortDevice
from drivers.protocols import resident_card
from drivers.protocols.sam import (
    LAY_IT_FLAT,
    CardContents,
    ChecksumError,
    Code,
    Command,
    Reply,
    SamDecoder,
)
from drivers.worker import Stop

POLL = 0.3  # seconds between two looks for a card: makers ask for at least that much
ANSWER = 1.0  # seconds a module may be silent before and within an answer
READING = 3.0  # the same while it talks to a card, which takes about a second
LONGEST = 4.0  # seconds until what is no answer is given up, though bytes still come
SLICE = 0.1  # seconds between two looks whether anybody still waits for the command
ATTEMPTS = 2  # a broken frame is asked for once more

PATIENCE = {Command.READ_TEXT_PHOTO: READING, Command.READ_NEWEST_ADDRESS: READING}
EXPECTED = {Command.FIND_CARD: Code.CARD_FOUND}  # of all others: success
BAD_CHECKSUM = Fault("reader.checksum", Advice.RETRY)
GARBAGE = Fault("reader.garbage", Advice.RETRY)
UNREADABLE = Fault("card.unreadable", Advice.RESIDENT_ACTS, resident=LAY_IT_FLAT)

# What modules say when a card has no newer address, and those that never heard of the question.
NO_ADDRESS = frozenset({Code.NO_CONTENT, Code.BAD_COMMAND})


class SamIdCardReader(PortDevice):
    """An ID-card reader at an address of `drivers.address`; opened on demand, dropped on failure.

    Faults: `reader.disconnected`, `reader.silent` (wire), `reader.checksum`, `reader.garbage`
    (frames, after one retry), `card.removed`, `card.unreadable` and the codes of `sam.FAULTS`.
    """

    kind = DeviceKind.ID_CARD_READER

    def __init__(self, where: str, baud: int = 115200) -> None:
        super().__init__(port_at("reader", where, baud))

    async def probe(self) -> Status:
        """Ask the security module how it is."""
        try:
            reply = await self._run(lambda stop: self._ask(Command.SAM_STATUS, stop))
        except DeviceError as error:
            return Disconnected(error.fault.detail)  # what talks nonsense is no reader, or no port
        return Ready() if reply.sw3 == Code.SUCCESS else HardwareError(reply.fault)

    async def self_test(self) -> SelfTest:
        """The module's own self-test, and the number it goes by."""
        status = await self.probe()
        if not isinstance(status, Ready):
            return SelfTest(status, self.where)
        try:
            number = await self._run(lambda stop: self._must(Command.SAM_ID, stop))
        except DeviceError as error:
            return SelfTest(HardwareError(error.fault), self.where)
        return SelfTest(status, self.where, facts={"module": number.data.hex()})

    async def wait_for_card(self, timeout: float) -> bool:
        """True as soon as a card lies there, False after `timeout` seconds. Raises DeviceError."""
        until = time.monotonic() + timeout
        return await self._run(lambda stop: self._wait(until, stop), within=timeout + DEADLINE)

    async def read_card(self) -> IdCard:
        """Find, select and read the card that lies on the reader. Raises DeviceError."""
        return await self._run(self._read)

    # --- on the worker's thread ---

    def _wait(self, until: float, stop: Stop) -> bool:
        while True:
            reply = self._ask(Command.FIND_CARD, stop)
            if reply.sw3 == Code.CARD_FOUND:
                return True
            if reply.sw3 != Code.NO_CARD:
                raise _error(reply)
            if time.monotonic() >= until:
                return False
            stop.pause(POLL)

    def _read(self, stop: Stop) -> IdCard:
        for command in (Command.FIND_CARD, Command.SELECT_CARD):
            self._must(command, stop)
        try:
            contents = CardContents.from_reply(self._must(Command.READ_TEXT_PHOTO, stop).data)
            card = resident_card.decode(contents.text)
        except RemoteProtocolError as error:
            raise _unreadable(str(error)) from None
        return replace(
            card, photo=contents.photo, address=self._newest_address(stop) or card.address
        )

    def _newest_address(self, stop: Stop) -> Personal | None:
        """The address written last, None for the one that is printed on the card.

        A card that left before it could say so is `card.removed`: what is printed may be outdated.
        """
        reply = self._ask(Command.READ_NEWEST_ADDRESS, stop)
        if reply.sw3 in NO_ADDRESS:
            return None
        if reply.sw3 != Code.SUCCESS:
            raise _error(reply)
        try:
            address = reply.data.decode("utf-16-le").rstrip(" \0")
        except UnicodeDecodeError:
            raise _unreadable("the newest address is not UTF-16") from None
        return Personal(address) if address else None

    def _must(self, command: Command, stop: Stop) -> Reply:
        """The reply that means success; a late one to another command is none."""
        reply = self._ask(command, stop)
        if reply.sw3 != EXPECTED.get(command, Code.SUCCESS):
            raise _error(reply)
        return reply

    def _ask(self, command: Command, stop: Stop) -> Reply:
        """The reply to one command; a broken frame is asked for again, silence is not."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._exchange(command, stop)
            except RemoteProtocolError as error:
                if attempt == ATTEMPTS:
                    raise self._garbled(error) from None
        raise AssertionError  # the last attempt returned or raised

    def _exchange(self, command: Command, stop: Stop) -> Reply:
        transport, decoder = self._open(), SamDecoder()
        transport.forget_input()
        transport.write(command.to_bytes())
        patience = PATIENCE.get(command, ANSWER)
        start = last = time.monotonic()
        heard = 0
        while last - start < LONGEST:
            stop.check()
            data = transport.read(time.monotonic() + SLICE)
            for frame in decoder.feed(data):
                if isinstance(frame, RemoteProtocolError):
                    raise frame
                return frame
            if data:
                heard, last = heard + len(data), time.monotonic()
            elif time.monotonic() - last > patience:
                break
        if heard:
            raise RemoteProtocolError(f"no whole SAM frame in {heard} bytes")
        raise self._port.silent()

    def _garbled(self, error: RemoteProtocolError) -> DeviceError:
        fault = BAD_CHECKSUM if isinstance(error, ChecksumError) else GARBAGE
        return DeviceError(fault.because(error).at(self.where))


def _unreadable(words: str) -> CardError:
    return CardError(UNREADABLE.because(words))


def _error(reply: Reply) -> DeviceError:
    fault = reply.fault
    return CardError(fault) if fault.code.startswith("card.") else DeviceError(fault)
