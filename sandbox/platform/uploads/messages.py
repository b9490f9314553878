"""What is said about uploads."""

from __future__ import annotations

from sandbox.platform.messages import Attachment, Code, Message, Request, Url


class OpenUpload(Request):
    """For which material, and which terminal waits for it."""

    material: Code
    terminal: Code


class UploadPage(Message):
    """A page for one phone, good for `seconds`; `session` asks what came."""

    session: Code
    url: Url
    seconds: int


class Uploaded(Message):
    """What came so far; `ended` when nothing more can."""

    pages: tuple[Attachment, ...]
    ended: bool
