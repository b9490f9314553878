"""An ID-card reader with a SAM module, byte for byte (section A of the device facts)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from pathlib import Path

from drivers.device import IdCard
from drivers.protocols import resident_card
from drivers.protocols.sam import (
    PHOTO_LENGTH,
    PREAMBLE,
    TEXT_LENGTH,
    CardContents,
    Code,
    Command,
    Reply,
    checksum,
)
from sandbox import residents
from sandbox.devices.serial_port import SimulatedSerialDevice
from sandbox.devices.simulator import Actor, WireFault, actor
from sandbox.devices.wire import SimulatedWireDevice

SAM_NUMBER = bytes.fromhex("0500030017C73301AF1903000100000A")
THINKING = 0.05  # seconds a module works on a read before the first byte comes


class ReaderFault(StrEnum):
    """How a reader can misbehave beside what any wire does."""

    NOT_AUTHORISED = "not-authorised"
    BABBLE = "babble"
    REJECTED = "rejected"
    UNREADABLE = "unreadable"


class SamModule(SimulatedWireDevice):
    """Finds, selects and reads a card that a test or a person lays on it; on any wire.

    After a card was read it is found again only once it was lifted: so do real modules.
    """

    name = "reader"

    def __init__(self, link: Path, *, baud: int | None = None, expects: int | None = None) -> None:
        super().__init__(link, baud=baud, expects=expects)
        self._buffer = bytearray()
        self._card: IdCard | None = None
        self._changed = threading.Condition()
        self._found = self._selected = self._done = False
        self.newest_address = ""
        """The address that was written to the card last; most have none."""
        self.leave_after: float | None = None
        """The card leaves so many seconds into its next read."""
        self.leave_before_address = False
        """The card leaves after its next read, before it is asked for its newest address."""

    # --- what a person does ---

    def lay(self, card: IdCard) -> None:
        """Lay a card on the reader."""
        with self._changed:
            self._card, self._found, self._selected, self._done = card, False, False, False

    def lift(self) -> None:
        """Take the card away, at any moment."""
        with self._changed:
            self._card, self._found, self._selected = None, False, False
            self._changed.notify_all()

    def card_of(self, key: str) -> str:
        """Lay down the card of a resident of the sandbox."""
        resident = residents.find(key)
        self.lay(resident.card)
        return f"the card of {key} lies on the reader"

    @property
    def actors(self) -> Mapping[str, Actor]:
        """`card wang`, `card lift`; `reader unplug`, `reader garbage` and more."""
        cards = {r.key: partial(self.card_of, r.key) for r in residents.RESIDENTS}
        return {
            "card": actor("card", {**cards, "lift": self.lift}),
            "reader": actor("reader", self.deeds(*WireFault, *ReaderFault)),
        }

    # --- what the module does ---

    def received(self, data: bytes) -> None:
        """Answer every whole request; noise is skipped."""
        self._buffer += data
        while (start := self._buffer.find(PREAMBLE)) >= 0:
            del self._buffer[:start]
            if len(self._buffer) < 7:
                return
            end = 7 + int.from_bytes(self._buffer[5:7], "big")
            if len(self._buffer) < end:
                return
            frame = bytes(self._buffer[5:end])
            del self._buffer[:end]
            self._answer(frame)

    def turn(self) -> None:
        """Send noise without being asked, as a wrong device on the port does."""
        if self.faults.strikes(ReaderFault.BABBLE):
            self.send(b"$GPRMC,,V,,,,,,,,,,N*53\r\n")

    def _answer(self, frame: bytes) -> None:
        if checksum(frame[:-1]) != frame[-1]:
            self._reply(Reply(0, 0, Code.CHECKSUM_ERROR))
            return
        if self.faults.strikes(ReaderFault.NOT_AUTHORISED):
            self._reply(Reply(0, 0, Code.SAM_NOT_AUTHORISED))
            return
        self._reply(self._obey((frame[2], frame[3])))

    def _obey(self, command: tuple[int, int]) -> Reply:
        match command:
            case Command.RESET_SAM.value | Command.SAM_STATUS.value:
                return Reply(0, 0, Code.SUCCESS)
            case Command.SAM_ID.value:
                return Reply(0, 0, Code.SUCCESS, SAM_NUMBER)
            case Command.FIND_CARD.value:
                return self._find()
            case Command.SELECT_CARD.value:
                return self._select()
            case Command.READ_TEXT_PHOTO.value:
                return self._read(with_fingerprint=False)
            case Command.READ_TEXT_PHOTO_FINGERPRINT.value:
                return self._read(with_fingerprint=True)
            case Command.READ_NEWEST_ADDRESS.value:
                return self._address()
            case (0x60, _) | (0x61, _):
                return Reply(0, 0, Code.SUCCESS)
            case _:
                return Reply(0, 0, Code.BAD_COMMAND)

    def _find(self) -> Reply:
        with self._changed:
            self._found = self._card is not None and not self._done
            self._selected = False
        if self._found:
            return Reply(0, 0, Code.CARD_FOUND, bytes(4))
        return Reply(0, 0, Code.NO_CARD)

    def _select(self) -> Reply:
        if self.faults.strikes(ReaderFault.REJECTED):
            return Reply(0, 0, Code.SAM_REJECTED_CARD)
        with self._changed:
            self._selected = self._found
        if self._selected:
            return Reply(0, 0, Code.SUCCESS, bytes(8))
        return Reply(0, 0, Code.SELECT_FAILED)

    def _read(self, *, with_fingerprint: bool) -> Reply:
        """Take a moment over the card; lifted in that moment, the read fails."""
        with self._changed:
            self._changed.wait(THINKING if self.leave_after is None else self.leave_after)
            if self.leave_after is not None:
                self._card, self.leave_after = None, None
            if not self._selected or self._card is None:
                self._selected = False
                return Reply(0, 0, Code.READ_FAILED)
            self._done = True
            card = self._card
        worn = self.faults.strikes(ReaderFault.UNREADABLE)
        text = bytes(TEXT_LENGTH) if worn else resident_card.encode(card)
        contents = CardContents(text, card.photo or bytes(PHOTO_LENGTH))
        return Reply(0, 0, Code.SUCCESS, contents.to_data(with_fingerprint=with_fingerprint))

    def _address(self) -> Reply:
        if self.leave_before_address:
            self.leave_before_address = False
            self.lift()
        if not self._selected or self._card is None:
            return Reply(0, 0, Code.READ_FAILED)
        if not self.newest_address:
            return Reply(0, 0, Code.NO_CONTENT)
        return Reply(0, 0, Code.SUCCESS, self.newest_address.encode("utf-16-le"))

    def _reply(self, reply: Reply) -> None:
        if not self.faults.has(ReaderFault.BABBLE):
            self.answer(reply.to_bytes())


class SimulatedSamReader(SamModule, SimulatedSerialDevice):
    """A reader on a serial port."""
