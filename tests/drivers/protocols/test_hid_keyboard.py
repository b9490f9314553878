"""From keys to the text of a code, as scanners that are keyboards type it."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import ProtocolError, RemoteProtocolError
from drivers.protocols.hid_keyboard import (
    CAPS_LOCK,
    ENTER,
    KEYPAD_ENTER,
    KEYS,
    LEFT_SHIFT,
    TAB,
    KeyDecoder,
)
from drivers.protocols.scan_data import LONGEST, ScanData

TYPED = string.printable[:95]
KEY_F1 = 59


def keys(text: str, end: int | None = ENTER) -> list[tuple[int, int]]:
    """The events of a scanner that types `text`."""
    events = []
    for character in text:
        key, shifted = KEYS[character]
        stroke = [(key, 1), (key, 0)]
        events += [(LEFT_SHIFT, 1), *stroke, (LEFT_SHIFT, 0)] if shifted else stroke
    return [*events, *([(end, 1), (end, 0)] if end else [])]


def typed(events: list[tuple[int, int]]) -> list[ScanData | RemoteProtocolError]:
    """What a decoder makes of them."""
    decoder = KeyDecoder()
    return [found for event in events for found in decoder.feed(*event)]


def test_the_keys_are_the_kernels() -> None:
    """Key codes are those of linux/input-event-codes.h, here by their names in the library."""
    ecodes = pytest.importorskip("evdev.ecodes")
    named = {"a": "KEY_A", "Z": "KEY_Z", "0": "KEY_0", ";": "KEY_SEMICOLON", "{": "KEY_LEFTBRACE"}
    assert all(KEYS[c][0] == getattr(ecodes, name) for c, name in named.items())
    named_ends = (ecodes.KEY_ENTER, ecodes.KEY_KPENTER, ecodes.KEY_TAB)
    assert named_ends == (ENTER, KEYPAD_ENTER, TAB)
    assert (ecodes.KEY_LEFTSHIFT, ecodes.KEY_CAPSLOCK) == (LEFT_SHIFT, CAPS_LOCK)


@pytest.mark.parametrize("end", [ENTER, KEYPAD_ENTER, TAB])
def test_every_character_of_a_keyboard(end: int) -> None:
    """All printable ASCII is typed and read back; Enter, keypad Enter and Tab end a code."""
    assert typed(keys(TYPED, end)) == [ScanData(TYPED.encode())]


def test_a_code_without_an_end_is_an_error() -> None:
    """A code that broke off is never told, and the error says what to set in the scanner."""
    decoder = KeyDecoder()
    for event in keys("token", end=None):
        assert list(decoder.feed(*event)) == []
    assert decoder.pending
    (error,) = decoder.idle()
    assert "Enter" in str(error)
    assert list(decoder.idle()) == []


def test_capitals_lock_and_held_keys() -> None:
    """Caps Lock turns letters round, and a key that is held types once."""
    lock = [(CAPS_LOCK, 1), (CAPS_LOCK, 0)]
    assert typed([*lock, *keys("aB1")]) == [ScanData(b"Ab1")]
    held = [(KEYS["7"][0], value) for value in (1, 2, 2, 0)]
    assert typed([*held, *keys("")]) == [ScanData(b"7")]


def test_a_key_without_a_meaning_spoils_its_code_only() -> None:
    """Half a code is never told; the next one is whole."""
    error, code = typed([*keys("12", None), (KEY_F1, 1), (KEY_F1, 0), *keys("34"), *keys("56")])
    assert isinstance(error, RemoteProtocolError)
    assert "12" not in str(error)
    assert code == ScanData(b"56")


def test_lost_keys_spoil_their_code_only() -> None:
    """Where the kernel dropped keys the code is not told; the next one is whole."""
    decoder = KeyDecoder()
    for event in [*keys("12", None), (LEFT_SHIFT, 1)]:
        list(decoder.feed(*event))
    decoder.lost()
    error, code = [f for event in [*keys("34"), *keys("ab")] for f in decoder.feed(*event)]
    assert isinstance(error, RemoteProtocolError)
    assert code == ScanData(b"ab")


def test_a_code_too_long_is_an_error() -> None:
    """A key that is stuck fills no memory."""
    (error,) = typed([*[(KEYS["1"][0], 1)] * (LONGEST + 10), (ENTER, 1)])
    assert str(error) == f"a code of more than {LONGEST} bytes"


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 3)), max_size=300))
def test_any_events_give_codes_or_errors(events: list[tuple[int, int]]) -> None:
    """Whatever a keyboard sends: codes or protocol errors, nothing else."""
    assert all(isinstance(found, ScanData | ProtocolError) for found in typed(events))


@given(st.lists(st.text(TYPED, min_size=1, max_size=40), max_size=5))
def test_any_codes_are_typed_and_read(codes: list[str]) -> None:
    """Whatever is typed comes out as it was shown."""
    events = [event for code in codes for event in keys(code)]
    assert typed(events) == [ScanData(code.encode()) for code in codes]
