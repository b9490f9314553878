"""Reads a screen out to whoever wants that, and nothing to anybody else."""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.widget import Widget

from drivers.device import Personal
from kiosk.core.speech import Utterance
from kiosk.core.views import AttractView, View
from screens import spoken
from screens.widgets.touch import Touchable
from screens.words import Say


class Reader:
    """Says what is new on a screen, then what the keypad is at; `speak` takes each utterance.

    A screen that changes in part, as while a camera looks, is not read from its beginning again.
    What is about somebody is only said into earphones; what staff read is never said.
    """

    def __init__(self, speak: Callable[[Utterance], None]) -> None:
        self._speak = speak
        self._view: View | None = None
        self._screen: Widget | None = None
        self._say: Say | None = None
        self._lines: list[str] = []
        self._told = ""  # of what the keypad was at
        self._introduced = False

    def show(self, view: View, screen: Widget, say: Say, control: Touchable | None) -> None:
        """Say what this view has that the one before had not."""
        anew = self._view is None or type(view.body) is not type(self._view.body)
        anew = anew or self._say is not say
        self._view, self._screen, self._say = view, screen, say
        if not self._is_wanted():
            self._hush()
            return
        lines, before = self._read(), [] if anew else self._lines
        self._lines = lines
        said = [line for line in lines if line not in before]
        told = self._label(control) if control is not None else ""
        if told and (anew or told != self._told):
            said.append(told)
        self._told = told
        if control is not None and not self._introduced:
            self._introduced = True
            said.append(say(spoken.HOW))
        if said:
            self._utter(said)

    def tell(self, control: Touchable) -> None:
        """Say what this is."""
        if self._is_wanted():
            self._told = self._label(control)
            self._utter([self._told])

    def read_again(self) -> None:
        """Say everything on the screen once more."""
        if self._is_wanted():
            self._utter(self._read())

    def _is_wanted(self) -> bool:
        view = self._view
        if view is None or isinstance(view.body, AttractView):
            return False
        return view.frame.comfort.spoken and view.frame.speaks

    def _read(self) -> list[str]:
        if self._view is None or self._screen is None or self._say is None:
            return []
        hidden = spoken.secrets(self._view.body)
        private = self._view.frame.comfort.earphones
        return spoken.lines(self._screen, hidden, self._say, private=private)

    def _label(self, control: Touchable) -> str:
        if self._view is None or self._say is None:
            return ""
        hidden, private = spoken.secrets(self._view.body), self._view.frame.comfort.earphones
        return spoken.label(control, hidden, self._say, private=private)

    def _utter(self, parts: list[str]) -> None:
        if self._view is not None:
            frame, text = self._view.frame, spoken.sentence(parts)
            comfort = frame.comfort
            self._speak(Utterance(Personal(text), frame.language, comfort.volume, comfort.pace))

    def _hush(self) -> None:
        """Nothing more is said, and nothing of it remembered."""
        if self._lines or self._told or self._introduced:
            self._lines, self._told, self._introduced = [], "", False
            frame = self._view.frame if self._view is not None else None
            if frame is not None:
                self._speak(Utterance(Personal(""), frame.language))
