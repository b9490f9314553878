"""What Custom's kiosk printers say, by the published bytes."""

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
    Slot,
    Status,
)
from drivers.errors import LocalProtocolError, RemoteProtocolError
from drivers.protocols import custom_printer
from drivers.protocols.custom_printer import (
    POWER_SUPPLY,
    CustomDecoder,
    Eject,
    FullStatus,
    PaperLeft,
    ejector,
)
from drivers.protocols.escpos_status import CUTTER_STUCK, HOT, LASTING, InOrder


def heard(*pieces: bytes) -> list[object]:
    """What one decoder takes out of these pieces; errors as their text."""
    decoder = CustomDecoder()
    found = [message for piece in pieces for message in decoder.feed(piece)]
    return [str(m) if isinstance(m, RemoteProtocolError) else m for m in found]


STREAM = bytes.fromhex("100F 05020040 00 1005 2040") + b"510cm" + bytes.fromhex("11 100F 20000000")
MESSAGES = [
    FullStatus(0x05, 0x02, 0x00, 0x40),
    InOrder(0x00),
    FullStatus(paper=0x20, recoverable=0x40),
    PaperLeft(510),
    FullStatus(paper=0x20),
]


def test_everything_is_told_apart() -> None:
    """Full and partial status, an answer to GS r and a length, whole or byte by byte."""
    assert heard(STREAM) == MESSAGES
    assert heard(*(bytes([byte]) for byte in STREAM)) == MESSAGES


@pytest.mark.parametrize(
    ("data", "messages"),
    [
        ("FF 100F00000000", ["no status of a kiosk printer: ff", FullStatus()]),
        ("1080 00", ["no full status: mask 80", "no status of a kiosk printer: 80", InOrder(0)]),
        ("100F00 100F00000000", ["full status of 6 bytes ended after 3", FullStatus()]),
        ("35 00", ["no status of a kiosk printer: 35", InOrder(0)]),
    ],
)
def test_it_finds_the_next_message(data: str, messages: list[object]) -> None:
    """Noise and a status broken off are errors; half of one never completes another."""
    assert heard(bytes.fromhex(data)) == messages


@pytest.mark.parametrize(
    ("full", "state"),
    [
        (FullStatus(), Ready()),
        (FullStatus(paper=0x20), Ready()),
        (FullStatus(paper=0x05), PaperOut()),
        (FullStatus(paper=0x04), PaperLow()),
        (FullStatus(paper=0x40), PaperLow()),
        (FullStatus(user=0x02), CoverOpen()),
        (FullStatus(user=0x01), CoverOpen()),
        (FullStatus(user=0x0C), Ready()),
        (FullStatus(recoverable=0x40), PaperJammed()),
        (FullStatus(recoverable=0x01), HardwareError(HOT)),
        (FullStatus(recoverable=0x08), HardwareError(POWER_SUPPLY)),
        (FullStatus(recoverable=0x22), Ready()),
        (FullStatus(unrecoverable=0x01), HardwareError(CUTTER_STUCK)),
        (FullStatus(unrecoverable=0x04), HardwareError(LASTING)),
    ],
)
def test_published_bits_mean_what_they_mean(full: FullStatus, state: Status) -> None:
    """Paper, user, recoverable and unrecoverable; motors and keys are nobody's trouble."""
    assert custom_printer.status(full) == state


def test_a_receipt_in_the_output_is_in_the_slot() -> None:
    """Bit 5 of the paper status, and nothing else."""
    assert FullStatus(paper=0x20).slot is Slot.WAITING
    assert FullStatus(paper=0xDF).slot is Slot.EMPTY


def test_the_ejector_is_as_published() -> None:
    """Present 84 mm; the same with 30 seconds; eject; retract."""
    assert ejector(Eject.PRESENT, 12).hex() == "1d65030c"
    assert ejector(Eject.PRESENT_FOR, 12, 30).hex() == "1d65200c1e"
    assert ejector(Eject.EJECT).hex() == "1d6505"
    assert ejector(Eject.RETRACT).hex() == "1d6502"


@pytest.mark.parametrize(("what", "given_"), [(Eject.PRESENT, ()), (Eject.RETRACT, (1,))])
def test_wrong_parameters_are_our_mistake(what: Eject, given_: tuple[int, ...]) -> None:
    """The printer would wait for what is missing, and print what is too much."""
    with pytest.raises(LocalProtocolError):
        ejector(what, *given_)


@given(st.binary(max_size=400), st.integers(1, 7))
def test_any_bytes_are_messages_or_errors(data: bytes, size: int) -> None:
    """However they are cut, the same messages come out, and no exception."""
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    assert heard(*pieces) == heard(data)


@given(st.binary(max_size=64))
def test_a_good_status_is_found_after_any_noise(noise: bytes) -> None:
    """What is held back of any noise is less than two statuses: the third is always taken."""
    good = bytes.fromhex("100F 04000000")
    assert heard(noise, good, good, good)[-1] == FullStatus(paper=0x04)


@given(st.lists(st.sampled_from(MESSAGES)))
def test_any_order_of_messages_comes_out_again(messages: list[object]) -> None:
    """Nothing is lost and nothing is added, whatever follows what."""
    raw = {
        FullStatus: lambda m: bytes([0x10, 15, m.paper, m.user, m.recoverable, m.unrecoverable]),
        InOrder: lambda m: bytes([m.bits]),
        PaperLeft: lambda m: b"%dcm" % m.centimetres,
    }
    assert heard(b"".join(raw[type(m)](m) for m in messages)) == messages
