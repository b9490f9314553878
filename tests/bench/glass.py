"""The window whose times are taken: the stage of tests, that knows when each frame was flipped.

All times are of `time.monotonic`, which every process of a machine has in common.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from drivers.device import Personal
from kiosk.core.catalogue import Language
from kiosk.core.comfort import Comfort
from kiosk.core.events import Intent
from kiosk.core.views import Body, View
from screens.gallery import certificate
from screens.glass import Usages
from screens.samples import samples
from screens.samples.looks import LOOKS
from tests.memory import needed, proportional
from tests.screens.stage import Stage, main

PATIENCE: Final = 15.0  # seconds
PICTURES: Final = (
    0.125  # seconds from one live picture to the next, as the viewfinder lets them through
)


# A visit by its screens, with keys, pictures of a camera, certificates and codes for a phone.
VISIT: Final = (
    *("attract", "home", "notice", "identify", "face_check-good", "question-text-candidates"),
    *("question-id_number", "scan-good", "upload-1", "signature", "issued-printed"),
    *("rating-phone", "certificate-offered", "farewell-all", "attract"),
)
BEFORE, AFTER = 2, 11  # the screens of a visit that elder mode is switched on and off before
LOOKS_OF_VISITS: Final = ("calm", "calm", "calm", "elder", "spoken")


@dataclass(slots=True)
class Frames:
    """What the frames since `began` cost, in seconds each, drawing and flip included."""

    began: float = 0.0
    costs: list[float] = field(default_factory=list)


class TimedStage(Stage):
    """Publishes what is next as soon as a touch has asked for it, and says when it was seen."""

    def run(self) -> None:
        """Until standard input ends."""
        from kivy.core.window import Window  # noqa: PLC0415 - after bridge.open

        spoken = Comfort(spoken=True, earphones=True)
        self._views = {
            (look, name): view
            for look, comfort in {**LOOKS, "spoken": spoken}.items()
            for name, view in samples(Language.CHINESE, certificate(), comfort)
        }
        self._next: View | None = None
        self._asked, self._seen = threading.Event(), threading.Event()
        self._seen_at = self._processor = 0.0
        self._frames: Frames | None = None
        Window.fbind("on_flip", self._flip)
        super().run()

    def heard(self, intent: Intent) -> None:
        """The core's whole work here: what is next is known already."""
        if self._next is not None:
            self._processor = time.process_time()
            self._asked.set()
            self._bridge.publish(self._next)
        super().heard(intent)

    def lead(self, sample: str, look: str = "calm") -> list[str]:
        """Show this after the next intent; what can be touched for that, the screen's own first."""
        from screens import keypad  # noqa: PLC0415 - after bridge.open

        self._asked.clear()
        self._seen.clear()
        self._next = self._views[look, sample]
        return self._on_glass(
            lambda: [w.tag for w in keypad.controls(self._app.root) if not w.disabled]
        )

    def seen(self) -> tuple[float, float] | None:
        """When the view that a touch led to was flipped onto the glass; None if nothing led on.

        The second number is the processor's time that it took this process, in seconds.
        """
        if not self._asked.wait(1.0):
            return None
        if not self._seen.wait(PATIENCE):
            raise TimeoutError
        return self._seen_at, self._processor

    def screen_of_visit(self, number: int, at: int) -> None:
        """Show one screen of a visit until it is on the glass."""
        look = LOOKS_OF_VISITS[number % len(LOOKS_OF_VISITS)]
        worn = look if look != "elder" or BEFORE <= at < AFTER else "calm"
        view = self._views[worn, VISIT[at]]
        self._flipped.clear()
        self._bridge.publish(replace(view, body=_of_another(view.body, number)))
        self._flipped.wait(1.0)  # for what looks the same nothing is drawn
        if worn == "spoken":
            self._on_glass(self._press_down)

    def memory(self) -> float:
        """The bytes this process needs, without what the allocator keeps for later, in MB."""
        return self._on_glass(lambda: needed() / 2**20)

    def pss(self) -> float:
        """What the system counts as this process's, in MB."""
        return proportional(os.getpid())

    def _press_down(self) -> None:
        """The key of the keypad that leads on, as the window tells of it."""
        from kivy.core.window import Window  # noqa: PLC0415 - after bridge.open

        for event in ("on_key_down", "on_key_up"):
            Window.dispatch(event, 0, Usages().down, None, [])

    def watch(self) -> None:
        """Take the cost of every frame that is drawn from now on."""
        from kivy.clock import Clock  # noqa: PLC0415 - after bridge.open

        def begin(_: float) -> None:
            if self._frames is not None:
                self._frames.began = time.monotonic()

        self._frames = Frames()
        self._beginning = Clock.schedule_interval(begin, 0)

    def watched(self) -> list[float]:
        """The cost of each frame since `watch`, in milliseconds."""
        frames, self._frames = self._frames, None
        self._beginning.cancel()
        return [1000 * cost for cost in frames.costs] if frames else []

    def film(self, sample: str, seconds: float) -> None:
        """Show a sample, and its live picture anew as often as a camera's comes."""
        view = self._views["calm", sample]
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._bridge.publish(replace(view))
            time.sleep(PICTURES)

    def cpu(self) -> float:
        """Seconds of processor that this process has had."""
        return time.process_time()

    def _flip(self, window: object) -> bool:
        """Flip, and note when that was done; Kivy's own handler would do so unseen."""
        window.flip()  # type: ignore[attr-defined]  # Kivy has no types
        now = time.monotonic()
        self._flipped.set()
        if self._frames is not None and self._frames.began:
            self._frames.costs.append(now - self._frames.began)
        if self._next is not None and self._app.view is self._next:
            self._seen_at, self._next = now, None
            self._processor = time.process_time() - self._processor
            self._seen.set()
        return True


def _of_another(body: Body, number: int) -> Body:
    """The same screen of somebody else: other words about them, another address for a phone."""
    changed: dict[str, Any] = {}
    for one in fields(body):
        value = getattr(body, one.name)
        if isinstance(value, Personal) and value.reveal():
            changed[one.name] = Personal(f"{value.reveal()[:-4]}{number:04}")
        elif isinstance(value, str) and value.startswith("https://"):
            changed[one.name] = f"{value}?visit={number}"
    return replace(body, **changed)


if __name__ == "__main__":
    main(*sys.argv[1:4], kind=TimedStage)
