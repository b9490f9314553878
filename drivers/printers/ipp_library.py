"""pyipp, which encodes and decodes IPP; the only module that imports it.

Of the library the encoder of attributes and the parser are used. Its client is left alone: it can
not be stopped in the middle, and does not check certificates.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyipp.enums import IppJobState as JobState
from pyipp.enums import IppOperation as Operation
from pyipp.enums import IppStatus as Code
from pyipp.enums import IppTag as Tag
from pyipp.parser import parse
from pyipp.serializer import construct_attribute

from drivers.errors import RemoteProtocolError
from drivers.protocols.ipp import HEADER, sift

__all__ = ["Answer", "Attribute", "Code", "JobState", "Operation", "Tag"]
__all__ += ["collection", "decode", "encode"]

VERSION = (1, 1)  # printers of 2.x have to understand it, and old ones refuse 2.0

Attributes = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a request: its name, the tag of its type, and its value or values."""

    name: str
    tag: Tag
    value: object

    def to_bytes(self) -> bytes:
        """It on the wire."""
        return construct_attribute(self.name, self.value, self.tag)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a printer answered: the status code, its words for it, printers and jobs described."""

    status: int
    message: str
    printers: Sequence[Attributes] = field(repr=False)
    jobs: Sequence[Attributes] = field(repr=False)

    @property
    def good(self) -> bool:
        """Whether the operation succeeded."""
        return 0 <= self.status < 0x0100

    @property
    def words(self) -> str:
        """The status by its name, with the printer's own words."""
        name = Code(self.status).name if self.status in set(Code) else f"status {self.status:#06x}"
        name = name.removeprefix("ERROR_").lower().replace("_", "-")
        return f"{name}: {self.message}" if self.message else name


def collection(name: str, members: Sequence[Attribute]) -> bytes:
    """An attribute that is a collection on the wire (RFC 8010, 3.1.6)."""
    parts = [construct_attribute(name, "", Tag.BEGIN_COLLECTION)]
    for member in members:
        parts += [
            construct_attribute("", member.name, Tag.MEMBER_NAME),
            construct_attribute("", member.value, member.tag),
        ]
    return b"".join(parts) + construct_attribute("", "", Tag.END_COLLECTION)


def encode(operation: Operation, request_id: int, about: Sequence[Attribute], job: bytes) -> bytes:
    """A request on the wire; `job` is the group of job attributes, encoded."""
    header = struct.pack(">bbhi", *VERSION, operation, request_id)
    groups = bytes([Tag.OPERATION]) + b"".join(attribute.to_bytes() for attribute in about)
    return header + groups + (bytes([Tag.JOB]) + job if job else b"") + bytes([Tag.END])


def decode(data: bytes, wanted: Collection[str]) -> Answer:
    """The answer, with the `wanted` attributes of printers and jobs; RemoteProtocolError."""
    if len(data) < HEADER + 1:
        raise RemoteProtocolError(f"no IPP answer: {len(data)} bytes")
    try:
        parsed = parse(sift(data, wanted))
    except RemoteProtocolError:
        raise
    except Exception as error:  # noqa: BLE001 # the library lets through whatever it stumbles over
        raise RemoteProtocolError(f"no IPP answer: {type(error).__name__}") from None
    message = parsed["operation-attributes"].get("status-message", "")
    return Answer(
        parsed["status-code"],
        message if isinstance(message, str) else "",
        parsed["printers"],
        parsed["jobs"],
    )
