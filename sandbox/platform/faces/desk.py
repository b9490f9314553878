"""Tells whether a face is somebody's. Nothing of a picture is kept or written down."""

from __future__ import annotations

import io
from http import HTTPStatus

import numpy as np
from PIL import Image as Pictures

from drivers.cameras.opencv import Image
from sandbox.platform import people
from sandbox.platform.faces import likeness
from sandbox.platform.messages import Person
from sandbox.platform.office import Office
from sandbox.platform.problems import ProblemError

MOST = 40_000_000  # pixels of a picture


def is_same(office: Office, person: Person, photo: bytes) -> bool:
    """Whether the face in a JPEG is that person's; ProblemError `no_face` where there is none."""
    picture = _decoded(photo)
    found = {} if picture is None else likeness.likenesses(picture)
    if not found:
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY, "no_face", "There is no face in the picture."
        )
    resident = people.known(office, person)
    return resident is not None and likeness.is_of(found, resident.key)


def _decoded(photo: bytes) -> Image | None:
    """The picture, blue, green, red; None of what is no JPEG, or far too large."""
    try:
        with Pictures.open(io.BytesIO(photo), formats=("JPEG",)) as picture:
            if picture.width * picture.height > MOST:
                return None
            rgb = np.asarray(picture.convert("RGB"), np.uint8)
            return np.ascontiguousarray(rgb[:, :, ::-1])
    except (Pictures.DecompressionBombError, OSError, ValueError, SyntaxError):  # a broken one
        return None
