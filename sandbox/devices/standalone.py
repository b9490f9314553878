"""The command `sandbox device NAME`: one simulated device, acted on by lines and signals."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from drivers.protocols.sam import BAUD_RATES
from sandbox.control import ControlError, ControlServer
from sandbox.devices.registry import KINDS
from sandbox.devices.simulator import Simulator
from sandbox.lines import Lines

HELP = "The devices: " + "; ".join(f"{name} ({kind.what})" for name, kind in KINDS.items()) + "."


@click.command(epilog=HELP)
@click.argument("name", type=click.Choice(list(KINDS)), metavar="NAME")
@click.option("--fault", multiple=True, help="How it misbehaves from the start; may be repeated.")
@click.option("--do", "lines", multiple=True, metavar="LINE", help="A line said at the start.")
@click.option(
    "--link",
    type=click.Path(path_type=Path),
    help="Where it is to be found; without it a place of its own.",
)
@click.option(
    "--baud",
    type=click.Choice([str(baud) for baud in BAUD_RATES]),
    help="The speed of a serial line: the device hears no other and answers at its pace.",
)
@click.option(
    "--control",
    type=click.Path(path_type=Path),
    help="Also take lines at this Unix socket, as sandbox act says them.",
)
def device(
    *,
    name: str,
    fault: tuple[str, ...],
    lines: tuple[str, ...],
    link: Path | None,
    baud: str | None,
    control: Path | None,
) -> None:
    """Be one simulated device: print where it is, then do what is said on standard input.

    A line that is not understood is answered with those that are. The signal USR1 pulls the plug
    and puts it in again, USR2 makes it behave. Ctrl-C ends it.
    """
    with _place(link) as place:
        simulated = KINDS[name].at(place, int(baud) if baud else None)
        first = [*(f"{simulated.name} {word}" for word in fault), *lines]
        _serve(simulated, first, control)


@contextmanager
def _place(link: Path | None) -> Iterator[Path]:
    """Where it is to be: as asked, or in a directory that goes when the device does."""
    with TemporaryDirectory(prefix="doorstep-device-") as directory:
        yield link or Path(directory) / "port"


def _serve(simulated: Simulator, first: list[str], control: Path | None) -> None:
    """Be that device until a signal says that it is enough."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    said = Lines(simulated.actors)
    try:
        simulated.plug()
    except OSError as error:
        raise click.UsageError(str(error)) from None
    with simulated, suppress(KeyboardInterrupt), ExitStack() as stack:
        try:
            for line in first:
                said.act(line)
        except ControlError as error:
            raise click.UsageError(str(error)) from None
        if control is not None:
            stack.enter_context(ControlServer(control, said.act))
        _obey_signals(simulated)
        click.echo(simulated.where)
        for line in sys.stdin:
            click.echo(_answer(said, line.strip()))
        while True:
            signal.pause()  # started without a keyboard: only a signal ends it


def _obey_signals(simulated: Simulator) -> None:
    plugged = True

    def pull(*_: object) -> None:
        nonlocal plugged
        plugged = not plugged
        (simulated.plug if plugged else simulated.unplug)()

    signal.signal(signal.SIGUSR1, pull)
    signal.signal(signal.SIGUSR2, lambda *_: simulated.behave())


def _answer(said: Lines, line: str) -> str:
    try:
        return said.act(line)
    except ControlError as error:
        return str(error)
