"""Whole visits on a real terminal, by real touches: whoever plays their scripts."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from device_config.loader import load
from kiosk.app import Kiosk
from kiosk.core.catalogue import Language
from kiosk.logs import set_up_logs
from sandbox import options
from sandbox.hand import HANDS, by_option
from sandbox.play import Player
from sandbox.visits import VISITS, Script, visits_option


@click.command()
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="The terminal's configuration file.",
)
@options.control
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Where visit.json and the pictures go.",
)
@options.language
@visits_option
@by_option
@click.option("--hold", is_flag=True, help="Stay open after the visit, until told to stop.")
def play(
    *,
    config: Path,
    control: Path,
    out: Path,
    language: str,
    visits: Sequence[str],
    by: str,
    hold: bool,
) -> None:
    """Open a terminal on this display and play whole visits on it.

    A line is printed when they have ended; with --hold the terminal stays until it is told. Exit
    status 0 only if all ended well.
    """
    set_up_logs()
    loaded = load(config)
    if loaded.config is None:
        raise click.ClickException(f"{config}: {'; '.join(map(str, loaded.faults))}")
    kiosk = Kiosk(loaded.config)
    kiosk.start()
    with TemporaryDirectory(prefix="doorstep-") as scratch:
        app = kiosk.open(Path(scratch))
        hand = HANDS[by](app, os.environ["DISPLAY"])
        player = Player(app, hand, control, out, Language(language))
        scripts = [VISITS[name] for name in visits]
        played = threading.Thread(target=_play, args=(kiosk, player, scripts, hold), name="player")
        played.start()
        kiosk.run(app)
        played.join()
    sys.exit(0 if player.visit.ended_well else 1)


def _play(kiosk: Kiosk, player: Player, scripts: Sequence[Script], hold: bool) -> None:  # noqa: FBT001 # a thread's
    try:
        player.play(scripts)
    finally:
        click.echo("the visit has ended")
        if not hold:
            kiosk.stop()
