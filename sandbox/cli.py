"""The command `sandbox`: the world around a terminal."""

from __future__ import annotations

import click

from kiosk.lazy_group import LazyGroup

COMMANDS = {
    "act": "sandbox.scenario:act",
    "demo": "sandbox.demo:demo",
    "device": "sandbox.devices.standalone:device",
    "dock": "sandbox.dock:dock",
    "platform": "sandbox.platform.cli:platform",
    "play": "sandbox.visit:play",
    "scenario": "sandbox.scenario:scenario",
    "terminal": "sandbox.terminal:terminal",
}


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The world around a terminal: platform, devices, residents, demonstration."""
