"""What is said about faces."""

from __future__ import annotations

from pydantic import Base64Bytes, Field

from sandbox.platform.messages import Message, Person, Request


class CompareFace(Request):
    """A picture of whoever stands at a terminal, and who they say they are."""

    person: Person
    photo: Base64Bytes = Field(
        max_length=4 * 1024 * 1024, repr=False, description="a JPEG; it is looked at and let go"
    )


class FaceVerdict(Message):
    """Whether the face is that person's."""

    same: bool
