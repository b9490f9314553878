"""SSIP as its documentation and its server have it: whole, byte by byte, and what is no SSIP."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drivers.errors import LocalProtocolError, RemoteProtocolError
from drivers.protocols import ssip
from drivers.protocols.ssip import Replies, Reply

# Captured from speech-dispatcher 0.11.4; the dialogue of doc/ssip.texi is the same.
SESSION = (
    b"208 OK CLIENT NAME SET\r\n"
    b"230 OK RECEIVING DATA\r\n"
    b"225-21\r\n225 OK MESSAGE QUEUED\r\n"
    b"701-21\r\n701-1\r\n701 BEGIN\r\n"
    b"249-Chinese (Mandarin, latin as English)\tcmn\tnone\r\n249 OK VOICE LIST SENT\r\n"
    b"702-21\r\n702-1\r\n702 END\r\n"
    b"500 ERR INVALID COMMAND\r\n"
)
SAID = [
    Reply(208, ("OK CLIENT NAME SET",)),
    Reply(230, ("OK RECEIVING DATA",)),
    Reply(225, ("21", "OK MESSAGE QUEUED")),
    Reply(701, ("21", "1", "BEGIN")),
    Reply(249, ("Chinese (Mandarin, latin as English)\tcmn\tnone", "OK VOICE LIST SENT")),
    Reply(702, ("21", "1", "END")),
    Reply(500, ("ERR INVALID COMMAND",)),
]


def read(pieces: Iterable[bytes]) -> list[Reply]:
    """Everything that these bytes say."""
    replies = Replies()
    return [reply for piece in pieces for reply in replies.feed(piece)]


def received(block: bytes) -> str:
    """What a server makes of a data block, by the words of the specification."""
    assert block.endswith(b".\r\n")
    *lines, last, nothing = block.split(b"\r\n")
    assert (last, nothing) == (b".", b"")
    assert b"." not in lines, "the text would end here"
    return "\n".join((line[1:] if line.startswith(b".") else line).decode() for line in lines)


def test_a_session_is_understood_however_it_is_cut() -> None:
    """Whole, and byte by byte; events keep their place among the replies."""
    assert read([SESSION]) == SAID
    assert read(SESSION[i : i + 1] for i in range(len(SESSION))) == SAID
    assert [reply.ok for reply in SAID] == [True, True, True, False, True, False, False]


def test_the_last_line_decides() -> None:
    """The code of a reply is that of its last line."""
    assert read([b"249-a\r\n300 ERR INTERNAL\r\n"]) == [Reply(300, ("a", "ERR INTERNAL"))]


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 400 Bad Request\r\n",
        b"\r\n",
        b"20 OK\r\n",
        b"200_OK\r\n",
        b"\xff\xfe\r\n",
        b"012 OK\r\n",
    ],
)
def test_what_is_no_reply_is_said_without_repeating_it(data: bytes) -> None:
    """A mistaken server may say a resident's text back: the error has nothing of it."""
    with pytest.raises(RemoteProtocolError, match=r"^a line of \d+ bytes that begins with no code"):
        read([data])


@pytest.mark.parametrize("line", [b"a" * 1024, b"249-a voice of many\r\n" * 50])
def test_a_reply_without_end_is_given_up(line: bytes) -> None:
    """Neither one endless line nor endlessly many are kept."""
    with pytest.raises(RemoteProtocolError, match="a reply of more than"):
        read([line * 512] * 20)


@given(st.binary())
@example(b"200 \r\n")
def test_no_bytes_break_the_reader(data: bytes) -> None:
    """Anything is replies or an error."""
    try:
        replies = read([data])
    except RemoteProtocolError:
        return
    assert all(100 <= reply.code <= 999 and reply.lines for reply in replies)


@given(st.text())
@example(".")
@example("..\n.")
@example("a\r\n.\r\nSPEAK\r\n")
@example("one\rtwo\x0bthree\x85four\u2028five\x00six\x1b[7m")
@example("\ud800")
def test_a_text_arrives_line_by_line_whatever_is_in_it(text: str) -> None:
    """No text ends its own block, and nothing but control characters and halves is changed."""
    lines = text.splitlines()
    plain = ["".join(" " if c < " " or "\x7f" <= c <= "\x9f" else c for c in li) for li in lines]
    expected = "\n".join(plain).encode(errors="replace").decode()
    assert received(ssip.data_block(text)) == expected
    assert ssip.is_silence(text) == (not expected.strip())


@given(st.text())
def test_a_command_is_one_line_or_none(word: str) -> None:
    """Nothing that is put into a command becomes a second one."""
    try:
        line = ssip.command("SET", "self", "SYNTHESIS_VOICE", word)
    except LocalProtocolError:
        return
    assert line.endswith(b"\r\n")
    assert not {0x0A, 0x0D, 0x00} & set(line[:-2])
