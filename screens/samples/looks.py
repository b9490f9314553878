"""The ways somebody may want a terminal to look, each by the name the gallery has for it."""

from __future__ import annotations

from typing import Final

from kiosk.core.comfort import Comfort, TextSize

LOOKS: Final = {
    "calm": Comfort(),
    "contrast": Comfort(contrast=True),
    "largest": Comfort(text=TextSize.LARGEST),
    "elder": Comfort().for_elders(on=True),
    "low": Comfort(low_reach=True),
    "all": Comfort(text=TextSize.LARGEST, contrast=True, low_reach=True, elder=True, spoken=True),
}
"""`all` is everything at once."""
