"""A fault of a catalogue, in the words of whoever will repair it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Wrong(NamedTuple):
    """What is wrong with a member of an entry, and what to do."""

    member: str
    what: str
    advice: str


@dataclass(frozen=True, slots=True)
class CatalogueFault:
    """One fault: where (an entry's code and a member's path in it), what, and what to do.

    `entry` is empty for the catalogue as a whole, `member` for the whole entry.
    """

    entry: str
    member: str
    what: str
    advice: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.entry, self.member, self.what) if part) + (
            f"; {self.advice}"
        )


def path(*parts: str | int) -> str:
    """A member's path as it is written in programs: form[2].label.en."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return text.removeprefix(".")
