"""Devices as those who look after them see them: by name, by sign, and in words."""

from __future__ import annotations

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.core.views import FittedView, PrintDone, PrintFailed, Printing, PrintState
from screens import texts
from screens.kv import load_beside
from screens.texts import staff
from screens.widgets.layout import Card
from screens.widgets.touch import Touchable
from screens.words import Say


class TroubleCard(Card):
    """What does not work, and what to do about it."""

    icon = StringProperty("")
    title = StringProperty("")
    content = StringProperty("")


class WorkingRow(BoxLayout):
    """One device with which nothing is wrong."""

    icon = StringProperty("")
    title = StringProperty("")
    content = StringProperty("")
    well = BooleanProperty(True)


class StaffFact(BoxLayout):
    """One fact, in as little room as can be read: on one line where that is `wide`."""

    wide = BooleanProperty(False)
    label = StringProperty("")
    content = StringProperty("")


class DeviceTile(Touchable):
    """One device, its state, what its driver says of it; touched, it tests itself.

    `found` is what came of that.
    """

    icon = StringProperty("")
    title = StringProperty("")
    summary = StringProperty("")
    detail = StringProperty("")
    found = StringProperty("")
    warm = BooleanProperty(False)


def said_of_receipt(state: PrintState | None, say: Say) -> str:
    """How the test receipt went, "" before there was one."""
    match state:
        case Printing():
            return say("The test receipt is being printed…")
        case PrintDone(confirmed=True):
            return say("The test receipt is printed; the printer confirmed it.")
        case PrintDone():
            return say("The test receipt was sent. Please see whether it came out.")
        case PrintFailed(trouble):
            return say("The test receipt: {trouble}", trouble=say(texts.TROUBLES[trouble].title))
        case _:
            return ""


def name_of(one: FittedView, say: Say) -> str:
    """What a device is called."""
    return say(staff.DEVICES[one.kind].name)


load_beside(__file__)
