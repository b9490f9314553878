"""有诉即办: one complaint, its reply, and whether that settles the matter."""

from __future__ import annotations

from kiosk.core.views import ComplaintView, Frame
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class ComplaintScreen(BaseScreen[ComplaintView]):
    """By when it is answered; then the answer, and yes and no as large as each other."""

    def render(self, body: ComplaintView, frame: Frame, say: Say) -> None:
        """Tell how far it is, or ask."""
        ids = self.ids
        asks = body.reply is not None and body.settled is None
        ids.told.hint = say("Slide up to read more")
        ids.head.title, ids.head.content = _title(body, say)
        ids.light.show(body.light, say)
        ids.number.label, ids.number.content = say("Your number"), body.number
        ids.filed.label, ids.filed.content = say("Handed in"), texts.told_day(body.filed_on, say)
        ids.due.label = say("You get an answer by")
        ids.due.content = texts.told_day(body.due_on, say)
        ids.reply.label = say("The answer") if body.reply else ""
        ids.reply.content = body.reply or ""
        ids.asks.content = say("Does this settle it for you?") if asks else ""
        ids.yes.content, ids.yes.shown = say("Yes, it is settled"), asks
        ids.no.content, ids.no.shown = say("No, not yet"), asks
        ids.seen.content, ids.seen.shown = say("I have seen it"), not asks
        ids.actions.arrange()


def _title(body: ComplaintView, say: Say) -> tuple[str, str]:
    if body.reply is None:
        return say("Your complaint is being looked into"), ""
    if body.settled is None:
        return say("Your complaint was answered"), ""
    if body.settled:
        return say("Your complaint was answered"), say("You said that it is settled.")
    return (
        say("Your complaint was answered"),
        say("You said that it is not settled. Somebody looks into it again."),
    )


load_beside(__file__)
