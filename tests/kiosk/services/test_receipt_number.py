"""The number of a kept request."""

from __future__ import annotations

from datetime import date
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.services import receipt_number
from kiosk.services.receipt_number import ALPHABET, MISTAKABLE, check_character, is_whole

TERMINALS = st.from_regex(r"[A-Z0-9][A-Z0-9._-]{0,12}", fullmatch=True)
NUMBERS = st.builds(
    lambda terminal, day, seed: receipt_number.draw(terminal, day, Random(seed)),  # noqa: S311 - the same each time
    TERMINALS,
    st.dates(date(2024, 1, 1), date(2099, 12, 31)),
    st.integers(),
)


def test_it_names_the_terminal_and_the_day() -> None:
    """Staff see at a glance where and when it was given out."""
    number = receipt_number.draw("HY0001", date(2026, 11, 23), Random(1))  # noqa: S311 - the same each time
    assert number.startswith("HY0001-261123-")
    assert is_whole(number)
    assert is_whole(number.lower())


def test_the_check_character_is_that_of_the_standard() -> None:
    """ISO 7064 MOD 37-2: the worked example of ISBT 128, G123 498 654 321, has H."""
    assert check_character("G123 498 654 321") == "H"


@given(NUMBERS)
def test_its_check_character_is_not_mistaken_for_a_digit(number: str) -> None:
    """I, L, O and Q are read and heard as digits."""
    assert number[-1] not in MISTAKABLE


@given(NUMBERS, st.data())
def test_one_wrong_character_is_found(number: str, data: st.DataObject) -> None:
    """A slip of the pen does not lead to somebody else's case."""
    at = data.draw(st.sampled_from([i for i, c in enumerate(number) if c in ALPHABET]))
    wrong = data.draw(st.sampled_from(ALPHABET))
    assume(wrong != number[at])
    assert not is_whole(number[:at] + wrong + number[at + 1 :])


@given(NUMBERS, st.data())
def test_two_swapped_neighbours_are_found(number: str, data: st.DataObject) -> None:
    """Nor does the other common slip."""
    body = number[:-2]
    pairs = [
        i
        for i in range(len(body) - 1)
        if body[i] != body[i + 1] and body[i] in ALPHABET and body[i + 1] in ALPHABET
    ]
    at = data.draw(st.sampled_from(pairs))
    assert not is_whole(number[:at] + number[at + 1] + number[at] + number[at + 2 :])
