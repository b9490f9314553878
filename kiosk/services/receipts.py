"""What a receipt says: what was done, when and where, under which number, and where to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from drivers.errors import LocalProtocolError
from drivers.printers import receipt_layout as layout
from drivers.printers.receipt_layout import Part
from kiosk.core.cases import Issued, Kept
from kiosk.core.catalogue import Language, Text
from kiosk.core.effects import PrintReceipt
from kiosk.core.identity import masked_id, masked_name

WORDS = {
    "done": Text("办理回执", "RECEIPT"),
    "kept": Text("受理回执", "RECEIPT OF REQUEST"),
    "item": Text("事项", "Service"),
    "result": Text("结果", "Result"),
    "case": Text("办件编号", "Case number"),
    "certificate": Text("证明编号", "Certificate"),
    "number": Text("受理编号", "Request number"),
    "applicant": Text("申请人", "Applicant"),
    "id": Text("证件号码", "ID number"),
    "time": Text("办理时间", "Time"),
    "place": Text("办理地点", "Place"),
    "terminal": Text("终端编号", "Terminal"),
    "issued": Text("已办结", "Issued"),
    "waiting": Text("已登记，待上传", "Kept, to be sent"),
    "verify": Text("手机扫码可核验证明真伪", "Scan to verify the certificate"),
    "later": Text(
        "政务网络暂时不通。您的申请已保存在本机，网络恢复后自动提交，不用再来登记。"
        "请保存好本回执，凭受理编号可拨打电话查询。",
        "The government network cannot be reached at the moment. Your request is kept here and "
        "will be sent by itself. Keep this receipt: with its number you can ask by telephone.",
    ),
    "hotline": Text("咨询投诉电话", "Questions and complaints"),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a receipt comes from, and what it is printed on."""

    terminal: str
    place: Text
    hotline: str
    paper: layout.Paper = layout.PAPER


def receipt(what: PrintReceipt, *, origin: Origin, copy: int, now: datetime) -> bytes:
    """The receipt as ESC/POS; `copy` above 0 is marked as one. `now` is aware local time."""
    try:
        parts = list(_parts(what, masked_name(what.person.name), origin, copy, now))
        return layout.encode(parts, origin.paper)
    except LocalProtocolError:
        # A name may begin with a character no font here has: better a receipt without it than none.
        parts = list(_parts(what, what.person.name.masked(), origin, copy, now))
        return layout.encode(parts, origin.paper)


def _parts(
    what: PrintReceipt, name: str, origin: Origin, copy: int, now: datetime
) -> Iterator[Part]:
    language = what.language
    match what.outcome:
        case Issued():
            yield layout.Title(_say("done", language))
        case Kept():
            yield layout.Title(_say("kept", language))
    if copy:
        yield layout.CopyMark()
    yield layout.Separator()
    yield layout.Item(_say("item", language), what.item.name.of(language))
    yield from _outcome(what.outcome, origin, language)
    yield layout.Separator()
    yield layout.Item(_say("applicant", language), name)
    yield layout.Item(_say("id", language), masked_id(what.person.id_number))
    yield layout.Item(_say("time", language), f"{now:%Y-%m-%d %H:%M}")
    yield layout.Item(_say("place", language), origin.place.of(language))
    yield layout.Item(_say("terminal", language), origin.terminal)
    yield layout.Separator()
    yield from _ending(what.outcome, language)
    yield layout.Item(_say("hotline", language), origin.hotline)


def _outcome(outcome: Issued | Kept, origin: Origin, language: Language) -> Iterator[Part]:
    match outcome:
        case Issued(case_number, certificate):
            yield layout.Item(_say("result", language), _say("issued", language))
            yield layout.Item(_say("case", language), case_number)
            yield layout.Item(_say("certificate", language), certificate.number)
        case Kept(number):
            yield layout.Item(_say("result", language), _say("waiting", language))
            yield layout.Paragraph(_say("number", language))
            yield layout.Title(_readable(number, origin))


def _readable(number: str, origin: Origin) -> str:
    """A number to be printed large: where it is too long for a line, the terminal's name first."""
    large = origin.paper.columns // 2
    head, *tail = number.rsplit("-", 3)
    return number if len(number) <= large or not tail else f"{head}-\n{'-'.join(tail)}"


def _ending(outcome: Issued | Kept, language: Language) -> Iterator[Part]:
    match outcome:
        case Issued(_, certificate):
            yield layout.QrCode(certificate.verify_url)
            yield layout.Paragraph(_say("verify", language))
        case Kept():
            yield layout.Paragraph(_say("later", language))


def _say(key: str, language: Language) -> str:
    return WORDS[key].of(language)
