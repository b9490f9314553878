"""What printers answer, by the published bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.device import (
    CoverOpen,
    HardwareError,
    PaperJammed,
    PaperLow,
    PaperOut,
    Ready,
    Status,
)
from drivers.errors import RemoteProtocolError
from drivers.protocols import escpos_status
from drivers.protocols.escpos_status import (
    CUTTER_STUCK,
    HOT,
    LASTING,
    TAKEN_OFFLINE,
    Ask,
    Automatic,
    InOrder,
    RealTime,
    Recover,
    StatusDecoder,
)

FULL = {Ask.PRINTER: 0x12, Ask.OFFLINE_CAUSE: 0x12, Ask.ERROR_CAUSE: 0x12, Ask.PAPER: 0x12}
EMPTY = {Ask.PRINTER: 0x1A, Ask.OFFLINE_CAUSE: 0x32, Ask.ERROR_CAUSE: 0x12, Ask.PAPER: 0x7E}


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        (FULL, Ready()),
        (EMPTY, PaperOut()),
        (FULL | {Ask.PAPER: 0x1E}, PaperLow()),
        (FULL | {Ask.OFFLINE_CAUSE: 0x16, Ask.PRINTER: 0x1A}, CoverOpen()),
        (FULL | {Ask.PRINTER: 0x16}, Ready()),
        (FULL | {Ask.ERROR_CAUSE: 0x16, Ask.PRINTER: 0x1A}, PaperJammed()),
        ({Ask.PRINTER: 0x12}, Ready()),
    ],
)
def test_published_answers_mean_what_they_mean(answers: dict[Ask, int], status: Status) -> None:
    """Out of paper answers 1A, 32, 7E; the rest follows from the documented bits."""
    assert escpos_status.status(answers) == status


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (FULL | {Ask.ERROR_CAUSE: 0x1A}, "printer.cutter"),
        (FULL | {Ask.ERROR_CAUSE: 0x32}, "printer.unrecoverable"),
        (FULL | {Ask.ERROR_CAUSE: 0x52}, "printer.recoverable"),
        (FULL | {Ask.PRINTER: 0x1A}, "printer.offline"),
    ],
)
def test_an_error_names_its_cause(answers: dict[Ask, int], code: str) -> None:
    """Cutter, lasting, passing and unexplained errors are told apart."""
    status = escpos_status.status(answers)
    assert isinstance(status, HardwareError)
    assert status.fault.code == code


def test_questions_are_as_published() -> None:
    """DLE EOT n is 10 04 n, DLE ENQ n is 10 05 n."""
    assert escpos_status.dle_enq(Recover.CLEAR).hex() == "100502"
    assert [escpos_status.dle_eot(ask).hex() for ask in Ask] == [
        "100401",
        "100402",
        "100403",
        "100404",
    ]


@given(st.integers(0, 255))
def test_a_byte_answers_one_question_at_most(byte: int) -> None:
    """No byte passes for an answer to DLE EOT, one to GS r and the beginning of ASB alike."""
    kinds = escpos_status.is_real_time, escpos_status.is_in_order, escpos_status.begins_asb
    assert sum(kind(byte) for kind in kinds) <= 1


@given(st.dictionaries(st.sampled_from(Ask), st.integers(0, 255)))
def test_any_answers_are_a_status(answers: dict[Ask, int]) -> None:
    """Whatever a printer says, it is one status and no exception."""
    assert escpos_status.status(answers) is not None


# The stream: DLE EOT, GS r and ASB in one.


def heard(*pieces: bytes) -> list[object]:
    """What one decoder takes out of these pieces; errors as their text."""
    decoder = StatusDecoder()
    found = [message for piece in pieces for message in decoder.feed(piece)]
    return [str(m) if isinstance(m, RemoteProtocolError) else m for m in found]


STREAM = bytes.fromhex("12 18000C00 00 12 10000000 11 0F 7E")
MESSAGES = [
    RealTime(0x12),
    Automatic(bytes.fromhex("18000C00")),
    InOrder(0x00),
    RealTime(0x12),
    Automatic(bytes.fromhex("10000000")),
    InOrder(0x0F),
    RealTime(0x7E),
]


def test_three_kinds_of_answers_are_told_apart() -> None:
    """In one stream, whole or byte by byte; XON (11) among them is nobody's answer."""
    assert heard(STREAM) == MESSAGES
    assert heard(*(bytes([byte]) for byte in STREAM)) == MESSAGES


def test_garbage_around_a_packet_is_an_error_and_no_answer() -> None:
    """What no printer says is named, and the packet behind it is whole again."""
    packet = bytes.fromhex("10000300")
    assert heard(b"\xff" + packet + b"\x81") == [
        "no status of a printer: ff",
        Automatic(packet),
        "no status of a printer: 81",
    ]


def test_a_packet_broken_off_confirms_nothing() -> None:
    """Its bytes look like answers to GS r: they are dropped with it, and the next one is taken."""
    assert heard(bytes.fromhex("1000 10000000")) == [
        "automatic status of 4 bytes ended after 2",
        Automatic(bytes.fromhex("10000000")),
    ]


def test_an_answer_in_the_middle_of_a_packet_is_one() -> None:
    """Some printers answer DLE EOT between two bytes of ASB."""
    assert heard(bytes.fromhex("1000 12 0000")) == [
        RealTime(0x12),
        Automatic(bytes.fromhex("10000000")),
    ]


@pytest.mark.parametrize(
    ("packet", "state"),
    [
        ("10000000", Ready()),
        ("14000000", Ready()),
        ("18000F00", PaperOut()),
        ("10000300", PaperLow()),
        ("38000000", CoverOpen()),
        ("18040000", PaperJammed()),
        ("18080000", HardwareError(CUTTER_STUCK)),
        ("18200000", HardwareError(LASTING)),
        ("18400000", HardwareError(HOT)),
        ("18000000", HardwareError(TAKEN_OFFLINE)),
    ],
)
def test_a_packet_says_the_same_as_answers(packet: str, state: Status) -> None:
    """The documented bits of ASB mean what those of DLE EOT mean."""
    (message,) = heard(bytes.fromhex(packet))
    assert isinstance(message, Automatic)
    assert escpos_status.status(message.answers()) == state


@given(st.binary(max_size=400), st.integers(1, 7))
def test_any_bytes_are_messages_or_errors(data: bytes, size: int) -> None:
    """However they are cut, the same messages come out, and no exception."""
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    assert heard(*pieces) == heard(data)


@given(st.lists(st.sampled_from([b"\x12", b"\x00", *map(bytes.fromhex, ["10000000", "38040F00"])])))
def test_any_order_of_messages_comes_out_again(frames: list[bytes]) -> None:
    """Nothing is lost and nothing is added, whatever follows what."""
    single = {b"\x12": RealTime(0x12), b"\x00": InOrder(0x00)}
    wanted = [single.get(frame) or Automatic(frame) for frame in frames]
    assert heard(b"".join(frames)) == wanted
