"""The simulated SSI decoder insists on its protocol, byte for byte."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.ports.serial_port import SerialPort, SerialTransport
from drivers.protocols.zebra_ssi import (
    ACK,
    NAK_RESEND,
    WAKEUP,
    Cause,
    Opcode,
    Packet,
    SsiDecoder,
    Status,
)
from sandbox.devices.ssi_scanner import RESPONSE, TRIES, SimulatedSsi

START = Packet(Opcode.START_SESSION)
PATIENCE = 5.0
SILENCE = 2 * RESPONSE

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[SimulatedSsi]:
    """A decoder on a pty."""
    with SimulatedSsi(tmp_path / "scanner") as device:
        yield device


@pytest.fixture
def wire(scanner: SimulatedSsi) -> Iterator[SerialTransport]:
    """The host's end of its cable, after the decoder was woken."""
    transport = SerialPort("scanner", str(scanner.link)).open()
    transport.write(WAKEUP)
    yield transport
    transport.close()


def answer(wire: SerialTransport, patience: float = PATIENCE) -> Packet | None:
    """The next packet, None when none comes."""
    decoder, until = SsiDecoder(), time.monotonic() + patience
    while time.monotonic() < until:
        for found in decoder.feed(wire.read(time.monotonic() + 0.1)):
            assert isinstance(found, Packet)
            return found
    return None


def ask(wire: SerialTransport, packet: Packet) -> Packet:
    """What it says to a packet."""
    wire.write(packet.to_bytes())
    found = answer(wire)
    assert found is not None
    return found


def test_a_sleeping_decoder_loses_the_byte_that_wakes_it(
    scanner: SimulatedSsi, wire: SerialTransport
) -> None:
    """The first command after a pause is not understood, unless WAKEUP came before it."""
    assert ask(wire, START).opcode == Opcode.CMD_ACK
    scanner.unplug()
    scanner.plug()
    asleep = SerialPort("scanner", str(scanner.link)).open()
    first, second = ask(asleep, START), ask(asleep, START)
    asleep.close()
    assert (first.opcode, second.opcode) == (Opcode.CMD_NAK, Opcode.CMD_ACK)


def test_a_broken_packet_is_refused(wire: SerialTransport) -> None:
    """NAK with the cause RESEND; the same packet whole is then obeyed."""
    wire.write(START.to_bytes()[:-1] + b"\x00")
    refused = answer(wire)
    assert refused is not None
    assert (refused.opcode, refused.data) == (Opcode.CMD_NAK, bytes([Cause.RESEND]))
    assert ask(wire, START).opcode == Opcode.CMD_ACK


def test_an_unknown_command_is_refused(wire: SerialTransport) -> None:
    """What the decoder does not know in this place is BAD_CONTEXT."""
    said = ask(wire, Packet(Opcode.REPLY_REVISION))
    assert (said.opcode, said.data) == (Opcode.CMD_NAK, bytes([Cause.BAD_CONTEXT]))


def test_a_code_comes_again_until_it_is_acknowledged(
    scanner: SimulatedSsi, wire: SerialTransport
) -> None:
    """Twice more with the retransmit bit, then it is lost; so says the guide."""
    assert ask(wire, START).opcode == Opcode.CMD_ACK
    scanner.show("token")
    times = [answer(wire) for _ in range(TRIES)]
    assert [t and t.status for t in times] == [0, Status.RETRANSMIT, Status.RETRANSMIT]
    assert answer(wire, SILENCE) is None


def test_a_refused_packet_comes_again_and_an_acknowledged_one_never(
    scanner: SimulatedSsi, wire: SerialTransport
) -> None:
    """NAK brings the packet again, ACK the next one of the message."""
    assert ask(wire, START).opcode == Opcode.CMD_ACK
    scanner.show("x" * 300)
    first = answer(wire)
    assert first is not None
    assert first.status == Status.CONTINUATION
    again = ask(wire, NAK_RESEND)
    assert (again.data, again.status) == (first.data, Status.CONTINUATION | Status.RETRANSMIT)
    last = ask(wire, ACK)
    assert (len(last.data), last.status) == (1 + 300 - 250, 0)
    wire.write(ACK.to_bytes())
    assert answer(wire, SILENCE) is None


def test_nothing_is_read_without_a_trigger(scanner: SimulatedSsi, wire: SerialTransport) -> None:
    """A code before the window waits until somebody looks."""
    scanner.show("token")
    assert ask(wire, Packet(Opcode.FLUSH_QUEUE)).opcode == Opcode.CMD_ACK
    assert not scanner.wait_until_read(0.2)
    assert ask(wire, START).opcode == Opcode.CMD_ACK
    found = answer(wire)
    assert found is not None
    assert found.opcode == Opcode.DECODE_DATA
