"""What certificates issued at once state, from which records, and to whom they are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.core.catalogue import Field, Group, ServiceItem
from sandbox import records
from sandbox.platform import refusals
from sandbox.platform.addresses import written
from sandbox.platform.codes import in_words
from sandbox.platform.messages import Fact, Text
from sandbox.platform.office import Office


@dataclass(frozen=True, slots=True)
class Need:
    """The record without which there is nothing to certify, and what is said then."""

    record: str
    reason: str
    zh: str
    en: str
    value: str | None = None  # that it must have; None: any

    def met_by(self, known: Mapping[str, str]) -> bool:
        """Whether there is something to certify."""
        return self.record in known and self.value in (None, known[self.record])


@dataclass(frozen=True, slots=True)
class Proof:
    """What one item's certificate states: records and answers by name, those that are there.

    It counts for `days`; None: without end.
    """

    facts: tuple[str, ...]
    need: Need | None = None
    days: int | None = None


_LABELS: Mapping[str, tuple[str, str]] = {
    "pension.insured_since": ("参保时间", "Insured since"),
    "pension.status": ("参保状态", "Status"),
    "pension.paid_years": ("累计缴费年限", "Years paid"),
    "pension.paid_total": ("累计缴费金额（元）", "Paid in all (yuan)"),
    "pension.agency": ("经办机构", "Agency"),
    "pension.number": ("养老保险编号", "Pension insurance number"),
    "medical.number": ("医保编号", "Medical insurance number"),
    "medical.status": ("医保参保状态", "Medical insurance"),
    "household.head": ("户主", "Head of household"),
    "household.register_number": ("户号", "Register number"),
    "household.type": ("户别", "Kind of household"),
    "contact.address": ("住址", "Address"),
    "employment.status": ("就业状态", "Work"),
    "employment.employer": ("工作单位", "Employer"),
    "party.branch": ("所在党支部", "Party branch"),
    "disability.number": ("残疾人证号", "Disability certificate"),
    "disability.grade": ("残疾等级", "Grade"),
    "allowance.since": ("享受低保起始时间", "Minimum allowance since"),
    "allowance.monthly": ("每月金额（元）", "A month (yuan)"),
    "birth.registered_on": ("生育登记时间", "Registered on"),
    "vaccination.record": ("接种记录", "Vaccinations"),
    "property.number": ("名下不动产权证号", "Property certificate"),
    "property.none": ("查询结果", "Result"),
    "enterprise.name": ("名称", "Name"),
    "enterprise.credit_code": ("统一社会信用代码", "Unified social credit code"),
    "enterprise.legal_person": ("法定代表人或经营者", "Legal representative or owner"),
    "tax.arrears": ("查询结果", "Result"),
    "tax_from": ("所属期起", "From"),
    "tax_until": ("所属期止", "Until"),
    "purpose": ("用途", "Purpose"),
    "purpose_words": ("用途说明", "Purpose in words"),
    "estate_purpose": ("用途", "Purpose"),
    "estate_purpose_words": ("用途说明", "Purpose in words"),
}

_INSURED = Need(
    "pension.status",
    "not_insured",
    "没有查到您在本区的城乡居民基本养老保险参保记录。如需参保，请到社会保险经办窗口办理。",
    "No record was found of your pension insurance in this district. To join, please visit the "
    "social insurance counter.",
)
_PURPOSE = ("purpose", "purpose_words")

PROOFS: Mapping[str, Proof] = {
    "990142001000": Proof(
        (
            "pension.insured_since",
            "pension.status",
            "pension.paid_years",
            "pension.paid_total",
            "pension.agency",
        ),
        _INSURED,
    ),
    "990100500400": Proof(
        ("pension.status", "pension.agency"),
        Need(
            "pension.status",
            "not_entitled",
            "您现在没有领取养老待遇，不用认证。",
            "You do not draw a pension at present; nothing has to be confirmed.",
            "正在领取待遇",
        ),
        days=365,
    ),
    "990100500600": Proof(
        (
            "pension.insured_since",
            "pension.status",
            "pension.paid_years",
            "medical.status",
            *_PURPOSE,
        ),
        _INSURED,
    ),
    "990100600500": Proof(
        ("medical.number", "medical.status"),
        Need(
            "medical.status",
            "not_insured",
            "没有查到您在本区的医保参保记录。如需参保，请办理参保登记。",
            "No record was found of your medical insurance in this district. You may register "
            "for it here.",
        ),
    ),
    "990100100400": Proof(
        (
            "household.head",
            "household.register_number",
            "household.type",
            "contact.address",
            *_PURPOSE,
        ),
        Need(
            "household.register_number",
            "not_registered",
            "没有查到您在本区的户口登记，请到户口所在地派出所办理。",
            "You are not on the household register of this district; please ask where you are.",
        ),
    ),
    "990100200300": Proof(
        ("birth.registered_on", *_PURPOSE),
        Need(
            "birth.registered_on",
            "not_registered",
            "没有查到您的生育登记，请先办理生育登记。",
            "No registration of a birth was found. Please register it first.",
        ),
    ),
    "990100200500": Proof(
        ("vaccination.record", *_PURPOSE),
        Need(
            "vaccination.record",
            "not_registered",
            "没有查到您的预防接种记录，请到接种点查询。",
            "No record of vaccinations was found. Please ask where you were vaccinated.",
        ),
    ),
    "990100300600": Proof(
        ("allowance.since", "allowance.monthly", *_PURPOSE),
        Need(
            "allowance.since",
            "not_entitled",
            "您现在没有享受最低生活保障，不能出具低保证明。",
            "You do not receive the minimum living allowance, so it cannot be certified.",
        ),
    ),
    "990100300700": Proof(
        ("disability.number", "disability.grade"),
        Need(
            "disability.number",
            "not_registered",
            "没有查到您的残疾人证，请先办理残疾人证。",
            "No disability certificate of yours was found. Please apply for one first.",
        ),
    ),
    "990100400500": Proof(
        ("employment.status", "employment.employer", *_PURPOSE),
        Need(
            "employment.status",
            "not_registered",
            "没有查到您的就业失业登记，请先办理登记。",
            "You are not registered as employed or unemployed. Please register first.",
        ),
    ),
    "990101100200": Proof(
        ("party.branch", *_PURPOSE),
        Need(
            "party.branch",
            "not_a_member",
            "没有查到您的党员组织关系，请联系所在党支部。",
            "No membership of yours was found. Please ask your Party branch.",
        ),
    ),
    "990100800600": Proof(
        ("property.number", "property.none", "estate_purpose", "estate_purpose_words")
    ),
    "990100900900": Proof(
        ("enterprise.name", "enterprise.credit_code", "enterprise.legal_person"),
        Need(
            "enterprise.credit_code",
            "not_registered",
            "没有查到登记在您名下的企业或店铺。",
            "No business of yours was found on the register.",
        ),
    ),
    "990100901000": Proof(("tax.arrears", "tax_from", "tax_until")),
}


def stated(
    office: Office, item: ServiceItem, number: str, answers: Mapping[str, str]
) -> tuple[Fact, ...]:
    """The lines of an item's certificate of a person or enterprise.

    RefusalError where the record is not there that the item needs.
    """
    proof = PROOFS.get(item.code, Proof(()))
    known = _known(office, number)
    if (need := proof.need) and not need.met_by(known):
        raise refusals.not_entitled(need.zh, need.en, need.reason)
    said = {**known, **_in_words(item, answers)}
    return tuple(_fact(name, said[name]) for name in proof.facts if said.get(name))


def may_be_stated(office: Office, item: ServiceItem, number: str) -> bool:
    """Whether the record is there that the item's certificate needs."""
    need = PROOFS.get(item.code, Proof(())).need
    return need is None or need.met_by(_known(office, number))


def counts_until(item: ServiceItem, today: date) -> date | None:
    """The last day of a certificate issued today; None: without end."""
    proof = PROOFS.get(item.code)
    return today + timedelta(days=proof.days) if proof and proof.days else None


def _known(office: Office, number: str) -> dict[str, str]:
    """Every record by its name, and what its absence means where that can be certified."""
    known = {"tax.arrears": "无欠税记录", **office.records(number)}
    if enterprise := records.enterprise(number):
        known |= enterprise.records
    if (resident := office.resident(number)) and (pension := resident.pension):
        known |= {
            "pension.insured_since": pension.insured_since.isoformat(),
            "pension.status": pension.status,
            "pension.paid_years": str(pension.paid_years),
            "pension.paid_total": pension.paid_total,
            "pension.agency": pension.agency,
        }
    if "property.number" not in known:
        known["property.none"] = "名下没有登记的不动产"
    return {name: written(office.catalogue, in_words(name, it)) for name, it in known.items()}


def _in_words(item: ServiceItem, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers to the item's questions; of a choice its label."""
    said = {}
    for question in item.form:
        if isinstance(question, Group) or question.key not in answers:
            continue
        said[question.key] = _label(question, answers[question.key])
    return said


def _label(field: Field, answer: str) -> str:
    return next((one.label.zh for one in field.choices if one.code == answer), answer)


def _fact(name: str, value: str) -> Fact:
    zh, en = _LABELS[name]
    return Fact(label=Text(zh=zh, en=en), value=value)
