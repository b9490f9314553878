"""What an intent remembers while it is pending, as bytes to be sealed and back."""

from __future__ import annotations

from typing import Any

import orjson

from kiosk.core.cases import (
    Application,
    Complaint,
    Confirmation,
    FollowUp,
    Rating,
    Supplement,
    Wish,
)
from kiosk.core.catalogue import Language
from kiosk.core.identity import Person
from kiosk.services import plain

KINDS: dict[str, type[Wish]] = {
    "application": Application,
    "supplement": Supplement,
    "complaint": Complaint,
    "follow_up": FollowUp,
    "confirmation": Confirmation,
    "rating": Rating,
}
_NAMES = {kind: name for name, kind in KINDS.items()}


def kind(wish: Wish) -> str:
    """How a wish of that type is called where it is written down."""
    return _NAMES[type(wish)]


def of_wish(wish: Wish) -> bytes:
    """A wish as bytes, without the contents of its pages; they go nowhere but into a seal."""
    return orjson.dumps(plain.dump(wish))


def to_wish(kind: str, clear: bytes) -> Wish:
    """The wish that was made bytes; ValueError when these are none."""
    try:
        kept = orjson.loads(clear)
    except orjson.JSONDecodeError:
        raise ValueError("this is no JSON") from None  # the error itself holds the text
    if kind == "application" and isinstance(kept, dict) and "item_code" in kept:
        return _of_one_item(kept)
    return plain.load(KINDS[kind], kept)


def _of_one_item(kept: dict[str, Any]) -> Application:
    """An application as it was written down when each was for one item and asked nothing."""
    code = plain.load(str, kept.pop("item_code"))
    language = plain.load(Language, kept.pop("language", None))
    return Application(code, (code,), plain.load(Person, kept), language)
