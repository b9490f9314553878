"""What cards say of their holders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from drivers.device.personal import Personal
from drivers.device.status import Advice, Fault

NO_BIRTH_DATE = Fault(
    "card.no_birth_date",
    Advice.RESIDENT_ACTS,
    "neither the card nor its number says when its holder was born",
    "This card does not say enough. Please use your ID card.",
)


class CardKind(StrEnum):
    """The cards an ID-card reader reads (GA 450, GA/T 467, residence permits of 2017 and 2023)."""

    RESIDENT = "resident"  # 居民身份证
    HMT_RESIDENCE = "hmt_residence"  # 港澳台居民居住证, type J
    FOREIGNER_2017 = "foreigner_2017"  # 外国人永久居留身份证, type I
    FOREIGNER_2023 = "foreigner_2023"  # 外国人永久居留身份证, type Y


class Sex(StrEnum):
    """GB/T 2261.1."""

    UNKNOWN = "unknown"
    MALE = "male"
    FEMALE = "female"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True)
class IdCard:
    """What an ID card says of its holder, whichever of the four layouts it has.

    Fields a layout lacks are None. `valid_until` None means 长期 (for life).
    """

    kind: CardKind
    name: Personal
    id_number: Personal
    sex: Sex
    birth_date: date
    issuer: str
    valid_from: date
    valid_until: date | None
    nation: str | None = None  # 汉, 回 …: residents only
    address: Personal | None = None
    english_name: Personal | None = None
    nationality: str | None = None  # ISO 3166-1 alpha-3
    pass_number: Personal | None = None  # 通行证号码, type J
    issue_count: int | None = None  # type J
    version: str | None = None  # type I
    renewals: int | None = None  # type Y
    old_number_link: str | None = None  # type Y
    photo: bytes | None = None  # WLT, 1024 bytes; repr is hidden below

    def __repr__(self) -> str:
        return f"<{self.kind} card>"


@dataclass(frozen=True, slots=True)
class SocialSecurityCard:
    """What a social security card (社会保障卡) says freely, without keys or PIN.

    `version` is the card specification's ("3.00"). Fields that a version lacks are None.
    """

    version: str
    card_number: Personal
    social_security_number: Personal
    name: Personal
    sex: Sex
    card_id: Personal | None = None
    card_class: str | None = None
    issuer: str | None = None
    issued: date | None = None
    valid_until: date | None = None
    nation: str | None = None
    birthplace: str | None = None
    birth_date: date | None = None

    def __repr__(self) -> str:
        return "<social security card>"
