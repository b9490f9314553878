"""The command `kiosk print-test`: prints one test receipt or page, and says how sure that is."""

from __future__ import annotations

import asyncio
import socket
import sys
from datetime import datetime
from pathlib import Path
from typing import Literal

import click

from device_config.loader import load
from drivers.address import AddressError
from drivers.device import (
    Advice,
    Fault,
    PrintEvidence,
    PrintJob,
    PrintOutcome,
    Unknown,
    fault_of,
    slug,
)
from drivers.errors import DeviceError, LocalProtocolError
from drivers.printers.receipt_layout import DOTS, Paper
from drivers.protocols.sam import BAUD_RATES
from kiosk.complaint import as_text, complain, what_to_do
from kiosk.core.legal_time import BEIJING
from kiosk.options import CONFIG, PATH, json_option
from kiosk.services import specimens
from kiosk.services.specimens import Specimen

WHAT_TO_DO = what_to_do("printer", "look at the printer: something is in its way")

UNPRINTABLE = Fault("printer.unprintable", Advice.TECHNICIAN_ACTS, "the test can not be drawn")
NOT_SURE = Fault(
    "printer.not_sure",
    Advice.ATTENDANT_ACTS,
    "the printer took it and stopped saying how it is: look at what came out",
)

SAID = {
    PrintEvidence.CONFIRMED: "printed: the printer confirmed it",
    PrintEvidence.SENT: "sent: the printer took all of it and does not say when it is printed",
}


@click.command("print-test")
@click.option(
    "--port", metavar="DEV", help="A receipt printer: /dev/…, usb:VENDOR:PRODUCT, tcp://HOST:9100."
)
@click.option("--uri", metavar="URI", help="A document printer: ipp://HOST/ipp/print, or a queue.")
@click.option(
    "--baud",
    type=click.Choice([str(baud) for baud in BAUD_RATES]),
    default="115200",
    show_default=True,
    help="The receipt printer's speed on a serial port.",
)
@click.option(
    "--text",
    type=click.Choice(["gb18030", "raster"]),
    default="gb18030",
    show_default=True,
    help="Text by the receipt printer's own font, or drawn.",
)
@click.option(
    "--qr",
    type=click.Choice(["raster", "native"]),
    default="raster",
    show_default=True,
    help="QR codes drawn, or by the receipt printer's own command.",
)
@click.option(
    "--width",
    type=click.IntRange(128, 1280),
    default=DOTS,
    show_default=True,
    metavar="DOTS",
    help="Printable dots in a line of the receipt: 384 on 58 mm paper.",
)
@click.option("--presenter", is_flag=True, help="The receipt printer holds receipts out.")
@click.option(
    "--config",
    type=PATH,
    default=CONFIG,
    show_default=True,
    help="The configuration file that names this terminal, where there is one.",
)
@json_option
def print_test(
    *,
    port: str | None,
    uri: str | None,
    baud: str,
    text: Literal["gb18030", "raster"],
    qr: Literal["raster", "native"],
    width: int,
    presenter: bool,
    config: Path,
    as_json: bool,
) -> None:
    """Print a test receipt (--port) or a test page (--uri), and say with what evidence.

    On it are this terminal, the time, samples of characters and a QR code. Exit status 0: the
    printer confirmed it, or took all of it; 1: it did not, and the answer says what to do.
    """
    if (port is None) == (uri is None):
        raise click.UsageError("name one printer: --port or --uri")
    where = port or uri or ""
    specimen = Specimen(_identity(config), datetime.now(BEIJING), where)
    try:
        if uri:
            outcome = asyncio.run(_page(specimen))
        else:
            data = specimens.receipt(specimen, Paper(width, text, qr))
            outcome = asyncio.run(_receipt(data, where, int(baud), presenter=presenter))
    except AddressError as error:
        raise click.UsageError(f"{where}: {error}") from None
    except (DeviceError, LocalProtocolError) as error:
        fault = error.fault if isinstance(error, DeviceError) else UNPRINTABLE.because(error)
        complain(fault, WHAT_TO_DO, as_json=as_json)
        sys.exit(1)
    if outcome.evidence not in SAID:
        complain(_trouble(outcome, where), WHAT_TO_DO, as_json=as_json)
        sys.exit(1)
    click.echo(_answer(outcome, specimen, as_json=as_json))


def _identity(config: Path) -> str:
    """The terminal's name, or this machine's where no configuration gives one."""
    loaded = load(config).config if config.is_file() else None
    return loaded.terminal.id if loaded else socket.gethostname()


async def _receipt(data: bytes, where: str, baud: int, *, presenter: bool) -> PrintOutcome:
    from drivers.printers.receipt_presenter import PresentingReceiptPrinter  # noqa: PLC0415 # if it is one
    from drivers.printers.receipt_printer import EscPosReceiptPrinter  # noqa: PLC0415 # likewise

    driver = PresentingReceiptPrinter if presenter else EscPosReceiptPrinter
    printer = driver(where, baud)
    try:
        return await printer.print_receipt(data)
    finally:
        await printer.close()


async def _page(specimen: Specimen) -> PrintOutcome:
    from drivers.printers.document_printer import IppDocumentPrinter  # noqa: PLC0415 # where it is one
    from kiosk.services.documents import DocumentsError  # noqa: PLC0415 # likewise

    try:
        pdf = specimens.page(specimen)
    except DocumentsError as error:
        raise DeviceError(UNPRINTABLE.because(error)) from None
    printer = IppDocumentPrinter(specimen.where)
    try:
        return await printer.print_document(pdf, PrintJob("Doorstep test page"))
    finally:
        await printer.close()


def _trouble(outcome: PrintOutcome, where: str) -> Fault:
    """Why it is not printed, or why that is not sure."""
    fault = fault_of(outcome.status) or NOT_SURE
    if where not in fault.detail:
        fault = fault.at(where)
    if outcome.evidence is PrintEvidence.UNKNOWN and fault.code != NOT_SURE.code:
        return fault.because("part of it may be printed")
    return fault


def _answer(outcome: PrintOutcome, specimen: Specimen, *, as_json: bool) -> str:
    status = None if isinstance(outcome.status, Unknown) else slug(outcome.status)
    if as_json:
        return as_text(
            {
                "printer": specimen.where,
                "evidence": outcome.evidence.value,
                "status": status,
                "terminal": specimen.identity,
                "time": specimen.now.isoformat(timespec="seconds"),
            }
        )
    said = SAID[outcome.evidence]
    return f"{said} (it is {status.replace('_', ' ')})" if status else said
