"""Dead Simple Signing Envelope, protocol v1, with Ed25519 (RFC 8032): bytes, and who signed them.

After github.com/secure-systems-lab/dsse: protocol.md 1.0.0 and envelope.md 1.0.2.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError

MEDIA_TYPE = "application/vnd.dsse+json"

_URL_SAFE = str.maketrans("-_", "+/")  # a verifier has to take both alphabets of base64


class EnvelopeError(Exception):
    """Bytes that are no envelope; the message says which member is wrong."""


class UnknownKeyError(Exception):
    """No signature is by a key that is trusted."""


class TamperedError(Exception):
    """A signature that names a trusted key does not fit what was signed."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature; `key_id` is a hint which key to try, empty where there is none."""

    key_id: str
    value: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """What was signed, what it is, and by whom it claims to be signed."""

    payload_type: str
    payload: bytes
    signatures: tuple[Signature, ...]


class _SignatureMessage(BaseModel):
    model_config = ConfigDict(strict=True, hide_input_in_errors=True)

    keyid: str | None = None
    sig: str


class _EnvelopeMessage(BaseModel):
    """The JSON envelope; members it does not name are ignored, as the specification asks."""

    model_config = ConfigDict(strict=True, hide_input_in_errors=True)

    payload: str
    payload_type: Annotated[str, Field(alias="payloadType")]
    signatures: tuple[_SignatureMessage, ...]


def pae(payload_type: str, payload: bytes) -> bytes:
    """What is signed (Pre-Authentication Encoding): type and payload with their lengths."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def read(envelope: bytes) -> Envelope:
    """An envelope taken apart, nothing of it verified yet; EnvelopeError."""
    try:
        message = _EnvelopeMessage.model_validate_json(envelope)
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False, include_url=False)[0]
        member = ".".join(map(str, first["loc"])) or "envelope"
        raise EnvelopeError(f"{member}: {first['msg']}") from None
    signatures = tuple(
        Signature(one.keyid or "", _decoded(f"signatures.{at}.sig", one.sig))
        for at, one in enumerate(message.signatures)
    )
    return Envelope(message.payload_type, _decoded("payload", message.payload), signatures)


def sign(payload_type: str, payload: bytes, key: Ed25519PrivateKey, key_id: str) -> bytes:
    """The envelope around a payload, signed with one key."""
    signature = {"keyid": key_id, "sig": _encoded(key.sign(pae(payload_type, payload)))}
    return orjson.dumps(
        {"payload": _encoded(payload), "payloadType": payload_type, "signatures": [signature]}
    )


def signer(envelope: Envelope, trusted: Mapping[str, Ed25519PublicKey]) -> str:
    """The id of a trusted key that signed it; UnknownKeyError, TamperedError.

    The envelope's own key ids only narrow down which keys are tried; what counts is the key.
    """
    signed = pae(envelope.payload_type, envelope.payload)
    tried = [
        (key_id, key, signature.value)
        for signature in envelope.signatures
        for key_id, key in trusted.items()
        if signature.key_id in {"", key_id}
    ]
    if not tried:
        raise UnknownKeyError
    for key_id, key, value in tried:
        try:
            key.verify(value, signed)
        except InvalidSignature:
            continue
        return key_id
    raise TamperedError


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decoded(member: str, text: str) -> bytes:
    try:
        return binascii.a2b_base64(text.translate(_URL_SAFE), strict_mode=True)
    except ValueError:
        raise EnvelopeError(f"{member}: not base64") from None
