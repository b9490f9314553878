"""The Simple Serial Interface (SSI) of Zebra, Motorola and Symbol decoders, and of their clones.

    packet  length | opcode | source | status | data | checksum (2, big-endian)

The length counts everything but the checksum, which is the two's complement of the sum of the
bytes before it. Source is 0 for the decoder, 4 for the host. Status: bit 0 sent again, bit 1 more
packets of this message follow, bit 3 (from the host, with settings) permanent. Each side answers a
packet with CMD_ACK, CMD_NAK or the data that were asked for; what is not answered is sent twice
more. A 00 wakes a decoder that sleeps. Codes come in DECODE_DATA packets where the parameter
"decode data packet format" says so, else as bare bytes that nobody can check.
Followed: Simple Serial Interface Programmer's Guide (72E-40451), the integration guides of SE923,
SE955 and MS-320X, captures published with host programs for SE3300.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, IntFlag

from drivers.errors import LocalProtocolError, RemoteProtocolError
from drivers.protocols.scan_data import LONGEST, ScanData


class ChecksumError(RemoteProtocolError):
    """A packet whose checksum is not that of its bytes: it has to be sent again."""


HEADER = 4  # length, opcode, source, status
CHECKSUM = 2
MOST_DATA = 0xFF - HEADER
WAKEUP = b"\x00"
WAKING = 0.02  # seconds from WAKEUP until a decoder hears: 10 ms in the guide, 20 in host programs


class Opcode(IntEnum):
    """What a packet is for; each name is the protocol's own."""

    REQUEST_REVISION = 0xA3
    REPLY_REVISION = 0xA4
    PARAM_SEND = 0xC6
    CMD_ACK = 0xD0
    CMD_NAK = 0xD1
    FLUSH_QUEUE = 0xD2
    START_SESSION = 0xE4
    STOP_SESSION = 0xE5
    SCAN_ENABLE = 0xE9
    SCAN_DISABLE = 0xEA
    DECODE_DATA = 0xF3
    EVENT = 0xF6


_OPCODES = frozenset(map(int, Opcode))


class Source(IntEnum):
    """Who sent a packet."""

    DECODER = 0
    HOST = 4


class Status(IntFlag):
    """The bits of a packet's status."""

    RETRANSMIT = 0x01
    CONTINUATION = 0x02
    PERMANENT = 0x08


class Cause(IntEnum):
    """Why a packet was refused (CMD_NAK)."""

    RESEND = 1
    BAD_CONTEXT = 2
    DENIED = 6


class Parameter(IntEnum):
    """Settings of a decoder."""

    TRANSMIT_NO_READ = 0x5E
    TRIGGER_MODE = 0x8A
    HANDSHAKING = 0x9F
    DECODE_DATA_FORMAT = 0xEE


NO_BEEP = 0xFF
BY_HOST = 0x08  # TRIGGER_MODE: reads only between START_SESSION and STOP_SESSION
PACKETED = 0x01  # DECODE_DATA_FORMAT

SYMBOLOGIES = {
    0x01: "Code 39",
    0x02: "Codabar",
    0x03: "Code 128",
    0x04: "Discrete 2 of 5",
    0x06: "Interleaved 2 of 5",
    0x07: "Code 93",
    0x08: "UPC-A",
    0x09: "UPC-E",
    0x0A: "EAN-8",
    0x0B: "EAN-13",
    0x0C: "Code 11",
    0x0E: "MSI",
    0x0F: "GS1-128",
    0x11: "PDF417",
    0x1A: "MicroPDF417",
    0x1B: "Data Matrix",
    0x1C: "QR Code",
    0x25: "MaxiCode",
    0x2C: "Micro QR Code",
    0x2D: "Aztec",
    0x30: "GS1 DataBar",
    0x31: "GS1 DataBar Limited",
    0x32: "GS1 DataBar Expanded",
}


def checksum(data: bytes) -> bytes:
    """The two's complement of the sum of `data`, 16 bits, big-endian."""
    return (-sum(data) & 0xFFFF).to_bytes(2, "big")


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet; its repr never shows the data. LocalProtocolError when it can not be sent."""

    opcode: int
    data: bytes = b""
    source: int = Source.HOST
    status: int = 0

    def to_bytes(self) -> bytes:
        """The packet on the wire."""
        if len(self.data) > MOST_DATA:
            raise LocalProtocolError(f"{len(self.data)} bytes do not fit into an SSI packet")
        header = bytes([HEADER + len(self.data), self.opcode, self.source, self.status])
        return header + self.data + checksum(header + self.data)

    def __repr__(self) -> str:
        known = self.opcode in _OPCODES
        name = Opcode(self.opcode).name if known else f"opcode {self.opcode:02x}"
        return f"<{name} status {self.status:02x} + {len(self.data)} bytes>"


ACK = Packet(Opcode.CMD_ACK)
NAK_RESEND = Packet(Opcode.CMD_NAK, bytes([Cause.RESEND]))
SETTINGS = Packet(
    Opcode.PARAM_SEND,
    bytes(
        [
            NO_BEEP,
            *(Parameter.DECODE_DATA_FORMAT, PACKETED),
            *(Parameter.HANDSHAKING, 1),
            *(Parameter.TRANSMIT_NO_READ, 0),
            *(Parameter.TRIGGER_MODE, BY_HOST),
        ]
    ),
)
"""What this program needs; without Status.PERMANENT it is gone with the power."""


class SsiDecoder:
    """Finds packets of one side in what it sends: skips noise, resumes inside of broken packets.

    Packets have no preamble. What can not be one (no opcode known, another source, no length) is
    skipped; a broken packet is an error once, until a good one came. The buffer never holds more
    than one packet and what came with it in one `feed`.
    """

    def __init__(self, source: Source = Source.DECODER) -> None:
        self._source = source
        self._buffer = bytearray()
        self._lost = False

    @property
    def pending(self) -> bool:
        """Whether a packet began and did not end."""
        return bool(self._buffer)

    def feed(self, data: bytes) -> Iterator[Packet | ChecksumError]:
        """The packets that are complete now, in order; a broken one is an error in its place."""
        self._buffer += data
        while self._seek():
            end = self._buffer[0] + CHECKSUM
            if len(self._buffer) < end:
                return
            raw = bytes(self._buffer[:end])
            expected, got = checksum(raw[:-CHECKSUM]), raw[-CHECKSUM:]
            if expected == got:
                self._lost = False
                del self._buffer[:end]
                yield Packet(raw[1], raw[HEADER:-CHECKSUM], raw[2], raw[3])
                continue
            del self._buffer[:1]
            yield from self._broken(f"expected {expected.hex()}, got {got.hex()}")

    def idle(self) -> Iterator[Packet | ChecksumError]:
        """The line fell silent: a packet that did not end is broken; one inside of it may be whole.

        After this nothing is pending.
        """
        while self._buffer:
            yield from self._broken(f"cut off after {len(self._buffer)} bytes")
            del self._buffer[:1]
            yield from self.feed(b"")
        self._lost = False

    def _seek(self) -> bool:
        """Drop what can not be a packet; whether a beginning of one is there."""
        while self._buffer and not self._plausible():
            del self._buffer[:1]
        return bool(self._buffer)

    def _plausible(self) -> bool:
        head = self._buffer[:3]
        return (
            head[0] >= HEADER
            and (len(head) < 2 or head[1] in _OPCODES)
            and (len(head) < 3 or head[2] == self._source)
        )

    def _broken(self, how: str) -> Iterator[ChecksumError]:
        if not self._lost:
            self._lost = True
            yield ChecksumError(f"bad checksum in SSI packet: {how}")


class DecodeAssembler:
    """Puts the DECODE_DATA packets of a message together, each of them once.

    A packet that comes again because its ACK was lost is dropped; one that comes again because it
    was refused is taken. Between messages nothing is kept but what tells these two apart.
    """

    def __init__(self) -> None:
        self._parts = bytearray()
        self._last: int | None = None  # of the packet before, only its hash

    def refused(self) -> None:
        """A packet was answered with NAK: what comes again now is new."""
        self._last = None

    def add(self, packet: Packet) -> ScanData | RemoteProtocolError | None:
        """The code that is whole with this packet, an error, or None while more has to come."""
        if not packet.data:
            return RemoteProtocolError("DECODE_DATA without a bar code type")
        this = hash((packet.data, packet.status & ~Status.RETRANSMIT))
        if packet.status & Status.RETRANSMIT and this == self._last:
            return None
        self._last = this
        self._parts += packet.data[1:]
        if len(self._parts) > LONGEST:
            self._parts.clear()
            return RemoteProtocolError(f"a code of more than {LONGEST} bytes")
        if packet.status & Status.CONTINUATION:
            return None
        payload = bytes(self._parts)
        self._parts.clear()
        return ScanData(payload, SYMBOLOGIES.get(packet.data[0], ""))


def data_packets(payload: bytes, kind: int) -> list[Packet]:
    """A code as a decoder sends it: packets of at most 255 bytes, all but the last to be continued.

    `kind` is its bar code type, a key of SYMBOLOGIES.
    """
    size = MOST_DATA - 1
    pieces = [payload[i : i + size] for i in range(0, len(payload), size)] or [b""]
    return [
        Packet(
            Opcode.DECODE_DATA,
            bytes([kind]) + piece,
            Source.DECODER,
            Status.CONTINUATION if number < len(pieces) else 0,
        )
        for number, piece in enumerate(pieces, 1)
    ]
