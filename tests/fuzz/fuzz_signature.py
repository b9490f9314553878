"""Signatures as JSON, and the pictures of those that are."""

from __future__ import annotations

from drivers.device import SignatureError
from drivers.panels.signature import from_json, to_json, to_svg

SEEDS = [
    b'{"width":9000,"height":3000,"strokes":[[10,20,0,3,-4,10],[5,5,40]]}',
    b'{"width":1,"height":1,"strokes":[]}',
    b'{"width":9000,"height":3000,"strokes":[[0,0,0,9000,3000,300000]]}',
]


def target(data: bytes) -> None:
    """Whatever is read as a signature is written as the same one, and can be drawn."""
    try:
        signature = from_json(data)
    except SignatureError:
        return
    assert from_json(to_json(signature)) == signature
    to_svg(signature)
