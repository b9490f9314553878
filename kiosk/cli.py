"""The command `kiosk`: what a technician and systemd call."""

from __future__ import annotations

from importlib.metadata import entry_points

import click

from kiosk.lazy_group import LazyGroup

GROUP = "doorstep.kiosk"
"""The entry points by which other packages add commands: nothing here knows of them."""

COMMANDS = {
    **{point.name: point.value for point in entry_points(group=GROUP)},
    "catalogue": "kiosk.catalogue_cmd:catalogue",
    "check": "kiosk.check:check",
    "doctor": "kiosk.doctor:doctor",
    "gallery": "screens.gallery:gallery",
    "intents": "kiosk.intents_cmd:intents",
    "print-test": "kiosk.print_test:print_test",
    "read-card": "kiosk.read_card:read_card",
    "run": "kiosk.run:run",
    "speak-test": "kiosk.speak_test:speak_test",
    "staff-pin": "kiosk.staff_pin_cmd:staff_pin",
}


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="doorstep")
def main() -> None:
    """A 24-hour public-service terminal.

    Exit status: 0 good, 1 something is wrong with the world, 2 wrong usage or configuration.
    """
