"""The sections of devices: what is fitted, and where it is.

A section left out says that the terminal has no such device.
"""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from device_config.fields import (
    AbsolutePath,
    Baud,
    DeviceAddress,
    PictureSource,
    PrinterUri,
    Section,
    fault,
)


class DeviceSection(Section):
    """Any device; where it is fitted, the setting `place` has to say where."""

    place: ClassVar[str] = ""

    fitted: bool = Field(default=False, description="whether this terminal has the device")

    @model_validator(mode="after")
    def _a_fitted_device_has_a_place(self) -> Self:
        place = self._needed()
        if self.fitted and place and getattr(self, place) is None:
            raise fault(
                f"the device is fitted and no {place} is set",
                f"add {place}, or write fitted = false",
            )
        return self

    def _needed(self) -> str:
        """The setting that has to say where it is; "" where none has to."""
        return self.place


class PortSection(DeviceSection):
    """A device that speaks bytes."""

    place = "port"

    port: DeviceAddress | None = Field(
        default=None,
        description="where it is: /dev/doorstep/… as the udev rules name it, "
        "usb:VENDOR:PRODUCT[:SERIAL][@SOCKET], or tcp://HOST:PORT; never a tty number",
    )
    baud: Baud = Field(
        default=115200, description="bits per second on a serial port, as the device is set"
    )


class IdCardReader(PortSection):
    """The reader of resident identity cards (SAM protocol)."""


class SocialCardReader(DeviceSection):
    """The reader of social security cards (PC/SC)."""

    reader: str = Field(
        default="",
        max_length=120,
        description="part of the reader's name in PC/SC, as kiosk doctor shows it; "
        "not set: the first reader that is not a contactless one",
    )


class ReceiptPrinter(PortSection):
    """The receipt printer (ESC/POS)."""

    width_dots: int = Field(
        default=576,
        ge=128,
        le=1280,
        multiple_of=8,
        description="printable dots in a line: 576 on 80 mm paper, 384 on 58 mm",
    )
    text: Literal["gb18030", "raster"] = Field(
        default="gb18030",
        description="how text is sent: gb18030 uses the printer's own font, raster sends pictures, "
        "for printers without Chinese",
    )
    qr: Literal["raster", "native"] = Field(
        default="raster",
        description="how QR codes are sent: raster as pictures, which any printer prints, "
        "native by the command GS ( k, which is fewer bytes",
    )
    presenter: bool = Field(
        default=False,
        description="whether it holds the receipt until it is taken, and can pull it back "
        "(Custom's kiosk printers)",
    )


class DocumentPrinter(DeviceSection):
    """The printer of certificates and documents (IPP, or a queue of CUPS)."""

    place = "uri"

    uri: PrinterUri | None = Field(
        default=None,
        description="its address: ipp://HOST/ipp/print, or ipp://localhost/printers/QUEUE",
    )


class Camera(DeviceSection):
    """Any camera."""

    place = "source"

    source: PictureSource | None = Field(
        default=None,
        description="where its pictures come from: /dev/doorstep/…, usb:VENDOR:PRODUCT, "
        "an MJPEG address of this machine, or a film file",
    )


class FaceCamera(Camera):
    """The camera that looks at the resident."""

    detector: AbsolutePath | None = Field(
        default=None,
        description="the YuNet model that finds faces (ONNX); without one nobody is guided",
    )
    recogniser: AbsolutePath | None = Field(
        default=None,
        description="the SFace model that compares faces here (ONNX); "
        "without one the platform compares",
    )


class DocumentCamera(Camera):
    """The camera that looks at papers."""

    sees_mm: float | None = Field(
        default=None,
        gt=50,
        le=2000,
        description="how many millimetres of the table it sees across; "
        "not set: every sheet of A4's shape is taken for A4",
    )


class BarcodeScanner(PortSection):
    """The scanner of bar and QR codes."""

    family: Literal["newland", "honeywell", "zebra_ssi", "hid", "camera"] = Field(
        default="newland",
        description="what it speaks: a maker's protocol on a port, hid for one that types like a "
        "keyboard, camera to look for codes in the pictures of [face_camera]",
    )

    def _needed(self) -> str:
        return "" if self.family == "camera" else self.place


class SignaturePad(DeviceSection):
    """Signing with a finger on the touch screen."""


class Cabinet(PortSection):
    """The cabinet's controller: door, tamper switch, UPS, presence, lights, beeper."""


class TouchPanel(DeviceSection):
    """The touch panel."""

    input: DeviceAddress | None = Field(
        default=None,
        description="which input device it is: usb:VENDOR:PRODUCT or /dev/input/by-id/…; "
        "not set: the first one that says it is a touch screen",
    )
