"""Take your card and your papers."""

from __future__ import annotations

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.core.views import FarewellView, Frame
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.papers import SheetsPicture
from screens.widgets.pictures import CardPicture, Picture, SlipPicture
from screens.words import Say


class Thing(BoxLayout):
    """One thing to take: its picture, and its name below or `beside` it."""

    content = StringProperty("")
    beside = BooleanProperty(False)


class FarewellScreen(BaseScreen[FarewellView]):
    """A picture and a word for everything that is still to be taken; any touch ends it."""

    def render(self, body: FarewellView, frame: Frame, say: Say) -> None:
        """Remind of the card, the receipt and the sheets, as far as there are any."""
        ids = self.ids
        to_take: list[tuple[bool, Picture, str]] = [
            (body.with_card, CardPicture(dark=True, taken=True), say("Your card")),
            (body.with_receipt, SlipPicture(dark=True, out=True), say("Your receipt")),
            (body.with_sheets, SheetsPicture(dark=True, out=True), say("Your prints")),
        ]
        wanted = [(picture, name) for there, picture, name in to_take if there]
        ids.things.clear_widgets()
        for picture, name in wanted:
            thing = Thing(content=name, beside=not self.wide and len(wanted) > 1)
            thing.ids.place.add_widget(picture)
            ids.things.add_widget(thing)
        ids.title.content = say("Please take everything with you") if wanted else say("Goodbye")
        ids.cleared.content = say("Everything about you has been cleared from this screen.")
        ids.done.content = say("I have everything") if wanted else say("Finish")


load_beside(__file__)
