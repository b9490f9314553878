"""Service items: what may be applied for; nothing else can be reached (清单之外无审批)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The languages a terminal speaks; the value is the BCP 47 tag."""

    CHINESE = "zh-CN"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the catalogue in every language the terminal speaks."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language is Language.CHINESE else self.en


class IdentityLevel(StrEnum):
    """How sure the platform must be of who is asking."""

    NONE = "none"
    ID_CARD = "id_card"


class ResultKind(StrEnum):
    """What a resident leaves with."""

    CERTIFICATE = "certificate"  # issued at once, shown and kept as an e-certificate


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """One item of the unified catalogue; its flow is derived from it, never stored in it.

    `code` is the 基本编码 of GB/T 39554; times are in working days, 0 meaning at once (即办).
    """

    code: str
    category: Text
    name: Text
    summary: Text
    department: Text
    identity: IdentityLevel
    materials: tuple[Text, ...]
    conditions: tuple[Text, ...]
    promised_days: int
    statutory_days: int
    fee: Text
    result: ResultKind
    result_name: Text
    rated: bool = True


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The items in force, in the order in which they are offered."""

    version: str
    items: tuple[ServiceItem, ...]

    def find(self, code: str) -> ServiceItem | None:
        """The item of that code, or None: it was withdrawn or never offered."""
        return next((item for item in self.items if item.code == code), None)
