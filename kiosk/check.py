"""The command `kiosk check`: says what a configuration file means and what is wrong with it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from device_config.effective import effective
from device_config.loader import Loaded, load
from kiosk.complaint import as_text
from kiosk.options import config_option, json_option


@click.command()
@config_option
@json_option
def check(config: Path, *, as_json: bool) -> None:
    """Check a configuration file and show it as the terminal understands it.

    Every fault is named at once, with its line and what to do. Exit status 0: no fault;
    2: the file has to be repaired.
    """
    loaded = load(config)
    if as_json:
        click.echo(as_text(_data(loaded)))
    else:
        click.echo(effective(loaded), nl=False)
        click.echo(_verdict(loaded), err=True)
    sys.exit(2 if loaded.faults else 0)


def _data(loaded: Loaded) -> dict[str, Any]:
    config = loaded.config
    return {
        "file": str(loaded.path),
        "starts": config is not None,
        "faults": [asdict(fault) for fault in loaded.faults],
        "config": config.model_dump(mode="json") if config else None,
    }


def _verdict(loaded: Loaded) -> str:
    count = len(loaded.faults)
    if count == 0:
        return "no fault"
    starts = "the terminal starts without what they touch" if loaded.config else "it can not start"
    return f"{count} fault{'s' if count > 1 else ''}; {starts}"
