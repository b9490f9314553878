"""What stands in the way, as a resident meets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.core.troubles import Trouble
from screens.words import N_


@dataclass(frozen=True, slots=True)
class TroubleText:
    """What stands in the way, what to do, and what becomes of the request.

    `action` may say {hotline}.
    """

    title: str
    action: str
    fate: str


_NOTHING_SENT: Final = N_("Nothing has been sent yet, so nothing is lost.")
_FILLED_IN: Final = N_("What you have filled in so far is still here.")
_RECEIPT_ALONE: Final = N_("This concerns the receipt alone. What you asked for is not affected.")
_PRINT_ALONE: Final = N_("This concerns the print alone. You can print it again later.")
_NOTE_NUMBER: Final = N_(
    "Please write the number on this screen down, or photograph it with your phone."
)
_COUNTER: Final = N_("You can also do this at the service centre's counter, or call {hotline}.")

TROUBLES: Final = {
    Trouble.OUT_OF_SERVICE: TroubleText(
        N_("This terminal is closed at present"),
        N_("Please use another terminal nearby, or call {hotline}. It will be open again later."),
        _NOTHING_SENT,
    ),
    Trouble.NOT_READY: TroubleText(
        N_("This terminal is being prepared"),
        N_("Please come back later, or call {hotline}."),
        _NOTHING_SENT,
    ),
    # --- who is there
    Trouble.READER_UNAVAILABLE: TroubleText(
        N_("No card or code can be read"),
        N_("Please try again in a moment, use another terminal nearby, or call {hotline}."),
        _NOTHING_SENT,
    ),
    Trouble.CARD_LEFT: TroubleText(
        N_("A card was left on the reader"),
        N_("Please take it off. If it is yours, put it down again."),
        _NOTHING_SENT,
    ),
    Trouble.CARD_REMOVED: TroubleText(
        N_("The card was taken away too early"),
        N_("Please put it back and leave it there until this screen changes."),
        _NOTHING_SENT,
    ),
    Trouble.CARD_UNREADABLE: TroubleText(
        N_("The card could not be read"),
        N_("Please take the card out of its cover or wallet and try again."),
        _NOTHING_SENT,
    ),
    Trouble.CARD_EXPIRED: TroubleText(
        N_("This card is no longer valid"),
        N_("Please use a valid one. The police station's household desk issues new ID cards."),
        _NOTHING_SENT,
    ),
    Trouble.CARD_REFUSED: TroubleText(
        N_("This card can not be used here"),
        N_("Please use an ID card or a social security card. Bank cards do not count."),
        _NOTHING_SENT,
    ),
    Trouble.CODE_REFUSED: TroubleText(
        N_("This code is not valid any more"),
        N_("Please refresh it on your phone and show it again, or use your ID card."),
        _NOTHING_SENT,
    ),
    Trouble.UNDERAGE: TroubleText(
        N_("You are too young to apply for this yourself"),
        N_("A parent or another guardian can apply for you. Questions: {hotline}."),
        _NOTHING_SENT,
    ),
    Trouble.FACE_UNAVAILABLE: TroubleText(
        N_("The camera is not working"),
        _COUNTER,
        _NOTHING_SENT,
    ),
    Trouble.FACE_NOT_SEEN: TroubleText(
        N_("Your face was not seen clearly"),
        N_("Please take off mask and hat, stand before the camera, and try again."),
        _NOTHING_SENT,
    ),
    Trouble.FACE_DIFFERS: TroubleText(
        N_("Your face and the card do not match"),
        N_("Is it your own card? Look straight into the camera and try again, or call {hotline}."),
        _NOTHING_SENT,
    ),
    Trouble.FACE_DECLINED: TroubleText(
        N_("You did not agree to the face check"),
        N_("That is your right. The service centre's counter does this without it: {hotline}."),
        _NOTHING_SENT,
    ),
    # --- what is brought
    Trouble.SCANNER_UNAVAILABLE: TroubleText(
        N_("The document camera is not working"),
        N_("Please choose another way, such as your phone, or call {hotline}."),
        _FILLED_IN,
    ),
    Trouble.PAGE_REFUSED: TroubleText(
        N_("This page could not be taken"),
        N_("Please lay it flat, all four corners in sight, and try again."),
        _FILLED_IN,
    ),
    Trouble.UPLOAD_ENDED: TroubleText(
        N_("The code for your phone has run out"),
        N_("Please ask for a new one and scan it again."),
        _FILLED_IN,
    ),
    Trouble.MATERIAL_REJECTED: TroubleText(
        N_("This paper can not be used"),
        N_("Please bring another one, or choose another way. Questions: {hotline}."),
        _FILLED_IN,
    ),
    Trouble.DRAFT_CHANGED: TroubleText(
        N_("This form was continued elsewhere"),
        N_("Please open it again, so that you go on with the newest one."),
        N_("What was filled in elsewhere is kept."),
    ),
    Trouble.DRAFT_GONE: TroubleText(
        N_("The kept form is not there any more"),
        N_("Its time has run out. Please fill it in again."),
        _NOTHING_SENT,
    ),
    # --- paper
    Trouble.PAPER_OUT: TroubleText(N_("The printer has no paper"), _NOTE_NUMBER, _RECEIPT_ALONE),
    Trouble.COVER_OPEN: TroubleText(
        N_("The printer's cover is open"), _NOTE_NUMBER, _RECEIPT_ALONE
    ),
    Trouble.PRINTER_UNAVAILABLE: TroubleText(
        N_("The printer is not working"), _NOTE_NUMBER, _RECEIPT_ALONE
    ),
    Trouble.PRINT_UNCERTAIN: TroubleText(
        N_("Did the receipt come out?"),
        N_("Please look at the paper slot. If it is empty, print again: that one is a copy."),
        _RECEIPT_ALONE,
    ),
    Trouble.SHEETS_OUT: TroubleText(
        N_("The document printer has no paper"),
        N_("Please ask the people here for paper, or print it at another terminal."),
        _PRINT_ALONE,
    ),
    Trouble.DOCUMENT_PRINTER_UNAVAILABLE: TroubleText(
        N_("The document printer is not working"),
        N_("Please print it at another terminal, or call {hotline}."),
        _PRINT_ALONE,
    ),
    Trouble.SHEETS_UNCERTAIN: TroubleText(
        N_("Did all sheets come out?"),
        N_("Please look at the printer. If one is missing, print again."),
        _PRINT_ALONE,
    ),
    Trouble.QUOTA_USED: TroubleText(
        N_("Today's free prints are used up"),
        N_("Please come back tomorrow, or print at the service centre."),
        _PRINT_ALONE,
    ),
    # --- what the platform says
    Trouble.CERTIFICATE_INVALID: TroubleText(
        N_("This certificate does not count now"),
        N_("It has run out or was withdrawn. To renew it, call {hotline}."),
        N_("Your other certificates are not affected."),
    ),
    Trouble.NOT_FOUND: TroubleText(
        N_("Nothing was found"),
        N_("Please check the number and type it again, or call {hotline}."),
        N_("That does not mean that your case is lost."),
    ),
    Trouble.ITEM_WITHDRAWN: TroubleText(
        N_("This service is not offered here any more"),
        N_("Please choose another service, or call {hotline}."),
        _NOTHING_SENT,
    ),
    Trouble.PLATFORM_AWAY: TroubleText(
        N_("The network is down"),
        N_("This needs the network. Please try again in a moment, or call {hotline}."),
        _FILLED_IN,
    ),
    Trouble.REFUSED: TroubleText(
        N_("Your request was not approved"),
        N_("If you have questions, call {hotline} or ask at the service hall."),
        N_("The request is closed and nothing was issued. You may apply again later."),
    ),
    Trouble.UNEXPECTED: TroubleText(
        N_("Something went wrong in this terminal"),
        N_("It is not your fault. Please start again, or call {hotline}."),
        N_("What you have already sent is not lost."),
    ),
}
