"""What can stand in a resident's way, each with one screen text and a way on.

Screens hold the words (two languages, complete by test); this room decides which trouble it is.
"""

from __future__ import annotations

from enum import StrEnum

from drivers.device import Advice, CoverOpen, Fault, PaperOut, Status, usable


class Trouble(StrEnum):
    """A trouble as the resident meets it."""

    NOT_READY = "not_ready"  # no catalogue yet: the terminal has never reached the platform
    READER_UNAVAILABLE = "reader_unavailable"
    CARD_REMOVED = "card_removed"
    CARD_UNREADABLE = "card_unreadable"
    CARD_EXPIRED = "card_expired"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    PRINTER_UNAVAILABLE = "printer_unavailable"
    PRINT_UNCERTAIN = "print_uncertain"
    ITEM_WITHDRAWN = "item_withdrawn"
    REFUSED = "refused"
    UNEXPECTED = "unexpected"


def of_reader(status: Status) -> Trouble | None:
    """What keeps residents from the card reader, or None."""
    return None if usable(status) else Trouble.READER_UNAVAILABLE


def of_printer(status: Status) -> Trouble | None:
    """What keeps the printer from printing, or None: an unanswered query stops no print."""
    match status:
        case PaperOut():
            return Trouble.PAPER_OUT
        case CoverOpen():
            return Trouble.COVER_OPEN
        case _:
            return None if usable(status) else Trouble.PRINTER_UNAVAILABLE


def of_read(fault: Fault) -> Trouble:
    """What a failed read means: laying the card down again helps, or it does not."""
    if fault.code == "card.removed":
        return Trouble.CARD_REMOVED
    if fault.code.startswith("card.") or fault.advice is Advice.RETRY:
        return Trouble.CARD_UNREADABLE
    return Trouble.READER_UNAVAILABLE
