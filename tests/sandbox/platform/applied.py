"""Applications that tests of several areas make."""

from __future__ import annotations

from typing import Any

from kiosk.core.matter import Matter
from sandbox.platform import content
from sandbox.platform.terminal import PlainTerminal, find
from sandbox.residents import LI, WANG, Resident

CATALOGUE = content.reference()
CODES = [
    *(item.code for item in CATALOGUE.items),
    *(bundle.code for bundle in CATALOGUE.bundles),
]
PROMISED = [code for code in CODES if not find(CATALOGUE, code).instant]
PROVEN = [code for code in CODES if find(CATALOGUE, code).instant]
RELIEF = "990100300500"  # 临时救助: a form, papers, a commitment and one that may follow


def who_applies(matter: Matter) -> Resident:
    """Somebody old enough, who acts for the shop where a business is to apply."""
    return WANG if matter.youngest > 28 else LI


def relief(terminal: PlainTerminal, **other: object) -> dict[str, Any]:
    """A complete application for relief, without the commitment."""
    return terminal.whole(WANG, find(CATALOGUE, RELIEF)) | other
