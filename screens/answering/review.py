"""Is this you, and is this what you want?"""

from __future__ import annotations

from kiosk.core.views import Frame, ReviewView
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class ReviewScreen(BaseScreen[ReviewView]):
    """What the card says and what will be asked for, to be confirmed."""

    def render(self, body: ReviewView, frame: Frame, say: Say) -> None:
        """Show who asks for what."""
        ids = self.ids
        ids.person.hint = say("Slide up to read more")
        ids.title.content = say("Please check: is this you?")
        for fact, label, value in (
            (ids.name, say("Name"), body.name.reveal()),
            (ids.sex, say("Sex"), say(texts.SEXES[body.sex])),
            (ids.number, say("ID number"), body.masked_id),
            (ids.address, say("Address"), body.masked_address or ""),
        ):
            fact.label, fact.content = (label, value) if value else ("", "")
        ids.wish.label, ids.wish.content = say("You are applying for"), body.result_name
        ids.take.content = say("You can take your ID card back now.")
        ids.confirm.content = say("Yes, apply now")
        ids.not_me.content = say("This is not me")


load_beside(__file__)
