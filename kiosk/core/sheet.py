"""What a resident has answered in a visit, by the meaning of each question: nothing is asked twice.

An answer that is there and empty was skipped; one that is not there was never asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sheet:
    """Answers by key; personal as a whole, so it shows none of them unasked."""

    _answers: Mapping[str, str] = field(default_factory=dict)

    def of(self, key: str) -> str:
        """The answer, "" where there is none."""
        return self._answers.get(key, "")

    def has(self, key: str) -> bool:
        """Whether it was asked or known."""
        return key in self._answers

    def fill(self, key: str, text: str) -> Sheet:
        """With this answer, in place of the one before."""
        return Sheet({**self._answers, key: text})

    def known(self, answers: Mapping[str, str]) -> Sheet:
        """With what is known elsewhere, where nothing was answered yet."""
        return Sheet({**answers, **self._answers})

    def without(self, key: str) -> Sheet:
        """As if it had never been asked."""
        return Sheet({k: v for k, v in self._answers.items() if k != key})

    def items(self) -> Iterator[tuple[str, str]]:
        """Every answer with its key."""
        return iter(self._answers.items())

    def __len__(self) -> int:
        return len(self._answers)

    def __repr__(self) -> str:
        return f"<sheet of {len(self._answers)} answers>"
