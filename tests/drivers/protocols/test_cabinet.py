"""The cabinet protocol, on the worked examples of its page: whole, byte by byte, among noise."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.cabinets import cabinet_link
from drivers.device import CabinetState, Lamp, LampMode, Power
from drivers.errors import LocalProtocolError, RemoteProtocolError
from drivers.protocols import cabinet
from drivers.protocols.cabinet import BROKEN, Event, Hello, Parts, Refusal, Sensor, State, Verb
from drivers.protocols.cabinet_line import (
    LONGEST,
    LONGEST_REQUEST,
    NO_TAG,
    ChecksumError,
    Kind,
    LengthError,
    Line,
    LineDecoder,
    crc,
)
from tests.drivers import cabinet_page

EXAMPLES = cabinet_page.examples()
SHUT = next(raw for text, raw in EXAMPLES.items() if text.startswith("=02 STATE"))
OPEN = next(raw for text, raw in EXAMPLES.items() if text.startswith("=03 STATE"))


def lines(data: bytes, size: int | None = None) -> list[Line | RemoteProtocolError]:
    """Everything a decoder finds, fed whole or in pieces."""
    decoder = LineDecoder()
    step = size or len(data) or 1
    return [f for i in range(0, len(data), step) for f in decoder.feed(data[i : i + step])]


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_is_the_bytes_below_it(text: str) -> None:
    """What the page shows as a line and as bytes is the same, and the codec reads and writes it."""
    raw = EXAMPLES[text]
    assert raw == text.encode("ascii") + b"\r\n"
    line = Line.from_bytes(raw)
    assert line.to_bytes() == raw
    assert len(raw) <= (LONGEST_REQUEST if line.kind is Kind.REQUEST else LONGEST)


def test_the_page_has_an_example_of_everything() -> None:
    """Each request, reply, error, event and value stands on the page with its bytes."""
    found = [Line.from_bytes(raw) for raw in EXAMPLES.values()]
    said = {(line.kind, line.words[0]) for line in found}
    assert said == {
        *((Kind.REQUEST, verb) for verb in Verb),
        *((Kind.REPLY, verb) for verb in Verb),
        *((Kind.ERROR, why) for why in Refusal),
        *((Kind.EVENT, event) for event in Event),
    }
    for word in [*Lamp, *LampMode, *Sensor, *cabinet.POWERS, BROKEN]:
        assert f"`{word}`" in cabinet_page.PAGE.read_text(encoding="utf-8")


def test_the_limits_of_the_page_are_those_of_the_code() -> None:
    """Lengths and times that a maker reads are the ones we keep to."""
    limits = cabinet_page.limits()
    assert limits == {
        "a request, at most": LONGEST_REQUEST,
        "any other line, at most": LONGEST,
        "from the last byte of a request to the first of its answer, at most": 200,
        "the terminal asks again after": cabinet_link.ANSWER * 1000,
        "the terminal asks, before it gives up": cabinet_link.ATTEMPTS,
        "heartbeat": cabinet.HEARTBEAT,
        "no request heard: lamps and beeper off after": cabinet.HOST_LOST,
        "a beep, at most": cabinet.LONGEST_BEEP,
        "blinking": 1,
    }


def test_the_c_of_the_page_makes_the_same_crc(tmp_path: Path) -> None:
    """What a maker copies from the page compiles without a warning and gives our CRC."""
    examples = [raw.rpartition(b"*")[0] for raw in EXAMPLES.values()]
    program = tmp_path / "crc.c"
    program.write_text(
        "#include <stdio.h>\n#include <string.h>\n"
        + cabinet_page.blocks("c")[0]
        + "int main(int n, char **of) { for (int i = 1; i < n; i++)"
        ' printf("%04X\\n", crc16((const uint8_t *)of[i], strlen(of[i]))); return 0; }\n'
    )
    built = tmp_path / "crc"
    subprocess.run(["gcc", "-Wall", "-Wextra", "-Werror", "-o", built, program], check=True)
    said = subprocess.run([built, *examples], check=True, capture_output=True, text=True).stdout
    assert said.split() == [f"{crc(body):04X}" for body in examples]


def test_the_crc_is_the_published_one() -> None:
    """CRC-16/IBM-3740 of the digits 1 to 9 is 29B1, as every catalogue of CRCs says."""
    assert crc(b"123456789") == 0x29B1


@pytest.mark.parametrize("noise", [b"", b"\r\n", b"\x00\xff\n", b"?00 HEL\n", b"*" * 300 + b"\n"])
@pytest.mark.parametrize("size", [None, 1, 2, 7])
def test_lines_are_found_in_any_pieces(size: int | None, noise: bytes) -> None:
    """A line is found whole or byte by byte, after noise and before the next one."""
    found = lines(noise + SHUT + OPEN + b"=0", size)
    assert [f.tag for f in found if isinstance(f, Line)] == ["02", "03"]


def test_what_requests_are_made_of() -> None:
    """Each kind of request is the page's example of it."""
    requests = [
        cabinet.request(100, Verb.HELLO),
        cabinet.request(1, Verb.PARTS),
        cabinet.request(202, Verb.STATE),
        cabinet.request(4, *cabinet.light(Lamp.ID_CARD, LampMode.ON)),
        cabinet.request(5, *cabinet.light(Lamp.TOP, LampMode.BLINK)),
        cabinet.request(6, *cabinet.light(Lamp.ID_CARD, LampMode.OFF)),
        cabinet.request(7, *cabinet.beep(150)),
        cabinet.request(8, *cabinet.acknowledge(3)),
    ]
    shown = [raw for text, raw in EXAMPLES.items() if text.startswith("?")]
    assert [request.to_bytes() for request in requests] == shown


def test_what_the_page_says_of_a_cabinet_is_understood() -> None:
    """HELLO, PARTS and STATE of the page are who, what and how."""
    known = {text.rpartition("*")[0]: Line.from_bytes(raw) for text, raw in EXAMPLES.items()}
    replies = {line.words[0]: line for text, line in reversed(known.items()) if text[0] == "="}
    hello = Hello.from_line(replies[Verb.HELLO])
    assert (hello.major, hello.maker, hello.firmware) == (1, "Doorstep", "1.4.2")
    assert Parts.from_line(replies[Verb.PARTS]) == Parts(tuple(Lamp), tuple(Sensor), beeper=True)
    assert Parts.from_line(known["=01 PARTS sensors=door beeper=no"]) == Parts(
        (), (Sensor.DOOR,), beeper=False
    )
    assert State.from_line(Line.from_bytes(SHUT)).told() == CabinetState(
        door_open=False, tampered=False, power=Power.MAINS, presence=False, charge=97
    )
    odd = State.from_line(Line.from_bytes(OPEN))
    assert odd.told() == CabinetState(
        door_open=True, tampered=True, power=Power.BATTERY_LOW, presence=None, charge=14
    )
    assert (odd.tampering, odd.broken) == (3, (Sensor.PRESENCE,))


def test_what_is_not_fitted_is_unknown() -> None:
    """A cabinet with a door contact alone says nothing of power, people and tampering."""
    state = State.from_line(Line(Kind.REPLY, "00", ("STATE", "door=shut")))
    assert state.told() == CabinetState(
        door_open=False, tampered=None, power=Power.UNKNOWN, presence=None
    )


def test_what_a_later_version_adds_is_passed_over() -> None:
    """Unknown fields, lamps and sensors do no harm."""
    state = State.from_line(Line(Kind.EVENT, NO_TAG, ("STATE", "smoke=no", "door=open", "odd")))
    assert state.words() == ("door=open",)
    parts = Parts.from_line(Line(Kind.REPLY, "00", ("PARTS", "lamps=top,floor", "sensors=smoke")))
    assert parts == Parts((Lamp.TOP,), (), beeper=False)


@pytest.mark.parametrize(
    "words",
    [
        ("STATE", "door=ajar"),
        ("STATE", "tamper=-1"),
        ("STATE", "tamper=123456"),
        ("STATE", "charge=101"),
        ("STATE", "power="),
        ("STATE", "presence=maybe"),
    ],
)
def test_a_value_the_protocol_lacks_is_the_controllers_mistake(words: tuple[str, ...]) -> None:
    """A state that can not be is never taken for one that is."""
    with pytest.raises(RemoteProtocolError):
        State.from_line(Line(Kind.REPLY, "00", words))


@pytest.mark.parametrize("protocol", ["", "1", "one.two", "1.0.0", "٣.0", "1000.0"])
def test_a_hello_without_a_version_is_none(protocol: str) -> None:
    """Who does not say which protocol it speaks is not understood."""
    with pytest.raises(RemoteProtocolError):
        Hello.from_line(Line(Kind.REPLY, "00", ("HELLO", f"protocol={protocol}")))


def test_a_bad_crc_shows_both_sides() -> None:
    """The message says what was expected and what came, and the next line is found."""
    error, good = lines(SHUT[:-6] + b"0000\r\n" + OPEN)
    assert isinstance(error, ChecksumError)
    assert str(error) == f"bad CRC in a cabinet line: expected {crc(SHUT[:-7]):04X}, got 0000"
    assert isinstance(good, Line)


@pytest.mark.parametrize("size", [None, 1, 50])
def test_a_line_without_end_is_one_error(size: int | None) -> None:
    """However long noise goes on, it is said once, and the line after it is found."""
    found = lines(b"x" * 1000 + b"\n" + SHUT, size)
    assert isinstance(found[0], LengthError)
    assert [type(each) for each in found[1:]] == [Line]


@pytest.mark.parametrize("milliseconds", [-1, 2001])
def test_a_beep_the_protocol_lacks_is_our_mistake(milliseconds: int) -> None:
    """An impossible beep is refused before anything is sent."""
    with pytest.raises(LocalProtocolError):
        cabinet.beep(milliseconds)


@pytest.mark.parametrize("word", ["", "two words", "star*", "ä", "x" * 60])
def test_what_does_not_fit_a_request_is_our_mistake(word: str) -> None:
    """Words the line can not hold never get on the wire."""
    with pytest.raises(LocalProtocolError):
        cabinet.request(0, Verb.LIGHT, word).to_bytes()


words = st.text(st.characters(codec="ascii", exclude_characters="* ", min_codepoint=33), min_size=1)
some_lines = st.builds(
    Line,
    st.sampled_from(Kind),
    st.sampled_from([NO_TAG, "00", "42", "99"]),
    st.lists(words.map(lambda w: w.replace("\x7f", "")).filter(bool), min_size=1).map(tuple),
)


@given(some_lines, st.integers(1, 40))
def test_any_line_survives_the_wire(line: Line, size: int) -> None:
    """For any words that fit a line, in any pieces: it is read as what it was."""
    try:
        raw = line.to_bytes()
    except LocalProtocolError:
        assert sum(map(len, line.words)) + len(line.words) > 40
        return
    assert lines(b"\xffnoise\r\n" + raw, size)[1:] == [line]


@given(
    st.dictionaries(
        st.sampled_from(Sensor),
        st.sampled_from(["open", "shut", "0", "7", "mains", "battery", "low", "100", "yes", "no"]),
    )
)
def test_any_state_is_one_or_a_protocol_error(values: dict[Sensor, str]) -> None:
    """Whatever values come for whatever sensors, a state says the same again."""
    said = ("STATE", *(f"{sensor}={value}" for sensor, value in values.items()))
    try:
        state = State.from_line(Line(Kind.REPLY, "00", said))
    except RemoteProtocolError:
        return
    assert State.from_line(Line(Kind.REPLY, "00", ("STATE", *state.words()))) == state
    assert isinstance(state.told(), CabinetState)


@given(st.lists(st.binary(max_size=300), max_size=30))
def test_any_noise_only_ever_gives_lines_or_protocol_errors(pieces: list[bytes]) -> None:
    """Arbitrary bytes never raise, and the buffer stays below one line."""
    decoder = LineDecoder()
    for piece in pieces:
        for found in decoder.feed(piece):
            assert isinstance(found, Line | RemoteProtocolError)
        assert decoder.waiting <= LONGEST
