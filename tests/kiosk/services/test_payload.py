"""Wishes as bytes and back: whatever a resident said comes back as it was said."""

from __future__ import annotations

from datetime import date

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.device import Personal, Sex
from kiosk.core.cases import Application, Complaint, Grade, Rating, Wish
from kiosk.core.catalogue import Language
from kiosk.core.identity import Document, Person
from kiosk.services import payload, plain
from tests.kiosk.services.wishes import WISHES, bare

BEFORE = (
    '{"item_code":"990142001000","language":"en","name":"王秀英","id_number":"990000195203070021",'
    '"sex":"female","birth_date":"1952-03-07","document":"resident","valid_until":null,'
    '"address":"柳湖镇"}'
).encode()
"""An application as the version before wishes wrote it."""


@given(WISHES)
def test_every_wish_comes_back_as_it_was(wish: Wish) -> None:
    """Member by member, in its own types; contents of pages are kept apart."""
    assert payload.to_wish(payload.kind(wish), payload.of_wish(wish)) == bare(wish)


@given(WISHES)
def test_a_wish_is_written_the_same_again(wish: Wish) -> None:
    """What was read back is sent with the very bytes of the first attempt."""
    clear = payload.of_wish(wish)
    assert payload.of_wish(payload.to_wish(payload.kind(wish), clear)) == clear


def test_what_the_version_before_kept_is_still_sent() -> None:
    """An update in the night loses no application that waits for the platform."""
    applicant = Person(
        Personal("王秀英"),
        Personal("990000195203070021"),
        Sex.FEMALE,
        date(1952, 3, 7),
        Document.RESIDENT,
        None,
        Personal("柳湖镇"),
    )
    expected = Application("990142001000", ("990142001000",), applicant, Language.ENGLISH)
    assert payload.to_wish("application", BEFORE) == expected
    rating = b'{"case_number":"CASE-1","item_code":"990142001000","grade":4}'
    assert payload.to_wish("rating", rating) == Rating("CASE-1", "990142001000", Grade.SATISFIED)


JSON: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.sampled_from(sorted(payload.KINDS)), st.binary() | JSON.map(orjson.dumps))
def test_what_was_never_a_wish_is_none(kind: str, clear: bytes) -> None:
    """Anything else is an error of one kind, which quotes nothing."""
    try:
        payload.to_wish(kind, clear)
    except ValueError as error:
        assert len(str(error)) < 60  # noqa: PT017 - either of both is good


@pytest.mark.parametrize(
    ("member", "by"),
    [("phone", 139), ("words", None), ("person", {"name": "王秀英"}), ("secret", "王秀英")],
)
def test_a_wrong_member_is_not_quoted(member: str, by: object) -> None:
    """The error says what it is not, and nothing that somebody said."""
    kept = orjson.loads(payload.of_wish(Complaint("road", Personal("words"))))
    with pytest.raises(ValueError, match=r"^this is no Complaint$"):
        payload.to_wish("complaint", orjson.dumps({**kept, member: by}))


def test_what_has_no_plain_form_is_a_mistake_of_ours() -> None:
    """Bytes do not go where texts go."""
    with pytest.raises(TypeError, match="bytes has no plain form"):
        plain.dump((b"page",))
