"""Commands to chip cards and their answers, on published bytes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.device import Advice
from drivers.errors import LocalProtocolError, ProtocolError, RemoteProtocolError
from drivers.protocols import iso7816
from drivers.protocols.iso7816 import FAULTS, FOLLOW_UPS, Answer, exchange, read_record, select


def held(command: bytes, answers: Iterable[bytes]) -> tuple[list[bytes], Answer]:
    """What was asked, and the whole answer, where a card answers so in turn."""
    conversation, left = exchange(command), iter(answers)
    asked = [next(conversation)]
    while True:
        try:
            asked.append(conversation.send(next(left)))
        except StopIteration as end:
            answer: Answer = end.value
            return asked, answer


@pytest.mark.parametrize(
    ("command", "published"),
    [
        (select(0x02, b"\xef\x05"), "00A4020002 EF05"),
        (select(0x00, b"\xef\x05"), "00A4000002 EF05"),
        (read_record(1, 0x04, 0x12), "00B2010412"),
        (read_record(3, 0x04, 0x06), "00B2030406"),
        (read_record(7, 0x04, 0x0B), "00B207040B"),
        (read_record(0x08, 0x00, 0x14), "00B2080014"),
        (iso7816.get_response(0x1E), "00C000001E"),
    ],
)
def test_commands_are_as_published(command: bytes, published: str) -> None:
    """Each command goes out with the bytes that programs for these cards send."""
    assert command == bytes.fromhex(published)


@pytest.mark.parametrize("name", [b"", bytes(17)])
def test_a_name_that_no_application_has_is_our_mistake(name: bytes) -> None:
    """A name without a byte, or with more than 16, is refused before anything is sent."""
    with pytest.raises(LocalProtocolError):
        select(0x04, name)


@pytest.mark.parametrize(("number", "length"), [(256, 0), (-1, 0), (1, 256)])
def test_a_record_that_does_not_fit_a_byte_is_our_mistake(number: int, length: int) -> None:
    """Numbers and lengths of more than a byte are refused before anything is sent."""
    with pytest.raises(LocalProtocolError):
        read_record(number, 0x04, length)


def test_a_published_answer_is_taken_apart() -> None:
    """Data, and the word that says that all is well."""
    answer = Answer.from_bytes(bytes.fromhex("0304 332E3030 9000"))
    assert (answer.data[2:], answer.good) == (b"3.00", True)


def test_what_waits_is_fetched() -> None:
    """61xx: GET RESPONSE with that length brings the data."""
    asked, answer = held(
        read_record(3, 4, 6), [bytes.fromhex("6106"), bytes.fromhex("0304332E30309000")]
    )
    assert [command.hex() for command in asked] == ["00b2030406", "00c0000006"]
    assert answer == Answer(bytes.fromhex("0304332E3030"), 0x9000)


def test_what_comes_in_parts_is_put_together() -> None:
    """61xx behind data: the rest is fetched and follows it; 00 stands for 256."""
    first, rest = bytes(range(256)), b"rest"
    asked, answer = held(
        read_record(1, 4), [first + bytes.fromhex("6100"), rest + bytes.fromhex("9000")]
    )
    assert asked[1].hex() == "00c0000000"
    assert answer.data == first + rest


def test_a_wrong_length_is_asked_again() -> None:
    """6Cxx: the same command goes out again with that length, GET RESPONSE too."""
    asked, answer = held(
        read_record(3, 4, 0x20),
        [bytes.fromhex(word) for word in ("6C06", "6107", "6C06", "0304332E30309000")],
    )
    assert [command.hex() for command in asked] == [
        "00b2030420",
        "00b2030406",
        "00c0000007",
        "00c0000006",
    ]
    assert answer.good


def test_a_select_has_no_length_to_correct() -> None:
    """6Cxx to a command that asks for no data is the card's last word."""
    asked, answer = held(select(0x02, b"\xef\x05"), [bytes.fromhex("6C10")])
    assert (len(asked), answer.sw, answer.good) == (1, 0x6C10, False)


@pytest.mark.parametrize("word", ["6110", "6C10"])
def test_a_card_that_never_comes_to_its_point_is_stopped(word: str) -> None:
    """Follow-ups without end are the card's error."""
    with pytest.raises(RemoteProtocolError, match="no end"):
        held(read_record(1, 4), [bytes.fromhex(word)] * (2 * FOLLOW_UPS))


@pytest.mark.parametrize("raw", [b"", b"\x90", bytes(259)])
def test_an_answer_without_a_status_word_is_the_cards_error(raw: bytes) -> None:
    """Too short for a status word, or longer than any answer."""
    with pytest.raises(RemoteProtocolError, match=f"answer of {len(raw)} bytes"):
        Answer.from_bytes(raw)


@pytest.mark.parametrize("word", [*FAULTS, 0x63C2])
def test_every_refusal_has_a_meaning_and_an_advice(word: int) -> None:
    """Each published status word says what it means, who acts, and itself."""
    fault = Answer(b"", word).fault
    assert fault.code.startswith("card.")
    assert fault.code != "card.unknown_status"
    assert fault.advice is Advice.RESIDENT_ACTS
    assert f"{word:04X}" in fault.detail


def test_tries_that_are_left_are_counted() -> None:
    """63C2 is two tries."""
    assert Answer(b"", 0x63C2).fault.detail == "the PIN was wrong (2 tries left, 63C2)"


def test_a_refusal_that_nobody_documented_is_shown_as_it_came() -> None:
    """Whoever looks it up finds the word."""
    fault = Answer(b"", 0x6FFF).fault
    assert (fault.code, fault.detail) == ("card.unknown_status", "the card refused (6FFF)")


def test_answers_never_show_their_data() -> None:
    """What a card says stands in no log."""
    assert repr(Answer(b"990000195203070028", 0x9000)) == "<answer 9000 + 18 bytes>"


@given(st.binary(max_size=256), st.integers(0, 0xFFFF))
def test_any_answer_survives_the_wire(data: bytes, word: int) -> None:
    """For any data and word: it is taken apart to what it was."""
    answer = Answer(data, word)
    assert Answer.from_bytes(answer.to_bytes()) == answer


@given(st.binary(min_size=5, max_size=21), st.lists(st.binary(max_size=300), max_size=30))
def test_any_answers_end_in_one_answer_or_a_protocol_error(
    command: bytes, answers: list[bytes]
) -> None:
    """Whatever a card says: it ends, soon, and holds at most what so many answers can hold."""
    try:
        asked, answer = held(command, [*answers, *[b"\x90\x00"] * (1 + FOLLOW_UPS)])
    except ProtocolError:
        return
    assert len(asked) <= 1 + FOLLOW_UPS
    assert len(answer.data) <= 256 * (1 + FOLLOW_UPS)
