"""The platform's work without HTTP: applications decided, certificates issued, ratings taken."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from hmac import compare_digest
from http import HTTPStatus
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from sandbox.platform import offer
from sandbox.platform.decisions import decide
from sandbox.platform.messages import (
    Application,
    Certificate,
    Decision,
    InsuranceRecord,
    Issued,
    Message,
    Rated,
    Rating,
    Refused,
)
from sandbox.platform.problems import ProblemError
from sandbox.platform.registry import Answer, KeyReusedError, Registry, Transaction
from sandbox.residents import Pension

BEIJING = timezone(timedelta(hours=8))  # the one legal time of the country, without summer time
CHECK_CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is read for another

T = TypeVar("T")

_DECISION: TypeAdapter[Issued | Refused] = TypeAdapter(Decision)


def beijing_time() -> datetime:
    """Now, to the second."""
    return datetime.now(BEIJING).replace(microsecond=0)


def random_check_code() -> str:
    """Eight letters and digits: 40 bits that nobody can guess."""
    return "".join(secrets.choice(CHECK_CODE_LETTERS) for _ in range(8))


@dataclass(frozen=True, slots=True)
class Answered(Generic[T]):
    """What is answered, and whether the same was answered to the same key before."""

    value: T
    repeated: bool


@dataclass(frozen=True, slots=True)
class Office:
    """Decides by the residents' records and keeps each decision; `address` is its own, for QRs."""

    registry: Registry
    address: str
    now: Callable[[], datetime] = beijing_time
    check_code: Callable[[], str] = random_check_code

    def apply(self, application: Application, key: str) -> Answered[Issued | Refused]:
        """The decision, made once for a key; ProblemError when the key was another request's."""

        def decided(transaction: Transaction) -> str:
            return _json(self._decide(application, transaction))

        answer = self._once(key, application, decided)
        return Answered(_DECISION.validate_json(answer.body), answer.repeated)

    def rate(self, rating: Rating, key: str) -> Answered[Rated]:
        """Take one rating for a case; ProblemError when the case is unknown or has one."""

        def taken(transaction: Transaction) -> str:
            if transaction.item_of(rating.case_number) != rating.item_code:
                raise ProblemError(
                    HTTPStatus.UNPROCESSABLE_ENTITY,
                    "unknown_case",
                    "There is no such case of that item.",
                )
            if not transaction.add_rating(rating.case_number, rating.grade):
                raise ProblemError(HTTPStatus.CONFLICT, "already_rated", "The case has its rating.")
            return _json(Rated(case_number=rating.case_number))

        answer = self._once(key, rating, taken)
        return Answered(Rated.model_validate_json(answer.body), answer.repeated)

    def verify(self, number: str, code: str) -> Certificate | None:
        """The certificate, if it was issued with that check code."""
        body = self.registry.certificate(number)
        if body is None:
            return None
        certificate = Certificate.model_validate_json(body)
        right = compare_digest(certificate.check_code.encode(), code.upper().encode())
        return certificate if right else None

    def _once(self, key: str, request: Message, answer: Callable[[Transaction], str]) -> Answer:
        """The kept answer; the kind of request counts, so that a key serves one request alone."""
        fingerprint = f"{type(request).__name__} {_json(request)}".encode()
        try:
            return self.registry.once(key, fingerprint, answer)
        except KeyReusedError:
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "key_reused",
                "The idempotency key came with another request before.",
            ) from None

    def _decide(self, application: Application, transaction: Transaction) -> Issued | Refused:
        now = self.now()
        decision = decide(application, now.date())
        if isinstance(decision, Refused):
            return decision
        sequence = transaction.next_sequence()
        case_number = f"990000{now:%Y%m%d}{sequence:06d}"
        certificate = self._certificate(application, decision, f"CB{case_number}", now)
        transaction.add_case(
            sequence, case_number, application.item_code, certificate.number, _json(certificate)
        )
        return Issued(case_number=case_number, certificate=certificate)

    def _certificate(
        self, application: Application, pension: Pension, number: str, now: datetime
    ) -> Certificate:
        code = self.check_code()
        return Certificate(
            number=number,
            check_code=code,
            title=offer.CERTIFICATE,
            holder=application.applicant.name,
            holder_id=application.applicant.id_number,
            issued_at=now,
            issuer=offer.ISSUER,
            verify_url=f"{self.address}/v1/certificates/{number}/verify?code={code}",
            record=InsuranceRecord(
                insured_since=pension.insured_since,
                status=pension.status,
                paid_years=pension.paid_years,
                paid_total=pension.paid_total,
                agency=pension.agency,
            ),
        )


def _json(message: Message) -> str:
    return message.model_dump_json(by_alias=True)
