"""Devices on a serial port."""

from __future__ import annotations

from drivers.on_demand import OnDemandDevice
from drivers.transport import SerialPort, SerialTransport


class SerialDevice(OnDemandDevice[SerialTransport]):
    """A device at a serial port; its silence and its absence are faults of the port."""

    greeting = b""
    """Sent once whenever the port was opened."""

    def __init__(self, port: SerialPort) -> None:
        super().__init__(port.name, port.path)
        self._port = port

    def _connect(self) -> SerialTransport:
        transport = self._port.open()
        transport.write(self.greeting)
        return transport
