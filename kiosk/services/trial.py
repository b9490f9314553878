"""Tries a catalogue before it comes into force."""

from __future__ import annotations

from kiosk.core import matter, steps
from kiosk.core.catalogue import Catalogue


def derive(catalogue: Catalogue) -> None:
    """Derive the journey of every item and bundle; raises where one has none."""
    codes = [item.code for item in catalogue.items] + [one.code for one in catalogue.bundles]
    for code in codes:
        wanted = matter.find(catalogue, code)
        if wanted is None:
            raise ValueError(code)
        steps.flow(wanted)
