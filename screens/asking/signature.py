"""A signature with the finger, and what it is for."""

from __future__ import annotations

from kiosk.core.events import Sign
from kiosk.core.views import Frame, SignatureView
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.layout import IconLabel
from screens.words import Say


class SignatureScreen(BaseScreen[SignatureView]):
    """A field to sign in; too little is not taken, and said so at once."""

    def render(self, body: SignatureView, frame: Frame, say: Say) -> None:
        """Ask for it; what is drawn already stays."""
        ids = self.ids
        self._say = say
        ids.told.hint = say("Slide up to read more")
        ids.title.content = say("Please sign with your finger")
        ids.item.content = body.item_name
        ids.signs.clear_widgets()
        for one in body.signs:
            ids.signs.add_widget(IconLabel(icon="check", content=say(texts.SIGNS[one])))
        ids.field.hint = say("Write your name here")
        ids.declare.content = say("I cannot write: I declare it is true")
        ids.strokes.arrange()
        ids.undo.content = say("Take back a stroke")
        ids.anew.content = say("Write again")
        ids.sign.content = say("Signed, go on")
        ids.fault.title = ""

    def sign(self) -> None:
        """Hand the signature out, unless it is too little for one."""
        signature = self.ids.field.signature
        if signature.fault is None:
            self.emit(Sign(signature))
        else:
            self.ids.fault.title = self._say(signature.fault.for_resident)


load_beside(__file__)
