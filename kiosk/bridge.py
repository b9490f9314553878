"""The one crossing between the core's asyncio thread and Kivy's main thread.

Importing it is cheap: Kivy comes in when the window opens.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.core.events import Intent
from kiosk.core.speech import Utterance
from kiosk.core.views import View
from screens.glass import Glass, prepare

if TYPE_CHECKING:
    from screens.app import DoorstepApp


class Bridge:
    """Carries intents to the core and views to the glass; neither side waits for the other.

    `post` and `speak` are called on `loop`'s own thread.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        post: Callable[[Intent], None],
        speak: Callable[[Utterance], None] = lambda _: None,
    ) -> None:
        self._loop = loop
        self._post = post
        self._speak = speak
        self._lock = threading.Lock()
        self._latest: View | None = None
        self._wake: Callable[[], None] = _nothing
        self._close: Callable[[], None] = _nothing
        self._stopped = False
        self._beat = time.monotonic()

    # --- for the core, on any thread ---

    def publish(self, view: View) -> None:
        """Have a view shown with the next frame; of several the latest wins."""
        with self._lock:
            self._latest = view
        self._wake()

    def last_beat(self) -> float:
        """When the screen was last alive, in seconds of time.monotonic."""
        return self._beat

    def stop(self) -> None:
        """Have the window closed, so that `run` returns."""
        self._stopped = True
        self._close()

    # --- for the main thread ---

    def run(self, glass: Glass) -> None:
        """Open the window and show what is published until `stop`; the main thread's work."""
        app = self.open(glass)
        app.run()

    def open(self, glass: Glass) -> DoorstepApp:
        """The application, ready to run: the first import of Kivy."""
        prepare(glass)
        from kivy.clock import Clock  # noqa: PLC0415 - opens the window: not before it is wanted

        from screens.app import DoorstepApp  # noqa: PLC0415 - likewise

        app = DoorstepApp(self.emit, glass, self.beat, speak=self.speak)
        # Kivy's clock takes triggers from any thread. A view waits for the end of a frame: a touch
        # of the same frame was meant for what is on the glass, and what is new has no place yet.
        self._wake = Clock.create_trigger(lambda _: self._show(app), -1)
        self._close = Clock.create_trigger(lambda _: app.stop())
        self._wake()
        if self._stopped:
            self._close()
        return app

    def emit(self, intent: Intent) -> None:
        """Bring an intent to the core."""
        self._loop.call_soon_threadsafe(self._post, intent)

    def speak(self, utterance: Utterance) -> None:
        """Bring to the core's side what is to be said aloud."""
        self._loop.call_soon_threadsafe(self._speak, utterance)

    def beat(self) -> None:
        """The screen is alive."""
        self._beat = time.monotonic()

    def _show(self, app: DoorstepApp) -> None:
        with self._lock:
            view, self._latest = self._latest, None
        if view is not None:
            app.show(view)


def _nothing() -> None:
    """No window is open yet."""
