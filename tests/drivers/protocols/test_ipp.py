"""The frame of IPP answers, against the examples of RFC 8010 and everything that is none."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import RemoteProtocolError
from drivers.printers.ipp_library import Attribute, Operation, Tag, collection, decode, encode
from drivers.protocols.ipp import LONGEST, sift
from drivers.protocols.ipp_state import number, words

# RFC 8010, A.2: Print-Job Response (Successful).
RFC_A2 = bytes.fromhex(
    "0101 0000 00000001 01"
    "47 0012 617474726962757465732d63686172736574 0005 7574662d38"
    "48 001b 617474726962757465732d6e61747572616c2d6c616e6775616765 0005 656e2d7573"
    "41 000e 7374617475732d6d657373616765 000d 7375636365737366756c2d6f6b"
    "02"
    "21 0006 6a6f622d6964 0004 00000093"
    "45 0007 6a6f622d757269 0030"
    "6970703a2f2f7072696e7465722e6578616d706c652e636f6d2f6970702f7072696e742f70696e65747265652f313233"
    "23 0009 6a6f622d7374617465 0004 00000003"
    "03".replace(" ", "")
)


def attribute(tag: int, name: str, value: bytes) -> bytes:
    """One attribute on the wire."""
    return (
        struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value
    )


HEAD = bytes.fromhex("0101000000000001")
CHARSET = attribute(0x47, "attributes-charset", b"utf-8")
GOOD = b"\x01" + CHARSET


def printer(*attributes: bytes) -> bytes:
    """An answer that describes a printer so."""
    return HEAD + GOOD + b"\x04" + b"".join(attributes) + b"\x03"


def test_the_rfcs_own_answer_is_read() -> None:
    """The job that RFC 8010 prints in A.2 is the job that is read."""
    answer = decode(RFC_A2, ["job-id", "job-state"])
    assert answer.good
    assert answer.words == "ok: successful-ok"
    assert list(answer.jobs) == [{"job-id": 147, "job-state": 3}]


def test_a_request_begins_as_in_the_rfc() -> None:
    """Charset, language and URI come first and in this order (RFC 8010 A.1, RFC 8011 4.1.4)."""
    uri = "ipp://printer.example.com/ipp/print/pinetree"
    about = [
        Attribute("attributes-charset", Tag.CHARSET, "utf-8"),
        Attribute("attributes-natural-language", Tag.LANGUAGE, "en-us"),
        Attribute("printer-uri", Tag.URI, uri),
    ]
    expected = (
        HEAD[:2]
        + b"\x00\x02"
        + HEAD[4:]
        + GOOD
        + attribute(0x48, "attributes-natural-language", b"en-us")
        + attribute(0x45, "printer-uri", uri.encode())
    )
    request = encode(Operation.PRINT_JOB, 1, about, b"")
    assert request == expected + b"\x03"


def test_a_tray_is_a_collection() -> None:
    """RFC 8010, 3.1.6: the members of media-col follow it without names of their own."""
    assert collection("media-col", [Attribute("media-source", Tag.KEYWORD, "main")]) == (
        attribute(0x34, "media-col", b"")
        + attribute(0x4A, "", b"media-source")
        + attribute(0x44, "", b"main")
        + attribute(0x37, "", b"")
    )


def test_every_cut_of_an_answer_is_an_error() -> None:
    """A connection that broke off anywhere is a protocol error, whatever was on the way."""
    for length in range(len(RFC_A2)):
        with pytest.raises(RemoteProtocolError):
            decode(RFC_A2[:length], ["job-id", "job-state"])


def test_what_follows_the_end_is_not_read() -> None:
    """Data behind the attributes is no attribute."""
    assert decode(RFC_A2 + b"\x02\xff\xff", ["job-id"]).jobs == [{"job-id": 147}]


def test_values_nobody_asked_for_cost_nothing() -> None:
    """Some printers answer all they have, and with values the library does not know."""
    vendor = attribute(0x23, "operations-supported", struct.pack(">i", 0x4029))
    state = attribute(0x23, "printer-state", struct.pack(">i", 3))
    assert decode(printer(vendor, state), ["printer-state"]).printers == [{"printer-state": 3}]


def test_groups_without_anything_are_no_groups() -> None:
    """A printer that has nothing unsupported to tell may send the group all the same."""
    state = attribute(0x23, "printer-state", struct.pack(">i", 3))
    answer = HEAD + GOOD + b"\x05\x04" + state + b"\x02\x03"
    assert decode(answer, ["printer-state"]).printers == [{"printer-state": 3}]
    assert decode(answer, ["printer-state"]).jobs == []


def test_each_job_stays_a_job_of_its_own() -> None:
    """Two groups of jobs are two jobs, and what one lacks it does not have from the other."""
    first = attribute(0x21, "job-id", struct.pack(">i", 1)) + attribute(0x42, "job-name", b"a")
    second = attribute(0x21, "job-id", struct.pack(">i", 2))
    answer = HEAD + GOOD + b"\x02" + first + b"\x02" + second + b"\x03"
    jobs = decode(answer, ["job-id", "job-name"]).jobs
    assert jobs == [{"job-id": 1, "job-name": "a"}, {"job-id": 2}]


def test_several_values_are_a_list_and_unknown_is_none() -> None:
    """1setOf, and the out-of-band value that means no value."""
    reasons = attribute(0x44, "printer-state-reasons", b"paused") + attribute(
        0x44, "", b"media-low"
    )
    nothing = attribute(0x13, "time-at-processing", b"")
    wanted = ["printer-state-reasons", "time-at-processing"]
    (said,) = decode(printer(reasons, nothing), wanted).printers
    assert words(said, "printer-state-reasons") == ["paused", "media-low"]
    assert number(said, "time-at-processing") is None


def test_collections_pass_unread() -> None:
    """They nest, and nothing in them is taken for an attribute of the printer."""
    deep = attribute(0x34, "media-col-ready", b"")
    deep += attribute(0x4A, "", b"media-size") + attribute(0x34, "", b"")
    deep += attribute(0x4A, "", b"x") + attribute(0x21, "", bytes(4)) + attribute(0x37, "", b"") * 2
    state = attribute(0x23, "printer-state", struct.pack(">i", 5))
    wanted = ["media-col-ready", "printer-state"]
    assert decode(printer(deep, state), wanted).printers == [{"printer-state": 5}]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"", "no IPP answer: 0 bytes"),
        (b"<html><body>Welcome", "bad length at byte 9 of 19"),
        (HEAD + b"\x03", "does not begin with"),
        (HEAD + b"\x04" + CHARSET + b"\x03", "does not begin with"),
        (HEAD + b"\x01\x47\xff\xfb" + CHARSET + b"\x03", "bad length at byte 10"),
        (printer(attribute(0x21, "job-id", b"\x00")), "expected 4, got 1"),
        (printer(attribute(0x21, "", bytes(4))), "without a name"),
        (printer(attribute(0x37, "x", b"")), "never began"),
        (printer(attribute(0x35, "printer-info", b"\x00\x02en\xff\xff")), "bad length"),
        (bytes(LONGEST + 1), "longer than"),
    ],
    ids=range(10),
)
def test_what_is_no_answer_is_named(answer: bytes, words: str) -> None:
    """Each wrong length and order is an error that says both sides, and never a loop."""
    with pytest.raises(RemoteProtocolError) as caught:
        decode(answer, ["job-id", "printer-info", "x"])
    assert words in str(caught.value)


NAMES = st.sampled_from(["job-id", "job-name", "printer-info", "x"])


@given(
    st.lists(
        st.tuples(NAMES, st.integers(-(2**31), 2**31 - 1)), max_size=5, unique_by=lambda p: p[0]
    )
)
def test_what_is_encoded_comes_back(values: list[tuple[str, int]]) -> None:
    """Numbers survive the way out and back."""
    body = b"".join(Attribute(name, Tag.INTEGER, value).to_bytes() for name, value in values)
    found = decode(printer(body), [name for name, _ in values]).printers
    assert list(found) == ([dict(values)] if values else [])


@given(st.binary(max_size=200), st.booleans())
def test_arbitrary_bytes_are_read_or_refused(noise: bytes, headed: bool) -> None:  # noqa: FBT001
    """Whatever comes, it ends, and only as an answer or a protocol error."""
    try:
        sifted = sift(HEAD + GOOD + noise if headed else noise, ["x"])
    except RemoteProtocolError:
        return
    assert len(sifted) <= len(noise) + len(HEAD + GOOD)


@given(st.data())
def test_a_changed_byte_is_read_or_refused(data: st.DataObject) -> None:
    """One flipped byte anywhere in a good answer ends as an answer or a protocol error."""
    at, value = data.draw(st.integers(0, len(RFC_A2) - 1)), data.draw(st.integers(0, 255))
    try:
        decode(RFC_A2[:at] + bytes([value]) + RFC_A2[at + 1 :], ["job-id", "job-state", "job-uri"])
    except RemoteProtocolError:
        return
