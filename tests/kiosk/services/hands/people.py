"""Residents as visits know them, and the papers they bring."""

from __future__ import annotations

import io

from PIL import Image

from kiosk.core.identity import Person
from kiosk.services.hands.identity import of_id_card
from sandbox import residents

WANG: Person = of_id_card(residents.WANG.card)
LI: Person = of_id_card(residents.LI.card)


def jpeg(width: int = 827, height: int = 1169, *, dpi: int = 100) -> bytes:
    """A page that is grey all over: of A4 unless its size is said, in pixels."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), (90, 90, 90)).save(file, "JPEG", dpi=(dpi, dpi))
    return file.getvalue()
