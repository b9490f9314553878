"""The catalogue as it is delivered: a signed bundle, and everything that keeps it from counting."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.core.catalogue import Catalogue
from kiosk.core.catalogue.checks import faults
from kiosk.core.catalogue.faults import CatalogueFault
from kiosk.core.catalogue.reading import NotACatalogueError, read
from kiosk.services import dsse

PAYLOAD_TYPE = "application/vnd.doorstep.catalogue.v1+json"

TrustedKeys = Mapping[str, Ed25519PublicKey]


class Reason(StrEnum):
    """Why a bundle does not count: stable codes, for logs, scripts and the fleet."""

    MALFORMED = "malformed"  # no envelope, or of something else
    UNKNOWN_KEY = "unknown_key"
    TAMPERED = "tampered"
    OLDER = "older"  # than what is in force
    EXPIRED = "expired"
    NOT_VALID = "not_valid"
    UNREADABLE = "unreadable"  # its file
    TRIAL = "trial"  # it was tried, and failed


class BundleError(Exception):
    """A bundle that does not count: a code, a plain sentence, and each fault of its catalogue."""

    def __init__(
        self, reason: Reason, sentence: str, found: tuple[CatalogueFault, ...] = ()
    ) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.faults = found


@dataclass(frozen=True, slots=True)
class SignedCatalogue:
    """A catalogue with the bundle it came in, and the trusted key that signed it.

    `digest` is the bundle's SHA-256, 64 hexadecimal digits.
    """

    catalogue: Catalogue
    key_id: str
    digest: str
    bundle: bytes = field(repr=False)


def seal_bundle(catalogue: Catalogue, key: Ed25519PrivateKey, key_id: str) -> bytes:
    """The signed bundle of a catalogue: a DSSE envelope in JSON."""
    payload = catalogue.model_dump_json(by_alias=True, exclude_none=True).encode()
    return dsse.sign(PAYLOAD_TYPE, payload, key, key_id)


def open_bundle(
    bundle: bytes, trusted: TrustedKeys, now: datetime, serial_in_force: int
) -> SignedCatalogue:
    """The catalogue of a bundle that may come into force; BundleError. `now` is aware."""
    signed = verify_bundle(bundle, trusted)
    catalogue = signed.catalogue
    if catalogue.serial < serial_in_force:
        sentence = f"it is number {catalogue.serial}, and {serial_in_force} is in force"
        raise BundleError(Reason.OLDER, sentence)
    if has_expired(catalogue, now):
        raise BundleError(Reason.EXPIRED, f"it counted until {catalogue.expires_at:%Y-%m-%d %H:%M}")
    if found := faults(catalogue):
        raise _not_valid(found)
    return signed


def verify_bundle(bundle: bytes, trusted: TrustedKeys) -> SignedCatalogue:
    """The catalogue of a bundle that a trusted key signed, whether or not its time is over.

    BundleError. Nothing of the payload is looked at before its signature is verified.
    """
    try:
        envelope = dsse.read(bundle)
        key_id = dsse.signer(envelope, trusted)
    except dsse.EnvelopeError as error:
        raise BundleError(Reason.MALFORMED, f"it is no signed bundle: {error}") from None
    except dsse.UnknownKeyError:
        sentence = "none of its signatures is by a key that this terminal trusts"
        raise BundleError(Reason.UNKNOWN_KEY, sentence) from None
    except dsse.TamperedError:
        sentence = "its signature does not fit: it was changed, or another key signed it"
        raise BundleError(Reason.TAMPERED, sentence) from None
    return SignedCatalogue(_payload(envelope), key_id, digest(bundle), bundle)


def _payload(envelope: dsse.Envelope) -> Catalogue:
    """The catalogue in an envelope; BundleError."""
    if envelope.payload_type != PAYLOAD_TYPE:
        raise BundleError(Reason.MALFORMED, f"what was signed is not {PAYLOAD_TYPE}")
    try:
        return read(envelope.payload)
    except NotACatalogueError as error:
        raise _not_valid(error.faults) from None


def has_expired(catalogue: Catalogue, now: datetime) -> bool:
    """Whether it counts no longer."""
    return catalogue.expires_at is not None and catalogue.expires_at <= now


def digest(bundle: bytes) -> str:
    """What tells one bundle from another: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(bundle).hexdigest()


def etag(bundle_digest: str) -> str:
    """The ETag under which a platform offers the bundle of this digest."""
    return f'"{bundle_digest}"'


def trusted_keys(lines: Iterable[str]) -> dict[str, Ed25519PublicKey]:
    """The keys of a terminal's configuration by their ids; its schema has checked the lines."""
    parts = (line.split(":") for line in lines)
    return {
        key_id: Ed25519PublicKey.from_public_bytes(base64.b64decode(raw))
        for _, key_id, raw in parts
    }


def trusted_line(key_id: str, key: Ed25519PublicKey) -> str:
    """A public key as the configuration has it: ed25519:ID:BASE64."""
    return f"ed25519:{key_id}:{base64.b64encode(key.public_bytes_raw()).decode('ascii')}"


def _not_valid(found: tuple[CatalogueFault, ...]) -> BundleError:
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return BundleError(Reason.NOT_VALID, f"its catalogue has a fault: {found[0]}{more}", found)
