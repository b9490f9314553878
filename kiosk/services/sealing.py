"""Encryption at rest: AES-256-GCM with a key in a file of its own, readable by the terminal alone.

The key lies beside what it protects. It keeps personal data out of copies, backups and discarded
disks that hold the database without the key; against whoever holds the whole terminal only full
disk encryption helps.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12  # NIST SP 800-38D: 96 random bits, good for 2^32 messages with one key


class SealError(Exception):
    """Something can not be sealed or opened; the message names the file, never the contents."""


class Seal:
    """Seals bytes to the place they belong to: elsewhere they do not open."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, clear: bytes, place: str) -> bytes:
        """The sealed bytes, a nonce before them."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, clear, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """What was sealed for this place; SealError when it was changed, moved or is another's."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError):
            raise SealError(f"{place}: does not open with this terminal's key") from None


def seal_from(path: Path) -> Seal:
    """The seal whose key is in `path`, made at first start with mode 0600."""
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        key = _make(path)
    except OSError as error:
        raise SealError(f"{path}: can not be read ({error.strerror})") from None
    if len(key) != KEY_BYTES:
        raise SealError(f"{path}: holds {len(key)} bytes, a key has {KEY_BYTES}; restore it")
    if path.stat().st_mode & 0o077:
        raise SealError(f"{path}: others may read it; run chmod 600 on it")
    return Seal(key)


def _make(path: Path) -> bytes:
    """A new key, on the disk before anything is sealed with it."""
    key = AESGCM.generate_key(KEY_BYTES * 8)
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)  # of a start that was cut short
        with open(part, "xb", opener=_private) as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        raise SealError(f"{path}: can not be made ({error.strerror})") from None
    return key


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def sync_folder(folder: Path) -> None:
    """Let new names in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
