"""Addresses of devices, as a technician may mistype them."""

from __future__ import annotations

from contextlib import suppress

from drivers.address import AddressError, parse

SEEDS = [
    b"/dev/doorstep/receipt-printer",
    b"usb:1a86:7523:A10KX2@1-1.4",
    b"usb@1-1.4",
    b"tcp://[2001:db8::7]:9100",
]


def target(data: bytes) -> None:
    """Any text is an address that is shown as it is understood, or an AddressError."""
    with suppress(AddressError):
        address = parse(data.decode("utf-8", "replace"))
        assert parse(str(address)) == address
