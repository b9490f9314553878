"""What is said about drafts."""

from __future__ import annotations

from pydantic import Field

from sandbox.platform.messages import (
    Answers,
    Code,
    Draft,
    KeptDraft,
    Message,
    Person,
    Provided,
    Request,
)


class SaveDraft(Request):
    """Keep what is filled in; `draft` is the one it continues, null for a new one."""

    code: Code
    person: Person
    answers: Answers
    materials: tuple[Provided, ...] = Field(max_length=100)
    draft: Draft | None


class OpenDraft(Request):
    """Whose draft it must be."""

    person: Person


class LoadedDraft(Message):
    """A draft with everything in it."""

    kept: KeptDraft
    answers: Answers
    materials: tuple[Provided, ...]
