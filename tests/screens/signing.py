"""The stage with one more thing to show: a field to sign in, on a screen of its own.

Here it stands alone between the real bars, is touched through the real window, and is wiped as
every screen is.
"""

from __future__ import annotations

import sys
from typing import Any

from tests.screens.stage import Stage, main


class SigningStage(Stage):
    """A stage on which somebody can sign."""

    def sign(self) -> tuple[float, float, float, float]:
        """Show an empty field; left, top, width and height in the display's pixels."""
        from kivy.core.window import Window  # noqa: PLC0415 - after bridge.open
        from kivy.metrics import dp  # noqa: PLC0415 - likewise

        from screens.screen import BaseScreen  # noqa: PLC0415 - likewise
        from screens.widgets.signature import SignatureField  # noqa: PLC0415 - likewise

        def show() -> None:
            screen: BaseScreen[Any] = BaseScreen(self._app.ask, wide=False)
            self._field = SignatureField(size_hint=(1, None), height=dp(480))
            self._field.hint = "请在此处签名"
            screen.add_widget(self._field)
            self._app.root.hold(screen)

        self._on_glass(show)
        self._settle()
        x, y = self._field.to_window(*self._field.pos)
        top = Window.height - y - self._field.height
        return Window.left + x, Window.top + top, self._field.width, self._field.height

    def signature(self) -> dict[str, object]:
        """What stands in the field."""
        self._settle()

        def look() -> dict[str, object]:
            said = self._field.signature
            strokes = [[(p.x, p.y, p.ms) for p in stroke] for stroke in said.strokes]
            fault = said.fault.code if said.fault else ""
            return {"strokes": strokes, "size": (said.width, said.height), "fault": fault}

        return self._on_glass(look)

    def press(self, what: str) -> None:
        """Call clear or undo, as a button beside it would."""
        self._settle()
        self._on_glass(getattr(self._field, what))

    def second_finger(self, x: float, y: float) -> bool:
        """Touch, move and let go with another finger, from the field's lower left; if it was taken.

        xdotool has one pointer only, so this one begins in Kivy.
        """
        from kivy.tests.common import UnitTestTouch  # noqa: PLC0415 - after bridge.open

        def touch() -> bool:
            finger = UnitTestTouch(self._field.x + x, self._field.y + y)
            finger.touch_down()
            taken = bool(finger.grab_list)
            finger.touch_move(finger.x + 50, finger.y + 50)
            finger.touch_up()
            return taken

        return self._on_glass(touch)

    def ink(self) -> int:
        """How many pixels of the field have ink, on the glass itself."""
        self._settle()
        from PIL import Image  # noqa: PLC0415 - only here

        def look() -> int:
            shown = self._field.export_as_image().texture
            seen = Image.frombytes("RGBA", shown.size, shown.pixels).convert("L")
            return sum(seen.histogram()[:45])  # darker than the edge and the hint

        return self._on_glass(look)

    def _settle(self) -> None:
        """Let frames pass in which layouts settle, and what was touched comes through."""
        for _ in range(4):
            self._on_glass(lambda: None)

    def held(self) -> int:
        """How many points and drawings the field itself still holds."""
        self._settle()
        return self._on_glass(
            lambda: (
                sum(map(len, self._field._strokes))
                + len(self._field._drawn)
                + len(self._field.canvas.after.children)
            )
        )


if __name__ == "__main__":
    main(*sys.argv[1:4], kind=SigningStage)
