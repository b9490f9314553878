"""The command `kiosk run`: the terminal itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from kiosk.logs import set_up_logs
from kiosk.options import config_option, configured


@click.command()
@config_option
def run(config: Path) -> None:
    """Run the terminal until it is told to stop."""
    set_up_logs()
    terminal = configured(config)
    if not _display():
        click.echo("kiosk: there is no display; set DISPLAY, or run it by its unit", err=True)
        sys.exit(1)

    from kiosk.app import Kiosk  # noqa: PLC0415 # Kivy and the services: with a good file alone

    kiosk = Kiosk(terminal)
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
