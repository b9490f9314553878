"""The command `sandbox`: the world around a terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sandbox.demo import demo
from sandbox.devices.standalone import device
from sandbox.dock import dock
from sandbox.platform.cli import platform
from sandbox.scenario import scenario


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The world around a terminal: platform, devices, residents, demonstration."""


main.add_command(demo)
main.add_command(device)
main.add_command(dock)
main.add_command(platform)
main.add_command(scenario)


@main.command()
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
    from sandbox.visit import play_visit  # noqa: PLC0415 # Kivy, for this command alone

    sys.exit(0 if play_visit(config, control, out, language, hold=hold) else 1)
