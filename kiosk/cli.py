"""The command `kiosk`: what a technician and systemd call."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from device_config.loader import load
from kiosk.check import CONFIG, check
from kiosk.intents_cmd import intents
from kiosk.logs import set_up_logs
from kiosk.read_card import read_card


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="doorstep")
def main() -> None:
    """A 24-hour public-service terminal.

    Exit status: 0 good, 1 something is wrong with the world, 2 wrong usage or configuration.
    """


@main.command()
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=CONFIG,
    show_default=True,
    help="The terminal's configuration file.",
)
def run(config: Path) -> None:
    """Run the terminal until it is told to stop."""
    set_up_logs()
    loaded = load(config)
    for fault in loaded.faults:
        click.echo(f"{config}: {fault}", err=True)
    if loaded.config is None:
        sys.exit(2)
    if not _display():
        click.echo("kiosk: there is no display; set DISPLAY, or run it by its unit", err=True)
        sys.exit(1)

    from kiosk.app import Kiosk  # noqa: PLC0415 # Kivy and the services: for this command alone

    kiosk = Kiosk(loaded.config)
    try:
        kiosk.start()
    except Exception as error:  # noqa: BLE001 # whatever keeps it from starting is said plainly
        click.echo(f"kiosk: can not start: {error}", err=True)
        sys.exit(1)
    with TemporaryDirectory(prefix="doorstep-") as scratch:
        kiosk.run(kiosk.open(Path(scratch)))


def _display() -> bool:
    """Whether there is something to draw on: SDL would draw for nobody without a word."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    return any(os.environ.get(name) for name in named) or any(Path("/dev/dri").glob("card*"))


main.add_command(check)
main.add_command(intents)
main.add_command(read_card)
