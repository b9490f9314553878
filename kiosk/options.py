"""The options that commands have in common, and the configuration that they name."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from device_config.loader import load
from device_config.schema import TerminalConfig

CONFIG = Path("/etc/doorstep/kiosk.toml")
PATH = click.Path(path_type=Path)

config_option = click.option(
    "--config",
    type=PATH,
    default=CONFIG,
    show_default=True,
    help="The terminal's configuration file.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer with data.")


def configured(file: Path) -> TerminalConfig:
    """What the file says, its faults told; exit status 2 where nothing can be done with it."""
    loaded = load(file)
    for fault in loaded.faults:
        click.echo(f"{file}: {fault}", err=True)
    if loaded.config is None:
        sys.exit(2)
    return loaded.config
