"""What a search of the catalogue finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class HitKind(StrEnum):
    """What was found; a code alone does not say it."""

    ITEM = "item"
    BUNDLE = "bundle"
    POLICY = "policy"


Part = tuple[int, int]
"""From which character of a name to which, the last not included."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something the catalogue has for a query, and the part of its name that the query is found in.

    `zh` is a part of the Chinese name, `en` of the English one; neither is there where a keyword
    fits and no name does.
    """

    code: str
    kind: HitKind
    zh: Part | None = None
    en: Part | None = None
