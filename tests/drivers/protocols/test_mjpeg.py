"""Motion JPEG over HTTP, as the servers in use send it: whole, byte by byte, among noise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import LocalProtocolError, RemoteProtocolError
from drivers.protocols import mjpeg
from drivers.protocols.mjpeg import LONGEST_HEAD, LONGEST_PICTURE, MjpegDecoder

# A picture as USB cameras make them: its first segment says AVI1, and some pad it with zeros.
ONE = b"\xff\xd8\xff\xe0\x00\x0eAVI1\x00\x01\x01\x01\x00\x78" + bytes(range(256)) + b"\xff\xd9"
TWO = b"\xff\xd8\xff\xdb\x00\x43two\r\n\r\n--" + b"\xff\xd9"

MJPG_STREAMER = (
    b"HTTP/1.0 200 OK\r\nConnection: close\r\nServer: MJPG-Streamer/0.2\r\n"
    b"Cache-Control: no-store, no-cache, must-revalidate, pre-check=0, post-check=0, max-age=0\r\n"
    b"Pragma: no-cache\r\nExpires: Mon, 3 Jan 2000 12:34:56 GMT\r\n"
    b"Content-Type: multipart/x-mixed-replace;boundary=boundarydonotcross\r\n\r\n"
    b"--boundarydonotcross\r\n"
    b"Content-Type: image/jpeg\r\nContent-Length: %d\r\nX-Timestamp: 2122192.753042\r\n\r\n%b"
    b"\r\n--boundarydonotcross\r\n"
    b"Content-Type: image/jpeg\r\nContent-Length: %d\r\nX-Timestamp: 2122192.786042\r\n\r\n%b"
    b"\r\n--boundarydonotcross\r\n"
) % (len(ONE), ONE, len(TWO), TWO)
MOTION = (
    b"HTTP/1.0 200 OK\r\nContent-type: multipart/x-mixed-replace; boundary=--BoundaryString\r\n\r\n"
    b"--BoundaryString\r\nContent-type: image/jpeg\r\nContent-Length:     %d\r\n\r\n%b\r\n\r\n"
    b"--BoundaryString\r\nContent-type: image/jpeg\r\nContent-Length:     %d\r\n\r\n%b\r\n\r\n"
) % (len(ONE), ONE, len(TWO), TWO)
FLASK = (
    b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n"
    b"Server: Werkzeug/0.16.0 Python/3.7.3\r\n\r\n"
    b"--frame\r\nContent-Type: image/jpeg\r\n\r\n%b\r\n"
    b"--frame\r\nContent-Type: image/jpeg\r\n\r\n%b\r\n--frame\r\n"
) % (ONE, TWO)
BARE = (  # line feeds alone, a quoted boundary, a picture padded with zeros
    b'HTTP/1.1 200 OK\nContent-Type: Multipart/X-Mixed-Replace; charset=x; boundary="cut"\n\n'
    b"--cut\nContent-Type: image/jpeg\n\n%b\0\0\0\n--cut\n\n%b\n--cut\n"
) % (ONE, TWO)
SERVERS = {"mjpg-streamer": MJPG_STREAMER, "motion": MOTION, "flask": FLASK, "bare": BARE}


def head(boundary: str = "b") -> bytes:
    """An answer that promises a stream."""
    line = f"Content-Type: multipart/x-mixed-replace; boundary={boundary}"
    return f"HTTP/1.0 200 OK\r\n{line}\r\n\r\n".encode()


def part(picture: bytes) -> bytes:
    """One part that says how long it is."""
    return b"--b\r\nContent-Length: %d\r\n\r\n%b\r\n" % (len(picture), picture)


def pictures(data: bytes, size: int | None = None) -> list[bytes | str]:
    """Everything a decoder finds, fed whole or in pieces; errors as their words."""
    decoder, step = MjpegDecoder(), size or len(data) or 1
    found = [p for i in range(0, len(data), step) for p in decoder.feed(data[i : i + step])]
    return [str(p) if isinstance(p, RemoteProtocolError) else p for p in found]


def test_a_stream_is_asked_for_in_http_1_0() -> None:
    """So no server cuts it into chunks; name and path are as the address has them."""
    asked = mjpeg.request("127.0.0.1:8080", "/?action=stream")
    assert asked == b"GET /?action=stream HTTP/1.0\r\nHost: 127.0.0.1:8080\r\n\r\n"


@pytest.mark.parametrize("path", ["", "stream", "/a b", "/x\r\nHost: y", "/看"])
def test_what_can_not_stand_in_a_request_is_our_mistake(path: str) -> None:
    """Nothing goes out that a server could read as something else."""
    with pytest.raises(LocalProtocolError):
        mjpeg.request("localhost", path)


@pytest.mark.parametrize("answer", SERVERS.values(), ids=SERVERS)
@pytest.mark.parametrize("size", [None, 1, 7])
def test_the_pictures_of_servers_in_use(answer: bytes, size: int | None) -> None:
    """Each is whole and in its turn, with or without lengths, however the bytes come."""
    assert pictures(answer, size) == [ONE, TWO]


@pytest.mark.parametrize("size", [None, 1])
def test_noise_between_parts_is_passed_over(size: int | None) -> None:
    """What is no part goes unsaid, and the next picture is there."""
    noise = bytes(range(128, 256)) * 40
    data = head() + noise + part(ONE) + noise + part(TWO)
    assert pictures(data, size) == [ONE, TWO]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (part(ONE[: len(ONE) // 2]), "a JPEG breaks off"),
        (part(b"GIF89a"), "a part is no JPEG"),
        (part(b""), "a part is no JPEG"),
        (b"--b\r\nContent-Length: %d\r\n\r\n" % (LONGEST_PICTURE + 1), "a picture is longer"),
        (b"--b\r\n" + b"x" * (LONGEST_HEAD + 1) + b"\r\n\r\n", "a part without an end"),
    ],
)
def test_a_broken_part_is_said_and_the_next_one_found(broken: bytes, words: str) -> None:
    """A camera that hiccups is no reason to hang up."""
    said, *rest = pictures(head() + broken + part(TWO))
    assert isinstance(said, str)
    assert words in said
    assert rest == [TWO]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 404 Not Found\r\n\r\n", "HTTP status 404"),
        (b"HTTP/1.0 503\r\n\r\n", "HTTP status 503"),
        (b"HTTP/1.0\r\n\r\n", "HTTP status ?"),
        (b"SSH-2.0-OpenSSH_9.2p1 Debian\r\n", "does not speak HTTP"),
        (b"HTTP/1.0 200 OK\r\nContent-Type: image/jpeg\r\n\r\n", "no stream"),
        (b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace\r\n\r\n", "no stream"),
        (head("--"), "no stream"),
        (b"HTTP/1.0 200 OK\r\nX: " + b"x" * (LONGEST_HEAD + 1), "a head is longer"),
    ],
)
@pytest.mark.parametrize("size", [None, 1])
def test_an_answer_that_is_no_stream_says_what_it_is(
    answer: bytes, words: str, size: int | None
) -> None:
    """Refused, another protocol, another kind of answer: each in words for a technician."""
    with pytest.raises(RemoteProtocolError, match=words.replace("?", r"\?")):
        pictures(answer, size)


@given(st.lists(st.binary(max_size=300)), st.integers(1, 50))
def test_what_is_sent_comes_out(contents: list[bytes], size: int) -> None:
    """Every picture comes out as it went in, whatever is inside of it."""
    sent = [mjpeg.START + content + mjpeg.END for content in contents]
    assert pictures(head() + b"".join(map(part, sent)), size) == sent


@given(st.lists(st.binary(max_size=2000)), st.booleans())
def test_arbitrary_bytes_do_no_harm(pieces: list[bytes], promised: bool) -> None:  # noqa: FBT001 # drawn
    """Only protocol errors come of them, and what is kept stays within a head or a picture."""
    decoder = MjpegDecoder()
    try:
        if promised:
            decoder.feed(head())
        for piece in pieces:
            decoder.feed(piece)
            assert len(decoder._buffer) <= LONGEST_HEAD + 2000
    except RemoteProtocolError:
        pass


def test_a_picture_without_an_end_is_given_up() -> None:
    """What never ends is not kept for ever."""
    decoder = MjpegDecoder()
    decoder.feed(head() + b"--b\r\n\r\n" + mjpeg.START)
    found = []
    for _ in range(LONGEST_PICTURE // 2**20 + 1):
        found += decoder.feed(bytes(2**20))
        assert len(decoder._buffer) <= LONGEST_PICTURE + 2**20
    assert [str(error) for error in found] == ["a picture is longer than pictures are"]
    assert decoder.feed(part(ONE)) == [ONE]
