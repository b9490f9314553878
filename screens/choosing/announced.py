"""Announcements (公告), as they stand beneath the clock while nobody is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.core.events import Choose, Intent, Start, Want
from kiosk.core.views import AnnouncementView
from kiosk.core.visit import Purpose
from screens.kv import load_beside
from screens.screen import Emit
from screens.widgets.pages import Settling
from screens.widgets.touch import Touchable

MOST: Final = 3  # at once
SECONDS: Final = 12  # for as many as there is room for: two readings from two metres away


class AnnouncementLine(Touchable):
    """One sentence; one that `leads` to what it is about shows an arrow."""

    content = StringProperty("")
    leads = BooleanProperty(False)


class Announced(Settling):
    """At most `most` at once; where there are more, they take turns, still while they stand.

    A touch that comes right after a turn was meant for what stood there before, and does nothing.
    """

    most = NumericProperty(MOST)

    def __init__(self, **kwargs: Any) -> None:
        self._all: Sequence[AnnouncementView] = ()
        self._shown: Sequence[AnnouncementView] = ()
        self._emit: Emit | None = None
        self._turn = 0
        super().__init__(**kwargs)
        self.fbind("most", self._show_turn)

    def show(self, announcements: Sequence[AnnouncementView], emit: Emit) -> None:
        """Show these, those first whose turn it is."""
        self._all, self._emit = announcements, emit
        self._show_turn()

    def forget(self) -> None:
        """Show nothing, until something is shown again."""
        self._all = self._shown = ()
        self.clear_widgets()

    def tell_time(self, now: datetime) -> None:
        """Turn to the next ones when these have stood long enough."""
        turn = int(now.timestamp()) // SECONDS
        if turn != self._turn:
            self._turn = turn
            self._show_turn()

    def _show_turn(self, *_: object) -> None:
        most = int(self.most)
        pages = max(-(-len(self._all) // most), 1)
        first = self._turn % pages * most
        shown = self._all[first : first + most]
        if shown == self._shown or self._emit is None:
            return  # what stays the same draws nothing
        if self._shown:
            self.changes()
        self._shown = shown
        self.clear_widgets()
        for one in shown:
            line = AnnouncementLine(
                tag=f"announcement:{one.about or ''}", content=one.text, leads=one.about is not None
            )
            line.bind(on_release=partial(_touched, self._emit, _wanted(one)))
            self.add_widget(line)


def _wanted(one: AnnouncementView) -> Intent:
    """What a touch on an announcement asks for."""
    if one.about is None:
        return Start()
    return Want(Purpose.POLICIES) if one.policy else Choose(one.about)


def _touched(emit: Emit, intent: Intent, _line: AnnouncementLine) -> None:
    emit(intent)


load_beside(__file__)
