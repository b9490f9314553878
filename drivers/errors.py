"""Errors of devices: ours (LocalProtocolError), theirs (RemoteProtocolError), the wire's."""

from __future__ import annotations

from drivers.device import Fault


class ProtocolError(Exception):
    """Bytes that do not fit the protocol."""


class LocalProtocolError(ProtocolError):
    """We tried to say something the protocol does not allow: a mistake in our code."""


class RemoteProtocolError(ProtocolError):
    """The device said something the protocol does not allow."""


class DeviceError(Exception):
    """A device could not do what was asked; `fault` says what and what to do."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.code}: {fault.detail}" if fault.detail else fault.code)
        self.fault = fault


class TransportError(DeviceError):
    """The wire failed: the handle was dropped, and the next probe opens it again."""


class CardError(DeviceError):
    """The device works; the card does not, or was taken away."""
