"""The two faces of the interface and the icons, found by fontconfig and registered with Kivy."""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path
from typing import Final

from kivy.core.text import LabelBase

TEXT: Final = "Text"
ICONS: Final = "Icons"
FAMILY: Final = "Noto Sans CJK SC"


class MissingFontError(Exception):
    """A font is not installed; the message says which and what brings it."""


def register(scratch: Path) -> None:
    """Make TEXT (regular, bold) and ICONS known to Kivy. Raises MissingFontError."""
    regular, bold = (
        _single(*_find(f":family={FAMILY}:style={style}", "fonts-noto-cjk"), scratch)
        for style in ("Regular", "Bold")
    )
    icons, _ = _find(":family=Material Icons", "fonts-material-design-icons-iconfont")
    LabelBase.register(TEXT, str(regular), fn_bold=str(bold))
    LabelBase.register(ICONS, str(icons))


def _find(pattern: str, package: str) -> tuple[Path, int]:
    """The file and face of a font that SDL_ttf can open."""
    listed = subprocess.run(
        ["fc-list", "-f", "%{file}|%{index}\n", pattern], capture_output=True, text=True, check=True
    ).stdout
    for line in sorted(listed.splitlines()):
        path, _, index = line.partition("|")
        if path.endswith((".ttf", ".ttc", ".otf")):
            return Path(path), int(index)
    raise MissingFontError(f"no font {pattern}; Debian's package {package} has it")


def _single(collection: Path, index: int, scratch: Path) -> Path:
    """One face of a collection as a file of its own.

    SDL_ttf opens only the first face, here the Japanese one, whose shapes of 门, 直 or 骨 are not
    those that a Chinese reader learnt.
    """
    if collection.suffix != ".ttc":
        return collection
    single = scratch / f"{collection.stem}-{index}.otf"
    if not single.exists():
        scratch.mkdir(parents=True, exist_ok=True)
        part = single.with_suffix(".part")
        part.write_bytes(_extract(collection.read_bytes(), index))
        part.replace(single)
    return single


def _extract(data: bytes, index: int) -> bytes:
    """The face of an OpenType collection (ISO/IEC 14496-22, 4.6.3), with its tables moved up."""
    (start,) = struct.unpack_from(">I", data, 12 + 4 * index)
    version, count, *search = struct.unpack_from(">4s4H", data, start)
    head = struct.pack(">4s4H", version, count, *search)
    place = 12 + 16 * count
    records, tables = b"", b""
    for i in range(count):
        tag, checksum, offset, length = struct.unpack_from(">4s3I", data, start + 12 + 16 * i)
        records += struct.pack(">4s3I", tag, checksum, place + len(tables), length)
        tables += data[offset : offset + length] + bytes(-length % 4)
    return head + records + tables
