"""One whole visit on a real terminal, by real touches: the script, and whoever plays it."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from device_config.loader import load
from kiosk.app import Kiosk
from kiosk.core.catalogue import Language
from kiosk.core.views import IssuedView, PrintDone, RatingView, View
from kiosk.logs import set_up_logs
from sandbox.platform.offer import PROOF_CODE
from sandbox.play import Player


def good_visit(player: Player) -> None:
    """A resident gets a proof of insurance and a receipt, rates the service and goes."""
    player.begin("attract")
    _visit(player)


def english_visit(player: Player) -> None:
    """The same by somebody who reads English."""
    player.begin("attract")
    player.touch("language:en", "attract", lambda view: view.frame.language is Language.ENGLISH)
    _visit(player)


def _visit(player: Player) -> None:
    player.touch("start", "home")
    player.touch(f"tile:{PROOF_CODE}", "notice")
    player.touch("continue", "identify")
    player.world("card wang", "review")
    player.world("platform slow 1", "review")  # long enough to see what a resident sees meanwhile
    player.touch("continue", "working")
    player.wait("issued", _drawn)
    player.world("platform off", "issued")
    player.touch("print", "issued", _printed)
    player.world("card lift", "issued")
    player.touch("continue", "rating")
    player.touch("rate:5", "rating", _chosen)
    player.wait("farewell")
    player.wait("attract")


def _drawn(view: View) -> bool:
    return isinstance(view.body, IssuedView) and view.body.picture is not None


def _printed(view: View) -> bool:
    return isinstance(view.body, IssuedView) and isinstance(view.body.print, PrintDone)


def _chosen(view: View) -> bool:
    return isinstance(view.body, RatingView) and view.body.given


@click.command()
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="The terminal's configuration file.",
)
@click.option(
    "--control",
    type=click.Path(path_type=Path),
    required=True,
    help="The control line of the world around it.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Where visit.json and the pictures go.",
)
@click.option(
    "--language",
    type=click.Choice(["zh-CN", "en"]),
    default="zh-CN",
    show_default=True,
    help="What the resident reads.",
)
@click.option("--hold", is_flag=True, help="Stay open after the visit, until told to stop.")
def play(*, config: Path, control: Path, out: Path, language: str, hold: bool) -> None:
    """Open a terminal on this display and play one whole visit on it.

    Exit status 0 only if the visit ended well.
    """
    sys.exit(0 if play_visit(config, control, out, language, hold=hold) else 1)


def play_visit(config: Path, control: Path, out: Path, language: str, *, hold: bool) -> bool:
    """Open the terminal on this display and play the visit; whether all ended well.

    A line is printed when the visit has ended; with `hold` the terminal stays until it is told.
    """
    set_up_logs()
    loaded = load(config)
    if loaded.config is None:
        raise click.ClickException(f"{config}: {'; '.join(map(str, loaded.faults))}")
    kiosk = Kiosk(loaded.config)
    kiosk.start()
    with TemporaryDirectory(prefix="doorstep-") as scratch:
        app = kiosk.open(Path(scratch))
        player = Player(app, os.environ["DISPLAY"], control, out)
        script = good_visit if language == "zh-CN" else english_visit
        played = threading.Thread(target=_play, args=(kiosk, player, script, hold), name="player")
        played.start()
        kiosk.run(app)
        played.join()
    return player.visit.ended_well


def _play(kiosk: Kiosk, player: Player, script: Callable[[Player], None], hold: bool) -> None:  # noqa: FBT001 # a thread's
    try:
        player.play(script)
    finally:
        click.echo("the visit has ended")
        if not hold:
            kiosk.stop()
