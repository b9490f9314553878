"""What settings are made of: tables, paths, addresses; each refusal says what to write instead."""

from __future__ import annotations

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


AbsolutePath = Annotated[Path, Field(strict=False), AfterValidator(_absolute)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
DeviceAddress = Annotated[str, AfterValidator(_device_address)]
PictureSource = Annotated[str, AfterValidator(_picture_source)]
PrinterUri = Annotated[str, AfterValidator(_printer_uri)]


class Section(BaseModel):
    """One table of the file: frozen, and nothing in it that the schema does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
