"""People as a visit knows them, and for whom else they may act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from drivers.device import Personal, Sex
from kiosk.core.catalogue import Audience


class Means(StrEnum):
    """What a resident may show to say who they are."""

    ID_CARD = "id_card"
    SOCIAL_CARD = "social_card"
    CODE = "code"  # the QR code of an electronic identity, read by the platform


class Document(StrEnum):
    """What a person was read from; the ID cards by their layout, as `CardKind` names them."""

    RESIDENT = "resident"
    HMT_RESIDENCE = "hmt_residence"
    FOREIGNER_2017 = "foreigner_2017"
    FOREIGNER_2023 = "foreigner_2023"
    SOCIAL_CARD = "social_card"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands at the terminal, as their document says; forgotten when the visit ends."""

    name: Personal
    id_number: Personal
    sex: Sex
    birth_date: date
    document: Document
    valid_until: date | None
    address: Personal | None = None

    def age(self, today: date) -> int:
        """Years completed; whoever was born on 29 February completes one on 1 March."""
        had_it = (today.month, today.day) >= (self.birth_date.month, self.birth_date.day)
        return today.year - self.birth_date.year - (not had_it)

    def __repr__(self) -> str:
        return "<person>"


class Authority(StrEnum):
    """By what right somebody acts for another."""

    GUARDIAN = "guardian"  # 监护人
    FAMILY = "family"  # 近亲属
    ENTRUSTED = "entrusted"  # 受托人, with a letter of authorisation
    LEGAL_REPRESENTATIVE = "legal_representative"  # 法定代表人


@dataclass(frozen=True, slots=True)
class Principal:
    """For whom the person at the terminal acts, and by what right.

    `number` is an ID number or, of an enterprise, a unified social credit code.
    """

    kind: Audience
    name: Personal
    number: Personal
    authority: Authority

    def __repr__(self) -> str:
        return f"<principal, {self.kind}>"


def masked_id(number: Personal) -> str:
    """An ID number as a screen or a receipt shows it: region and last four (990000********1234)."""
    return number.masked(head=6, tail=4)


def masked_name(name: Personal) -> str:
    """A name as a receipt may show it: the first character only (王**)."""
    return name.masked(head=1)
