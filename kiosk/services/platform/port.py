"""The port: what a terminal asks of the platform, in the core's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.core.cases import Attachment, Decision, Wish
from kiosk.core.catalogue import Text
from kiosk.core.identity import Person
from kiosk.core.inquiries import Inquiry, Reply, Unanswered


class PlatformError(Exception):
    """The platform gave no answer that counts; the message holds nothing personal."""


class PlatformUnavailable(PlatformError):  # noqa: N818 - it says how the platform is
    """No answer: whether it was done is not known; ask again with the same key."""


class PlatformProtocolError(PlatformError):
    """It answered, and not as the contract says: staff must look at it."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A wish as it is sent, the same at every retry.

    `number` is the one on the resident's receipt when the wish is kept, so that staff find the case
    by it at the platform too; `made_at` is aware; `terminal` is what the terminal was called then.
    """

    wish: Wish
    number: str
    made_at: datetime
    terminal: str


@dataclass(frozen=True, slots=True)
class Grant:
    """A print of an e-certificate that is allowed: what lies under its text, and which it is.

    `copy` counts the prints of today from 1, `left` is how many more may follow.
    """

    watermark: Text
    copy: int
    left: int


class Platform(Protocol):
    """What a terminal asks of the platform; every method but `reachable` may raise PlatformError.

    A key is made once for a wish or a print and kept through every retry: whatever is asked with it
    happens once.
    """

    async def catalogue(self, known_etag: str | None) -> bytes | None:
        """The signed bundle of the catalogue; None while it is the one of that ETag."""
        ...

    async def deliver(self, sending: Sending, key: str) -> Decision:
        """The decision on a wish: the same one, however often it is asked with a key.

        The pages of it were stored before.
        """
        ...

    async def store_file(self, page: Attachment) -> None:
        """Hand in the contents of a page, which a wish or a draft then names by its digest.

        It may be there already.
        """
        ...

    async def consult(self, inquiry: Inquiry) -> Reply:
        """The answer to an inquiry; Unanswered where the platform says why there is none."""
        ...

    async def grant_print(self, person: Person, number: str, key: str) -> Grant | Unanswered:
        """Leave to print an e-certificate once: QUOTA_USED or CERTIFICATE_INVALID where not."""
        ...

    async def return_print(self, key: str) -> None:
        """Give back the leave of that key, of which nothing was printed; any number of times."""
        ...

    async def reachable(self) -> bool:
        """Whether the platform answers and says that it works; raises nothing."""
        ...

    async def aclose(self) -> None:
        """Close its connections; it can not be used again."""
        ...
