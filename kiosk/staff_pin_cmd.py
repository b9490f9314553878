"""The command `kiosk staff-pin`: makes of a PIN what may be written into the configuration."""

from __future__ import annotations

import sys

import click

from drivers.device import Personal
from kiosk.services import pins


@click.command("staff-pin")
def staff_pin() -> None:
    """Ask for a PIN, twice and unseen, and print what `[staff]` of the configuration keeps of it.

    The PIN itself is kept nowhere. Exit status 0: printed; 1: it is no PIN to be used, or the two
    were different.
    """
    pin = Personal(click.prompt("PIN", hide_input=True, err=True))
    if why := pins.weakness(pin):
        click.echo(f"kiosk staff-pin: {why}", err=True)
        sys.exit(1)
    if pin != Personal(click.prompt("The same again", hide_input=True, err=True)):
        click.echo("kiosk staff-pin: the two were different; nothing was made", err=True)
        sys.exit(1)
    click.echo("As attendant_pin or technician_pin of [staff]:", err=True)
    click.echo(pins.hashed(pin))
