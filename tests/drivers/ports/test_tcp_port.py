"""TCP ports that can not be reached, or fail: each says where, what and what to do."""

from __future__ import annotations

import errno
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from drivers.device import Advice
from drivers.errors import TransportError
from drivers.ports.tcp_port import TcpPort, TcpTransport
from drivers.ports.transport import Transport

AN_HOUR = time.monotonic() + 3600  # no test waits so long
CLOSED = "it closed the connection; another program may have it, or it was switched off"

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A device that listens and has a small buffer."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening


@pytest.fixture
def port(listener: socket.socket) -> TcpPort:
    """Where it listens."""
    return TcpPort("printer", "127.0.0.1", listener.getsockname()[1])


@pytest.fixture
def transport(port: TcpPort) -> Iterator[TcpTransport]:
    """Our end of the connection."""
    opened = port.open()
    yield opened
    opened.close()


@pytest.fixture
def device(listener: socket.socket, transport: TcpTransport) -> Iterator[socket.socket]:
    """The device's end."""
    del transport
    connection, _ = listener.accept()
    with connection:
        yield connection


def trouble(act: Callable[[], object]) -> str:
    """What an attempt says when it fails."""
    with pytest.raises(TransportError) as caught:
        act()
    fault = caught.value.fault
    assert (fault.code, fault.advice) == ("printer.disconnected", Advice.TECHNICIAN_ACTS)
    return fault.detail


def heard(transport: Transport, count: int) -> bytes:
    """So many bytes from the device."""
    data = b""
    while len(data) < count:
        data += transport.read(AN_HOUR)
    return data


def test_bytes_go_both_ways(transport: TcpTransport, device: socket.socket) -> None:
    """A read returns with what there is, long before its deadline."""
    transport.write(b"hello")
    assert device.recv(100) == b"hello"
    device.sendall(b"answer")
    assert heard(transport, 6) == b"answer"


def test_silence_is_no_error(transport: TcpTransport, device: socket.socket) -> None:
    """A read whose time is over brings nothing, and the connection is as good as before."""
    assert transport.read(time.monotonic()) == b""
    assert transport.read(time.monotonic() + 0.01) == b""
    device.sendall(b"later")
    assert heard(transport, 5) == b"later"


def test_a_refused_connection_is_not_a_missing_device(free_port: int) -> None:
    """Somebody is there and does not want us."""
    assert trouble(TcpPort("printer", "127.0.0.1", free_port).open) == (
        f"tcp://127.0.0.1:{free_port}: it is there and takes no connection; "
        "another program may hold it"
    )


def test_an_unknown_name_is_said() -> None:
    """The name server is another trouble than the device."""
    assert trouble(TcpPort("printer", "printer.invalid", 9100).open) == (
        "tcp://printer.invalid:9100: nobody knows that name; "
        "write its IP address, or check the network"
    )


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EHOSTUNREACH, ""), "no way there; check network cable and address"),
        (OSError(errno.ENETUNREACH, ""), "no way there; check the network of this terminal"),
        (OSError(errno.ETIMEDOUT, ""), "it stopped answering; check network cable and power"),
        (OSError(errno.EIO, ""), "it can not be reached; check network cable, power and address"),
        (TimeoutError(), "it can not be reached; check network cable, power and address"),
    ],
)
def test_no_way_there_says_what_to_check(error: OSError, words: str) -> None:
    """Cable, power, address or this terminal's own network: whichever it is."""
    fault = TcpPort("printer", "2001:db8::7", 9100).fault(error).fault
    assert fault.detail == f"tcp://[2001:db8::7]:9100: {words}"


def test_a_device_that_hangs_up_is_gone(transport: TcpTransport, device: socket.socket) -> None:
    """What it still said is heard; then it is gone, which is not silence."""
    device.sendall(b"bye")
    device.close()
    assert heard(transport, 3) == b"bye"
    assert CLOSED in trouble(lambda: transport.read(AN_HOUR))


@pytest.mark.parametrize(
    "act",
    [
        lambda transport: transport.read(AN_HOUR),
        lambda transport: transport.write(b"x"),
        lambda transport: transport.forget_input(),
    ],
    ids=["read", "write", "forget_input"],
)
def test_a_reset_connection_is_a_transport_error(
    transport: TcpTransport, device: socket.socket, act: Callable[[Transport], None]
) -> None:
    """Switched off with unread bytes: whatever is being done, no error of the system comes out."""
    transport.write(b"unread")
    assert device.recv(1)
    device.close()
    assert CLOSED in trouble(lambda: act(transport))
    assert "tcp://127.0.0.1" in trouble(lambda: transport.read(AN_HOUR))


def test_what_nobody_asked_for_is_forgotten(transport: TcpTransport, device: socket.socket) -> None:
    """Old noise is not taken for an answer."""
    device.sendall(b"noise")
    assert heard(transport, 1)
    device.sendall(b"more noise")
    transport.forget_input()
    transport.write(b"asked")
    assert device.recv(5) == b"asked"
    device.sendall(b"!")
    assert transport.read(AN_HOUR).endswith(b"!")


def test_a_device_that_never_stops_does_not_hold_us(
    transport: TcpTransport, device: socket.socket
) -> None:
    """Dropping what came ends, however much comes."""
    ended = threading.Event()

    def babble() -> None:
        device.settimeout(0.01)
        while not ended.is_set():
            try:
                device.sendall(bytes(65536))
            except TimeoutError:
                continue

    thread = threading.Thread(target=babble)
    thread.start()
    transport.forget_input()
    ended.set()
    thread.join()


def test_a_slow_device_gets_all_the_time_it_needs(
    transport: TcpTransport, device: socket.socket
) -> None:
    """A long receipt is taken a little at a time."""
    data = bytes(range(256)) * 20_000
    taken = bytearray()

    def take() -> None:
        while len(taken) < len(data):
            taken.extend(device.recv(4096))

    thread = threading.Thread(target=take)
    thread.start()
    transport.write(data)
    thread.join()
    assert bytes(taken) == data


def test_one_that_takes_nothing_is_given_up(transport: TcpTransport, device: socket.socket) -> None:
    """A full buffer that stays full ends a write, with what to do."""
    assert device.fileno() >= 0
    assert trouble(lambda: transport.write(bytes(64 * 1024 * 1024))).endswith(
        "it takes no data; switch it off and on"
    )


def test_one_that_says_nothing_is_not_a_missing_one(port: TcpPort) -> None:
    """Connected is not the same as talking; the network itself takes no time."""
    assert port.silent().fault.code == "printer.silent"
    assert port.wire_time(1_000_000) == 0
