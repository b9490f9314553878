"""Plays visits on a real terminal: real touches or keys, real cards, pictures of the glass.

It runs inside the terminal's process only to look (which screen is on, where a button is) and to
take pictures; everything it does goes through X and through the world's control line.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import psutil
from PIL import Image

from kiosk.core.catalogue import Language
from kiosk.core.views import QuestionView, View
from sandbox.control import ask
from sandbox.finger import Place
from sandbox.hand import Hand
from sandbox.kivy_loop import on_kivy

if TYPE_CHECKING:
    from screens.app import DoorstepApp  # Kivy comes in when the terminal opens its window

LIFTED = 0.17  # seconds after which the same key once more is meant
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
    """Plays on a thread of its own beside Kivy's loop, for somebody who reads `language`.

    `number` is the number that a script was given for what it asked for, for those after it.
    """

    def __init__(
        self, app: DoorstepApp, hand: Hand, control: Path, out: Path, language: Language
    ) -> None:
        self.language = language
        self.number: str | None = None
        self._app = app
        self._hand = hand
        self._control = control
        self._out = out
        self.visit = Visit()
        self._touchable_at = 0.0  # ms since the process began

    def play(self, scripts: Iterable[Callable[[Player], None]]) -> None:
        """Play scripts one after the other; afterwards visit.json says how, however it went."""
        try:
            for script in scripts:
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
        self.visit.since_start_ms = self.visit.since_start_ms or self._touchable_at

    @property
    def view(self) -> View:
        """What is shown now."""
        view = self._app.view
        if view is None:
            raise VisitError("nothing is shown yet")
        return view

    def touch(self, tag: str, screen: str, when: Callable[[View], bool] = lambda _: True) -> None:
        """Choose what has this tag; `screen` comes, and `when` it is as wanted, a picture."""
        press = self._at(tag)
        started = time.monotonic()
        press()
        self._expect(f"touch {tag}", screen, started, when)

    def type(self, keys: str) -> None:
        """Touch one key of the screen after the other, each as soon as the one before is heard."""
        started = time.monotonic()
        last = ""
        for char in keys:
            before, key = self._typed(), "space" if char == " " else char.lower()
            if key == last:
                time.sleep(LIFTED)
            last = key
            self._hand.reach(f"key:{key}")()
            self._until(lambda: self._typed() != before, f"nothing came of the key {key}")  # noqa: B023
        self._note(f"type {len(keys)} keys", started)

    def pick_day(self, iso: str) -> None:
        """Pick a date (ISO 8601) on the calendar: some years, a year, a month, a day."""
        started = time.monotonic()
        while (before := self._typed()[0]) != iso:
            self._at(on_kivy(lambda: self._toward(iso)))()
            self._until(lambda: self._typed()[0] != before, f"nothing came of a tap to {iso}")
        self._note(f"pick {iso}", started)

    def spell(self, pinyin: str, text: str) -> None:
        """Type a text by its pinyin, and touch the characters once they are offered."""
        self.type(pinyin)
        started = time.monotonic()
        self._until(lambda: self._offers(text), f"{text} was not offered for {pinyin}")
        while (tag := on_kivy(lambda: self._candidate(text))) is None:
            self._hand.reach("key:more")()
        self._hand.reach(tag)()
        self._until(lambda: self._typed()[0].endswith(text), f"{text} was not taken")
        self._note(f"choose {text}", started)

    def sign(self, strokes: Sequence[Sequence[Place]], screen: str) -> None:
        """Sign with strokes, places in shares of the field's size; `screen` comes, a picture."""
        started = time.monotonic()
        self._hand.sign(strokes)
        self._expect("sign", screen, started)

    def world(self, line: str, screen: str, when: Callable[[View], bool] = lambda _: True) -> None:
        """Something happens in the world, and a screen comes of it."""
        started = time.monotonic()
        ask(self._control, line)
        self._expect(line, screen, started, when)

    def wait(self, screen: str, when: Callable[[View], bool] = lambda _: True) -> None:
        """A screen comes by itself, and `when` it is as wanted, a picture."""
        self._expect("wait", screen, time.monotonic(), when)

    # --- how it is done ---

    def _at(self, tag: str) -> Callable[[], None]:
        """Be at what is tagged so once a touch on it counts; calling what comes back presses it."""
        press = self._hand.reach(tag)
        self._until(lambda: on_kivy(lambda: self._app.hears), "the glass does not come to rest")
        return press

    def _expect(
        self,
        did: str,
        screen: str,
        started: float,
        when: Callable[[View], bool] = lambda _: True,
    ) -> None:
        self._until(
            lambda: on_kivy(lambda: self._shows(screen, when)),
            f"after {did}: {screen} did not come",
        )
        self._touchable_at = round((time.time() - psutil.Process().create_time()) * 1000, 1)
        self._note(did, started)

    def _until(self, comes: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not comes():
            if time.monotonic() > deadline:
                raise VisitError(f"{otherwise}; {self.view.name} is on")
            time.sleep(0.005)

    def _note(self, did: str, started: float) -> None:
        """Write down what was done and how long it took, and take a picture."""
        milliseconds = round((time.monotonic() - started) * 1000, 1)
        screen = self.view.name
        picture = f"{len(self.visit.steps) + 1:02}-{screen}.png"
        self._photograph(self._out / picture)
        self.visit.steps.append(Step(did, screen, milliseconds, picture))

    def _typed(self) -> tuple[str, str]:
        """What the screen has of an answer: the text, and letters still to become characters."""
        body = self.view.body
        if not isinstance(body, QuestionView):
            raise VisitError(f"{self.view.name} is nothing to type on")
        return body.text.reveal(), body.letters

    def _offers(self, text: str) -> bool:
        body = self.view.body
        return isinstance(body, QuestionView) and text in body.candidates

    def _candidate(self, text: str) -> str | None:
        """The tag of the key with these characters, or None while they are on another page."""
        from screens.finder import touchables  # noqa: PLC0415 # Kivy, not before its window
        from screens.widgets.keyboard import Key  # noqa: PLC0415

        for key in touchables(self._app.root):
            if isinstance(key, Key) and "candidate" in key.tag and key.content == text:
                return str(key.tag)
        return None

    def _toward(self, iso: str) -> str:
        """The tag of the key that leads nearer to a date."""
        from screens.finder import touchables  # noqa: PLC0415 # Kivy, not before its window

        tags = (key.tag for key in touchables(self._app.root))
        begun = (tag for tag in tags if tag.startswith("key:") and f"key:{iso}".startswith(tag))
        return str(max(begun, key=len))

    def _shows(self, screen: str, when: Callable[[View], bool]) -> bool:
        view = self._app.view
        return view is not None and view.name == screen and when(view)

    def _photograph(self, to: Path) -> None:
        time.sleep(0.3)  # layouts come to rest, also for the next touch
        on_kivy(_seen).save(to, compress_level=1)


def _seen() -> Image.Image:
    """What the window shows. Kivy's own screenshot would hold up its frames to write a file."""
    from kivy.core.window import Window  # noqa: PLC0415 # it exists once the window is open
    from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels  # noqa: PLC0415

    size = Window.size
    pixels = glReadPixels(0, 0, *size, GL_RGB, GL_UNSIGNED_BYTE)
    return Image.frombytes("RGB", size, pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
