"""What is said about electronic identities."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sandbox.platform.messages import Message, Person, Request


class CheckCode(Request):
    """What the QR code of somebody's electronic identity says."""

    code: Annotated[str, Field(min_length=1, max_length=512, pattern=r"^[!-~]+$")]


class Identity(Message):
    """Whose electronic identity it is."""

    person: Person
