"""The terminal's network: real connections that pass, break and are refused."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx
import pytest

from sandbox.control import ControlError
from sandbox.lines import Lines
from sandbox.network import HERE, Network
from sandbox.platform.server import PlatformServer

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def network() -> Iterator[Network]:
    """One without lines."""
    with Network() as network:
        yield network


def called(network: Network, far: socket.socket) -> tuple[socket.socket, socket.socket]:
    """Both ends of a connection that leads through the network."""
    near = socket.create_connection((HERE, network.line(*far.getsockname())), timeout=10)
    return near, far.accept()[0]


def test_bytes_pass_both_ways_and_so_does_the_end(network: Network) -> None:
    """What one end says the other hears, up to the end of it."""
    with socket.create_server((HERE, 0)) as far:
        near, there = called(network, far)
        with near, there:
            near.sendall(b"a question")
            near.shutdown(socket.SHUT_WR)
            assert there.makefile("rb").read() == b"a question"
            there.sendall(b"an answer")
            there.close()
            assert near.makefile("rb").read() == b"an answer"


def test_off_breaks_what_is_there_and_refuses_what_comes(
    network: Network, caplog: pytest.LogCaptureFixture
) -> None:
    """Both ends notice, nobody logs it; the port is the same when the network is on again."""
    with socket.create_server((HERE, 0)) as far:
        near, there = called(network, far)
        with near, there:
            assert network.off().endswith("broken: 1")
            assert _is_broken(near)
            assert _is_broken(there)
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(near.getpeername(), timeout=10)
            network.on()
            again = socket.create_connection(near.getpeername(), timeout=10)
            with again, far.accept()[0] as other:
                again.sendall(b"!")
                assert other.recv(1) == b"!"
    assert not caplog.records


def _is_broken(connection: socket.socket) -> bool:
    connection.settimeout(10)
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_nobody_at_the_far_end_breaks_the_call_alone(network: Network, free_port: int) -> None:
    """Whoever calls is cut off, and the network goes on."""
    with socket.create_connection((HERE, network.line(HERE, free_port)), timeout=10) as near:
        assert _is_broken(near)
    assert network.off().endswith("broken: 0")


def test_a_platform_is_reached_through_it_by_lines(network: Network) -> None:
    """`network off` takes a platform away from the terminal alone, `network on` gives it back."""
    lines = Lines({"network": network.actor})
    with PlatformServer() as platform:
        through = f"{network.to(platform.address)}/v1/health"
        assert (
            httpx.get(through).status_code == httpx.get(f"{platform.address}/v1/health").status_code
        )
        lines.act("network off")
        lines.act("network off")
        with pytest.raises(httpx.ConnectError):
            httpx.get(through)
        assert httpx.get(f"{platform.address}/v1/health").status_code
        lines.act("network on")
        lines.act("network on")
        assert httpx.get(through).status_code
    with pytest.raises(ControlError, match=r"network off\|on"):
        lines.act("network slow")
