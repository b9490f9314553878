"""Touches on the glass as lines: those of a script are made, those of a hand are told."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sandbox.control import ControlError, ControlServer, ask
from sandbox.finger import Finger
from sandbox.hand import Box, box_of, field_of, within
from sandbox.kivy_loop import on_kivy
from sandbox.visits import WAVES

if TYPE_CHECKING:
    from screens.app import DoorstepApp  # Kivy comes in when the terminal opens its window

PATIENCE = 30.0  # seconds until what is to be touched must be there
SIGNATURE = "signature"
"""The tag of the field for signatures. What a hand wrote there is told nobody: waves are drawn."""


class Touches:
    """Beside Kivy's loop: touches the TAG that each line at the socket `here` is.

    Whatever is touched, by a hand or by such a line, is told to the world: `touched TAG`.
    """

    def __init__(self, app: DoorstepApp, display: str, here: Path, world: Path) -> None:
        self._app = app
        self._finger = Finger(display)
        self._server = ControlServer(here, self.act)
        self._world = world
        self._told: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._teller = threading.Thread(target=self._tell, name="touches")
        self._last = ""
        self._stack = ExitStack()

    def act(self, tag: str) -> str:
        """Touch what has the tag, once it is there; ControlError says what is there instead."""
        deadline = time.monotonic() + PATIENCE
        while (absent := self._absent(tag)) is not None or not on_kivy(lambda: self._app.hears):
            if time.monotonic() > deadline:
                raise ControlError(absent or "the screen does not come to rest")
            time.sleep(0.05)
        self._touch(tag)
        return f"touched {tag}"

    def _absent(self, tag: str) -> str | None:
        """What is there instead of what has the tag, or None."""
        try:
            on_kivy(lambda: self._box_of(tag))
        except LookupError as error:
            return str(error)
        return None

    def _touch(self, tag: str) -> None:
        box = on_kivy(lambda: self._box_of(tag))
        if tag == SIGNATURE:
            for stroke in WAVES:
                self._finger.draw(within(box, stroke))
        else:
            self._finger.tap(*within(box, [(0.5, 0.5)]))

    def _box_of(self, tag: str) -> Box:
        from screens.finder import find  # noqa: PLC0415 # Kivy, not before

        root = self._app.root
        return field_of(root) if tag == SIGNATURE else box_of(find(root, tag))

    # --- what is touched ---

    def _touched(self, _: object, touch: Any) -> None:  # noqa: ANN401 # Kivy has no types
        """Hear of a touch before any widget does: afterwards another screen may be there."""
        tag = self._tag_at(*touch.pos)
        if tag and not tag == self._last == SIGNATURE:  # which has many strokes
            self._told.put(tag)
        self._last = tag

    def _tag_at(self, x: float, y: float) -> str:
        from screens.finder import touchables  # noqa: PLC0415 # Kivy, not before
        from screens.widgets.signature import SignatureField  # noqa: PLC0415

        root = self._app.root
        there = {one: one.tag for one in touchables(root)}
        there |= {one: SIGNATURE for one in root.walk() if isinstance(one, SignatureField)}
        hit = [tag for one, tag in there.items() if one.collide_point(*one.to_widget(x, y))]
        return hit[-1] if hit else ""  # the one drawn last lies on top

    def _tell(self) -> None:
        while (tag := self._told.get()) is not None:
            try:
                ask(self._world, f"touched {tag}")
            except ControlError:
                continue  # the world has ended, and so will this

    def __enter__(self) -> Self:
        from kivy.core.window import Window  # noqa: PLC0415 # it exists once it is open

        Window.bind(on_touch_down=self._touched)
        self._teller.start()
        self._stack.callback(self._teller.join)
        self._stack.callback(self._told.put, None)
        self._stack.enter_context(self._server)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()
