"""What can stand in a resident's way, each with one screen text and a way on.

Screens hold the words (two languages, complete by test); this room decides which trouble it is.
"""

from __future__ import annotations

from enum import StrEnum

from drivers.device import Advice, CoverOpen, Fault, PaperOut, Status, usable


class Trouble(StrEnum):
    """A trouble as the resident meets it."""

    OUT_OF_SERVICE = "out_of_service"  # whoever looks after it has closed it
    NOT_READY = "not_ready"  # no catalogue yet: the terminal has never reached the platform
    READER_UNAVAILABLE = "reader_unavailable"  # none of what could tell who is there works
    CARD_LEFT = "card_left"  # by the visit before: whose it is, nobody else gets to see
    CARD_REMOVED = "card_removed"
    CARD_UNREADABLE = "card_unreadable"
    CARD_EXPIRED = "card_expired"
    CARD_REFUSED = "card_refused"  # a bank card, or another that is none of ours
    CODE_REFUSED = "code_refused"  # an electronic identity that does not count (any more)
    UNDERAGE = "underage"
    FACE_UNAVAILABLE = "face_unavailable"
    FACE_NOT_SEEN = "face_not_seen"
    FACE_DIFFERS = "face_differs"
    FACE_DECLINED = "face_declined"
    SCANNER_UNAVAILABLE = "scanner_unavailable"  # the document camera
    PAGE_REFUSED = "page_refused"
    UPLOAD_ENDED = "upload_ended"
    MATERIAL_REJECTED = "material_rejected"
    DRAFT_CHANGED = "draft_changed"  # it was continued elsewhere meanwhile
    DRAFT_GONE = "draft_gone"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    PRINTER_UNAVAILABLE = "printer_unavailable"
    PRINT_UNCERTAIN = "print_uncertain"
    SHEETS_OUT = "sheets_out"
    DOCUMENT_PRINTER_UNAVAILABLE = "document_printer_unavailable"
    SHEETS_UNCERTAIN = "sheets_uncertain"
    QUOTA_USED = "quota_used"
    CERTIFICATE_INVALID = "certificate_invalid"
    NOT_FOUND = "not_found"  # nothing is known under that number
    ITEM_WITHDRAWN = "item_withdrawn"
    PLATFORM_AWAY = "platform_away"
    REFUSED = "refused"
    UNEXPECTED = "unexpected"


def of_printer(status: Status) -> Trouble | None:
    """What keeps the receipt printer from printing, or None: an unanswered query stops no print."""
    match status:
        case PaperOut():
            return Trouble.PAPER_OUT
        case CoverOpen():
            return Trouble.COVER_OPEN
        case _:
            return None if usable(status) else Trouble.PRINTER_UNAVAILABLE


def of_document_printer(status: Status) -> Trouble | None:
    """What keeps sheets from being printed, or None."""
    match status:
        case PaperOut():
            return Trouble.SHEETS_OUT
        case _:
            return None if usable(status) else Trouble.DOCUMENT_PRINTER_UNAVAILABLE


def of_read(fault: Fault) -> Trouble:
    """What a failed read means: laying the card down again helps, or it does not."""
    if (trouble := _OF_CARD.get(fault.code)) is not None:
        return trouble
    if fault.code.startswith("card.") or fault.advice is Advice.RETRY:
        return Trouble.CARD_UNREADABLE
    return Trouble.READER_UNAVAILABLE


_OF_CARD = {
    "card.left": Trouble.CARD_LEFT,
    "card.removed": Trouble.CARD_REMOVED,
    "card.bank": Trouble.CARD_REFUSED,
    "card.unknown": Trouble.CARD_REFUSED,
    "card.wrong_type": Trouble.CARD_REFUSED,
}
