"""Plays one visit on a real terminal: real touches by xdotool, real cards, pictures of the glass.

It runs inside the terminal's process only to look (which screen is on, where a button is) and to
take pictures; everything it does goes through X and through the world's control line.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import orjson
import psutil

from kiosk.core.views import View
from sandbox.control import ask
from sandbox.finger import Finger

if TYPE_CHECKING:
    from screens.app import DoorstepApp  # Kivy comes in when the terminal opens its window

T = TypeVar("T")

PATIENCE = 30.0  # seconds until a screen that should come is missed


class VisitError(Exception):
    """The visit did not go as written; the message says where."""


@dataclass(slots=True)
class Step:
    """One thing that was done, the screen that came of it, and how long that took."""

    did: str
    screen: str
    milliseconds: float
    picture: str | None = None


@dataclass(slots=True)
class Visit:
    """What happened, as visit.json has it."""

    ended_well: bool = False
    since_start_ms: float = 0.0
    trouble: str | None = None
    steps: list[Step] = field(default_factory=list)


class Player:
    """Plays on a thread of its own beside Kivy's loop."""

    def __init__(self, app: DoorstepApp, display: str, control: Path, out: Path) -> None:
        self._app = app
        self._finger = Finger(display)
        self._control = control
        self._out = out
        self.visit = Visit()
        self._touchable_at = 0.0  # ms since the process began

    def play(self, script: Callable[[Player], None]) -> None:
        """Play a script; afterwards visit.json says how it went, however it went."""
        try:
            script(self)
            self.visit.ended_well = True
        except Exception as error:  # noqa: BLE001 # whatever went wrong is what happened
            self.visit.trouble = f"{type(error).__name__}: {error}"
        data = orjson.dumps(asdict(self.visit), option=orjson.OPT_INDENT_2)
        whole = self._out / "visit.json"
        whole.with_suffix(".part").write_bytes(data)
        whole.with_suffix(".part").replace(whole)

    # --- what a script says ---

    def begin(self, screen: str) -> None:
        """The terminal is on and shows its first screen."""
        self._expect("start", screen, time.monotonic())
        self.visit.since_start_ms = self._touchable_at

    def touch(self, tag: str, screen: str, when: Callable[[View], bool] = lambda _: True) -> None:
        """Touch what has this tag; `screen` comes, and `when` it is as wanted, a picture."""
        x, y = self._on_kivy(lambda: self._place_of(tag))
        started = time.monotonic()
        self._finger.tap(x, y)
        self._expect(f"touch {tag}", screen, started, when)

    def world(self, line: str, screen: str, when: Callable[[View], bool] = lambda _: True) -> None:
        """Something happens in the world, and a screen comes of it."""
        started = time.monotonic()
        ask(self._control, line)
        self._expect(line, screen, started, when)

    def wait(self, screen: str, when: Callable[[View], bool] = lambda _: True) -> None:
        """A screen comes by itself, and `when` it is as wanted, a picture."""
        self._expect("wait", screen, time.monotonic(), when)

    # --- how it is done ---

    def _expect(
        self,
        did: str,
        screen: str,
        started: float,
        when: Callable[[View], bool] = lambda _: True,
    ) -> None:
        deadline = started + PATIENCE
        while not self._on_kivy(lambda: self._shows(screen, when)):
            if time.monotonic() > deadline:
                seen = self._on_kivy(lambda: self._app.view.name if self._app.view else "nothing")
                raise VisitError(f"after {did}: {screen} did not come, {seen} is on")
            time.sleep(0.005)
        milliseconds = round((time.monotonic() - started) * 1000, 1)
        self._touchable_at = round((time.time() - psutil.Process().create_time()) * 1000, 1)
        picture = f"{len(self.visit.steps) + 1:02}-{screen}.png"
        self._photograph(self._out / picture)
        self.visit.steps.append(Step(did, screen, milliseconds, picture))

    def _place_of(self, tag: str) -> tuple[float, float]:
        from screens.finder import center_in_window, find  # noqa: PLC0415 # Kivy, not before

        return center_in_window(find(self._app.root, tag))

    def _shows(self, screen: str, when: Callable[[View], bool]) -> bool:
        view = self._app.view
        return view is not None and view.name == screen and when(view)

    def _photograph(self, to: Path) -> None:
        from kivy.core.window import Window  # noqa: PLC0415 # it exists once the window is open

        time.sleep(0.35)  # short animations come to rest
        self._on_kivy(lambda: _save(Window, to))

    def _on_kivy(self, work: Callable[[], T]) -> T:
        """Do something on Kivy's thread at its next frame, and wait for it."""
        from kivy.clock import Clock  # noqa: PLC0415 # Kivy, not before its window

        done = threading.Event()
        results: list[T] = []
        errors: list[Exception] = []

        def run(_: float) -> None:
            try:
                results.append(work())
            except Exception as error:  # noqa: BLE001 # raised again where it was asked for
                errors.append(error)
            done.set()

        Clock.schedule_once(run)
        if not done.wait(PATIENCE):
            raise VisitError("the screen draws no frames")
        if errors:
            raise errors[0]
        return results[0]


def _save(window: object, to: Path) -> None:
    """Save what the window shows under exactly this name; Kivy would put a counter into it."""
    written = Path(window.screenshot(name=str(to)))  # type: ignore[attr-defined] # Kivy has no types
    written.replace(to)
