"""What all desks share: registry, clock, catalogue, the residents and what is on record of them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from http import HTTPStatus

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.core.catalogue import Catalogue
from sandbox import records
from sandbox.platform.clock import Clock
from sandbox.platform.messages import Message
from sandbox.platform.problems import ProblemError
from sandbox.platform.refusals import RefusalError
from sandbox.platform.registry import Answer, KeyReusedError, Registry, Transaction
from sandbox.platform.terms import Terms
from sandbox.residents import ON_RECORD, Resident

CHECK_CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is read for another

_BY_NUMBER = {resident.card.id_number.reveal(): resident for resident in ON_RECORD}


def random_check_code() -> str:
    """Eight letters and digits: 40 bits that nobody can guess."""
    return "".join(secrets.choice(CHECK_CODE_LETTERS) for _ in range(8))


def random_token() -> str:
    """An address that nobody can guess: 128 bits."""
    return secrets.token_urlsafe(16)


@dataclass(slots=True)
class Office:
    """Handed to every desk; `address` is the platform's own, for links and QR codes.

    `catalogue` is the one in force; another may be issued at run time. `rejecting` are codes of
    materials that do not serve the next time they are brought, for whoever plays with it, and
    `delivered` is what terminals get instead of the catalogue in force. `key` signs the catalogue.
    """

    registry: Registry
    address: str
    catalogue: Catalogue
    clock: Clock = field(default_factory=Clock)
    terms: Terms = field(default_factory=Terms)
    check_code: Callable[[], str] = random_check_code
    token: Callable[[], str] = random_token
    rejecting: set[str] = field(default_factory=set)
    delivered: bytes | None = None
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate, repr=False)

    def now(self) -> datetime:
        """The platform's time, aware."""
        return self.clock.now()

    def today(self) -> date:
        """The platform's day."""
        return self.clock.today()

    def once(self, key: str, request: Message, work: Callable[[Transaction], Message]) -> Answer:
        """The answer of `work`, made once for a key and then repeated, letter by letter.

        The kind of request counts, so that a key serves one request alone: otherwise ProblemError.
        """
        fingerprint = f"{type(request).__name__} {request.json_text()}".encode()
        try:
            return self.registry.once(key, fingerprint, lambda t: work(t).json_text())
        except KeyReusedError:
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "key_reused",
                "The idempotency key came with another request before.",
            ) from None

    def decided(self, key: str, request: Message, work: Callable[[Transaction], Message]) -> Answer:
        """The same of work that may end in RefusalError: an answer too, which undoes all else."""

        def outcome(transaction: Transaction) -> Message:
            try:
                with transaction.attempt():
                    return work(transaction)
            except RefusalError as error:
                return error.refused

        return self.once(key, request, outcome)

    def resident(self, id_number: str) -> Resident | None:
        """Whoever has that ID number, or None: nobody the district knows."""
        return _BY_NUMBER.get(id_number)

    def records(self, id_number: str) -> Mapping[str, str]:
        """What is on record of somebody, by the catalogue's `shared` names; {} of a stranger."""
        resident = self.resident(id_number)
        return records.of(resident) if resident else {}

    def knows_file(self, transaction: Transaction, sha256: str) -> bool:
        """Whether the bytes of that digest were handed in."""
        return transaction.one("SELECT 1 FROM file WHERE sha256 = ?", (sha256,)) is not None
