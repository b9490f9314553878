"""Pages and sheets: what the document camera sees, codes for a phone, what the printer gives."""

from __future__ import annotations

import segno
from kivy.graphics.texture import Texture
from kivy.properties import AliasProperty, NumericProperty, ObjectProperty
from kivy.uix.widget import Widget

from screens.kv import load_beside
from screens.widgets.pictures import ComingPicture, LivePicture

QUIET_ZONE = 4  # modules of white around a code (ISO/IEC 18004, 5.3.8)


class PagePicture(LivePicture):
    """What the document camera sees; its frame is another one while the page lies well."""


class SheetsPicture(ComingPicture):
    """Sheets that come out of the document printer; `out` shows them whole."""


class QrCode(Widget):
    """An address for a phone as a QR code (ISO/IEC 18004), black on white with its quiet zone."""

    texture = ObjectProperty(None, allownone=True)
    modules = NumericProperty(1)

    def _sheet(self) -> tuple[float, float, float, float]:
        """Where it lies: x, y, width, height; each module has the same whole number of pixels."""
        side = min(self.width, self.height) // self.modules * self.modules
        return round(self.center_x - side / 2), round(self.center_y - side / 2), side, side

    sheet = AliasProperty(_sheet, bind=("modules", "pos", "size"))

    def show(self, address: str | None) -> None:
        """Show an address, or nothing."""
        if not address:
            self.wipe()
            return
        code = segno.make_qr(address, error="m", boost_error=False)
        rows = [
            bytes(0 if dark else 255 for dark in row) for row in code.matrix_iter(1, QUIET_ZONE)
        ]
        side = len(rows)
        texture = Texture.create(size=(side, side), colorfmt="luminance")
        texture.mag_filter = texture.min_filter = "nearest"
        texture.blit_buffer(b"".join(reversed(rows)), colorfmt="luminance", bufferfmt="ubyte")
        self.modules, self.texture = side, texture

    def wipe(self) -> None:
        """Forget the address."""
        self.texture = None


load_beside(__file__)
