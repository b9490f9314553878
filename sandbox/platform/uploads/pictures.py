"""Makes what a phone sends fit to be kept: pictures small, upright and without what phones add."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Literal

from PIL import Image, ImageOps, UnidentifiedImageError

from sandbox.platform.files import desk as files

LARGEST = 20 * 1024 * 1024  # bytes of a picture as a phone takes it
LONGEST = 2500  # pixels of the longer edge that are kept: 300 dpi of an A4 page are 3508 by 2480
QUALITY = 88
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


class Wrong(StrEnum):
    """Why something that was sent is not taken."""

    TOO_LARGE = "too_large"
    NOT_A_PICTURE = "not_a_picture"
    TOO_MANY = "too_many"
    TOO_LATE = "too_late"


class UnfitError(Exception):
    """It is not taken."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong)
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it is kept."""

    sha256: str
    media_type: Literal["image/jpeg", "application/pdf"]
    content: bytes = field(repr=False)


def page(content: bytes) -> Page:
    """A PDF as it is, or a picture drawn anew: without EXIF, no place and time in it.

    UnfitError says why it is not taken.
    """
    if len(content) > LARGEST:
        raise UnfitError(Wrong.TOO_LARGE)
    if files.kind_of(content) == "application/pdf":
        if len(content) > files.LARGEST:
            raise UnfitError(Wrong.TOO_LARGE)
        return Page(sha256(content).hexdigest(), "application/pdf", content)
    drawn = _drawn_anew(content)
    return Page(sha256(drawn).hexdigest(), "image/jpeg", drawn)


def _drawn_anew(content: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            picture.draft("RGB", (LONGEST, LONGEST))  # a JPEG is then read no larger than needed
            ImageOps.exif_transpose(picture, in_place=True)
            upright = picture.convert("RGB")
    except Image.DecompressionBombError:
        raise UnfitError(Wrong.TOO_LARGE) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):  # broken ones raise any
        raise UnfitError(Wrong.NOT_A_PICTURE) from None
    upright.thumbnail((LONGEST, LONGEST))
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
