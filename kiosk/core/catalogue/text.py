"""Texts of the catalogue, in every language a terminal speaks, and what all its entries have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Language(StrEnum):
    """The languages a terminal speaks; the value is the BCP 47 tag."""

    CHINESE = "zh-CN"
    ENGLISH = "en"


# Lines of text without control characters.
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^(\P{Cc}|\n)+$")]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
Days = Annotated[int, Field(ge=0, le=1000)]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the catalogue in every language the terminal speaks, keyed by BCP 47 tag."""

    zh: Annotated[Words, Field(alias="zh-CN")]
    en: Words

    def of(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language is Language.CHINESE else self.en


class Entry(BaseModel):
    """Anything in a catalogue.

    Members a terminal does not know are let pass, so that a newer platform does not silence older
    terminals; `kiosk catalogue check` names them.
    """

    model_config = ConfigDict(frozen=True, strict=True, hide_input_in_errors=True)
