"""The platform without a network between: for tests in which time and trouble come as told."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.core.cases import Decision
from kiosk.core.catalogue import Catalogue
from kiosk.services.platform import (
    LeftRating,
    PlatformProtocolError,
    PlatformUnavailable,
    Submission,
)
from kiosk.services.platform_schema import (
    DECISION,
    CatalogueMessage,
    application_body,
    rating_body,
)
from sandbox.clock import VirtualClock
from sandbox.platform import messages, offer
from sandbox.platform.office import Office

PATIENCE = 10.0  # seconds after which a request that hangs is given up, as the adapter does


class Trouble(StrEnum):
    """What happens to one request on its way."""

    NONE = "none"
    LOST = "lost"  # it never arrives
    UNANSWERED = "unanswered"  # it is done, and the answer is lost
    NONSENSE = "nonsense"  # it is done, and the answer is not to be understood
    LATE = "late"  # it is done, and the answer comes too late


@dataclass(slots=True)
class DirectPlatform:
    """Asks the office itself. `troubles` come one a request; after them, `afterwards`."""

    office: Office
    clock: VirtualClock
    troubles: deque[Trouble] = field(default_factory=deque)
    afterwards: Trouble = Trouble.NONE
    asked: list[tuple[float, str]] = field(default_factory=list)  # when, with which key

    async def catalogue(self) -> Catalogue:
        """What the platform offers."""
        return CatalogueMessage.model_validate_json(
            offer.CATALOGUE.model_dump_json(by_alias=True)
        ).value()

    async def submit(self, submission: Submission, key: str) -> Decision:
        """The office's decision, if it comes through."""
        body = application_body(
            submission.application,
            terminal=submission.terminal,
            number=submission.number,
            made_at=submission.made_at.isoformat(),
        )
        application = messages.Application.model_validate(body)
        answer = await self._ask(lambda: self.office.apply(application, key).value, key)
        decision = DECISION.validate_json(answer.model_dump_json(by_alias=True))
        return decision.value(submission.application.language)

    async def rate(self, left: LeftRating, key: str) -> None:
        """The rating, if it comes through."""
        body = messages.Rating.model_validate(rating_body(left.rating, terminal=left.terminal))
        await self._ask(lambda: self.office.rate(body, key).value, key)

    async def reachable(self) -> bool:
        """Whether the next request would come through."""
        return (self.troubles[0] if self.troubles else self.afterwards) is Trouble.NONE

    async def aclose(self) -> None:
        """Nothing is open."""

    async def _ask(self, work: Callable[[], messages.Message], key: str) -> messages.Message:
        self.asked.append((self.clock.seconds, key))
        trouble = self.troubles.popleft() if self.troubles else self.afterwards
        if trouble is Trouble.LOST:
            raise PlatformUnavailable("lost")
        answer = work()
        match trouble:
            case Trouble.UNANSWERED:
                raise PlatformUnavailable("unanswered")
            case Trouble.NONSENSE:
                raise PlatformProtocolError("nonsense")
            case Trouble.LATE:
                await self.clock.sleep(PATIENCE)
                raise PlatformUnavailable("late")
            case Trouble.NONE:
                return answer
