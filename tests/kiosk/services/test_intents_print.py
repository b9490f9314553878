"""Prints as intents: named by their evidence, and never passed off as the first."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from random import Random

import pytest

from drivers.device import PrintEvidence, PrintOutcome, Ready
from kiosk.core.cases import Application, Kept, Outcome, Refused
from kiosk.core.catalogue import Language
from kiosk.core.effects import PrintReceipt
from kiosk.services.intents import Intents
from kiosk.services.platform import HttpPlatform
from kiosk.services.platform_schema import CatalogueMessage
from kiosk.services.store import Store
from sandbox.clock import VirtualClock
from sandbox.platform import offer

CATALOGUE = CatalogueMessage.model_validate_json(offer.CATALOGUE.model_dump_json(by_alias=True))
SwitchOn = Callable[[], Intents]


@pytest.fixture
def switch_on(store: Store, clock: VirtualClock) -> SwitchOn:
    """A terminal that was just switched on, as often as it is called; it sends nothing."""
    seeds = itertools.count()

    def start() -> Intents:
        return Intents(
            store,
            HttpPlatform("http://127.0.0.1:1"),
            terminal="HY0001",
            now=clock.now,
            rng=Random(next(seeds)),  # noqa: S311 - nothing is secret here
        )

    return start


def receipt_of(application: Application, outcome: Outcome, copy: int = 0) -> PrintReceipt:
    """The effect of printing a receipt; what is on it does not matter here."""
    assert not isinstance(outcome, Refused)
    [item] = CATALOGUE.value().items
    return PrintReceipt(1, item, application.applicant, outcome, Language.CHINESE, copy)


async def test_whatever_may_be_out_makes_the_next_print_a_copy(
    switch_on: SwitchOn, application: Application
) -> None:
    """Only a print that did not start leaves the next one the original."""
    intents = switch_on()
    what = receipt_of(application, Kept("HY0001-261123-48017-K"))
    copies = []
    for evidence in PrintEvidence:
        ticket = await intents.begin_print(what)
        copies.append((evidence, ticket.copy))
        await intents.finish_print(ticket, PrintOutcome(evidence, Ready()))
    assert copies == [
        (PrintEvidence.CONFIRMED, 0),
        (PrintEvidence.SENT, 1),
        (PrintEvidence.UNKNOWN, 2),
        (PrintEvidence.NOT_STARTED, 3),
    ]
    assert (await intents.begin_print(what)).copy == 3
    other = receipt_of(application, Kept("HY0001-261123-48018-H"))
    assert (await intents.begin_print(other)).copy == 0


async def test_a_print_that_nobody_saw_end_is_unknown_at_the_next_start(
    switch_on: SwitchOn, application: Application
) -> None:
    """It is told once, and what is printed after it is a copy."""
    what = receipt_of(application, Kept("HY0001-261123-48017-K"))
    ticket = await switch_on().begin_print(what)
    after = switch_on()
    assert (await after.start()).prints == (ticket,)
    assert (await after.begin_print(what)).copy == 1
    assert ticket not in (await switch_on().start()).prints
