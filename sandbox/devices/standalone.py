"""The commands `sandbox device …`: one simulated device on a port, acted on by lines."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from drivers.protocols.sam import BAUD_RATES
from sandbox import residents
from sandbox.control import ControlError
from sandbox.devices.receipt_printer import SimulatedReceiptPrinter
from sandbox.devices.sam_reader import ReaderFault, SimulatedSamReader
from sandbox.devices.serial_port import SimulatedSerialDevice
from sandbox.world import World

_LINK = click.option(
    "--link",
    type=click.Path(path_type=Path),
    help="Where the port is to be found; without it a place of its own.",
)
_BAUD = click.option(
    "--baud",
    type=click.Choice([str(baud) for baud in BAUD_RATES]),
    default="115200",
    show_default=True,
    help="The wire's speed: the device hears no other and answers at its pace.",
)


@click.group()
def device() -> None:
    """One simulated device: prints its port, then does what lines on standard input say.

    A line that is not understood is answered with those that are. Ctrl-C pulls the plug.
    """


@device.command("id-card")
@_LINK
@_BAUD
@click.option(
    "--card",
    type=click.Choice([resident.key for resident in residents.RESIDENTS]),
    help="Whose card lies on it from the start.",
)
@click.option(
    "--fault",
    type=click.Choice([fault.value for fault in ReaderFault]),
    help="How it misbehaves from the start.",
)
def id_card(link: Path | None, baud: str, card: str | None, fault: str | None) -> None:
    """An ID-card reader, with lines such as `card wang` and `reader silence`."""
    first = [f"card {card}"] * bool(card) + [f"reader {fault}"] * bool(fault)
    with _place(link) as port:
        world = World(port.parent)
        world.reader = SimulatedSamReader(port, baud=int(baud), expects=int(baud))
        world.actors = {name: world.actors[name] for name in ("card", "reader")}
        _serve(world.reader, world, first)


@device.command("receipt-printer")
@_LINK
@_BAUD
@click.option(
    "--fault",
    type=click.Choice(["paper-out", "near-end", "cover-open", "jam"]),
    help="What is wrong with it from the start.",
)
def receipt_printer(link: Path | None, baud: str, fault: str | None) -> None:
    """A receipt printer, with lines such as `printer paper-out` and `printer paper-in`."""
    with _place(link) as port:
        world = World(port.parent)
        world.printer = SimulatedReceiptPrinter(port, baud=int(baud), expects=int(baud))
        world.actors = {"printer": world.actors["printer"]}
        _serve(world.printer, world, [f"printer {fault}"] * bool(fault))


@contextmanager
def _place(link: Path | None) -> Iterator[Path]:
    """Where the port is to be: as asked, or in a directory that goes when the device does."""
    with TemporaryDirectory(prefix="doorstep-device-") as directory:
        yield link or Path(directory) / "port"


def _serve(simulated: SimulatedSerialDevice, world: World, first: list[str]) -> None:
    """Be that device until a signal says that it is enough."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        simulated.plug()
    except OSError as error:
        raise click.UsageError(str(error)) from None
    with simulated, suppress(KeyboardInterrupt):
        for line in first:
            world.act(line)
        click.echo(simulated.link)
        for line in sys.stdin:
            click.echo(_answer(world, line.strip()))
        signal.pause()  # started without a keyboard: only a signal ends it


def _answer(world: World, line: str) -> str:
    try:
        return world.act(line)
    except ControlError as error:
        return str(error)
