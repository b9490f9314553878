"""The check character of ID numbers, against the standard's own examples."""

from __future__ import annotations

import pytest

from drivers.device.id_number import check_digit


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_check_digits_are_those_of_the_standards_examples(number: str) -> None:
    """GB 11643 gives these two numbers as its examples."""
    assert check_digit(number[:17]) == number[17]


@pytest.mark.parametrize("wrong", ["", "1" * 16, "1" * 18, "1101051949123100²", "一" * 17])
def test_check_digits_need_seventeen_digits(wrong: str) -> None:
    """Anything else is our mistake."""
    with pytest.raises(ValueError, match="17 digits"):
        check_digit(wrong)
