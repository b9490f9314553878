"""Readers of ID cards on USB: where there is a bus (tests/drivers/test_usb_bus.py brings one)."""

from __future__ import annotations

import os

import usb.core

from drivers.cards.id_card import SamIdCardReader
from drivers.ports.discovery import connected
from tests.drivers.contract.rig import Rig
from tests.drivers.contract.rig_id_card import wait

FAULTS = {
    "silence": "disconnected",
    "garbage": "disconnected",
    "bad-checksum": "disconnected",
    "truncated": "disconnected",
    "not-authorised": "hardware_error",
}
KINDS = {
    "SAM reader on USB": "id-card-usb",
    "SAM reader behind a USB serial bridge": "id-card-bridge",
}

RIGS = []
if "UMOCKDEV_DIR" in os.environ:
    # What libusb and libudev keep open is open from the start: no test leaks it.
    usb.core.find()
    connected()
    RIGS = [Rig(name, kind, SamIdCardReader, FAULTS, wait) for name, kind in KINDS.items()]
