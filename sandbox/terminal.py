"""The terminal of a demonstration: as `kiosk run` opens it, and with lines that touch it."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from kiosk.app import Kiosk
from kiosk.logs import set_up_logs
from kiosk.options import config_option, configured
from sandbox import options
from sandbox.touches import Touches


@click.command()
@config_option
@options.control
@click.option(
    "--glass",
    type=click.Path(path_type=Path),
    required=True,
    help="The socket at which it is told what to touch.",
)
def terminal(config: Path, control: Path, glass: Path) -> None:
    """Open a terminal on this display whose touches can be recorded and played."""
    set_up_logs()
    kiosk = Kiosk(configured(config))
    kiosk.start()
    with TemporaryDirectory(prefix="doorstep-") as scratch:
        app = kiosk.open(Path(scratch))
        with Touches(app, os.environ["DISPLAY"], glass, control):
            kiosk.run(app)
