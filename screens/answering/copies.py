"""Free copies (免费打印复印): lay a page down, say how many, take them."""

from __future__ import annotations

from typing import Any

from kivy.properties import OptionProperty

from kiosk.core.troubles import Trouble
from kiosk.core.views import CopyView, Frame, NotPrinted
from screens.answering import receipt
from screens.answering.receipt import SHEETS
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.parts import tell_trouble
from screens.words import Say


class CopyScreen(BaseScreen[CopyView]):
    """A page first; then how many copies, what that makes and what is left; then the print."""

    shows = OptionProperty("begin", options=["begin", "count", "print"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = self.ids
        self._parts = {
            "begin": ids.begin.__self__,
            "count": ids.counter.__self__,
            "print": ids.paper.__self__,
        }

    def render(self, body: CopyView, frame: Frame, say: Say) -> None:
        """Ask for a page, or how many, or say where the copies are."""
        ids = self.ids
        printed = not isinstance(body.print, NotPrinted)
        self.shows = "print" if printed else "count" if body.pages else "begin"
        ids.place.clear_widgets()
        ids.place.add_widget(self._parts[self.shows])
        ids.head.title = say("Free copies")
        ids.head.content = say.many(
            "{n} sheet is left for you today.", "{n} sheets are left for you today.", body.left
        )
        ids.sign.icon = "print" if printed else "copy" if body.pages else "scan"
        ids.how.show_steps(
            [
                ("scan", say("Lay pages down")),
                ("copy", say("How many?")),
                ("print", say("Take copies")),
            ]
        )
        self._show_count(body, say)
        self._show_trouble(body, frame, say)
        receipt.show(
            ids.receipt,
            ids.paper_actions,
            receipt.offer_of(body.print, say("Finish"), frame, say, SHEETS),
        )

    def rest(self) -> None:
        """Nothing moves out of sight."""
        self.ids.receipt.moving = False

    def wipe(self) -> None:
        """Forget what is not in sight, too."""
        for part in self._parts.values():
            if part.parent is None:
                self.ids.place.add_widget(part)
        super().wipe()

    def _show_count(self, body: CopyView, say: Say) -> None:
        ids = self.ids
        sheets, room = body.pages * body.copies, body.left - body.pages * body.copies
        pages = say.many("{n} page", "{n} pages", body.pages)
        ids.pages.content = say("Copies of each: {pages}", pages=pages)
        ids.count.content = str(body.copies)
        ids.sum.content = say.many("That makes {n} sheet.", "That makes {n} sheets.", sheets)
        ids.fewer.content, ids.fewer.disabled = say("Fewer"), body.copies <= 1
        ids.more.content, ids.more.disabled = say("More"), room < body.pages
        ids.another.content = say("Another page")
        ids.another.shown = body.why_not is None and room >= body.copies
        ids.print.content, ids.scan.content = say("Print"), say("Begin copying")
        ids.count_actions.arrange()

    def _show_trouble(self, body: CopyView, frame: Frame, say: Say) -> None:
        """What keeps the next thing from being done."""
        ids, trouble = self.ids, self._trouble(body)
        ids.scan.disabled = ids.print.disabled = trouble is not None
        tell_trouble(ids.trouble, trouble, frame, say)

    def _trouble(self, body: CopyView) -> Trouble | None:
        if not isinstance(body.print, NotPrinted):
            return None  # the paper itself says it
        if body.left < max(body.pages, 1):
            return Trouble.QUOTA_USED
        return body.print.why_not or (None if body.pages else body.why_not)


load_beside(__file__)
