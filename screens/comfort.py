"""How it is easier: size of words, contrast, reach, voice; each touch shows what it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from kivy.properties import BooleanProperty
from kivy.uix.widget import Widget

from kiosk.core.comfort import Comfort, TextSize
from kiosk.core.events import Adjust
from kiosk.core.speech import Pace
from kiosk.core.views import ComfortView, Frame
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.layout import Spacer
from screens.widgets.touch import OptionButton, TileButton, Touchable
from screens.words import N_, Say

SIZES: Final = {
    TextSize.NORMAL: N_("Standard"),
    TextSize.LARGE: N_("Large"),
    TextSize.LARGEST: N_("Very large"),
}
PACES: Final = {Pace.SLOW: N_("Slow"), Pace.NORMAL: N_("Normal"), Pace.FAST: N_("Fast")}
LOUDEST: Final = 5


class ComfortScreen(BaseScreen[ComfortView]):
    """A switch for everything; what is switched on is marked. `brief` ones say their name alone."""

    brief = BooleanProperty(False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.wide:
            speaking = self.ids.speaking.__self__
            self.ids.main.remove_widget(speaking)
            self.ids.beside.add_widget(speaking)
            self.ids.beside.add_widget(Spacer())
        elif self.low:  # a heading is read where nothing can be touched
            title = self.ids.sizes_title.__self__
            self.ids.beside.remove_widget(title)
            self.add_widget(title, index=1)

    def render(self, body: ComfortView, frame: Frame, say: Say) -> None:
        """Show what is in force."""
        del body
        ids, comfort = self.ids, frame.comfort
        ids.head.title = say("Make it easier")
        ids.head.content = say("It stays like this until your visit ends.")
        ids.sizes_title.content = say("Size of words")
        ids.voice_title.content = say("How it speaks") if comfort.spoken else ""
        ids.done.content = say("That is fine")
        _fill(ids.sizes, self._sizes(comfort, say))
        ids.switches.cols = 2 if self.low and not self.wide and comfort.spoken else 1
        _fill(ids.switches, self._switches(frame, say))
        _fill(ids.voice, self._voice(comfort, say) if comfort.spoken else ())

    def _sizes(self, comfort: Comfort, say: Say) -> Iterator[Touchable]:
        for size, name in SIZES.items():
            wanted = replace(comfort, text=size)
            yield self._option(f"text:{size}", say(name), wanted, chosen=size is comfort.text)

    def _switches(self, frame: Frame, say: Say) -> Iterator[Touchable]:
        comfort = frame.comfort
        words = (say("High contrast"), say("White and yellow on black"))
        wanted = replace(comfort, contrast=not comfort.contrast)
        yield self._switch("contrast", words, wanted, on=comfort.contrast)
        words = (say("Low buttons"), say("Within reach when you are seated"))
        wanted = replace(comfort, low_reach=not comfort.low_reach)
        yield self._switch("low_reach", words, wanted, on=comfort.low_reach)
        if frame.speaks:
            words = (say("Read aloud"), say("With earphones only you can hear it"))
            wanted = replace(comfort, spoken=not comfort.spoken)
            yield self._switch("voice", words, wanted, on=comfort.spoken)

    def _voice(self, comfort: Comfort, say: Say) -> Iterator[Touchable]:
        for by, words in ((-1, say("Quieter")), (1, say("Louder"))):
            volume = comfort.volume + by
            button = self._option(f"volume:{by}", words, replace(comfort, volume=volume))
            button.disabled = not 1 <= volume <= LOUDEST
            yield button
        for pace, name in PACES.items():
            wanted = replace(comfort, pace=pace)
            yield self._option(f"pace:{pace}", say(name), wanted, chosen=pace is comfort.pace)

    def _switch(
        self, icon: str, words: tuple[str, str], wanted: Comfort, *, on: bool
    ) -> TileButton:
        title, about = words
        button = TileButton(
            tag=f"switch:{icon}",
            icon=icon,
            title=title,
            summary="" if self.brief else about,
            chosen=on,
            switch=True,
            brief=self.brief,
            slim=self.wide,
        )
        button.bind(on_release=lambda _: self.emit(Adjust(wanted)))
        return button

    def _option(
        self, tag: str, words: str, wanted: Comfort, *, chosen: bool = False
    ) -> OptionButton:
        button = OptionButton(tag=tag, content=words, chosen=chosen)
        button.bind(on_release=lambda _: self.emit(Adjust(wanted)))
        return button


def _fill(row: Widget, widgets: Iterator[Touchable] | tuple[()]) -> None:
    row.clear_widgets()
    for widget in widgets:
        row.add_widget(widget)


load_beside(__file__)
