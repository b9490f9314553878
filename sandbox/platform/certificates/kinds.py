"""The kinds of e-certificates that departments of the district issue, and what each states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.platform.messages import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a certificate: what it is called, and from which record it is."""

    record: str
    label: Text


@dataclass(frozen=True, slots=True)
class Kind:
    """What one kind is called and who issues it; whoever has the record `of` holds one."""

    title: str
    issuer: str
    of: str
    lines: tuple[Line, ...]


def _line(record: str, zh: str, en: str) -> Line:
    return Line(record, Text(zh=zh, en=en))


_NAME = _line("person.name", "姓名", "Name")
_NUMBER = _line("person.id_number", "公民身份号码", "ID number")
_BORN = _line("person.birth_date", "出生日期", "Date of birth")
_SEX = _line("person.sex", "性别", "Sex")
_ADDRESS = _line("person.address", "住址", "Address")

KINDS: Mapping[str, Kind] = {
    "id_card": Kind(
        "居民身份证",
        "示例区公安局",
        "person.name",
        (_NAME, _SEX, _BORN, _ADDRESS, _NUMBER),
    ),
    "household_register": Kind(
        "居民户口簿",
        "示例区公安局",
        "household.register_number",
        (
            _line("household.register_number", "户号", "Register number"),
            _line("household.head", "户主", "Head of household"),
            _line("household.type", "户别", "Kind of household"),
            _line("household.members", "户内人数", "Members"),
            _NAME,
            _NUMBER,
        ),
    ),
    "marriage_certificate": Kind(
        "结婚证",
        "示例区民政局",
        "marriage.spouse_name",
        (
            _NAME,
            _NUMBER,
            _line("marriage.spouse_name", "配偶姓名", "Spouse"),
            _line("marriage.spouse_id", "配偶公民身份号码", "ID number of the spouse"),
        ),
    ),
    "birth_certificate": Kind(
        "出生医学证明",
        "示例区卫生健康委员会",
        "birth.mother",
        (
            _NAME,
            _SEX,
            _BORN,
            _line("birth.mother", "母亲姓名", "Mother"),
            _line("birth.hospital", "接生机构", "Hospital"),
        ),
    ),
    "social_security_card": Kind(
        "社会保障卡",
        "示例区人力资源和社会保障局",
        "social_card.number",
        (
            _NAME,
            _line("person.id_number", "社会保障号码", "Social security number"),
            _line("social_card.number", "卡号", "Card number"),
        ),
    ),
    "medical_insurance": Kind(
        "医保电子凭证",
        "示例区医疗保障局",
        "medical.number",
        (
            _NAME,
            _line("medical.number", "医保编号", "Medical insurance number"),
            _line("medical.status", "参保状态", "Status"),
        ),
    ),
    "disability_certificate": Kind(
        "残疾人证",
        "示例区残疾人联合会",
        "disability.number",
        (
            _NAME,
            _line("disability.number", "残疾人证号", "Number"),
            _line("disability.grade", "残疾等级", "Grade"),
        ),
    ),
    "business_licence": Kind(
        "营业执照",
        "示例区市场监督管理局",
        "enterprise.credit_code",
        (
            _line("enterprise.name", "名称", "Name"),
            _line("enterprise.credit_code", "统一社会信用代码", "Unified social credit code"),
            _line("enterprise.legal_person", "经营者", "Trader"),
            _line("enterprise.address", "经营场所", "Place of business"),
        ),
    ),
    "land_contract": Kind(
        "农村土地承包合同",
        "示例区农业农村局",
        "land.contract_number",
        (
            _line("land.contract_number", "合同编号", "Contract number"),
            _line("person.name", "承包方代表", "Contractor"),
            _line("land.area_mu", "承包面积（亩）", "Area (mu)"),
        ),
    ),
    "property_certificate": Kind(
        "不动产权证书",
        "示例区自然资源局",
        "property.number",
        (
            _line("property.number", "证号", "Number"),
            _line("person.name", "权利人", "Owner"),
            _line("contact.address", "坐落", "Where it lies"),
        ),
    ),
    "discharge_certificate": Kind(
        "退役证",
        "示例区退役军人事务局",
        "veteran.discharged_on",
        (
            _NAME,
            _line("veteran.unit", "服役部队", "Unit"),
            _line("veteran.discharged_on", "退役日期", "Day of discharge"),
        ),
    ),
    "death_certificate": Kind(
        "居民死亡医学证明（推断）书",
        "示例区卫生健康委员会",
        "death.name",
        (
            _line("death.name", "逝者姓名", "Name of the deceased"),
            _line("death.day", "死亡日期", "Day of death"),
            _line("person.name", "申领人", "Issued to"),
        ),
    ),
    "degree_certificate": Kind(
        "毕业证书",
        "示例区教育体育局",
        "education.school",
        (
            _NAME,
            _line("education.level", "学历", "Level"),
            _line("education.school", "毕业学校", "School"),
        ),
    ),
    "party_membership": Kind(
        "党员身份证明",
        "中共示例区委组织部",
        "party.branch",
        (_NAME, _line("party.branch", "所在党支部", "Party branch")),
    ),
}
OF_ANOTHER = frozenset({"death_certificate"})
"""Kinds that are about somebody else than whoever holds them."""
