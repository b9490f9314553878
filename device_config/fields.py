"""What settings are made of: tables, paths, addresses; each refusal says what to write instead."""

from __future__ import annotations

import binascii
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from drivers import address

Baud = Literal[9600, 19200, 38400, 57600, 115200]
Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]
TcpPort = Annotated[int, Field(ge=1, le=65535)]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
ED25519_BYTES = 32  # RFC 8032

_PIN_HASH = re.compile(r"scrypt:16384:8:5:[A-Za-z0-9+/]{22}==:[A-Za-z0-9+/]{43}=")
_KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def fault(what: str, advice: str) -> PydanticCustomError:
    """A refusal that says what is wrong and what to do; the loader adds where."""
    return PydanticCustomError("settings", "{what}", {"what": what, "advice": advice})


def _absolute(path: Path) -> Path:
    if not path.is_absolute():
        raise fault("not a whole path", "write it from the root on: /…")
    return path


def _web_address(address: str) -> str:
    """An http(s) address without credentials, encrypted wherever it leaves this machine."""
    wrong = fault("not a web address", "write https://, the host, and a path if there is one")
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise wrong from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise wrong
    if parts.username is not None or parts.password is not None:
        raise fault("an address holds no name or password", "leave out the part before the @")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise fault("personal data would travel unencrypted", "write https:// instead of http://")
    return address.rstrip("/")


def _pin_hash(text: str) -> str:
    """What `kiosk staff-pin` says of a PIN."""
    if not _PIN_HASH.fullmatch(text):
        raise fault("not what may be kept of a PIN", "make it: kiosk staff-pin")
    return text


def _device_address(text: str) -> str:
    """Where a device is, in one of the forms of drivers.address."""
    try:
        return str(address.parse(text))
    except address.AddressError as error:
        raise fault("not an address of a device", str(error)) from error


def _picture_source(text: str) -> str:
    """Where pictures come from: a device or an address of this machine, or a file."""
    if text.startswith("http://") and urlsplit(text).hostname in LOOPBACK:
        return text
    if text.startswith(("http:", "https:")):
        raise fault("faces would travel over the network", "write an address of this machine")
    return _device_address(text)


def _printer_uri(text: str) -> str:
    """An IPP printer or a print queue."""
    parts = urlsplit(text)
    if parts.scheme not in {"ipp", "ipps"} or not parts.hostname:
        raise fault(
            "not a printer's address", "write ipp://HOST/ipp/print or ipp://HOST/printers/QUEUE"
        )
    if parts.username is not None or parts.password is not None:
        raise fault("an address holds no name or password", "leave out the part before the @")
    return text


def _trusted_key(text: str) -> str:
    """The public half of a key that signs catalogues: ed25519:ID:BASE64."""
    algorithm, *rest = text.split(":")
    if algorithm != "ed25519" or len(rest) != 2:
        raise fault(
            "not a public key", "write ed25519:ID:BASE64, as kiosk catalogue new-key says it"
        )
    key_id, key = rest
    if not _KEY_ID.fullmatch(key_id):
        raise fault(
            "not a key's id", "write up to 64 letters, digits, dots, underscores and hyphens"
        )
    try:
        held = len(binascii.a2b_base64(key, strict_mode=True))
    except ValueError as error:
        raise fault("the key is not base64", "copy the whole line again") from error
    if held != ED25519_BYTES:
        what = f"the key has {held} bytes, an Ed25519 key has {ED25519_BYTES}"
        raise fault(what, "copy the whole line again; a key from a PEM file is another form")
    return text


AbsolutePath = Annotated[Path, Field(strict=False), AfterValidator(_absolute)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
DeviceAddress = Annotated[str, AfterValidator(_device_address)]
PictureSource = Annotated[str, AfterValidator(_picture_source)]
PrinterUri = Annotated[str, AfterValidator(_printer_uri)]
PinHash = Annotated[str, AfterValidator(_pin_hash)]
TrustedKey = Annotated[str, AfterValidator(_trusted_key)]


class Section(BaseModel):
    """One table of the file: frozen, and nothing in it that the schema does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
