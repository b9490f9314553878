"""The schema of a terminal's configuration file: one frozen model per section.

A section with a default is optional: when it is broken, the terminal goes on as though it was not
there. A section without one has to be right. The descriptions are the reference that technicians
read (docs/reference/settings.md is made from them).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Baud = Literal[9600, 19200, 38400, 57600, 115200]
Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]
TcpPort = Annotated[int, Field(ge=1, le=65535)]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def _fault(what: str, advice: str) -> PydanticCustomError:
    """A refusal that says what is wrong and what to do; the loader adds where."""
    return PydanticCustomError("settings", "{what}", {"what": what, "advice": advice})


def _absolute(path: Path) -> Path:
    if not path.is_absolute():
        raise _fault("not a whole path", "write it from the root on: /…")
    return path


def _web_address(address: str) -> str:
    """An http(s) address without credentials, encrypted wherever it leaves this machine."""
    wrong = _fault("not a web address", "write https://, the host, and a path if there is one")
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise wrong from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise wrong
    if parts.username is not None or parts.password is not None:
        raise _fault("an address holds no name or password", "leave out the part before the @")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise _fault("personal data would travel unencrypted", "write https:// instead of http://")
    return address.rstrip("/")


AbsolutePath = Annotated[Path, Field(strict=False), AfterValidator(_absolute)]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Section(BaseModel):
    """One table of the file: frozen, and nothing in it that the schema does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Bilingual(Section):
    """A text in both languages of the terminal."""

    zh: str = Field(min_length=1, max_length=60, description="in Chinese")
    en: str = Field(min_length=1, max_length=120, description="in English")


class Terminal(Section):
    """What this terminal is, where it stands and whom its residents can ask."""

    id: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$",
        description="the terminal's name in the fleet, on its topics and in its certificate: "
        "letters, digits, dots, underscores and hyphens",
    )
    name: Bilingual = Field(description="what residents call it, at the top of every screen")
    place: Bilingual = Field(description="where it stands, on receipts and for the fleet")
    region: str = Field(
        pattern=r"^[0-9]{6}([0-9]{3}){0,2}$",
        description="the administrative division it serves: 6 digits for a county (GB/T 2260), "
        "9 for a town, 12 for a village",
    )
    orientation: Literal["portrait", "landscape"] = Field(
        description="how the screen is mounted",
    )
    default_language: Literal["zh-CN", "en"] = Field(
        default="zh-CN", description="the language each visit starts in"
    )
    hotline: str = Field(
        default="12345",
        pattern=r"^[0-9+ -]{3,20}$",
        description="the government hotline residents are given",
    )
    attendant_phone: str | None = Field(
        default=None,
        pattern=r"^[0-9+ -]{3,20}$",
        description="the telephone number of whoever looks after this terminal; "
        "without one the help screen names the hotline alone",
    )


class Platform(Section):
    """The government platform that residents' requests go to."""

    url: WebAddress = Field(
        description="its address; https, or http on this machine alone (127.0.0.1)"
    )
    timeout: Seconds = Field(
        default=10.0,
        description="seconds to wait for one answer before a request is kept and tried again",
    )


class Storage(Section):
    """Where the terminal keeps what has to outlive a power cut."""

    state: AbsolutePath = Field(
        description="the directory of the terminal's own database and keys; "
        "the systemd unit makes /var/lib/doorstep",
    )


class Timeouts(Section):
    """How long a screen waits for a resident (WCAG 2.2.1: warn, and let it be extended)."""

    idle: Seconds = Field(default=60.0, description="seconds without a touch before the warning")
    warning: float = Field(
        default=30.0,
        ge=20,
        le=3600,
        description="seconds the warning stays before the visit is wiped; at least 20",
    )


class MqttTls(Section):
    """The terminal's certificate, by which the broker knows it."""

    ca: AbsolutePath = Field(description="the authority that signed the broker's certificate (PEM)")
    cert: AbsolutePath = Field(
        description="this terminal's certificate (PEM); its common name is terminal.id"
    )
    key: AbsolutePath = Field(description="the certificate's private key (PEM)")


class Mqtt(Section):
    """The broker through which the fleet sees this terminal; left out, it reports to nobody."""

    host: str = Field(min_length=1, description="the broker's name or address")
    port: TcpPort = Field(description="its port: 8883 with certificates, 1883 without")
    heartbeat: Seconds = Field(
        default=15.0, description="seconds between two reports while nothing changes"
    )
    tls: MqttTls | None = Field(
        default=None, description="certificates; without them nothing is encrypted"
    )


class SerialDevice(Section):
    """A device on a serial port."""

    fitted: bool = Field(default=False, description="whether this terminal has the device")
    port: AbsolutePath | None = Field(
        default=None,
        description="its serial port by a name that stays, not a tty number; "
        "the udev rules make /dev/doorstep/…",
    )
    baud: Baud = Field(default=115200, description="bits per second, as the device is set")

    @model_validator(mode="after")
    def _a_fitted_device_has_a_port(self) -> Self:
        if self.fitted and self.port is None:
            raise _fault(
                "the device is fitted and no port is set",
                "add port, or write fitted = false",
            )
        return self


class IdCardReader(SerialDevice):
    """The reader of resident identity cards (SAM protocol)."""


class ReceiptPrinter(SerialDevice):
    """The receipt printer (ESC/POS)."""

    width_dots: int = Field(
        default=576,
        ge=128,
        le=1280,
        multiple_of=8,
        description="printable dots in a line: 576 on 80 mm paper, 384 on 58 mm",
    )


class Screen(Section):
    """The picture: left out, full screen at 1080 by 1920 the way terminal.orientation says."""

    width: int | None = Field(default=None, ge=480, le=7680, description="pixels across")
    height: int | None = Field(default=None, ge=480, le=7680, description="pixels down")
    fullscreen: bool = Field(
        default=True, description="whether the picture covers everything; false for a window"
    )

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.width is None) != (self.height is None):
            raise _fault("one of width and height is missing", "set both, or neither")
        return self


class TerminalConfig(Section):
    """A terminal's whole configuration."""

    terminal: Terminal
    platform: Platform
    storage: Storage
    timeouts: Timeouts = Timeouts()
    mqtt: Mqtt | None = None
    id_card_reader: IdCardReader = IdCardReader()
    receipt_printer: ReceiptPrinter = ReceiptPrinter()
    screen: Screen = Screen()

    @property
    def resolution(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        if self.screen.width and self.screen.height:
            return self.screen.width, self.screen.height
        return (1080, 1920) if self.terminal.orientation == "portrait" else (1920, 1080)
