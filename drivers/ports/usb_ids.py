"""What well-known USB devices are: by product, by vendor, or by the classes they declare.

Sources: usb.ids of the Linux USB project; for 0400:c35a the software of makers of such readers; for
0416:5011 the documentation of python-escpos.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from drivers.device import DeviceKind


@dataclass(frozen=True, slots=True)
class Known:
    """What a device is, in words, and the needs it can serve on a terminal (none, or several)."""

    words: str
    serves: frozenset[DeviceKind] = frozenset()


_SERIAL = frozenset(
    {
        DeviceKind.ID_CARD_READER,
        DeviceKind.RECEIPT_PRINTER,
        DeviceKind.BARCODE_SCANNER,
        DeviceKind.CABINET,
    }
)
_ID_CARD = frozenset({DeviceKind.ID_CARD_READER})
_RECEIPT = frozenset({DeviceKind.RECEIPT_PRINTER})
_SCANNER = frozenset({DeviceKind.BARCODE_SCANNER})
_CAMERA = frozenset({DeviceKind.FACE_CAMERA, DeviceKind.DOCUMENT_CAMERA})
_TOUCH = frozenset({DeviceKind.TOUCH_PANEL})
_INPUT = frozenset({DeviceKind.BARCODE_SCANNER, DeviceKind.TOUCH_PANEL})

SERIAL_PORT = Known("serial port of this machine", _SERIAL)

PRODUCTS = {
    (0x0400, 0xC35A): Known("ID-card reader (SAM)", _ID_CARD),
    (0x0403, 0x6001): Known("serial bridge FTDI FT232R", _SERIAL),
    (0x0403, 0x6010): Known("serial bridge FTDI FT2232", _SERIAL),
    (0x0403, 0x6011): Known("serial bridge FTDI FT4232", _SERIAL),
    (0x0403, 0x6014): Known("serial bridge FTDI FT232H", _SERIAL),
    (0x0403, 0x6015): Known("serial bridge FTDI FT-X", _SERIAL),
    (0x0483, 0x5740): Known("serial port of an STM32 controller", _SERIAL),
    (0x067B, 0x2303): Known("serial bridge Prolific PL2303", _SERIAL),
    (0x10C4, 0xEA60): Known("serial bridge Silicon Labs CP210x", _SERIAL),
    (0x10C4, 0xEA70): Known("serial bridge Silicon Labs CP2105", _SERIAL),
    (0x10C4, 0xEA71): Known("serial bridge Silicon Labs CP2108", _SERIAL),
    (0x1A86, 0x5523): Known("serial bridge WCH CH341", _SERIAL),
    (0x1A86, 0x7522): Known("serial bridge WCH CH340", _SERIAL),
    (0x1A86, 0x7523): Known("serial bridge WCH CH340", _SERIAL),
    (0x04B8, 0x0202): Known("receipt printer Epson TM", _RECEIPT),
    (0x04B8, 0x0E03): Known("receipt printer Epson TM-T20", _RECEIPT),
    (0x0416, 0x5011): Known("receipt printer of 58 mm", _RECEIPT),
    (0x0DD4, 0x0237): Known("receipt printer Custom K80", _RECEIPT),
    (0x1D90, 0x20F0): Known("receipt printer Citizen CT-E351", _RECEIPT),
}

VENDORS = {
    0x05E0: Known("bar-code scanner of Zebra (Symbol)", _SCANNER),
    0x0C2E: Known("bar-code scanner of Honeywell (Metrologic)", _SCANNER),
    0x1EAB: Known("bar-code scanner of Newland", _SCANNER),
    0x0596: Known("touch panel of 3M (MicroTouch)", _TOUCH),
    0x0EEF: Known("touch panel of eGalax", _TOUCH),
    0x222A: Known("touch panel of ILI", _TOUCH),
}

CLASSES = {
    0x02: Known("serial port (CDC)", _SERIAL),
    0x03: Known("input device (HID)", _INPUT),
    0x07: Known("printer", _RECEIPT | {DeviceKind.DOCUMENT_PRINTER}),
    0x08: Known("storage"),
    0x0B: Known("smart-card reader (CCID)", frozenset({DeviceKind.SOCIAL_CARD_READER})),
    0x0E: Known("camera", _CAMERA),
    0xE0: Known("radio (Bluetooth or mobile network)"),
}
_TELLING = (0x0E, 0x0B, 0x07, 0x02, 0x08, 0xE0, 0x03)  # of several classes, the first of these


def known(vendor: int, product: int, classes: Iterable[int]) -> Known | None:
    """What that device is; None for one that is in no table and declares no class of its own."""
    declared = set(classes)
    by_class = (CLASSES[number] for number in _TELLING if number in declared)
    return PRODUCTS.get((vendor, product)) or VENDORS.get(vendor) or next(by_class, None)
