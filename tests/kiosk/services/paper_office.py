"""The platform's end of the contract without a network, in time that is moved by hand."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

from kiosk.core.cases import (
    Accepted,
    Application,
    Attachment,
    Certificate,
    Complaint,
    Decision,
    Issued,
    Noted,
    Rating,
    Refused,
    Supplement,
    Wish,
)
from kiosk.core.identity import Person
from kiosk.core.inquiries import Inquiry, Reply, Unanswered
from kiosk.core.troubles import Trouble as Obstacle
from kiosk.services.platform import Grant, PlatformProtocolError, PlatformUnavailable, Sending
from sandbox.clock import START, VirtualClock

T = TypeVar("T")

PROOF, PERMIT, CLOSED = "proof", "permit", "closed"  # issued at once, decided later, refused
PATIENCE = 10.0  # seconds after which a request that hangs is given up, as the adapter does


class Trouble(StrEnum):
    """What happens to one request on its way."""

    NONE = "none"
    LOST = "lost"  # it never arrives
    HANGING = "hanging"  # nor does it, which takes its time to notice
    UNANSWERED = "unanswered"  # it is done, and the answer is lost
    NONSENSE = "nonsense"  # it is done, and the answer is not to be understood
    LATE = "late"  # it is done, and the answer comes too late


async def _at_once() -> None:
    """Nothing to wait for."""


@dataclass
class PaperOffice:
    """One decision for a key; keeps what came in.

    `troubles` come one a request; after them, `afterwards`. `step` is awaited before and after each
    request is worked on.
    """

    clock: VirtualClock
    troubles: deque[Trouble] = field(default_factory=deque)
    afterwards: Trouble = Trouble.NONE
    step: Callable[[], Awaitable[None]] = _at_once
    asked: list[tuple[float, str]] = field(default_factory=list)  # when, with which key
    sendings: dict[str, Sending] = field(default_factory=dict)  # by key
    decisions: dict[str, Decision] = field(default_factory=dict)  # by key
    files: dict[str, bytes] = field(default_factory=dict)  # by digest
    puts: list[str] = field(default_factory=list)  # digests, as often as they came

    async def catalogue(self, known_etag: str | None) -> bytes | None:
        """Nothing new is offered here."""
        del known_etag
        return None

    async def deliver(self, sending: Sending, key: str) -> Decision:
        """Decide once; what names a page that is not here, or comes with a used key, is wrong."""
        self.asked.append((self.clock.seconds, key))
        return await self._under_way(lambda: self._decide(sending, key))

    async def store_file(self, page: Attachment) -> None:
        """Keep a page, whose digest has to be its own."""
        await self._under_way(lambda: self._keep(page))

    async def consult(self, inquiry: Inquiry) -> Reply:
        """Nobody asks here."""
        del inquiry
        return Unanswered(Obstacle.NOT_FOUND)

    async def grant_print(self, person: Person, number: str, key: str) -> Grant | Unanswered:
        """Nobody prints here."""
        del person, number, key
        return Unanswered(Obstacle.QUOTA_USED)

    async def return_print(self, key: str) -> None:
        """Nor gives anything back."""

    async def reachable(self) -> bool:
        """Whether the next request would come through."""
        return (self.troubles[0] if self.troubles else self.afterwards) is Trouble.NONE

    async def aclose(self) -> None:
        """Nothing is open."""

    def _keep(self, page: Attachment) -> None:
        assert page.content is not None
        if sha256(page.content).hexdigest() != page.sha256:
            raise PlatformProtocolError("wrong_digest")
        self.puts.append(page.sha256)
        self.files[page.sha256] = page.content

    def _decide(self, sending: Sending, key: str) -> Decision:
        if self.sendings.setdefault(key, sending) != sending:
            raise PlatformProtocolError("key_reused")
        if not {page.sha256 for page in pages_of(sending.wish)} <= set(self.files):
            del self.sendings[key]
            raise PlatformProtocolError("unknown_file")
        if key not in self.decisions:
            self.decisions[key] = decide(sending.wish, f"CASE-{len(self.decisions)}")
        return self.decisions[key]

    async def _under_way(self, work: Callable[[], T]) -> T:
        trouble = self.troubles.popleft() if self.troubles else self.afterwards
        await self.step()
        if trouble is Trouble.HANGING:
            await self.clock.sleep(PATIENCE)
        if trouble in {Trouble.LOST, Trouble.HANGING}:
            raise PlatformUnavailable(trouble)
        done = work()
        await self.step()
        if trouble is Trouble.LATE:
            await self.clock.sleep(PATIENCE)
        if trouble in {Trouble.UNANSWERED, Trouble.LATE}:
            raise PlatformUnavailable(trouble)
        if trouble is Trouble.NONSENSE:
            raise PlatformProtocolError(trouble)
        return done


def pages_of(wish: Wish) -> Iterator[Attachment]:
    """Every page that a wish names."""
    if isinstance(wish, Application | Supplement):
        for material in wish.materials:
            yield from material.pages


def page(content: bytes) -> Attachment:
    """A page of these contents."""
    return Attachment(sha256(content).hexdigest(), content=content)


def decide(wish: Wish, number: str) -> Decision:
    """What the office decides on a wish."""
    match wish:
        case Application(code=code) if code == CLOSED:
            return Refused("item_withdrawn", "该事项已停办")
        case Application(code=code, applicant=applicant) if code == PROOF:
            return Issued(number, certificate(applicant, number))
        case Application():
            day = START.date()
            return Accepted(number, day + timedelta(days=5), day + timedelta(days=20))
        case Complaint():
            return Noted(number, START.date() + timedelta(days=15))
        case Rating(case_number=case_number):
            return Noted(case_number)
        case _:
            return Noted(number)


def certificate(holder: Person, number: str) -> Certificate:
    """A certificate of that person."""
    return Certificate(
        number=number,
        check_code="7K3M9QXD",
        kind="pension_proof",
        title="参保证明",
        holder=holder.name,
        holder_id=holder.id_number,
        issued_at=START,
        issuer="示例区人力资源和社会保障局",
        verify_url="https://platform.example/verify",
        facts=(),
    )
