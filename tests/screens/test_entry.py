"""What keys make of an answer, whatever is pressed in whatever order."""

from __future__ import annotations

from datetime import date
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.answers import check, tidy
from kiosk.core.catalogue import Field, FieldKind, Text
from screens import entry

TODAY = date(2026, 11, 25)
KEYS = "0123456789.XxABIOSVZ-"
LONGEST = 20


def after(kind: FieldKind, keys: str) -> str:
    """The answer once all keys were pressed."""
    text = ""
    for key in keys:
        text = entry.typed(kind, text, key, LONGEST)
    return text


@pytest.mark.parametrize(
    ("kind", "keys", "text"),
    [
        (FieldKind.DATE, "19460115", "1946-01-15"),
        (FieldKind.DATE, "194615", "1946-15"),
        (FieldKind.DATE, "194654", "1946-05-04"),  # no month begins with 5, no day with 4
        (FieldKind.DATE, "1946011599", "1946-01-15"),
        (FieldKind.AMOUNT, "1200.50", "1200.50"),
        (FieldKind.AMOUNT, ".5", "0.5"),
        (FieldKind.AMOUNT, "007", "7"),
        (FieldKind.AMOUNT, "1.2.345", "1.23"),
        (FieldKind.NUMBER, "012", "12"),
        (FieldKind.PHONE, "13800000000", "13800000000"),
        (FieldKind.ID_NUMBER, "99000019460115001X", "99000019460115001X"),
        (FieldKind.ID_NUMBER, "X99000019460115001", "99000019460115001"),
        (FieldKind.CREDIT_CODE, "91ioavz", "91A"),
        (FieldKind.TEXT, " a b", "a b"),
        (FieldKind.TEXT, "a" * 30, "a" * LONGEST),
    ],
)
def test_keys_that_make_no_sense_are_let_pass(kind: FieldKind, keys: str, text: str) -> None:
    """Each kind takes what its answers consist of, and nothing else."""
    assert after(kind, keys) == text


@given(st.sampled_from(FieldKind), st.text(alphabet=KEYS, max_size=30))
def test_everything_typed_can_be_deleted(kind: FieldKind, keys: str) -> None:
    """Delete takes something away each time, until nothing is left."""
    text = after(kind, keys)
    for _ in range(len(text)):
        shorter = entry.deleted(kind, text)
        assert len(shorter) < len(text) or text == ""
        text = shorter
    assert text == ""


@given(st.dates())
def test_every_day_can_be_typed(day: date) -> None:
    """Its eight digits give the ISO date that the core keeps as it is."""
    field = Field(kind=FieldKind.DATE, key="day", label=Text("日", "Day"))
    text = after(FieldKind.DATE, f"{day:%Y}".zfill(4) + f"{day:%m%d}")
    assert text == day.isoformat()
    assert check(field, text, TODAY) is None
    assert tidy(field, text) == text


@given(st.sampled_from(sorted(entry.PADS)), st.text(alphabet=KEYS, max_size=30))
def test_groups_hide_nothing(kind: FieldKind, keys: str) -> None:
    """What is shown in groups is the answer and blanks."""
    text = after(kind, keys)
    assert entry.grouped(kind, text).replace(" ", "") == text


def test_numbers_are_shown_as_documents_print_them() -> None:
    """An ID number as region, birth and rest; a mobile number as people say it."""
    assert entry.grouped(FieldKind.ID_NUMBER, "99000019460115001X") == "990000 19460115 001X"
    assert entry.grouped(FieldKind.PHONE, "13800000000") == "138 0000 0000"
    assert entry.date_parts("1946-0") == ("1946", "0_", "__")


@given(st.lists(st.sampled_from("abc"), max_size=8), st.data())
def test_no_echo_takes_a_letter_away(letters: list[str], data: st.DataObject) -> None:
    """An earlier state told by a view changes nothing; what comes from elsewhere counts."""
    draft = entry.Draft()
    draft.told("")
    states = ["", *accumulate(letters)]
    for state in states[1:]:
        draft.put(state)
        draft.told(data.draw(st.sampled_from(states[: states.index(state) + 1])))
        assert draft.text == state
    draft.told("from elsewhere")
    assert draft.text == "from elsewhere"
