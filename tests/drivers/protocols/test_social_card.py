"""Social security cards, on published bytes, and on every answer a card may give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.device import Personal, Sex, SocialSecurityCard
from drivers.errors import CardError, LocalProtocolError, ProtocolError, RemoteProtocolError
from drivers.protocols import social_card
from drivers.protocols.resident_card import NATION_NAMES
from drivers.protocols.social_card import ITEMS, decode, encode, parse_records, read

# As programs of several makers send them to such cards, and what the cards answered.
SELECT_SSSE = "00A404000F 7378312E73682EC9E7BBE1B1A3D5CF"
SELECT_PSE = "00A404000E 315041592E5359532E4444463031"
SELECT_PPSE = "00A404000E 325041592E5359532E4444463031"
USUAL_READS = ("00B2010412", "00B2030406", "00B207040B", "00B2010414", "00B2020420")
CARD_ID = "0110 330300D15600000599110145FFFFFFFF"
VERSION = "0304 332E3030"

WANG = SocialSecurityCard(
    version="3.00",
    card_number=Personal("990000001"),
    social_security_number=Personal("990000195203070028"),
    name=Personal("王秀英"),
    sex=Sex.FEMALE,
    card_id=Personal("330300D15600000599110145FFFFFFFF"),
    card_class="1",
    issuer="990000990000",
    issued=date(2017, 4, 5),
    valid_until=date(2027, 4, 5),
    nation="汉",
    birthplace="990000",
    birth_date=date(1952, 3, 7),
)
# The same card as it is written, byte by byte.
RECORDS = {
    0xEF05: [
        CARD_ID,
        "0201 31",
        VERSION,
        "040C 990000990000FFFFFFFFFFFF",
        "0504 20170405",
        "0604 20270405",
        "0709 393930303030303031",
    ],
    0xEF06: [
        "0812 393930303030313935323033303730303238",
        "091E CDF5D0E3D3A2" + "00" * 24,
        "4E14" + "00" * 20,
        "0A01 32",
        "0B01 01",
        "0C03 990000",
        "0D04 19520307",
    ],
}

Card = Callable[[bytes], bytes]


def raw(text: str) -> bytes:
    """Bytes from hexadecimal."""
    return bytes.fromhex(text)


def ok(text: str) -> bytes:
    """A good answer."""
    return raw(text + "9000")


def card_of(records: dict[int, list[str]], *, forms: str = "0002", by: str = "0400") -> Card:
    """A card that holds these records: which SELECT and which READ RECORD it knows."""
    file: list[str] = []

    def answer(command: bytes) -> bytes:
        nonlocal file
        if command == raw(SELECT_SSSE):
            return raw("611E")
        if command[:2] == raw("00A4") and command[2] in raw(forms):
            file = records[int.from_bytes(command[5:], "big")]
            return raw("9000")
        if command[:2] != raw("00B2") or command[3] not in raw(by):
            return raw("6A86")
        number, tag = command[2], f"{command[2]:02X}"
        found = file[number - 1 : number] if command[3] == 4 else [r for r in file if r[:2] == tag]
        return ok(found[0]) if found else raw("6A83")

    return answer


def held(card: Card) -> tuple[list[bytes], SocialSecurityCard]:
    """The whole conversation with a card, and what came of it."""
    conversation = read()
    asked = [next(conversation)]
    while True:
        try:
            asked.append(conversation.send(card(asked[-1])))
        except StopIteration as end:
            result: SocialSecurityCard = end.value
            return asked, result


def refused(card: Card) -> str:
    """The code with which a card is refused."""
    with pytest.raises(CardError) as caught:
        held(card)
    return caught.value.fault.code


def test_a_card_is_read_with_the_published_commands() -> None:
    """The environment, its files and the usual reads go out with exactly the known bytes."""
    asked, card = held(card_of(RECORDS))
    assert asked[:2] == [raw(SELECT_SSSE), raw("00A4020002EF05")]
    assert {raw(command) for command in USUAL_READS} <= set(asked)
    assert card == WANG


@pytest.mark.parametrize("forms", ["00", "02", "0002"])
@pytest.mark.parametrize("by", ["00", "04", "0400"])
def test_both_forms_of_every_command_are_known(forms: str, by: str) -> None:
    """A card that knows only one SELECT and only one READ RECORD is read all the same."""
    assert held(card_of(RECORDS, forms=forms, by=by))[1] == WANG


def test_a_card_of_the_first_specification() -> None:
    """1.00 has no continued names, so that all records behind have other numbers."""
    old = {
        0xEF05: [r.replace("332E3030", "312E3030") for r in RECORDS[0xEF05]],
        0xEF06: [r for r in RECORDS[0xEF06] if not r.startswith("4E")],
    }
    asked, card = held(card_of(old))
    assert card == replace(WANG, version="1.00")
    assert raw("00B2030403") in asked  # the sex, with its own length


def test_a_card_that_does_not_say_its_version() -> None:
    """What was never written is empty, and the records are taken for what their tags say."""
    silent = {
        0xEF05: [r if r != VERSION else "0304 00000000" for r in RECORDS[0xEF05]],
        0xEF06: [r for r in RECORDS[0xEF06] if not r.startswith("4E")],
    }
    assert held(card_of(silent))[1] == replace(WANG, version="")


def test_a_long_name_goes_on_in_its_second_record() -> None:
    """Also where the first ends in the middle of a character."""
    name = "a" + "热" * 20
    written = name.encode("gbk").ljust(50, b"\0")
    records = {
        0xEF05: RECORDS[0xEF05],
        0xEF06: [
            RECORDS[0xEF06][0],
            "091E" + written[:30].hex(),
            "4E14" + written[30:].hex(),
            *RECORDS[0xEF06][3:],
        ],
    }
    assert held(card_of(records))[1].name == Personal(name)


@pytest.mark.parametrize("select", [SELECT_PSE, SELECT_PPSE])
@pytest.mark.parametrize("answer", ["6F0484025359 9000", "9000", "611C"])
def test_a_bank_card_is_refused_by_its_name_and_never_read(select: str, answer: str) -> None:
    """Once it is known for one, nothing more is asked, not even what waits to be fetched."""
    asked: list[bytes] = []

    def card(command: bytes) -> bytes:
        asked.append(command)
        return raw(answer if command == raw(select) else "6A82")

    assert refused(card) == "card.bank"
    assert asked[-1] == raw(select)
    assert not any(command[1] in {0xB2, 0xC0} for command in asked)


def test_a_social_security_card_with_a_bank_on_it_is_none() -> None:
    """Most of the third generation carry both: they are read, and the bank is not asked for."""
    asked, card = held(card_of(RECORDS))
    assert card == WANG
    assert raw(SELECT_PSE) not in asked
    assert raw(SELECT_PPSE) not in asked


@pytest.mark.parametrize("word", ["6A82", "6D00", "6E00", "6A81"])
def test_any_other_card_is_unknown(word: str) -> None:
    """A card that has none of the applications is refused as what it is."""
    assert refused(lambda _: raw(word)) == "card.unknown"


@pytest.mark.parametrize(
    ("word", "code"),
    [("6982", "card.security"), ("6700", "card.length"), ("6F00", "card.unknown_status")],
)
def test_a_card_that_refuses_to_be_read_says_why(word: str, code: str) -> None:
    """A refusal of a file or of a record is named by its status word."""
    good = card_of(RECORDS)
    assert refused(lambda c: raw(word) if c[1] == 0xB2 else good(c)) == code
    assert refused(lambda c: raw(word) if c[5:6] == b"\xef" else good(c)) == code


@pytest.mark.parametrize(
    ("file", "number", "record", "words"),
    [
        (0xEF05, 6, "0709 000000000000000000", "card_number is empty"),
        (0xEF05, 6, "0709 FFFFFFFFFFFFFFFFFF", "card_number is empty"),
        (0xEF05, 6, "0709 C1C1C1C1C1C1C1C1C1", "card_number is not ASCII"),
        (0xEF05, 6, "0709 39390A303030303031", "card_number is not text"),
        (0xEF05, 6, "0709 3939", "record says 9 bytes, has 2"),
        (0xEF05, 6, "07", "record without a length"),
        (0xEF06, 0, "0812" + "00" * 18, "social_security_number is empty"),
        (0xEF06, 1, "091E" + "00" * 30, "name is empty"),
        (0xEF06, 1, "0902 FE20", "name is not GBK"),
        (0xEF06, 1, "0904 41070741", "name is not text"),
        (0xEF06, 3, "0A01 35", "sex is not 0, 1, 2 or 9"),
    ],
)
def test_what_a_card_must_say_is_said_or_named(
    file: int, number: int, record: str, words: str
) -> None:
    """The error names the item, and never shows what stands in it."""
    records = {key: list(value) for key, value in RECORDS.items()}
    records[file][number] = record
    with pytest.raises(RemoteProtocolError) as caught:
        held(card_of(records))
    assert str(caught.value) == words


@pytest.mark.parametrize("record", ["0504 20171345", "0504 FFFFFFFF", "0504 00000000", "0502 2017"])
def test_a_day_that_is_none_stops_nobody(record: str) -> None:
    """What nothing depends on may be missing or wrong."""
    records = {**RECORDS, 0xEF05: [*RECORDS[0xEF05][:4], record, *RECORDS[0xEF05][5:]]}
    assert held(card_of(records))[1] == replace(WANG, issued=None)


def test_a_card_with_only_what_it_must_say() -> None:
    """All else is None, and the sex unknown."""
    few = {0xEF05: [RECORDS[0xEF05][6]], 0xEF06: RECORDS[0xEF06][:2]}
    assert held(card_of(few))[1] == SocialSecurityCard(
        version="",
        card_number=WANG.card_number,
        social_security_number=WANG.social_security_number,
        name=WANG.name,
        sex=Sex.UNKNOWN,
    )


def test_records_are_written_as_they_are_published() -> None:
    """The sandbox's cards hold exactly these bytes."""
    assert encode(WANG) == {file: [raw(r) for r in records] for file, records in RECORDS.items()}


def test_a_name_too_long_for_the_card_is_our_mistake() -> None:
    """A name of more than 30 bytes needs a newer card, one of more than 50 none has."""
    long = replace(WANG, name=Personal("热" * 16))
    assert encode(long)
    with pytest.raises(LocalProtocolError, match="name takes 32 bytes, it has 30"):
        encode(replace(long, version="1.00"))
    with pytest.raises(LocalProtocolError, match="name_more takes 30 bytes, it has 20"):
        encode(replace(WANG, name=Personal("热" * 30)))


def test_several_records_in_one_answer_and_padding_behind() -> None:
    """Records follow each other until only padding is left."""
    found = list(parse_records(raw("0201 31 0304 332E3030 FFFF 0000")))
    assert found == [(0x02, b"1"), (0x03, b"3.00")]


DIGITS = st.text("0123456789", min_size=1)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31))


@st.composite
def cards(draw: st.DrawFn) -> SocialSecurityCard:
    """Any card that can be written."""
    version = draw(st.sampled_from(["1.00", "2.00", "3.00"]))
    longest = 15 if version == "1.00" else 25
    return SocialSecurityCard(
        version=version,
        card_number=Personal(draw(st.text("0123456789ABCDEFGHX", min_size=1, max_size=9))),
        social_security_number=Personal(draw(st.text("0123456789X", min_size=1, max_size=18))),
        name=Personal(draw(st.text("王秀英李热阿不都·ABC", min_size=1, max_size=longest))),
        sex=draw(st.sampled_from(Sex)),
        card_id=draw(st.none() | st.just(WANG.card_id)),
        card_class=draw(st.none() | st.sampled_from("123")),
        issuer=draw(st.none() | st.text("0123456789", min_size=1, max_size=24)),
        issued=draw(DAYS),
        valid_until=draw(DAYS),
        nation=draw(st.none() | st.sampled_from(NATION_NAMES.split())),
        birthplace=draw(st.none() | st.text("0123456789", min_size=1, max_size=6)),
        birth_date=draw(DAYS),
    )


@given(cards())
def test_any_card_is_read_as_it_was_written(card: SocialSecurityCard) -> None:
    """For any holder and any version: what is read is what was written."""
    records = {file: [r.hex().upper() for r in rs] for file, rs in encode(card).items()}
    assert held(card_of(records))[1] == card


@given(st.lists(st.binary(max_size=40), max_size=40))
def test_any_answers_end_in_a_card_or_an_error_about_it(answers: list[bytes]) -> None:
    """Arbitrary answers raise nothing else, and the conversation ends."""
    conversation, count = read(), 0
    next(conversation)
    left = iter(answers)
    try:
        while True:
            conversation.send(next(left, raw("6A83")))
            count += 1
            assert count < 400
    except (StopIteration, ProtocolError, CardError):
        return


@given(st.dictionaries(st.sampled_from([i.name for i in ITEMS.values()]), st.binary(max_size=40)))
def test_any_values_are_a_card_or_a_protocol_error(values: dict[str, bytes]) -> None:
    """Whatever stands in the records, nothing else is raised."""
    try:
        card = decode(values)
    except RemoteProtocolError:
        return
    assert card.name.reveal()


@given(st.binary(max_size=300))
def test_any_bytes_are_records_or_a_protocol_error(data: bytes) -> None:
    """The records found hold no more than there was."""
    try:
        found = list(parse_records(data))
    except RemoteProtocolError:
        return
    assert sum(2 + len(value) for _, value in found) <= len(data)


def test_the_names_of_applications_are_as_published() -> None:
    """SSSE is sx1.sh. with 社会保障 in GBK; banks have PSE or PPSE."""
    assert raw(SELECT_SSSE)[5:] == social_card.SSSE
    assert [raw(SELECT_PSE)[5:], raw(SELECT_PPSE)[5:]] == list(social_card.BANKS)
