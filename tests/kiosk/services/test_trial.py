"""What keeps a catalogue from coming into force before it is offered."""

from __future__ import annotations

import pytest

from kiosk.services.trial import derive
from sandbox.platform import content

WHOLE = content.reference()


def test_the_whole_reference_catalogue_can_be_offered() -> None:
    """Every item and bundle of it has a journey."""
    derive(WHOLE)


def test_a_bundle_of_what_is_not_there_can_not_be_offered() -> None:
    """Where an item of a bundle is missing, the one that is missed is named."""
    bundle = WHOLE.bundles[0]
    without = [item for item in WHOLE.items if item.code not in bundle.items]
    broken = WHOLE.model_copy(update={"items": tuple(without)})
    with pytest.raises(ValueError, match=bundle.code):
        derive(broken)
