"""Small catalogues and their bundles, signed by an issuer that a terminal trusts."""

from __future__ import annotations

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.core.catalogue import Catalogue, Department, Policy, PolicyMode, Text
from kiosk.core.catalogue.item import Audience
from kiosk.services.signed import seal_bundle

ISSUER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
KEY_ID = "issuer-2026"
TRUSTED = {KEY_ID: ISSUER.public_key()}

WORDS = Text("示例", "Example")


def catalogue(
    serial: int,
    *,
    activates_at: datetime | None = None,
    expires_at: datetime | None = None,
    department: str = "civil",
) -> Catalogue:
    """A catalogue of one policy; of another department than "civil" it has a fault."""
    policy = Policy(
        code="help",
        name=WORDS,
        summary=WORDS,
        benefit=WORDS,
        department=department,
        audience=Audience.PERSON,
        mode=PolicyMode.NOTHING,
        legal_basis=(WORDS,),
    )
    return Catalogue(
        serial=serial,
        version=f"v{serial}",
        activates_at=activates_at,
        expires_at=expires_at,
        departments=(Department(code="civil", name=WORDS),),
        policies=(policy,),
    )


def bundle(whole: Catalogue, *, key: Ed25519PrivateKey = ISSUER, key_id: str = KEY_ID) -> bytes:
    """It, signed."""
    return seal_bundle(whole, key, key_id)
