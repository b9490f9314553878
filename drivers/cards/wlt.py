"""The photo of an ID card, which is WLT: only closed decoders of makers exist, so it is a plug-in.

A decoder is an installed package with an entry point of the group `doorstep.wlt`: a callable that
takes the 1024 bytes of a card and returns a picture (BMP, PNG or JPEG). Being closed native code
it may crash, hang or leave files behind, so it runs in a process and a directory of its own, once
for each photo; whatever becomes of it, there is a picture or there is none.
"""

from __future__ import annotations

import logging
import resource
import subprocess
import sys
from importlib.metadata import EntryPoint, entry_points
from tempfile import TemporaryDirectory

from drivers.protocols.sam import PHOTO_LENGTH

GROUP = "doorstep.wlt"
PATIENCE = 5.0  # seconds; decoders take well under one
LONGEST = 1024 * 1024  # bytes; 102 by 126 dots are 39 KB as BMP
PICTURES = (b"BM", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")

_log = logging.getLogger(__name__)


def installed() -> EntryPoint | None:
    """The decoder of this machine; where there are several, the first by name."""
    return min(entry_points(group=GROUP), key=lambda point: point.name, default=None)


def decode(photo: bytes, patience: float = PATIENCE) -> bytes | None:
    """The picture of a card's photo; None without a decoder, and when the decoder failed.

    It takes about a tenth of a second and blocks, so it belongs on a device's thread. Why there is
    no picture is logged, nothing of the photo is.
    """
    if len(photo) != PHOTO_LENGTH or (decoder := installed()) is None:
        return None
    picture, trouble = _run(photo, patience)
    if trouble:
        _log.warning("the photo decoder %s gave no picture: %s", decoder.name, trouble)
    return picture


def _run(photo: bytes, patience: float) -> tuple[bytes | None, str]:
    """The picture, or what is wrong."""
    command = [sys.executable, "-P", "-m", "drivers.cards.wlt"]
    with TemporaryDirectory(prefix="doorstep-photo-", ignore_cleanup_errors=True) as directory:
        try:
            done = subprocess.run(
                command,
                input=photo,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # it may hold what the card says
                cwd=directory,
                timeout=patience,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None, f"no end after {patience:g} s"
    if done.returncode:
        return None, _ending(done.returncode)
    if not done.stdout.startswith(PICTURES):
        return None, f"{len(done.stdout)} bytes that are no picture"
    if len(done.stdout) > LONGEST:
        return None, f"{len(done.stdout)} bytes, more than {LONGEST}"
    return done.stdout, ""


def _ending(status: int) -> str:
    return f"it crashed with signal {-status}" if status < 0 else "it raised an exception"


def main() -> None:
    """Be the process that decodes one photo, from standard input to standard output."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash must not leave a face on the disk
    decoder = installed()
    if decoder is None:
        raise SystemExit(1)
    picture = decoder.load()(sys.stdin.buffer.read())
    sys.stdout.buffer.write(picture)


if __name__ == "__main__":
    main()
