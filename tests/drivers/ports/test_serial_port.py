"""Serial ports that cannot be opened, or fail: each says where, what and what to do."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.device import Advice, Fault
from drivers.errors import TransportError
from drivers.ports.serial_port import SerialPort, SerialTransport
from sandbox.devices.serial_port import SimulatedSerialDevice

AN_HOUR = time.monotonic() + 3600  # no test waits so long

pytestmark = pytest.mark.usefixtures("no_leaks")


class Echo(SimulatedSerialDevice):
    """Says what it hears."""

    def received(self, data: bytes) -> None:
        """Send it back."""
        self.send(data)


def trouble(path: Path) -> Fault:
    """What opening that port says."""
    with pytest.raises(TransportError) as caught:
        SerialPort("reader", str(path)).open()
    return caught.value.fault


def test_what_is_written_is_answered(tmp_path: Path) -> None:
    """Bytes go both ways, and a read returns with what there is, long before its deadline."""
    with Echo(tmp_path / "port") as device:
        transport = SerialPort("reader", str(device.link)).open()
        transport.write(b"hello")
        heard = b""
        while len(heard) < 5:
            heard += transport.read(AN_HOUR)
        transport.close()
    assert heard == b"hello"


def test_a_missing_port_is_named(tmp_path: Path) -> None:
    """The path, that there is no device, and where a technician looks first."""
    assert trouble(tmp_path / "none") == Fault(
        "reader.disconnected",
        Advice.TECHNICIAN_ACTS,
        f"{tmp_path / 'none'}: no such device; "
        "check cable and power, or the port in the configuration",
    )


def test_a_file_is_no_port(tmp_path: Path) -> None:
    """A path that leads to an ordinary file says so."""
    (tmp_path / "file").touch()
    assert "not a serial port" in trouble(tmp_path / "file").detail


def test_a_port_in_use_is_left_alone(tmp_path: Path) -> None:
    """Two programs on one reader would mix their frames: the second is refused."""
    with Echo(tmp_path / "port") as device:
        transport = SerialPort("reader", str(device.link)).open()
        detail = trouble(device.link).detail
        transport.close()
    assert "another program has it open" in detail


@pytest.mark.skipif(os.geteuid() == 0, reason="optional: root may open everything")
def test_a_port_of_others_is_refused(tmp_path: Path) -> None:
    """Without the right to open it: who has to do what."""
    port = tmp_path / "port"
    port.touch(mode=0)
    assert "add this user to the group dialout" in trouble(port).detail


def test_a_refused_open_names_the_group() -> None:
    """EACCES is a matter of groups."""
    fault = SerialPort("reader", "/dev/ttyUSB0").fault(PermissionError(13, "denied")).fault
    assert (
        fault.detail == "/dev/ttyUSB0: not allowed to open it; add this user to the group dialout"
    )


@pytest.mark.parametrize(
    "act",
    [
        lambda transport: transport.read(AN_HOUR),
        lambda transport: transport.write(b"x"),
        lambda transport: transport.forget_input(),
    ],
    ids=["read", "write", "forget_input"],
)
def test_a_pulled_cable_is_a_transport_error(
    tmp_path: Path, act: Callable[[SerialTransport], None]
) -> None:
    """Whatever is being done when the device goes: no error of the system comes through."""
    with Echo(tmp_path / "port") as device:
        transport = SerialPort("reader", str(device.link)).open()
        device.unplug()
        with pytest.raises(TransportError, match="check cable and power"):
            act(transport)
