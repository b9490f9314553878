"""Addresses as forms hold them, written out."""

from __future__ import annotations

from kiosk.core.answers import REGION_ENDS
from kiosk.core.catalogue import Catalogue


def written(catalogue: Catalogue, answer: str) -> str:
    """An address as people write it: 990001001000|三组十二号 is 示例区柳湖镇柳湖村三组十二号."""
    code, bar, rest = answer.partition(REGION_ENDS)
    return region(catalogue, code) + rest if bar else answer


def region(catalogue: Catalogue, code: str | None) -> str:
    """A region by its name, after those that it lies in; "" for one that there is not."""
    known = {one.code: one for one in catalogue.regions}
    names: list[str] = []
    while code in known:
        here = known.pop(code)  # each once, whatever a catalogue says of its parents
        names.insert(0, here.name.zh)
        code = here.parent
    return "".join(names)
