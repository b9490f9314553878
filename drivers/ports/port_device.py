"""Devices that hang on a port and speak bytes."""

from __future__ import annotations

from drivers.on_demand import OnDemandDevice
from drivers.ports.transport import Port, Transport


class PortDevice(OnDemandDevice[Transport]):
    """A device at a port; its silence and its absence are faults of the port."""

    greeting = b""
    """Sent once whenever the port was opened."""

    def __init__(self, port: Port) -> None:
        super().__init__(port.name, port.where)
        self._port = port

    def _connect(self) -> Transport:
        transport = self._port.open()
        transport.write(self.greeting)
        return transport
