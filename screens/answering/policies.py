"""免申即享: what somebody is entitled to without applying, as a list, and one of them."""

from __future__ import annotations

from functools import partial

from kiosk.core.catalogue import PolicyMode
from kiosk.core.events import Pick
from kiosk.core.views import Frame, MatchView, PoliciesView, PolicyView
from screens.answering.listed import ListedScreen, ListTile
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class PoliciesScreen(ListedScreen[PoliciesView]):
    """A tile for each benefit; those still to be confirmed say so."""

    def render(self, body: PoliciesView, frame: Frame, say: Say) -> None:
        """Show what fits."""
        title, about = say("What you are entitled to"), say("Touch one to see more.")
        if not body.matches:
            title = say("Nothing fits at present")
            about = say("You miss nothing. Questions: {hotline}.", hotline=frame.hotline)
        self._show("policies", title, about)
        self._show_tiles([partial(self._tile, one, say) for one in body.matches], say)

    def _tile(self, match: MatchView, say: Say) -> ListTile:
        return self._button(
            Pick(match.code),
            icon="check" if match.taken else "policies",
            title=match.name,
            summary=match.benefit,
            obstacle=say("Nothing left to do") if match.taken else say("Please confirm"),
        )


class PolicyScreen(BaseScreen[PolicyView]):
    """What it gives, why it fits, and what is left to do."""

    def render(self, body: PolicyView, frame: Frame, say: Say) -> None:
        """Tell of it, and ask for confirmation where one is wanted."""
        ids = self.ids
        ids.told.hint = say("Slide up to read more")
        ids.head.title, ids.head.content = body.name, body.summary
        ids.benefit.label = say("What you get")
        ids.benefit.content = body.amount or body.benefit
        ids.more.content = body.benefit if body.amount else ""
        ids.why.label, ids.why.content = say("Why it fits you"), body.why
        ids.office.label, ids.office.content = say("Who decides"), body.department
        to_confirm = body.mode is PolicyMode.CONFIRM and not body.taken
        ids.todo.content = _what_to_do(body, say)
        ids.confirm.content, ids.confirm.shown = say("Yes, I want it"), to_confirm
        ids.seen.content, ids.seen.shown = say("Back to the list"), not to_confirm
        ids.actions.arrange()


def _what_to_do(body: PolicyView, say: Say) -> str:
    if body.mode is PolicyMode.NOTHING:
        return say("You need not do anything: it comes by itself.")
    if body.taken:
        return say("You have confirmed it. Nothing is left to do.")
    return say("No application and no papers: just confirm that you want it.")


load_beside(__file__)
