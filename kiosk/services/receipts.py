"""What a receipt says: what was done, when and where, under which number, and where to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from drivers.errors import LocalProtocolError
from drivers.printers import receipt_layout as layout
from drivers.printers.receipt_layout import Part
from kiosk.core import cases
from kiosk.core.cases import Accepted, Issued, Kept, Noted
from kiosk.core.catalogue import Audience, Text
from kiosk.core.effects import PrintReceipt
from kiosk.core.identity import Authority, Principal, masked_id
from kiosk.services.wording import day

WORDS = {
    "done": Text("办理回执", "RECEIPT"),
    "accepted": Text("受理回执", "RECEIPT OF ACCEPTANCE"),
    "noted": Text("登记回执", "RECEIPT"),
    "kept": Text("登记回执", "RECEIPT OF REQUEST"),
    "item": Text("事项", "Service"),
    "result": Text("结果", "Result"),
    "case": Text("办件编号", "Case number"),
    "certificate": Text("证明编号", "Certificate"),
    "number": Text("登记编号", "Request number"),
    "applicant": Text("申请人", "Applicant"),
    "id": Text("证件号码", "ID number"),
    "for_whom": Text("代为办理", "On behalf of"),
    "credit_code": Text("统一社会信用代码", "Credit code"),
    "authority": Text("代办身份", "Acting as"),
    "time": Text("办理时间", "Time"),
    "place": Text("办理地点", "Place"),
    "terminal": Text("终端编号", "Terminal"),
    "was_issued": Text("已办结", "Issued"),
    "was_accepted": Text("已受理", "Accepted"),
    "was_noted": Text("已登记", "On record"),
    "waiting": Text("已登记，待上传", "Kept, to be sent"),
    "promised": Text("承诺办结", "Promised by"),
    "statutory": Text("法定期限", "Lawful limit"),
    "due": Text("最迟答复", "Answer by"),
    "parts": Text("包含事项", "It consists of"),
    "owed": Text("待补材料，请在期限前补交", "Still to be handed in, each by its day"),
    "follow": Text(
        "凭本人证件或办件编号，可在任意一台终端查询进度。",
        "Any terminal shows what has become of it, by your document or the case number.",
    ),
    "ask_later": Text(
        "凭本人证件或上面的编号，可在任意一台终端查询。",
        "Any terminal shows what has become of it, by your document or the number above.",
    ),
    "verify": Text("手机扫码可核验证明真伪", "Scan to verify the certificate"),
    "rate": Text("手机扫码，评价本次服务", "Scan to say how we did"),
    "later": Text(
        "政务网络暂时不通。您提交的内容已保存在本机，网络恢复后自动提交，不用再来登记。"
        "请保存好本回执，凭登记编号可拨打电话查询。",
        "The government network cannot be reached at the moment. Your request is kept here and "
        "will be sent by itself. Keep this receipt: with its number you can ask by telephone.",
    ),
    "hotline": Text("咨询投诉电话", "Questions and complaints"),
}

AUTHORITIES = {
    Authority.GUARDIAN: Text("监护人", "Guardian"),
    Authority.FAMILY: Text("近亲属", "Close relative"),
    Authority.ENTRUSTED: Text("受托人", "Entrusted person"),
    Authority.LEGAL_REPRESENTATIVE: Text("法定代表人", "Legal representative"),
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
        parts = list(_Receipt(what, origin, names=1).parts(copy, now))
        return layout.encode(parts, origin.paper)
    except LocalProtocolError:
        # A name may begin with a character no font here has: better a receipt without it than none.
        parts = list(_Receipt(what, origin, names=0).parts(copy, now))
        return layout.encode(parts, origin.paper)


class _Receipt:
    """One receipt; of people's names the first `names` characters are shown."""

    def __init__(self, what: PrintReceipt, origin: Origin, *, names: int) -> None:
        self._what = what
        self._origin = origin
        self._names = names
        self._language = what.language

    def parts(self, copy: int, now: datetime) -> Iterator[Part]:
        """Everything on it, from top to bottom."""
        yield layout.Title(self._say(self._title()))
        if copy:
            yield layout.CopyMark()
        yield layout.Separator()
        yield self._item("item", self._what.subject.of(self._language))
        yield from self._outcome()
        yield layout.Separator()
        yield from self._people()
        yield self._item("time", f"{now:%Y-%m-%d %H:%M}")
        yield self._item("place", self._origin.place.of(self._language))
        yield self._item("terminal", self._origin.terminal)
        yield layout.Separator()
        yield from self._ending()
        yield self._item("hotline", self._origin.hotline)

    def _title(self) -> str:
        match self._what.outcome:
            case Issued():
                return "done"
            case Accepted():
                return "accepted"
            case Noted():
                return "noted"
            case Kept():
                return "kept"

    # --- what came of it ---

    def _outcome(self) -> Iterator[Part]:
        match self._what.outcome:
            case Issued(case_number, certificate):
                yield self._item("result", self._say("was_issued"))
                yield self._item("case", case_number)
                yield self._item("certificate", certificate.number)
            case Accepted() as accepted:
                yield from self._accepted(accepted)
            case Noted(number, due_on):
                yield self._item("result", self._say("was_noted"))
                if due_on is not None:
                    yield self._item("due", day(due_on, self._language))
                yield from self._large(number)
            case Kept(number):
                yield self._item("result", self._say("waiting"))
                yield from self._large(number)

    def _accepted(self, accepted: Accepted) -> Iterator[Part]:
        yield self._item("result", self._say("was_accepted"))
        yield self._item("case", accepted.case_number)
        yield self._item("promised", day(accepted.promised_on, self._language))
        yield self._item("statutory", day(accepted.statutory_on, self._language))
        if accepted.parts:
            yield layout.Separator()
            yield layout.Paragraph(self._say("parts"))
            for number, part in enumerate(accepted.parts, 1):
                yield from self._part(number, part)
        if accepted.owed:
            yield layout.Separator()
            yield layout.Paragraph(self._say("owed"))
            for owed in accepted.owed:
                name = owed.name.of(self._language)
                yield layout.Item(f"□ {name}", day(owed.until, self._language))

    def _part(self, number: int, part: cases.Part) -> Iterator[Part]:
        yield layout.Paragraph(f"{number}. {part.name.of(self._language)}")
        yield self._item("case", part.case_number)
        if part.certificate is not None:
            yield self._item("certificate", part.certificate.number)
        elif part.promised_on is not None:
            yield self._item("promised", day(part.promised_on, self._language))

    def _large(self, number: str) -> Iterator[Part]:
        """A number by which it is found: too long for a line, the terminal's name comes first."""
        large = self._origin.paper.columns // 2
        head, *tail = number.rsplit("-", 3)
        broken = f"{head}-\n{'-'.join(tail)}" if len(number) > large and tail else number
        yield layout.Paragraph(self._say("number"))
        yield layout.Title(broken)

    # --- for whom, and what is next ---

    def _people(self) -> Iterator[Part]:
        person, principal = self._what.person, self._what.principal
        if person is not None:
            yield self._item("applicant", person.name.masked(head=self._names))
            yield self._item("id", masked_id(person.id_number))
        if principal is not None:
            yield from self._principal(principal)

    def _principal(self, principal: Principal) -> Iterator[Part]:
        """For whom one acts: a person is masked, an enterprise is public."""
        if principal.kind is Audience.ENTERPRISE:
            yield self._item("for_whom", principal.name.reveal())
            yield self._item("credit_code", principal.number.reveal())
        else:
            yield self._item("for_whom", principal.name.masked(head=self._names))
            yield self._item("id", masked_id(principal.number))
        yield self._item("authority", AUTHORITIES[principal.authority].of(self._language))

    def _ending(self) -> Iterator[Part]:
        match self._what.outcome:
            case Issued(_, certificate, rating_url):
                yield layout.QrCode(certificate.verify_url)
                yield layout.Paragraph(self._say("verify"))
                yield from self._rating(rating_url)
            case Accepted(rating_url=rating_url):
                yield layout.Paragraph(self._say("follow"))
                yield from self._rating(rating_url)
            case Noted():
                yield layout.Paragraph(self._say("ask_later"))
            case Kept():
                yield layout.Paragraph(self._say("later"))

    def _rating(self, url: str | None) -> Iterator[Part]:
        if url is not None:
            yield layout.QrCode(url)
            yield layout.Paragraph(self._say("rate"))

    def _item(self, key: str, value: str) -> layout.Item:
        return layout.Item(self._say(key), value)

    def _say(self, key: str) -> str:
        return WORDS[key].of(self._language)
