"""What departments have on record of the sandbox's residents, by the `shared` names of a catalogue.

Some names no form asks for: certificates state them, and policies are found by them. All of it is
invented like the residents themselves; whoever has none here is a person without prefill.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.residents import CHAN, LI, WANG, XIAO, YU, ZHAO, Resident

Records = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One enterprise of the district; its numbers of people are those insured this year."""

    name: str
    credit_code: str
    legal_person: Resident
    address: str
    employees: int
    graduates: int = 0
    veterans: int = 0
    hard_to_place: int = 0

    def represented_by(self, id_number: str) -> bool:
        """Whether it is its legal representative's number."""
        return self.legal_person.card.id_number.reveal() == id_number

    @property
    def records(self) -> Records:
        """What is on record of it."""
        return {
            "enterprise.name": self.name,
            "enterprise.credit_code": self.credit_code,
            "enterprise.legal_person": self.legal_person.card.name.reveal(),
            "enterprise.address": self.address,
            "contact.phone": "0394-9900112",
            "bank.name": "示例农村商业银行",
            "bank.account": "990000810000022",
        }


SHOP = Enterprise(
    name="示例区向阳百货店",
    credit_code="92990000MA90000111",
    legal_person=LI,
    address="990001005000|东关街八号",
    employees=3,
    veterans=1,
    hard_to_place=1,
)
ENTERPRISES = (SHOP,)


def _person(resident: Resident) -> dict[str, str]:
    card = resident.card
    return {
        "person.name": card.name.reveal(),
        "person.id_number": card.id_number.reveal(),
        "person.sex": card.sex.value,
        "person.birth_date": card.birth_date.isoformat(),
        "person.address": card.address.reveal() if card.address else "",
        "person.nation": card.nation or "",
    }


_OF: Mapping[str, Records] = {
    WANG.key: {
        **_person(WANG),
        "contact.phone": "0394-9900101",
        "contact.address": "990001001000|三组十二号",
        "household.head": "王秀英",
        "household.register_number": "990001001000312",
        "household.type": "family",
        "household.members": "1",
        "marriage.status": "widowed",
        "pension.number": "99000019520001",
        "pension.status": "正在领取待遇",
        "medical.number": "99000052000101",
        "medical.status": "正常参保",
        "bank.name": "示例农村商业银行",
        "bank.account": "990000810000011",
        "employment.status": "farming",
        "education.level": "primary",
        "land.area_mu": "6",
        "land.contract_number": "990001001000J00312",
        "property.number": "示例（2019）柳湖镇不动产权第0000312号",
        "allowance.since": "2021-05-01",
        "allowance.monthly": "420.00",
        "children.count": "1",
        "vaccination.record": "新冠病毒疫苗3剂、流感疫苗1剂",
    },
    LI.key: {
        **_person(LI),
        "contact.phone": "0394-9900102",
        "contact.address": "990001005000|东关街八号",
        "household.head": "李向阳",
        "household.register_number": "990001005000008",
        "household.type": "family",
        "household.members": "1",
        "marriage.status": "single",
        "medical.number": "99000098000102",
        "medical.status": "正常参保",
        "bank.name": "示例农村商业银行",
        "bank.account": "990000810000022",
        "employment.status": "self_employed",
        "education.level": "senior",
        "veteran.unit": "示例部队",
        "veteran.discharged_on": "2026-09-01",
        "party.branch": "柳湖镇东关社区党支部",
        "vaccination.record": "乙肝疫苗3剂、新冠病毒疫苗3剂",
        **{key: value for key, value in SHOP.records.items() if key.startswith("enterprise.")},
    },
    CHAN.key: {
        **_person(CHAN),
        "contact.phone": "0394-9900103",
        "contact.address": "990001006000|南湖路二十号",
        "marriage.status": "married",
        "marriage.spouse_name": "赵国强",
        "marriage.spouse_id": ZHAO.card.id_number.reveal(),
        "pension.number": "99000019750003",
        "pension.status": "正常参保缴费",
        "medical.number": "99000075000103",
        "medical.status": "正常参保",
        "employment.status": "employed",
        "employment.employer": "示例区柳湖镇中心小学",
        "education.level": "bachelor",
        "property.number": "示例（2021）柳湖镇不动产权第0000020号",
        "birth.registered_on": "2004-05-12",
    },
    XIAO.key: {
        **_person(XIAO),
        "contact.address": "990001001000|一组五号",
        "household.head": "周大山",
        "household.register_number": "990001001000105",
        "household.type": "family",
        "household.members": "3",
        "vaccination.record": "国家免疫规划疫苗已全程接种",
        "medical.number": "99000011000105",
        "medical.status": "正常参保",
        "education.level": "junior",
    },
    ZHAO.key: {
        **_person(ZHAO),
        "contact.phone": "0394-9900104",
        "contact.address": "990001006000|南湖路二十号",
        "household.head": "赵国强",
        "household.register_number": "990001006000020",
        "household.type": "family",
        "household.members": "2",
        "marriage.status": "married",
        "marriage.spouse_name": "陈美玲",
        "marriage.spouse_id": CHAN.card.id_number.reveal(),
        "pension.number": "99000019660004",
        "pension.status": "正常参保缴费",
        "medical.number": "99000066000104",
        "medical.status": "正常参保",
        "employment.status": "unemployed",
        "education.level": "junior",
        "unemployment.until": "2027-03-31",
        "disability.number": f"{ZHAO.card.id_number.reveal()}42",
        "disability.grade": "2",
    },
    YU.key: {
        **_person(YU),
        "contact.phone": "0394-9900103",
        "contact.address": "990001006000|南湖路二十号",
        "household.head": "赵国强",
        "household.register_number": "990001006000020",
        "household.type": "family",
        "household.members": "2",
        "parents.father_id": ZHAO.card.id_number.reveal(),
        "parents.mother_id": CHAN.card.id_number.reveal(),
        "medical.number": "99000014000106",
        "medical.status": "正常参保",
        "education.level": "primary",
        "vaccination.record": "国家免疫规划疫苗已全程接种",
    },
}


def of(resident: Resident) -> Records:
    """Everything on record of a resident; {} of somebody of whom nothing may be shared."""
    return _OF.get(resident.key, {})


def enterprise(credit_code: str) -> Enterprise | None:
    """The enterprise of that unified social credit code, or None."""
    return next((one for one in ENTERPRISES if one.credit_code == credit_code), None)
