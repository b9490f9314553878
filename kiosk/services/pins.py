"""PINs of those who look after a terminal: only hashes are kept (scrypt, RFC 7914)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from typing import Final

from drivers.device import Personal

COST, BLOCK, PARALLEL = 2**14, 8, 5  # 16 MiB, a fifth of a second: OWASP's least memory
PREFIX: Final = f"scrypt:{COST}:{BLOCK}:{PARALLEL}"
SALT, LENGTH = 16, 32  # bytes
SHORTEST, LONGEST = 6, 12  # digits
ROUND: Final = "01234567890"


def weakness(pin: Personal) -> str | None:
    """Why this is no PIN to be used, or None: too short, or what everybody tries first."""
    digits = pin.reveal()
    if not (digits.isascii() and digits.isdigit() and SHORTEST <= len(digits) <= LONGEST):
        return f"a PIN has {SHORTEST} to {LONGEST} digits"
    if len(set(digits)) < 3 or digits in ROUND or digits in ROUND[::-1]:
        return "that is what everybody tries first; take other digits"
    return None


def hashed(pin: Personal) -> str:
    """What may be kept of a PIN: method, salt, hash."""
    salt = secrets.token_bytes(SALT)
    return f"{PREFIX}:{b64encode(salt).decode()}:{b64encode(_hash(pin, salt)).decode()}"


def fits(pin: Personal, kept: str) -> bool:
    """Whether that is the PIN; it takes as long whether it is or not, and blocks meanwhile."""
    salt, wanted = (b64decode(part) for part in kept.removeprefix(f"{PREFIX}:").split(":"))
    return hmac.compare_digest(_hash(pin, salt), wanted)


def _hash(pin: Personal, salt: bytes) -> bytes:
    digits = pin.reveal().encode()
    return hashlib.scrypt(digits, salt=salt, n=COST, r=BLOCK, p=PARALLEL, dklen=LENGTH)
