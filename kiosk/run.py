"""The command `kiosk run`: the terminal itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from device_config.loader import load
from kiosk.check import CONFIG
from kiosk.logs import set_up_logs


@click.command()
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

    from kiosk.app import Kiosk  # noqa: PLC0415 # Kivy and the services: with a good file alone

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
