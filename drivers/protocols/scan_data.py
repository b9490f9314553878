"""What scanners send of a code: bytes that are a resident's, kept out of every message and repr.

Makers agree that a code comes as it was printed, with a suffix behind it that can be set; CR and CR
LF are those that scanners come with. Where a scanner may have none, a code is heard to end when the
line falls silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import category

from drivers.device import Personal
from drivers.errors import RemoteProtocolError

LONGEST = 8192  # bytes; the largest QR code holds 2953, what is longer is no code
END = b"\r"

# Of the control characters those that codes hold: tab, line ends, and the separators of GS1 and
# ISO/IEC 15434. Others are noise on the line, and so is what Unicode gives no meaning.
_CONTROLS_IN_CODES = frozenset("\t\n\r\x04\x1c\x1d\x1e\x1f")
_NO_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})


@dataclass(frozen=True, slots=True)
class ScanData:
    """One code as it came; `symbology` is the scanner's word for it, "" where it says none."""

    payload: bytes
    symbology: str = ""

    def __repr__(self) -> str:
        return f"<{self.symbology or 'code'} of {len(self.payload)} bytes>"


def text_of(payload: bytes) -> Personal:
    """The code's text: UTF-8, else GB18030 as Chinese generators write. Noise is no text."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = payload.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text and all(c in _CONTROLS_IN_CODES or category(c) not in _NO_TEXT for c in text):
            return Personal(text)
    raise RemoteProtocolError(f"{len(payload)} bytes that are no text")


class CodeSplitter:
    """Parts a stream into codes: each ends at CR, or where the line falls silent (`idle`).

    Where CR is known to follow each code (`suffixed`) one that ends in silence is an error: half a
    code would be sent on as if it were the resident's. An LF directly behind a CR belongs to the
    suffix; any other LF belongs to its code. What is longer than a code can be is an error once,
    and dropped up to its end.
    """

    def __init__(self, *, suffixed: bool = False) -> None:
        self._suffixed = suffixed
        self._buffer = bytearray()
        self._too_long = False

    @property
    def pending(self) -> bool:
        """Whether a code began and did not end."""
        return bool(self._buffer) or self._too_long

    def feed(self, data: bytes) -> Iterator[ScanData | RemoteProtocolError]:
        """The codes that ended within `data`, in order; an error where one was too long."""
        *ended, rest = data.split(END)
        for piece in ended:
            yield from self._add(piece)
            yield from self._end(whole=True)
        yield from self._add(rest)

    def idle(self) -> Iterator[ScanData | RemoteProtocolError]:
        """The line fell silent: what came is a whole code, or one that broke off."""
        yield from self._end(whole=not self._suffixed)

    def _end(self, *, whole: bool) -> Iterator[ScanData | RemoteProtocolError]:
        code = bytes(self._buffer).removeprefix(b"\n").removesuffix(b"\n")
        self._buffer.clear()
        if code and not self._too_long:
            broken = f"a code broke off after {len(code)} bytes"
            yield ScanData(code) if whole else RemoteProtocolError(broken)
        self._too_long = False

    def _add(self, piece: bytes) -> Iterator[RemoteProtocolError]:
        if self._too_long:
            return
        self._buffer += piece
        if len(self._buffer) > LONGEST:
            self._buffer.clear()
            self._too_long = True
            yield RemoteProtocolError(f"a code of more than {LONGEST} bytes")
