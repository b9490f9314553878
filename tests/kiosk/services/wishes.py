"""Every wish there can be, as Hypothesis draws them."""

from __future__ import annotations

from dataclasses import fields, replace
from hashlib import sha256
from typing import Any, TypeVar, get_type_hints

from hypothesis import strategies as st

from drivers.device import Personal, Point, Signature
from kiosk.core.cases import Application, Attachment, Draft, Provided, Supplement, Wish
from kiosk.core.identity import Person, Principal
from kiosk.core.sheet import Sheet
from kiosk.services.payload import KINDS

T = TypeVar("T")


def whole(kind: type[T]) -> st.SearchStrategy[T]:
    """Values of a dataclass with every member drawn, those with defaults too."""
    hints = get_type_hints(kind)
    drawn: dict[str, Any] = {
        each.name: st.from_type(hints[each.name])
        for each in fields(kind)  # type: ignore[arg-type] # a dataclass, whichever
    }
    return st.builds(kind, **drawn)


def _attachment(content: bytes | None) -> Attachment:
    return Attachment(sha256(content or b"").hexdigest(), content=content)


@st.composite
def signatures(draw: st.DrawFn) -> Signature:
    """Strokes in a field of A5's size, in the order of time."""
    strokes = draw(st.lists(st.integers(1, 4), max_size=4))
    times = sorted(draw(st.lists(st.integers(1, 1000), min_size=20, max_size=20)))
    points = iter(
        Point(draw(st.integers(0, 14_800)), draw(st.integers(0, 21_000)), ms) for ms in [0, *times]
    )
    return Signature(
        tuple(tuple(next(points) for _ in range(count)) for count in strokes), 14_800, 21_000
    )


st.register_type_strategy(Personal, st.text().map(Personal))
st.register_type_strategy(Sheet, st.dictionaries(st.text(), st.text(), max_size=5).map(Sheet))
st.register_type_strategy(Signature, signatures())
st.register_type_strategy(
    Attachment, (st.none() | st.binary(min_size=1, max_size=40)).map(_attachment)
)
st.register_type_strategy(Draft, st.builds(Draft, st.text(), st.integers(1, 2**31)))
for _kind in (Person, Principal, Provided):
    st.register_type_strategy(_kind, whole(_kind))

WISHES: st.SearchStrategy[Wish] = st.one_of(*(whole(kind) for kind in KINDS.values()))


def bare(wish: Wish) -> Wish:
    """The wish without the contents of its pages."""
    if not isinstance(wish, Application | Supplement):
        return wish
    materials = tuple(
        replace(each, pages=tuple(replace(page, content=None) for page in each.pages))
        for each in wish.materials
    )
    return replace(wish, materials=materials)
