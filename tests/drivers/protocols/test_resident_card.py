"""The four layouts of ID cards."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.device import CardKind, IdCard, Personal, Sex
from drivers.errors import LocalProtocolError, ProtocolError, RemoteProtocolError
from drivers.protocols import resident_card
from drivers.protocols.resident_card import NATIONS, decode, encode

words = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=15
).map(Personal)
latin = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ, ", min_size=1, max_size=45).filter(
    lambda t: t.strip(" ") == t and t
)
numbers = st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True).map(Personal)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@st.composite
def cards(draw: st.DrawFn) -> IdCard:
    """Any card of any kind, with the fields that its layout has."""
    kind = draw(st.sampled_from(list(CardKind)))
    foreign = kind in (CardKind.FOREIGNER_2017, CardKind.FOREIGNER_2023)
    room = 60 if kind is CardKind.FOREIGNER_2017 else 46
    hmt = kind is CardKind.HMT_RESIDENCE
    digits = st.from_regex(r"[A-Z]{3}[0-9]{12}", fullmatch=True).map(Personal)
    english = Personal(draw(latin)[:room].strip()) if foreign else None
    if english is not None and not english:
        english = Personal("A")
    return IdCard(
        kind=kind,
        name=draw(words),
        id_number=draw(digits if kind is CardKind.FOREIGNER_2017 else numbers),
        sex=draw(st.sampled_from(Sex)),
        birth_date=draw(days),
        issuer="" if kind is CardKind.FOREIGNER_2023 else "1500" if foreign else "某公安局",
        valid_from=draw(days),
        valid_until=draw(st.none() | days),
        nation=draw(st.sampled_from(sorted(NATIONS.values())))
        if kind is CardKind.RESIDENT
        else None,
        address=None if foreign else draw(words),
        english_name=english,
        nationality="CAN" if foreign else None,
        pass_number=Personal("H12345678") if hmt else None,
        issue_count=draw(st.integers(0, 99)) if hmt else None,
        version="01" if kind is CardKind.FOREIGNER_2017 else None,
        renewals=draw(st.integers(0, 99)) if kind is CardKind.FOREIGNER_2023 else None,
        old_number_link="ABC" if kind is CardKind.FOREIGNER_2023 else None,
    )


@given(cards())
def test_any_card_survives_its_text(card: IdCard) -> None:
    """For all four layouts: what was written is what is read, field by field."""
    assert decode(encode(card)) == card


@given(st.binary(min_size=256, max_size=256))
def test_any_text_is_a_card_or_a_protocol_error(text: bytes) -> None:
    """Arbitrary bytes raise nothing but the device's error."""
    with suppress(ProtocolError):
        decode(text)


@given(cards(), st.integers(0, 255), st.integers(0, 255))
def test_no_error_ever_holds_card_contents(card: IdCard, at: int, value: int) -> None:
    """One wrong byte may make a card unreadable; the message names the field, never its value."""
    text = bytearray(encode(card))
    text[at] = value
    said = complaint(bytes(text))
    assert card.name.reveal() not in said
    assert card.id_number.reveal() not in said


def complaint(text: bytes) -> str:
    """What is said of a card's text: nothing when it can be read."""
    try:
        decode(text)
    except RemoteProtocolError as error:
        return str(error)
    return ""


def resident_text(**fields: str) -> bytes:
    """A mainland card laid out by hand from the published offsets, not by our own encoder."""
    layout = [
        ("name", 15, "王秀英"),
        ("sex", 1, "2"),
        ("nation", 2, "03"),
        ("birth", 8, "19520307"),
        ("address", 35, "淮阳区城关回族镇"),
        ("id_number", 18, "990000195203070028"),
        ("issuer", 15, "某市公安局"),
        ("start", 8, "20150301"),
        ("end", 8, "长期"),
        ("reserved", 18, ""),
    ]
    return "".join(fields.get(n, v).ljust(size) for n, size, v in layout).encode("utf-16-le")


def test_a_mainland_card_is_read_by_the_published_offsets() -> None:
    """Name, sex, nation, dates, address, number, issuer and 长期 stand where the standard says."""
    card = decode(resident_text())
    assert card == IdCard(
        kind=CardKind.RESIDENT,
        name=Personal("王秀英"),
        id_number=Personal("990000195203070028"),
        sex=Sex.FEMALE,
        birth_date=date(1952, 3, 7),
        issuer="某市公安局",
        valid_from=date(2015, 3, 1),
        valid_until=None,
        nation="回",
        address=Personal("淮阳区城关回族镇"),
    )


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("birth", "19521331", "birth is not a date"),
        ("birth", "", "birth is not a date"),
        ("end", "永久", "end is not a date"),
        ("sex", "7", "sex is not 0, 1, 2 or 9"),
        ("nation", "99", "nation is not a code"),
        ("name", "", "name is empty"),
        ("id_number", "", "id_number is empty"),
    ],
)
def test_a_wrong_field_is_named(field: str, value: str, message: str) -> None:
    """What does not fit is said by the field's name."""
    with pytest.raises(RemoteProtocolError, match=message):
        decode(resident_text(**{field: value}))


@pytest.mark.parametrize("length", [0, 255, 257])
def test_text_of_another_length_is_refused(length: int) -> None:
    """A card's text has 256 bytes."""
    with pytest.raises(RemoteProtocolError, match="expected 256"):
        decode(bytes(length))


def test_a_name_too_long_for_its_field_is_our_mistake() -> None:
    """The encoder never cuts a field."""
    card = decode(resident_text())
    long = IdCard(
        **{f: getattr(card, f) for f in card.__slots__ if f != "name"}, name=Personal("长" * 16)
    )
    with pytest.raises(LocalProtocolError, match="name takes 32 bytes"):
        encode(long)


def test_the_nations_are_those_of_the_standard() -> None:
    """GB/T 3304 has 56 nationalities; cards add two codes."""
    assert len(NATIONS) == 58
    samples = ("01", "05", "09", "10", "30", "31", "56", "97", "98")
    assert [NATIONS[code] for code in samples] == [
        "汉", "维吾尔", "布依", "朝鲜", "土", "达斡尔", "基诺", "其他", "外国血统",
    ]  # fmt: skip


def test_marks_of_padded_and_zeroed_cards_are_blank() -> None:
    """A mainland card whose reserved bytes are zeros is still a mainland card."""
    text = resident_text()[: resident_card.TYPE_AT] + bytes(8)
    assert decode(text).kind is CardKind.RESIDENT
