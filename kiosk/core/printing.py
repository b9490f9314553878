"""What is known of a print, as its screen shows it."""

from __future__ import annotations

from drivers.device import PrintEvidence, PrintOutcome
from kiosk.core import troubles
from kiosk.core.troubles import Trouble
from kiosk.core.views import PrintDone, PrintFailed, PrintState


def of_receipt(outcome: PrintOutcome) -> PrintState:
    """How a receipt ended, by its evidence."""
    trouble = troubles.of_printer(outcome.status)
    return _state(outcome, trouble, Trouble.PRINT_UNCERTAIN, Trouble.PRINTER_UNAVAILABLE)


def of_sheets(outcome: PrintOutcome) -> PrintState:
    """How a print on sheets ended, by its evidence."""
    trouble = troubles.of_document_printer(outcome.status)
    return _state(outcome, trouble, Trouble.SHEETS_UNCERTAIN, Trouble.DOCUMENT_PRINTER_UNAVAILABLE)


def may_be_out(outcome: PrintOutcome) -> bool:
    """Whether any of it may have left the printer: only what never began surely did not."""
    return outcome.evidence is not PrintEvidence.NOT_STARTED


def _state(
    outcome: PrintOutcome, trouble: Trouble | None, uncertain: Trouble, unavailable: Trouble
) -> PrintState:
    match outcome.evidence:
        case PrintEvidence.CONFIRMED | PrintEvidence.SENT as evidence:
            return PrintDone(confirmed=evidence is PrintEvidence.CONFIRMED)
        case PrintEvidence.UNKNOWN:
            return PrintFailed(trouble or uncertain)
        case PrintEvidence.NOT_STARTED:
            return PrintFailed(trouble or unavailable)
