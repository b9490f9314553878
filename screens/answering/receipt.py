"""The receipt, on both result screens: print it, take it, or what to do when it does not come."""

from __future__ import annotations

from dataclasses import dataclass

from kivy.properties import BooleanProperty, ColorProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.core.troubles import Trouble
from kiosk.core.views import Frame, NotPrinted, PrintDone, PrintFailed, Printing, PrintState
from screens import texts, theme
from screens.kv import load_beside
from screens.widgets.layout import Choices
from screens.words import Say


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


class ReceiptPanel(BoxLayout):
    """A picture of the paper slot, and what is to be said of the receipt."""

    title = StringProperty("")
    content = StringProperty("")
    summary = StringProperty("")
    warm = BooleanProperty(False)
    ground = ColorProperty(theme.WHITE)
    moving = BooleanProperty(False)


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
    panel.warm, panel.moving = offer.warm, offer.moving
    actions.offer(offer)


def offer_of(state: PrintState, go_on: str, frame: Frame, say: Say) -> Offer:
    """What there is to say and to do about the receipt; `go_on` is the word for going on."""
    match state:
        case NotPrinted(trouble) if trouble is not None:
            return _of_trouble(trouble, "", go_on, frame, say)
        case NotPrinted():
            return Offer(
                say("Would you like a receipt?"),
                say("It has the number of your case, so that you can ask about it later."),
                print=say("Print receipt"),
                go_on=go_on,
                print_first=True,
            )
        case Printing():
            return Offer(
                say("Printing your receipt"),
                say("It comes out of the paper slot in a moment."),
                moving=True,
            )
        case PrintDone(confirmed):
            title = say("Please take your receipt") if confirmed else say("The receipt is coming")
            what = say("It is in the paper slot.")
            return Offer(title, what, print=say("Print a copy"), go_on=go_on)
        case PrintFailed(Trouble.PRINT_UNCERTAIN as trouble):
            have_it = say("I have it")
            return _of_trouble(trouble, say("Print again"), have_it, frame, say)
        case PrintFailed(trouble):
            return _of_trouble(trouble, say("Try again"), go_on, frame, say)


def _of_trouble(trouble: Trouble, print_: str, go_on: str, frame: Frame, say: Say) -> Offer:
    text = texts.TROUBLES[trouble]
    return Offer(
        say(text.title),
        say(text.action, hotline=frame.hotline),
        say(text.fate, hotline=frame.hotline),
        print=print_,
        go_on=go_on,
        warm=True,
    )


load_beside(__file__)
