"""What is said about e-certificates."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sandbox.platform.messages import (
    Certificate,
    Code,
    HeldCertificate,
    Message,
    Person,
    Request,
    Text,
)

Count = Annotated[int, Field(ge=0)]


class OfPerson(Request):
    """Whose certificates."""

    person: Person


class PrintCertificate(Request):
    """Who wants a print, and where it comes out."""

    person: Person
    terminal: Code


class Print(PrintCertificate):
    """The same with the number that stands in the address."""

    certificate: Code


class HeldCertificates(Message):
    """What somebody holds, valid or not: what is about themselves first, and the newest first."""

    certificates: tuple[HeldCertificate, ...]


class OpenedCertificate(Message):
    """A certificate, and how often it may still be printed today."""

    certificate: Certificate
    left: Count


class Grant(Message):
    """Leave to print it once; `watermark` is to stand on the print."""

    watermark: Text
    copy_: Annotated[int, Field(ge=1, alias="copy", description="of today, from 1")]
    left: Count
