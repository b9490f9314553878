"""The schema of a terminal's configuration file: one frozen model per section.

A section with a default is optional: when it is broken, the terminal goes on as though it was not
there. A section without one has to be right. The descriptions are the reference that technicians
read (docs/reference/settings.md is made from them).
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from device_config.devices import (
    BarcodeScanner,
    Cabinet,
    DocumentCamera,
    DocumentPrinter,
    FaceCamera,
    IdCardReader,
    ReceiptPrinter,
    SignaturePad,
    SocialCardReader,
    TouchPanel,
)
from device_config.fields import (
    AbsolutePath,
    PinHash,
    Seconds,
    Section,
    TcpPort,
    TrustedKey,
    WebAddress,
    fault,
)


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
    interval: Seconds = Field(
        default=30.0,
        description="seconds between two looks at whether it answers, and what it offers",
    )
    upload_timeout: Seconds = Field(
        default=60.0, description="the same for a scanned page, of some MB, to be handed in"
    )
    ca: AbsolutePath | None = Field(
        default=None,
        description="the authority that signed the platform's certificate (PEM); "
        "left out, those count which the system trusts",
    )
    cert: AbsolutePath | None = Field(
        default=None,
        description="this terminal's certificate (PEM), where the platform asks for one",
    )
    key: AbsolutePath | None = Field(
        default=None, description="the certificate's private key (PEM)"
    )

    @model_validator(mode="after")
    def _certificates_go_together(self) -> Self:
        if (self.cert is None) != (self.key is None):
            raise fault("one of cert and key is missing", "set both, or neither")
        if self.url.startswith("http://") and (self.ca or self.cert):
            raise fault("certificates are of no use over http", "write https://, or leave them out")
        return self


class Catalogue(Section):
    """Whom this terminal believes what may be applied for; without a key it offers nothing."""

    keys: Annotated[tuple[TrustedKey, ...], Field(strict=False)] = Field(
        default=(),
        description="the public keys of those who may sign the catalogue, each as "
        "`kiosk catalogue new-key` says it: ed25519:ID:BASE64; a second one while keys change",
    )

    @model_validator(mode="after")
    def _each_id_once(self) -> Self:
        ids = [key.split(":")[1] for key in self.keys]
        if twice := next((one for one in ids if ids.count(one) > 1), None):
            raise fault(f"two keys have the id {twice}", "give each key an id of its own")
        return self


class Staff(Section):
    """Who may open the screens of those who look after the terminal; without a PIN there are none.

    Only what `kiosk staff-pin` makes of a PIN is written here, and no command prints it again.
    """

    attendant_pin: PinHash | None = Field(
        default=None,
        description="opens the attendant's screen: what is wrong, paper, out of service",
        json_schema_extra={"secret": True},
    )
    technician_pin: PinHash | None = Field(
        default=None,
        description="opens the technician's screen: devices, self-tests, versions, restart",
        json_schema_extra={"secret": True},
    )
    technician_phone: str | None = Field(
        default=None,
        pattern=r"^[0-9+ -]{3,20}$",
        description="whom an attendant calls for what they can not put right",
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
            raise fault("one of width and height is missing", "set both, or neither")
        return self


def _usage(default: int, what: str) -> int:
    """One key of the keypad."""
    key: int = Field(default=default, ge=0x04, le=0xE7, description=f"the USB usage of {what}")
    return key


class Keypad(Section):
    """The keypad beside the screen, for whoever does not see it; any USB keypad that is a keyboard.

    Each key is a USB usage (HID Usage Tables, page 0x07), which the keypad's manual calls its USB
    code. Under X11 the keys F19 to F24 are not heard.
    """

    up: int = _usage(0x52, "the key that points up")
    down: int = _usage(0x51, "the key that points down")
    left: int = _usage(0x50, "the key that points left")
    right: int = _usage(0x4F, "the key that points right")
    select: int = _usage(0x28, "the key in the middle")
    earphones_in: int = _usage(0x6A, "what the socket sends when earphones are plugged in")
    earphones_out: int = _usage(0x6B, "what it sends when they are pulled out")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        usages = list(self.model_dump().values())
        if twice := next((one for one in usages if usages.count(one) > 1), None):
            raise fault(f"two keys have the USB usage {twice:#x}", "give each key one of its own")
        return self


class Voice(Section):
    """Who speaks a language, where it is not whom speech-dispatcher would choose."""

    module: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9._-]{1,64}$",
        description="speech-dispatcher's output module, as `spd-say -O` lists it: espeak-ng",
    )
    name: str | None = Field(
        default=None,
        pattern=r"^\S(\P{Cc}{0,118}\S)?$",
        description="one of its voices, as `spd-say -o MODULE -L` lists it in its first column",
    )

    @model_validator(mode="after")
    def _a_voice_belongs_to_a_module(self) -> Self:
        if self.name is not None and self.module is None:
            raise fault("a voice belongs to an output module", "add the module it is one of")
        return self


class Speech(Section):
    """The spoken voice, for whoever can not read the screen: speech-dispatcher on this machine."""

    fitted: bool = Field(
        default=False, description="whether this terminal has a loudspeaker or a socket to speak by"
    )
    rate: int = Field(
        default=0,
        ge=-70,
        le=60,
        description="how quickly it speaks where nobody changed it: 0 is the synthesizer's own "
        "pace, less is slower",
    )
    socket: AbsolutePath | None = Field(
        default=None,
        description="where a speech-dispatcher listens that something else starts; "
        "not set: the user's own, which the terminal starts",
    )
    zh: Voice = Voice()
    en: Voice = Voice()


class TerminalConfig(Section):
    """A terminal's whole configuration."""

    terminal: Terminal
    platform: Platform
    catalogue: Catalogue = Catalogue()
    storage: Storage
    timeouts: Timeouts = Timeouts()
    staff: Staff = Staff()
    mqtt: Mqtt | None = None
    id_card_reader: IdCardReader = IdCardReader()
    social_card_reader: SocialCardReader = SocialCardReader()
    receipt_printer: ReceiptPrinter = ReceiptPrinter()
    document_printer: DocumentPrinter = DocumentPrinter()
    face_camera: FaceCamera = FaceCamera()
    document_camera: DocumentCamera = DocumentCamera()
    barcode_scanner: BarcodeScanner = BarcodeScanner()
    signature_pad: SignaturePad = SignaturePad()
    cabinet: Cabinet = Cabinet()
    touch_panel: TouchPanel = TouchPanel()
    keypad: Keypad = Keypad()
    speech: Speech = Speech()
    screen: Screen = Screen()

    @property
    def resolution(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        if self.screen.width and self.screen.height:
            return self.screen.width, self.screen.height
        return (1080, 1920) if self.terminal.orientation == "portrait" else (1920, 1080)
