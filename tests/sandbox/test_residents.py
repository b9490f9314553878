"""The sandbox's residents are nobody, and their cards are right in every other way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from drivers.device import Sex
from drivers.protocols import resident_card
from sandbox.residents import RESIDENTS, Resident, find

each = pytest.mark.parametrize("resident", RESIDENTS, ids=lambda resident: resident.key)


@each
def test_ids_are_nobodys_and_right(resident: Resident) -> None:
    """Each is in the unassigned region, agrees with birth date and sex, and ends in its check."""
    number = resident.card.id_number.reveal()
    assert number[:6] == "990000"
    assert number[6:14] == f"{resident.card.birth_date:%Y%m%d}"
    assert resident.card.sex is (Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)
    weighed = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17]))
    assert "10X98765432"[weighed % 11] == number[17]


@each
def test_a_reader_reads_what_is_on_the_card(resident: Resident) -> None:
    """Every card fits its layout: encoded and decoded it is the same."""
    text = resident_card.encode(resident.card)
    assert resident_card.decode(text) == replace(resident.card, photo=None)


def test_residents_are_told_apart() -> None:
    """Every key and every number is given once, and a key finds its resident."""
    assert len({resident.key for resident in RESIDENTS}) == len(RESIDENTS)
    assert len({resident.card.id_number for resident in RESIDENTS}) == len(RESIDENTS)
    assert [find(resident.key) for resident in RESIDENTS] == list(RESIDENTS)


def test_an_unknown_key_is_answered_with_those_there_are() -> None:
    """Whoever mistypes a key learns the right ones."""
    with pytest.raises(LookupError, match="wang, li, chan, anna, xiao, zhao"):
        find("nobody")


def test_some_are_to_be_refused() -> None:
    """There is somebody not insured, somebody too young, and somebody whose card has run out."""
    assert [resident.key for resident in RESIDENTS if resident.pension is None] == ["li", "xiao"]
    today = date(2026, 11, 25)
    born = {resident.key: resident.card.birth_date for resident in RESIDENTS}
    assert [key for key, day in born.items() if day > today.replace(year=2010)] == ["xiao"]
    until = {resident.key: resident.card.valid_until for resident in RESIDENTS}
    assert [key for key, day in until.items() if day and day < today] == ["zhao"]
