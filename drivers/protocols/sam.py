"""The SAM protocol of resident ID card readers (GA/T 1011): frames, commands, status codes.

    request  AA AA AA 96 69 | length (2, big-endian) | CMD | Para | data | CHK
    reply    AA AA AA 96 69 | length (2, big-endian) | SW1 SW2 SW3 | data | CHK

The length counts everything after itself, CHK included; CHK is the XOR of all bytes between the
preamble and itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import reduce
from operator import xor

from drivers.device import Advice, Fault
from drivers.errors import LocalProtocolError, RemoteProtocolError


class ChecksumError(RemoteProtocolError):
    """A frame whose CHK is not that of its bytes: something on the wire changed it."""


PREAMBLE = bytes.fromhex("AAAAAA9669")
SHORTEST = 4  # SW1 SW2 SW3 CHK
LONGEST = 4096  # the longest reply known is 2321 bytes; more is noise that looks like a length

TEXT_LENGTH = 256
PHOTO_LENGTH = 1024
FINGERPRINT_LENGTHS = frozenset({0, 512, 1024})


def checksum(data: bytes) -> int:
    """CHK: the XOR of length, status or command, and data."""
    return reduce(xor, data, 0)


class Command(Enum):
    """What a host may ask, as CMD and Para; each name is the protocol's own."""

    RESET_SAM = (0x10, 0xFF)
    """Restart the security module."""
    SAM_STATUS = (0x11, 0xFF)
    """Ask whether the security module works."""
    SAM_ID = (0x12, 0xFF)
    """Ask for the module's own number, 16 bytes."""
    FIND_CARD = (0x20, 0x01)
    """Look for a card in the field."""
    SELECT_CARD = (0x20, 0x02)
    """Choose the card that was found."""
    READ_TEXT_PHOTO = (0x30, 0x01)
    """Read text and photo of the chosen card."""
    READ_TEXT_PHOTO_FINGERPRINT = (0x30, 0x10)
    """Read text, photo and fingerprint of the chosen card."""
    READ_NEWEST_ADDRESS = (0x30, 0x03)
    """Read the address that was written to the card last."""

    def to_bytes(self) -> bytes:
        """The request on the wire."""
        return request(*self.value)


BAUD_RATES = (115200, 57600, 38400, 19200, 9600)


def set_baud_rate(baud: int) -> bytes:
    """The request that makes the module speak at `baud` from its next frame on."""
    if baud not in BAUD_RATES:
        raise LocalProtocolError(f"no SAM baud rate: {baud}; there are {BAUD_RATES}")
    return request(0x60, BAUD_RATES.index(baud))


def set_max_rf_frame(size: int = 0x50) -> bytes:
    """The request that limits frames on the radio side to `size` bytes."""
    if not 0 <= size <= 0xFF:
        raise LocalProtocolError(f"RF frame of {size} bytes does not fit one byte")
    return request(0x61, 0xFF, bytes([size]))


def request(cmd: int, para: int, data: bytes = b"") -> bytes:
    """A request on the wire."""
    length = len(data) + 3
    if length > LONGEST:
        raise LocalProtocolError(f"request of {length} bytes is longer than {LONGEST}")
    body = length.to_bytes(2, "big") + bytes([cmd, para]) + data
    return PREAMBLE + body + bytes([checksum(body)])


class Code(IntEnum):
    """SW3: how a command went."""

    SUCCESS = 0x90
    CARD_FOUND = 0x9F
    CHECKSUM_ERROR = 0x10
    LENGTH_ERROR = 0x11
    BAD_COMMAND = 0x21
    UNRECOGNISED = 0x24
    CARD_REJECTED_SAM = 0x31
    SAM_REJECTED_CARD = 0x32
    VERIFICATION_ERROR = 0x33
    WRONG_CARD_TYPE = 0x40
    READ_FAILED = 0x41
    GET_RANDOM_FAILED = 0x47
    SAM_SELF_TEST_FAILED = 0x60
    SAM_NOT_AUTHORISED = 0x66
    NO_CARD = 0x80
    SELECT_FAILED = 0x81
    NO_CONTENT = 0x91


GOOD = frozenset({Code.SUCCESS, Code.CARD_FOUND})

LAY_IT_FLAT = "Please lay your card flat on the reader and leave it there."
ANOTHER_CARD = "This card can not be read here. Please use your ID card."


def _card(code: str, detail: str, resident: str = LAY_IT_FLAT) -> Fault:
    return Fault(code, Advice.RESIDENT_ACTS, detail, resident)


# What each failure means to whoever stands before it; SW1 and SW2 say more only to the maker.
FAULTS = {
    Code.CHECKSUM_ERROR: Fault("reader.checksum", Advice.RETRY, "the reader got a bad checksum"),
    Code.LENGTH_ERROR: Fault("reader.length", Advice.RETRY, "the reader got a bad length"),
    Code.BAD_COMMAND: Fault(
        "reader.command", Advice.TECHNICIAN_ACTS, "the reader does not know the command"
    ),
    Code.UNRECOGNISED: Fault("reader.unrecognised", Advice.RETRY, "the reader reports error 24"),
    Code.CARD_REJECTED_SAM: _card("card.rejected_reader", "the card does not accept the reader"),
    Code.SAM_REJECTED_CARD: _card("card.rejected", "the reader does not accept the card"),
    Code.VERIFICATION_ERROR: _card("card.verification", "the card's contents do not verify"),
    Code.WRONG_CARD_TYPE: _card("card.wrong_type", "not a card this reader reads", ANOTHER_CARD),
    Code.READ_FAILED: _card("card.removed", "the card left during the read"),
    Code.GET_RANDOM_FAILED: _card("card.random", "the card gave no random number"),
    Code.SAM_SELF_TEST_FAILED: Fault(
        "reader.self_test", Advice.REPLACE, "the security module failed its self-test"
    ),
    Code.SAM_NOT_AUTHORISED: Fault(
        "reader.not_authorised", Advice.TECHNICIAN_ACTS, "the security module is not authorised"
    ),
    Code.NO_CARD: _card("card.removed", "no card on the reader"),
    Code.SELECT_FAILED: _card("card.removed", "the card was gone before it was chosen"),
    Code.NO_CONTENT: _card("card.no_content", "the card does not hold what was asked for"),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply: SW1, SW2, SW3 and data. Its repr never shows the data."""

    sw1: int
    sw2: int
    sw3: int
    data: bytes = b""

    @property
    def good(self) -> bool:
        """Whether the command succeeded."""
        return self.sw3 in GOOD

    @property
    def fault(self) -> Fault:
        """What went wrong, and what to do; a code nobody documented is shown as it came."""
        words = f"{self.sw1:02x} {self.sw2:02x} {self.sw3:02x}"
        if self.sw3 not in FAULTS:
            return Fault("reader.unknown_status", Advice.RETRY, f"the reader says {words}")
        return FAULTS[Code(self.sw3)].because(words)

    def to_bytes(self) -> bytes:
        """The reply on the wire."""
        status = bytes([self.sw1, self.sw2, self.sw3])
        body = (len(self.data) + 4).to_bytes(2, "big") + status + self.data
        return PREAMBLE + body + bytes([checksum(body)])

    def __repr__(self) -> str:
        return f"<reply {self.sw1:02x} {self.sw2:02x} {self.sw3:02x} + {len(self.data)} bytes>"


class SamDecoder:
    """Finds replies in what a reader sends: skips noise, resumes at the next preamble.

    Some modules wrap their frames (EA EB EC ED … around the preamble); the wrap is noise too.
    The buffer never holds more than one frame's worth and what came with it in one `feed`.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Reply | RemoteProtocolError]:
        """The frames that are complete now, in order; a broken one is an error in its place."""
        self._buffer += data
        while self._seek():
            length = int.from_bytes(self._buffer[5:7], "big")
            if not SHORTEST <= length <= LONGEST:
                self._resume()
                yield RemoteProtocolError(
                    f"bad length in SAM frame: expected {SHORTEST} to {LONGEST}, got {length}"
                )
                continue
            if len(self._buffer) < 7 + length:
                return
            yield self._frame(7 + length)

    def _seek(self) -> bool:
        """Drop what is before the next preamble; whether its length is there too."""
        start = self._buffer.find(PREAMBLE)
        if start < 0:
            # The last bytes may be the beginning of a preamble.
            del self._buffer[: -(len(PREAMBLE) - 1)]
            return False
        del self._buffer[:start]
        return len(self._buffer) >= 7

    def _frame(self, end: int) -> Reply | RemoteProtocolError:
        body = bytes(self._buffer[5:end])
        expected, got = checksum(body[:-1]), body[-1]
        if expected != got:
            self._resume()
            return ChecksumError(
                f"bad checksum in SAM frame: expected {expected:02x}, got {got:02x}"
            )
        del self._buffer[:end]
        return Reply(body[2], body[3], body[4], body[5:-1])

    def _resume(self) -> None:
        """Give up this preamble; the next one may be inside of what it claimed."""
        del self._buffer[:1]


@dataclass(frozen=True, slots=True)
class CardContents:
    """The parts of a card as they came; repr shows lengths only."""

    text: bytes
    photo: bytes
    fingerprint: bytes = b""

    def __repr__(self) -> str:
        parts = (self.text, self.photo, self.fingerprint)
        return "<card contents of {} + {} + {} bytes>".format(*map(len, parts))

    @classmethod
    def from_reply(cls, data: bytes, *, with_fingerprint: bool = False) -> CardContents:
        """Take the data of a read reply apart: lengths (2 each), then the parts."""
        count = 3 if with_fingerprint else 2
        if len(data) < 2 * count:
            raise RemoteProtocolError(f"read reply of {len(data)} bytes has no lengths")
        lengths = [int.from_bytes(data[i : i + 2], "big") for i in range(0, 2 * count, 2)]
        if len(data) != 2 * count + sum(lengths):
            raise RemoteProtocolError(
                f"read reply says {lengths} bytes of parts, has {len(data) - 2 * count}"
            )
        if lengths[0] != TEXT_LENGTH:
            raise RemoteProtocolError(f"text of {lengths[0]} bytes, expected {TEXT_LENGTH}")
        text_end = 2 * count + lengths[0]
        photo_end = text_end + lengths[1]
        return cls(data[2 * count : text_end], data[text_end:photo_end], data[photo_end:])

    def to_data(self, *, with_fingerprint: bool = False) -> bytes:
        """The data of a read reply."""
        parts = [self.text, self.photo, *([self.fingerprint] if with_fingerprint else [])]
        return b"".join(len(part).to_bytes(2, "big") for part in parts) + b"".join(parts)
