"""What all prints have in common: written down before they begin, and how they ended after."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from drivers.device import DeviceKind, NotFitted, PrintEvidence, PrintOutcome, Unknown
from kiosk.services.hands.tools import Tools
from kiosk.services.ledger import PrintTicket

NOT_FITTED: Final = PrintOutcome(PrintEvidence.NOT_STARTED, NotFitted())
NOTHING: Final = PrintOutcome(PrintEvidence.NOT_STARTED, Unknown())


class Prints:
    """The prints of one printer."""

    def __init__(self, tools: Tools, kind: DeviceKind) -> None:
        self._tools = tools
        self._kind = kind

    async def run(
        self,
        subject: str,
        prepare: Callable[[PrintTicket], Awaitable[bytes]],
        send: Callable[[bytes, PrintTicket], Awaitable[PrintOutcome]],
        *,
        copy: int = 0,
    ) -> PrintOutcome:
        """Print what `prepare` makes; whatever that raises is raised, and nothing went out then."""
        intents = self._tools.intents
        ticket = await intents.begin_print(subject, copy=copy)
        try:
            data = await prepare(ticket)
        except Exception:
            await intents.finish_print(ticket, NOTHING)
            raise
        outcome = await send(data, ticket)
        await intents.finish_print(ticket, outcome)
        self._tools.devices.note(self._kind, outcome.status)
        return outcome
