"""The sandbox's residents: invented, with ids in the unassigned region 990000."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from drivers.device import CardKind, IdCard, Personal, Sex, SocialSecurityCard
from drivers.device.id_number import check_digit


@dataclass(frozen=True, slots=True)
class Pension:
    """What the pension agency knows of somebody (城乡居民基本养老保险)."""

    insured_since: date
    status: str
    paid_years: int
    paid_total: str
    agency: str


@dataclass(frozen=True, slots=True)
class CardIssue:
    """How a social security card was issued: its specification, its number and the day."""

    version: str
    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who may come to the terminal.

    `pension` is None for one who is not insured, `issue` for one without social security card.
    """

    key: str
    card: IdCard
    pension: Pension | None
    issue: CardIssue | None = None

    @property
    def social_card(self) -> SocialSecurityCard | None:
        """The social security card, good for ten years."""
        if self.issue is None:
            return None
        return SocialSecurityCard(
            version=self.issue.version,
            card_number=Personal(self.issue.number),
            social_security_number=self.card.id_number,
            name=self.card.name,
            sex=self.card.sex,
            card_id=Personal(f"990000D156000005{self.issue.number:0>16}"),
            card_class="1",
            issuer="990000990000",
            issued=self.issue.day,
            valid_until=self.issue.day.replace(year=self.issue.day.year + 10),
            nation=self.card.nation,
            birthplace="990000",
            birth_date=self.card.birth_date,
        )


def number(first_seventeen: str) -> Personal:
    """An ID number with its check digit."""
    return Personal(first_seventeen + check_digit(first_seventeen))


AGENCY = "示例区城乡居民社会养老保险中心"
PHOTO = bytes(1024)  # WLT; nobody's face

WANG = Resident(
    "wang",
    IdCard(
        kind=CardKind.RESIDENT,
        name=Personal("王秀英"),
        id_number=number("99000019520307002"),
        sex=Sex.FEMALE,
        birth_date=date(1952, 3, 7),
        issuer="示例区公安局",
        valid_from=date(2015, 3, 1),
        valid_until=None,
        nation="汉",
        address=Personal("示例区柳湖镇柳湖村三组十二号"),
        photo=PHOTO,
    ),
    Pension(date(2011, 7, 1), "正在领取待遇", 15, "3000.00", AGENCY),
    CardIssue("1.00", "990000001", date(2017, 4, 5)),
)
LI = Resident(
    "li",
    IdCard(
        kind=CardKind.RESIDENT,
        name=Personal("李向阳"),
        id_number=number("99000019980615031"),
        sex=Sex.MALE,
        birth_date=date(1998, 6, 15),
        issuer="示例区公安局",
        valid_from=date(2019, 8, 20),
        valid_until=date(2029, 8, 20),
        nation="回",
        address=Personal("示例区柳湖镇东关街八号"),
        photo=PHOTO,
    ),
    None,
    CardIssue("3.00", "990000002", date(2021, 9, 1)),
)
CHAN = Resident(
    "chan",
    IdCard(
        kind=CardKind.HMT_RESIDENCE,
        name=Personal("陈美玲"),
        id_number=number("99000019751102046"),
        sex=Sex.FEMALE,
        birth_date=date(1975, 11, 2),
        issuer="示例区公安局",
        valid_from=date(2023, 5, 4),
        valid_until=date(2028, 5, 4),
        address=Personal("示例区柳湖镇南湖路二十号"),
        pass_number=Personal("H99000001"),
        issue_count=1,
        photo=PHOTO,
    ),
    Pension(date(2020, 1, 1), "正常参保缴费", 6, "12000.00", AGENCY),
    CardIssue("2.00", "990000003", date(2023, 6, 1)),
)
ANNA = Resident(
    "anna",
    IdCard(
        kind=CardKind.FOREIGNER_2023,
        name=Personal("安娜"),
        id_number=number("99000019850920028"),
        sex=Sex.FEMALE,
        birth_date=date(1985, 9, 20),
        issuer="",
        valid_from=date(2024, 2, 1),
        valid_until=date(2034, 2, 1),
        english_name=Personal("EXAMPLE, ANNA"),
        nationality="CAN",
        renewals=0,
        photo=PHOTO,
    ),
    Pension(date(2024, 3, 1), "正常参保缴费", 2, "4000.00", AGENCY),
)
XIAO = Resident(
    "xiao",
    IdCard(
        kind=CardKind.RESIDENT,
        name=Personal("周小禾"),
        id_number=number("99000020110409004"),
        sex=Sex.FEMALE,
        birth_date=date(2011, 4, 9),
        issuer="示例区公安局",
        valid_from=date(2024, 7, 1),
        valid_until=date(2029, 7, 1),
        nation="汉",
        address=Personal("示例区柳湖镇柳湖村一组五号"),
        photo=PHOTO,
    ),
    None,
)
"""Fifteen years old: for what needs more years a guardian acts."""
ZHAO = Resident(
    "zhao",
    IdCard(
        kind=CardKind.RESIDENT,
        name=Personal("赵国强"),
        id_number=number("99000019660818011"),
        sex=Sex.MALE,
        birth_date=date(1966, 8, 18),
        issuer="示例区公安局",
        valid_from=date(2004, 6, 10),
        valid_until=date(2024, 6, 10),
        nation="汉",
        address=Personal("示例区柳湖镇南湖路二十号"),
        photo=PHOTO,
    ),
    Pension(date(2012, 1, 1), "正常参保缴费", 14, "7000.00", AGENCY),
)
"""Somebody whose card ran out in 2024."""
YU = Resident(
    "yu",
    IdCard(
        kind=CardKind.RESIDENT,
        name=Personal("赵小雨"),
        id_number=number("99000020140601006"),
        sex=Sex.FEMALE,
        birth_date=date(2014, 6, 1),
        issuer="示例区公安局",
        valid_from=date(2023, 7, 3),
        valid_until=date(2028, 7, 3),
        nation="汉",
        address=Personal("示例区柳湖镇南湖路二十号"),
        photo=PHOTO,
    ),
    None,
)
"""Chan's and zhao's daughter, twelve years old: her parents come for her."""
RESIDENTS = (WANG, LI, CHAN, ANNA, XIAO, ZHAO)
ON_RECORD = (*RESIDENTS, YU)
"""Everybody the district knows: those who come to the terminal, and those who do not."""


def find(key: str) -> Resident:
    """The resident of that key; LookupError names those there are."""
    for resident in RESIDENTS:
        if resident.key == key:
            return resident
    known = ", ".join(resident.key for resident in RESIDENTS)
    raise LookupError(f"no resident {key!r}; there are: {known}")
