"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.core.catalogue import Language

control = click.option(
    "--control",
    type=click.Path(path_type=Path),
    required=True,
    help="The control line of a running demonstration, as it prints it.",
)
language = click.option(
    "--language",
    type=click.Choice([language.value for language in Language]),
    default=Language.CHINESE.value,
    show_default=True,
    help="What the resident reads.",
)
