"""What is said about files."""

from __future__ import annotations

from sandbox.platform.messages import Message, Sha256


class Stored(Message):
    """The file is there."""

    sha256: Sha256
