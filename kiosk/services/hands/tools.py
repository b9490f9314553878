"""What the hands work with."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from drivers.device import (
    BarcodeScanner,
    Cabinet,
    DocumentCamera,
    DocumentPrinter,
    FaceCamera,
    Page,
    ReceiptPrinter,
    SocialCardReader,
)
from kiosk.services.card_rest import CardRest
from kiosk.services.devices import Devices
from kiosk.services.documents import Documents
from kiosk.services.hands.search import Finder
from kiosk.services.insight import Insight
from kiosk.services.intents import Intents
from kiosk.services.platform import Platform
from kiosk.services.receipts import Origin
from kiosk.services.report import Report
from kiosk.services.staff import Staff


@dataclass(frozen=True, slots=True)
class Equipment:
    """The devices of one terminal; one that is not fitted, or whose driver is missing, is None."""

    id_cards: CardRest | None = None
    social_cards: SocialCardReader | None = None
    codes: BarcodeScanner | None = None
    face_camera: FaceCamera | None = None
    document_camera: DocumentCamera | None = None
    receipt_printer: ReceiptPrinter | None = None
    document_printer: DocumentPrinter | None = None
    cabinet: Cabinet | None = None


class InputMethod(Protocol):
    """Turns letters into Chinese."""

    def candidates(self, letters: str) -> tuple[str, ...]:
        """What the letters may mean, the best first; it may block."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """What the hands work with; `as_jpeg` makes a scanned page a file, and may block.

    `restart` ends the terminal, so that it is started again.
    Without an input method nothing but the letters themselves can be typed.
    """

    devices: Devices
    equipment: Equipment
    platform: Platform
    intents: Intents
    documents: Documents
    finder: Finder
    report: Report
    staff: Staff
    insight: Insight
    restart: Callable[[], None]
    origin: Origin
    now: Callable[[], datetime]
    as_jpeg: Callable[[Page], bytes]
    ime: InputMethod | None = None
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
