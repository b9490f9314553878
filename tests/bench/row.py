"""What a benchmark says: a number and what it is to be held against."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    `reference` is a number in the same unit that the value is held against, and `source` says
    where it comes from: the wire's own time, a published figure, another program on this machine.
    """

    name: str
    value: float
    unit: str
    reference: float | None = None
    source: str = ""

    @property
    def ratio(self) -> float | None:
        """Value by reference, or None without a reference."""
        return self.value / self.reference if self.reference else None
