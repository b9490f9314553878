"""The command `sandbox`: the world around a terminal."""

from __future__ import annotations

from importlib import import_module

import click

# Command to where it is: each brings its own libraries, and waits for no others.
COMMANDS = {
    "act": "sandbox.scenario:act",
    "demo": "sandbox.demo:demo",
    "device": "sandbox.devices.standalone:device",
    "dock": "sandbox.dock:dock",
    "platform": "sandbox.platform.cli:platform",
    "play": "sandbox.visit:play",
    "scenario": "sandbox.scenario:scenario",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command there is."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The world around a terminal: platform, devices, residents, demonstration."""
