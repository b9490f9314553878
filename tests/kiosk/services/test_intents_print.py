"""Prints as intents: named by their evidence, and never passed off as the first."""

from __future__ import annotations

from drivers.device import PrintEvidence, PrintOutcome, Ready
from kiosk.services.store import Store
from sandbox.clock import VirtualClock
from tests.kiosk.services.paper_office import PaperOffice
from tests.kiosk.services.switched_on import terminal

RECEIPT = "HY0001-261123-48017-K"


async def test_whatever_may_be_out_makes_the_next_print_a_copy(
    store: Store, platform: PaperOffice, clock: VirtualClock
) -> None:
    """Only a print that did not start leaves the next one the original."""
    intents = terminal(store, platform, clock)
    copies = []
    for evidence in PrintEvidence:
        ticket = await intents.begin_print(RECEIPT)
        copies.append((evidence, ticket.copy))
        await intents.finish_print(ticket, PrintOutcome(evidence, Ready()))
    assert copies == [
        (PrintEvidence.CONFIRMED, 0),
        (PrintEvidence.SENT, 1),
        (PrintEvidence.UNKNOWN, 2),
        (PrintEvidence.NOT_STARTED, 3),
    ]
    assert (await intents.begin_print(RECEIPT)).copy == 3
    assert (await intents.begin_print("HY0001-261123-48018-H")).copy == 0


async def test_a_copy_that_was_asked_for_is_one_though_its_original_is_not_known_here(
    store: Store, platform: PaperOffice, clock: VirtualClock
) -> None:
    """Whoever asks may know of more prints than this terminal does."""
    intents = terminal(store, platform, clock)
    assert (await intents.begin_print(RECEIPT, copy=2)).copy == 2


async def test_a_print_that_nobody_saw_end_is_unknown_at_the_next_start(
    store: Store, platform: PaperOffice, clock: VirtualClock
) -> None:
    """It is told once, and what is printed after it is a copy."""
    ticket = await terminal(store, platform, clock).begin_print(RECEIPT)
    after = terminal(store, platform, clock)
    assert (await after.start()).prints == (ticket,)
    assert (await after.begin_print(RECEIPT)).copy == 1
    assert ticket not in (await terminal(store, platform, clock).start()).prints
