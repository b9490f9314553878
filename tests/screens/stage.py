"""A real window behind a real bridge, moved by lines of JSON: the other end of tests' `Stage`.

Kivy has one window a process and keeps global state, so the window has a process of its own.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from kiosk.bridge import Bridge
from kiosk.core.catalogue import Language
from kiosk.core.comfort import Comfort
from kiosk.core.events import Intent
from kiosk.core.speech import Utterance
from screens.gallery import certificate
from screens.glass import Glass
from screens.samples import samples

Result = TypeVar("Result")


_telling = threading.Lock()


def tell(**what: object) -> None:
    """One line to the test, whole: intents come from another thread than answers."""
    with _telling:
        print(json.dumps(what, ensure_ascii=False), flush=True)  # noqa: T201 - this is the answer


def spoken(utterance: Utterance) -> None:
    """Something is said aloud."""
    tell(spoken=utterance.text.reveal())


class Stage:
    """Does what each line asks and answers with one line."""

    def __init__(self, bridge: Bridge, glass: Glass) -> None:
        self._bridge = bridge
        self._app = bridge.open(glass)
        self._textures: list[weakref.ref[object]] = []
        self._screens: list[weakref.ref[object]] = []

    def run(self) -> None:
        """Until standard input ends."""
        from kivy.core.window import Window  # noqa: PLC0415 - after bridge.open

        self._flipped = threading.Event()
        Window.bind(on_flip=lambda *_: self._flipped.set())
        listener = threading.Thread(target=self._listen, name="stage", daemon=True)
        self._app.bind(on_start=lambda _: listener.start())
        self._app.run()

    def _listen(self) -> None:
        for line in sys.stdin:
            words = json.loads(line)
            try:
                tell(answer=getattr(self, words.pop("do"))(**words))
            except Exception as error:  # noqa: BLE001 - the test is to see every error
                tell(error=repr(error))
        self._bridge.stop()

    def heard(self, intent: Intent) -> None:
        """An intent has come through to the core's side."""
        tell(intent=repr(intent), thread=threading.current_thread().name)

    def show(self, sample: str, language: str, comfort: dict[str, Any]) -> float:
        """Publish a sample from this thread; the seconds until its first frame was drawn."""
        wanted = replace(Comfort(), **comfort)
        view = dict(samples(Language(language), certificate(), wanted))[sample]
        self._flipped.clear()
        started = time.perf_counter()
        self._bridge.publish(view)
        self._on_glass(self._app.root.canvas.ask_update)  # the same view again draws nothing new
        if not self._flipped.wait(5):
            raise TimeoutError(sample)
        took = time.perf_counter() - started
        for _ in range(3):  # texts are set before a frame, heights settle in the next ones
            self._on_glass(lambda: None)
        while not self._on_glass(lambda: self._app.hears):
            pass
        return took

    def stall(self, seconds: float, sample: str = "", language: str = "zh-CN") -> None:
        """Draw no frame for so long, as a busy terminal; a sample is published meanwhile."""
        from kivy.clock import Clock  # noqa: PLC0415 - after bridge.open

        bodies = dict(samples(Language(language), certificate()))
        stands_still = threading.Event()

        def stall(_: float) -> None:
            if sample:
                self._bridge.publish(bodies[sample])
            stands_still.set()
            time.sleep(seconds)

        Clock.schedule_once(stall, 0)
        stands_still.wait(5)

    def where(self, tag: str) -> tuple[float, float]:
        """The middle of what is tagged so, in the display's pixels."""
        from screens import finder  # noqa: PLC0415 - after bridge.open

        return self._on_glass(lambda: finder.center_in_window(finder.find(self._app.root, tag)))

    def field(self) -> tuple[int, int]:
        """A place in the left half of the field to sign in, in the display's pixels."""
        from screens import finder  # noqa: PLC0415 - after bridge.open

        def look() -> tuple[int, int]:
            screen = self._app.root.screen
            assert screen is not None
            field = screen.ids.field
            x, y = finder.center_in_window(field)
            return round(x - field.width / 4), round(y)

        return self._on_glass(look)

    def tags(self) -> list[str]:
        """Everything that can be touched."""
        from screens import finder  # noqa: PLC0415 - after bridge.open

        return self._on_glass(lambda: [w.tag for w in finder.touchables(self._app.root)])

    def tags_at(self, now: str) -> list[str]:
        """Everything that can be touched at another time, before the clock goes on."""
        from screens import finder  # noqa: PLC0415 - after bridge.open

        def look() -> list[str]:
            self._app.root.tell_time(datetime.fromisoformat(now))
            return [widget.tag for widget in finder.touchables(self._app.root)]

        return self._on_glass(look)

    def focused(self) -> list[str]:
        """Everything with a ring: what the keypad is at."""
        from screens import keypad  # noqa: PLC0415 - after bridge.open

        def look() -> list[str]:
            return [w.tag for w in keypad.controls(self._app.root) if w.focused]

        return self._on_glass(look)

    def order(self) -> list[str]:
        """Everything the keypad goes through, in order."""
        from screens import keypad  # noqa: PLC0415 - after bridge.open

        return self._on_glass(lambda: [w.tag for w in keypad.controls(self._app.root)])

    def pressed(self) -> list[str]:
        """Everything a finger is on."""
        from screens import finder  # noqa: PLC0415 - after bridge.open

        def look() -> list[str]:
            return [w.tag for w in finder.touchables(self._app.root) if w.state == "down"]

        return self._on_glass(look)

    def texts(self) -> list[str]:
        """Everything that is said."""
        from screens.widgets.text import Text  # noqa: PLC0415 - after bridge.open

        return self._on_glass(
            lambda: [w.content for w in self._app.root.walk() if isinstance(w, Text)]
        )

    def faults(self, small: str = "") -> list[str]:
        """What lint says, after the text that begins so was set too small."""
        from screens import lint  # noqa: PLC0415 - after bridge.open
        from screens.widgets.text import Text  # noqa: PLC0415 - likewise

        def look() -> list[str]:
            for widget in self._app.root.walk():
                if small and isinstance(widget, Text) and widget.content.startswith(small):
                    widget.size_px = 20
                    widget._set()
            return lint.faults(self._app.root)

        return self._on_glass(look)

    def watch_textures(self) -> int:
        """Remember, weakly, every texture of a text or picture that is on the screen."""
        from screens import lint  # noqa: PLC0415 - after bridge.open
        from screens.widgets.text import Icon, Text  # noqa: PLC0415 - likewise

        def look() -> int:
            shown = [w for w in self._widgets() if not isinstance(w, Icon)]
            found = [w._rectangle.texture for w in shown if isinstance(w, Text) and w.content]
            found += [w.texture for w in shown if isinstance(w, lint.SHEETS)]
            inside = [texture for texture in found if texture is not None]
            self._textures = [weakref.ref(texture) for texture in inside]
            return len(inside)

        return self._on_glass(look)

    def left(self, text: str) -> list[str]:
        """Wherever a text is still held by a widget, and every watched texture still alive."""
        from kivy.uix.widget import Widget  # noqa: PLC0415 - after bridge.open

        def look() -> list[str]:
            gc.unfreeze()  # what the app keeps from visit to visit is looked through, too
            gc.collect()
            alive = [f"texture {r()!r}" for r in self._textures if r() is not None]
            return alive + [
                f"{type(w).__name__}.{name}"
                # A dead proxy has no class of its own to ask.
                for w in (o for o in gc.get_objects() if issubclass(type(o), Widget))
                for name, value in (*vars(w).items(), *((n, getattr(w, n)) for n in w.properties()))
                if text in str(value)
            ]

        return self._on_glass(look)

    def watch_screens(self) -> list[str]:
        """Remember, weakly, the shell and every screen there is; which these are."""

        def look() -> list[str]:
            there = [self._app.root, *self._app._made.values()]
            self._screens = [weakref.ref(one) for one in there]
            return [type(one).__name__ for one in there]

        return self._on_glass(look)

    def alive(self) -> list[str]:
        """Which of those are still there, without garbage."""

        def look() -> list[str]:
            gc.unfreeze()  # what the app keeps from visit to visit is looked through, too
            gc.collect()
            return [type(one).__name__ for one in (r() for r in self._screens) if one is not None]

        return self._on_glass(look)

    def kept(self) -> dict[str, int]:
        """How many there are of each kind of widget, and of pictures that move."""
        from kivy.uix.widget import Widget  # noqa: PLC0415 - after bridge.open

        from screens.widgets.pictures import Picture  # noqa: PLC0415 - likewise

        def look() -> dict[str, int]:
            gc.unfreeze()
            gc.collect()
            # A dead proxy has no class of its own to ask.
            there = [one for one in gc.get_objects() if issubclass(type(one), Widget)]
            moving = sum(isinstance(one, Picture) and one._motion is not None for one in there)
            return {**Counter(type(one).__name__ for one in there), "moving": moving}

        return self._on_glass(look)

    def emptied(self, sample: str, language: str) -> int:
        """How often lists are emptied to be made anew, from one showing of a sample to the next."""
        from screens.widgets.pages import Pages  # noqa: PLC0415 - after bridge.open

        self.show(sample, language, {})
        counted = Counter[str]()

        def count(_: object, things: list[object]) -> None:
            counted["emptied"] += not things

        grids = self._on_glass(
            lambda: [w.ids.grid for w in self._widgets() if isinstance(w, Pages)]
        )
        for grid in grids:
            grid.fbind("children", count)
        self.show("help", language, {})
        self.show(sample, language, {})
        for grid in grids:
            grid.funbind("children", count)
        return counted["emptied"]

    def phase(self) -> float:
        """How far the picture on the screen has moved, of 1; of several the farthest."""
        from screens.widgets.pictures import Picture  # noqa: PLC0415 - after bridge.open

        return self._on_glass(
            lambda: max((w.phase for w in self._widgets() if isinstance(w, Picture)), default=0.0)
        )

    def shot(self, path: str) -> None:
        """Leave a picture of the window."""
        self._on_glass(lambda: self._app.root.export_to_png(path))

    def beat(self) -> float:
        """Seconds since the screen was last alive."""
        return time.monotonic() - self._bridge.last_beat()

    def _widgets(self) -> list[Any]:
        screen = self._app.root.screen
        return list(screen.walk(restrict=True)) if screen else []

    def _on_glass(self, do: Callable[[], Result]) -> Result:
        """Do something on Kivy's thread, in its next frame, and wait for it."""
        from kivy.clock import Clock  # noqa: PLC0415 - after bridge.open

        future: Future[Result] = Future()

        def run(_: float) -> None:
            try:
                future.set_result(do())
            except Exception as error:  # noqa: BLE001 - it belongs to whoever asked
                future.set_exception(error)

        Clock.schedule_once(run, 0)
        return future.result(timeout=15)  # less than whoever asked waits


def main(width: str, height: str, scratch: str, *, kind: type[Stage] = Stage) -> None:
    """The core's loop in a thread, the window in this one."""
    loop = asyncio.new_event_loop()
    core = threading.Thread(target=loop.run_forever, name="core")
    core.start()
    # The stage needs the bridge first.
    bridge = Bridge(loop, lambda intent: stage.heard(intent), spoken)  # noqa: PLW0108 - likewise
    stage = kind(bridge, Glass(Path(scratch), size=(int(width), int(height))))
    try:
        stage.run()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        core.join()
        loop.close()


if __name__ == "__main__":
    main(*sys.argv[1:4])
