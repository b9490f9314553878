"""Paper that comes out: print it, take it, or what to do when it does not come.

It is a receipt below results, and sheets below certificates and copies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kivy.properties import BooleanProperty, ColorProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.core.troubles import Trouble
from kiosk.core.views import Frame, NotPrinted, PrintDone, PrintFailed, Printing, PrintState
from screens import texts
from screens.kv import load_beside
from screens.widgets.layout import Choices, Reading
from screens.words import N_, Say


@dataclass(frozen=True, slots=True)
class Paper:
    """What is said of one kind of paper, in every state of its print."""

    ask: str
    why: str
    print: str
    printing: str
    comes: str
    take: str
    coming: str
    there: str
    again: str
    have_it: str
    sheets: bool


RECEIPT: Final = Paper(
    ask=N_("Would you like a receipt?"),
    why=N_("It has your number, so that you can ask about it later."),
    print=N_("Print receipt"),
    printing=N_("Printing your receipt"),
    comes=N_("It comes out of the paper slot in a moment."),
    take=N_("Please take your receipt"),
    coming=N_("The receipt is coming"),
    there=N_("It is in the paper slot."),
    again=N_("Print a copy"),
    have_it=N_("I have it"),
    sheets=False,
)
SHEETS: Final = Paper(
    ask=N_("Would you like it on paper?"),
    why=N_("Printing is free of charge."),
    print=N_("Print"),
    printing=N_("Printing"),
    comes=N_("It comes out of the printer in a moment."),
    take=N_("Please take your prints"),
    coming=N_("Your prints are coming"),
    there=N_("They are in the printer's tray."),
    again=N_("Print again"),
    have_it=N_("I have them"),
    sheets=True,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What the panel says, and which buttons there are; "" is no button.

    `print_first` makes printing the main action instead of going on.
    """

    title: str
    what: str
    fate: str = ""
    print: str = ""
    go_on: str = ""
    print_first: bool = False
    warm: bool = False
    moving: bool = False
    sheets: bool = False


class ReceiptPanel(BoxLayout):
    """A picture of the paper slot, and what is to be said of the paper."""

    title = StringProperty("")
    content = StringProperty("")
    summary = StringProperty("")
    warm = BooleanProperty(False)
    ground = ColorProperty()
    moving = BooleanProperty(False)
    sheets = BooleanProperty(False)
    drawn = BooleanProperty(True)


class ReceiptActions(Choices):
    """Print and go on: the one to do first stands last and is filled."""

    emit = ObjectProperty(None)

    def offer(self, offer: Offer) -> None:
        """Lay the buttons out for what is offered."""
        ids = self.ids
        ids.first_print.shown = bool(offer.print) and offer.print_first
        ids.then_print.shown = bool(offer.print) and not offer.print_first
        ids.then_go_on.shown = bool(offer.go_on) and offer.print_first
        ids.first_go_on.shown = bool(offer.go_on) and not offer.print_first
        ids.first_print.content = ids.then_print.content = offer.print
        ids.first_go_on.content = ids.then_go_on.content = offer.go_on
        self.arrange()


def show(panel: ReceiptPanel, actions: ReceiptActions, offer: Offer) -> None:
    """Put an offer on the panel and the buttons."""
    panel.title, panel.content, panel.summary = offer.title, offer.what, offer.fate
    panel.warm, panel.moving, panel.sheets = offer.warm, offer.moving, offer.sheets
    actions.offer(offer)


def slide(panel: ReceiptPanel, reading: Reading) -> None:
    """Let a panel slide with what is read: of the largest type it needs all the room there is."""
    panel = panel.__self__
    panel.parent.remove_widget(panel)
    reading.add_widget(panel)


def offer_of(
    state: PrintState, go_on: str, frame: Frame, say: Say, paper: Paper = RECEIPT
) -> Offer:
    """What there is to say and to do about the paper; `go_on` is the word for going on."""
    match state:
        case NotPrinted(trouble) if trouble is not None:
            return of_trouble(trouble, go_on, frame, say, paper=paper)
        case NotPrinted():
            return Offer(
                say(paper.ask),
                say(paper.why),
                print=say(paper.print),
                go_on=go_on,
                print_first=True,
                sheets=paper.sheets,
            )
        case Printing():
            then = say("Once you have it, you can go on.")
            return Offer(
                say(paper.printing), say(paper.comes), then, moving=True, sheets=paper.sheets
            )
        case PrintDone(confirmed):
            return Offer(
                say(paper.take if confirmed else paper.coming),
                say(paper.there),
                print=say(paper.again),
                go_on=go_on,
                sheets=paper.sheets,
            )
        case PrintFailed((Trouble.PRINT_UNCERTAIN | Trouble.SHEETS_UNCERTAIN) as trouble):
            have_it, again = say(paper.have_it), say("Print again")
            return of_trouble(trouble, have_it, frame, say, paper=paper, again=again)
        case PrintFailed(Trouble.QUOTA_USED as trouble):
            return of_trouble(trouble, go_on, frame, say, paper=paper)
        case PrintFailed(trouble):
            again = say("Try again")
            return of_trouble(trouble, go_on, frame, say, paper=paper, again=again)


def of_trouble(
    trouble: Trouble, go_on: str, frame: Frame, say: Say, *, paper: Paper, again: str = ""
) -> Offer:
    """What stands in the way of the paper; `again` is the word for trying again, "" for none."""
    text = texts.TROUBLES[trouble]
    return Offer(
        say(text.title),
        say(text.action, hotline=frame.hotline),
        say(text.fate, hotline=frame.hotline),
        print=again,
        go_on=go_on,
        warm=True,
        sheets=paper.sheets,
    )


load_beside(__file__)
