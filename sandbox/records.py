"""What departments have on record of the sandbox's residents, by the `shared` names of a catalogue.

Invented like the residents themselves. Whoever has none here is a person without prefill.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sandbox.residents import Resident

NOTHING: Mapping[str, str] = MappingProxyType({})


def of(_resident: Resident) -> Mapping[str, str]:
    """Everything on record of a resident; {} of somebody of whom nothing may be shared."""
    return NOTHING
