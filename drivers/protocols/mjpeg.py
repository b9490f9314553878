"""Motion JPEG over HTTP: an endless answer of type multipart/x-mixed-replace, one JPEG a part.

HTTP/1.0 is asked for, so that no server cuts its answer into chunks. Servers disagree about the
dashes before a boundary and many leave Content-Length out: both are read as they are meant.
"""

from __future__ import annotations

from drivers.errors import LocalProtocolError, RemoteProtocolError

LONGEST_HEAD = 16 * 1024
LONGEST_PICTURE = 16 * 1024 * 1024  # a 4K picture of the best quality has about 6 MB
START, END = b"\xff\xd8", b"\xff\xd9"  # of a JPEG (ITU-T T.81: SOI, EOI)
PADDING = b"\0\r\n-"  # what stands between the end of a JPEG and the next boundary


def request(host: str, path: str) -> bytes:
    """What asks for the stream. LocalProtocolError for what can not stand in a request line."""
    if not path.startswith("/") or any(not "!" <= sign <= "~" for sign in host + path):
        raise LocalProtocolError("not a path of an address")
    return f"GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n".encode("ascii")


class MjpegDecoder:
    """Bytes of the answer in, whole JPEGs out; what is no picture comes out as an error.

    After an error in a part the next boundary is looked for. `feed` raises RemoteProtocolError
    where the whole answer is of no use: no HTTP, refused, or something else than a stream.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._boundary = b""
        self._in_part = False
        self._length: int | None = None
        self._looked = 0  # bytes in which no boundary was found

    def feed(self, data: bytes) -> list[bytes | RemoteProtocolError]:
        """What became whole with these bytes, in order."""
        self._buffer += data
        if not self._boundary and not self._read_answer():
            return []
        found: list[bytes | RemoteProtocolError] = []
        while (picture := self._next()) is not None:
            found.append(picture)
        return found

    def _read_answer(self) -> bool:
        """Whether the answer's head is there, and says that a stream follows."""
        if not b"HTTP/".startswith(self._buffer[:5]) and self._buffer[:5] != b"HTTP/":
            raise RemoteProtocolError("what answers does not speak HTTP")
        head = self._take_head()
        if head is None:
            return False
        status, _, lines = head.partition(b"\n")
        words = status.split()
        code = words[1].decode("ascii", "replace") if len(words) > 1 else "?"
        if code != "200":
            raise RemoteProtocolError(f"HTTP status {code[:3]}")
        kind = _header(lines, b"content-type")
        media, _, parameters = kind.partition(b";")
        self._boundary = _boundary(parameters)
        if media.strip().lower() != b"multipart/x-mixed-replace" or not self._boundary:
            raise RemoteProtocolError("the answer is no stream of pictures")
        return True

    def _next(self) -> bytes | RemoteProtocolError | None:
        if not self._in_part and not self._find_part():
            return None
        if not self._in_part:
            return RemoteProtocolError("a part without an end of its head")
        return self._take_part()

    def _find_part(self) -> bool:
        """Go behind the next boundary and the head of its part; False when more has to come."""
        start = self._buffer.find(self._boundary)
        if start < 0:
            del self._buffer[: max(len(self._buffer) - len(self._boundary), 0)]
            return False
        del self._buffer[:start]
        try:
            head = self._take_head()
        except RemoteProtocolError:
            del self._buffer[: len(self._boundary)]  # look for the one after it
            return True
        if head is None:
            return False
        length = _header(head, b"content-length")
        self._length = int(length) if length.isdigit() and len(length) < 10 else None
        self._in_part, self._looked = True, 0
        return True

    def _take_part(self) -> bytes | RemoteProtocolError | None:
        end = self._end_of_part()
        if end > LONGEST_PICTURE or (end < 0 and len(self._buffer) > LONGEST_PICTURE):
            self._in_part = False  # it goes when the next boundary is looked for
            return RemoteProtocolError("a picture is longer than pictures are")
        if end < 0 or len(self._buffer) < end:
            return None
        picture = bytes(self._buffer[:end]).rstrip(PADDING)
        del self._buffer[:end]
        self._in_part = False
        if not picture.startswith(START):
            return RemoteProtocolError("a part is no JPEG")
        if not picture.endswith(END):
            return RemoteProtocolError("a JPEG breaks off")
        return picture

    def _end_of_part(self) -> int:
        """Where it ends: by its length, or at the next boundary (-1: not here yet)."""
        if self._length is not None:
            return self._length
        end = self._buffer.find(self._boundary, self._looked)
        self._looked = max(len(self._buffer) - len(self._boundary), 0)
        return end

    def _take_head(self) -> bytes | None:
        """Lines up to an empty one; None when that is not here yet."""
        ends = [(self._buffer.find(mark), len(mark)) for mark in (b"\r\n\r\n", b"\n\n")]
        end, size = min(((at, size) for at, size in ends if at >= 0), default=(-1, 0))
        if end > LONGEST_HEAD or (end < 0 and len(self._buffer) > LONGEST_HEAD):
            raise RemoteProtocolError("a head is longer than heads are")
        if end < 0:
            return None
        head = bytes(self._buffer[:end])
        del self._buffer[: end + size]
        return head


def _header(lines: bytes, name: bytes) -> bytes:
    """The value of a header, b"" where there is none."""
    for line in lines.splitlines():
        key, colon, value = line.partition(b":")
        if colon and key.strip().lower() == name:
            return value.strip()
    return b""


def _boundary(parameters: bytes) -> bytes:
    """What every part begins with: two dashes, and the name without those of its own."""
    for parameter in parameters.split(b";"):
        key, _, value = parameter.partition(b"=")
        if key.strip().lower() == b"boundary" and (name := value.strip(b' "\t').lstrip(b"-")):
            return b"--" + name
    return b""
