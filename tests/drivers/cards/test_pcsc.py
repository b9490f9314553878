"""Which of the readers in the smart-card service is ours."""

from __future__ import annotations

import re

import pytest

from drivers.cards.pcsc import choose
from drivers.errors import TransportError

BOTH = "ACS ACR1281 1S Dual Reader 00 00", "ACS ACR1281 1S Dual Reader(2) 00 01"


@pytest.mark.parametrize(
    ("names", "part", "chosen"),
    [
        (["Virtual PCD 00 01", "Virtual PCD 00 00"], "", "Virtual PCD 00 00"),
        (["Virtual PCD 00 01", "Virtual PCD 00 00"], "00 01", "Virtual PCD 00 01"),
        (["Alcor AU9560 00 00", "Virtual PCD 00 00"], "virtual", "Virtual PCD 00 00"),
        (
            ["ACS ACR122U PICC Interface 00 00", "Gemalto PC Twin 01 00"],
            "",
            "Gemalto PC Twin 01 00",
        ),
        (["HID OMNIKEY 5422CL [CL] 00 00", "HID OMNIKEY 5422 01 00"], "", "HID OMNIKEY 5422 01 00"),
        (["Reader [SAM] 00 02", "Reader [ICC] 00 00"], "", "Reader [ICC] 00 00"),
        (["ACS ACR122U PICC Interface 00 00"], "acr122", "ACS ACR122U PICC Interface 00 00"),
        (BOTH, "", BOTH[0]),
    ],
)
def test_the_reader_is_the_first_that_fits(names: list[str], part: str, chosen: str) -> None:
    """In alphabetical order, whatever the order in which they were plugged in."""
    assert choose(names, part) == chosen
    assert choose(reversed(names), part) == chosen


@pytest.mark.parametrize(
    ("names", "part", "words"),
    [
        ([], "", "any reader with a slot: .* there is none"),
        ([], "ACS", "ACS: .* there is none"),
        (["Virtual PCD 00 00", "Alcor"], "ACS", "ACS: .* there is: Alcor, Virtual PCD 00 00"),
        (["ACS ACR122U PICC"], "", "any reader .* there is: ACS ACR122U PICC"),
    ],
)
def test_no_reader_says_which_there_are(names: list[str], part: str, words: str) -> None:
    """A technician sees what could have been written in the configuration."""
    with pytest.raises(TransportError) as caught:
        choose(names, part)
    assert caught.value.fault.code == "smartcard.no_reader"
    assert re.match(words.replace(" there", r" \(there"), caught.value.fault.detail)
