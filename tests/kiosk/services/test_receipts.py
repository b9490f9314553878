"""Receipts, read back from the bytes that go to the printer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.device import Personal, Sex
from drivers.printers.receipt_layout import Paper
from kiosk.core.cases import (
    Accepted,
    Certificate,
    Issued,
    Kept,
    Noted,
    Owed,
    Part,
)
from kiosk.core.catalogue import Audience, Language, Text
from kiosk.core.effects import PrintReceipt
from kiosk.core.identity import Authority, Document, Person, Principal
from kiosk.services.receipts import Origin, receipt
from sandbox.clock import START
from sandbox.devices.escpos import RASTER, tokens

PLACE = Text("示例区柳湖村便民服务站", "Service station of Liuhu village")
ORIGIN = Origin("HY0001", PLACE, "12345")
WANG = Person(
    name=Personal("王秀英"),
    id_number=Personal("990000195203070025"),
    sex=Sex.FEMALE,
    birth_date=date(1952, 3, 7),
    document=Document.RESIDENT,
    valid_until=None,
)
CHILD = Principal(
    Audience.PERSON, Personal("周小禾"), Personal("990000201104090041"), Authority.GUARDIAN
)
SHOP = Principal(
    Audience.ENTERPRISE,
    Personal("示例区柳湖镇小卖部"),
    Personal("92990000MA0EXAMPLX"),
    Authority.LEGAL_REPRESENTATIVE,
)
SUBJECT = Text("城乡居民基本养老保险参保证明", "Proof of pension insurance")
PROOF = Certificate(
    number="Z990000-2026-000001",
    check_code="7K3M-9QXD",
    kind="pension_proof",
    title="城乡居民基本养老保险参保证明",
    holder=WANG.name,
    holder_id=WANG.id_number,
    issued_at=START,
    issuer="示例区人力资源和社会保障局",
    verify_url="https://platform.example/verify/7K3M-9QXD",
    facts=(),
)
ISSUED = Issued("990000-20261123-000017", PROOF)
ACCEPTED = Accepted(
    "990000-20261123-000018",
    promised_on=date(2026, 12, 20),
    statutory_on=date(2027, 2, 1),
    parts=(
        Part("1", Text("出生医学证明", "Birth"), "990000-20261123-000019", date(2026, 12, 4)),
        Part("2", Text("预防接种证", "Vaccination"), "990000-20261123-000020", None, PROOF),
    ),
    owed=(Owed("marriage", Text("结婚证", "Marriage certificate"), date(2026, 12, 1)),),
)
NOTED = Noted("TS990000-20261123-000004", date(2026, 12, 8))
KEPT = Kept("HY0001-261123-48017-K")
WHAT = PrintReceipt(1, SUBJECT, WANG, ISSUED, Language.CHINESE, copy=0)
OUTCOMES = [ISSUED, ACCEPTED, NOTED, KEPT]
LARGE = b"\x1cW\x01"


def printed(what: PrintReceipt, origin: Origin = ORIGIN, copy: int = 0) -> list[bytes]:
    """What goes to the printer, taken apart as a printer does."""
    return list(tokens(receipt(what, origin=origin, copy=copy, now=START)))


def words(paper: list[bytes]) -> str:
    """The text among it, line by line without its blanks."""
    text = b"".join(token for token in paper if token[0] not in b"\x10\x1b\x1c\x1d")
    return text.decode("gb18030").replace(" ", "")


def pictures(paper: list[bytes]) -> int:
    """How many raster images are among it."""
    return sum(token.startswith(RASTER) for token in paper)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_it_says_what_was_done_when_where_and_whom_to_ask(
    language: Language, outcome: Issued | Accepted | Noted | Kept
) -> None:
    """Item, time, place, terminal, hotline and the number by which it is found are on each."""
    text = words(printed(replace(WHAT, outcome=outcome, language=language)))
    number = outcome.case_number if isinstance(outcome, Issued | Accepted) else outcome.number
    for fact in (SUBJECT.of(language), PLACE.of(language), number, "HY0001", "12345"):
        assert fact.replace(" ", "") in text
    assert "2026-11-2309:00" in text


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_it_masks_who_asked(outcome: Issued | Accepted | Noted | Kept) -> None:
    """Whoever finds a receipt learns neither the name nor the number of its holder."""
    text = words(printed(replace(WHAT, outcome=outcome)))
    assert "王**" in text
    assert "990000********0025" in text
    assert "秀英" not in text
    assert "19520307" not in text


def test_nobody_stands_on_a_receipt_for_what_anybody_may_say() -> None:
    """Whoever complains without saying who they are gets a receipt all the same."""
    text = words(printed(replace(WHAT, person=None, outcome=NOTED)))
    assert "申请人" not in text
    assert NOTED.number in text
    assert "2026年12月8日" in text


def test_an_accepted_case_has_its_dates_and_all_that_is_owed() -> None:
    """Until when it is promised and due by law, and each paper with its own last day."""
    text = words(printed(replace(WHAT, outcome=ACCEPTED)))
    for fact in ("承诺办结2026年12月20日", "法定期限2027年2月1日", "□结婚证2026年12月1日"):
        assert fact in text


def test_a_bundle_has_each_of_its_cases() -> None:
    """One is promised by a day of its own, one is there already."""
    lines = words(printed(replace(WHAT, outcome=ACCEPTED))).splitlines()
    first, second = lines.index("1.出生医学证明"), lines.index("2.预防接种证")
    assert lines[first + 1 : first + 3] == [
        "办件编号990000-20261123-000019",
        "承诺办结2026年12月4日",
    ]
    assert lines[second + 1 : second + 3] == [
        "办件编号990000-20261123-000020",
        "证明编号Z990000-2026-000001",
    ]


def test_whoever_acts_for_a_person_is_said_and_the_person_is_masked() -> None:
    """By what right somebody acts is on the receipt; of a child no more than of its guardian."""
    text = words(printed(replace(WHAT, outcome=ACCEPTED, principal=CHILD)))
    for fact in ("代为办理周**", "990000********0041", "代办身份监护人", "申请人王**"):
        assert fact in text
    assert "小禾" not in text


def test_whoever_acts_for_an_enterprise_is_said_and_its_name_is_public() -> None:
    """An enterprise is named whole, with its credit code."""
    text = words(printed(replace(WHAT, outcome=ACCEPTED, principal=SHOP)))
    for fact in (SHOP.name.reveal(), SHOP.number.reveal(), "代办身份法定代表人"):
        assert fact in text


@pytest.mark.parametrize("outcome", [ISSUED, ACCEPTED])
def test_what_can_be_rated_has_a_code_for_it(outcome: Issued | Accepted) -> None:
    """One more QR code, and what it is for."""
    url = "https://platform.example/r/abc"
    rated = printed(replace(WHAT, outcome=replace(outcome, rating_url=url)))
    assert pictures(rated) == pictures(printed(replace(WHAT, outcome=outcome))) + 1
    assert "评价本次服务" in words(rated)


def test_only_what_was_issued_can_be_verified() -> None:
    """A certificate's receipt has its QR code as a picture; a kept request's says what follows."""
    assert pictures(printed(WHAT)) == 1
    kept = printed(replace(WHAT, outcome=KEPT))
    assert pictures(kept) == 0
    assert "网络恢复后自动提交" in words(kept).replace("\n", "")


def test_a_copy_is_marked_as_one() -> None:
    """A reprint is never taken for the first print."""
    assert "补打COPY" in words(printed(WHAT, copy=1))
    assert "补打" not in words(printed(WHAT))


@pytest.mark.parametrize("dots", [384, 576])
def test_the_number_of_a_kept_request_is_large_and_broken_where_it_is_read(dots: int) -> None:
    """A number too long for a line goes on after the terminal's name, not in the middle."""
    origin = replace(ORIGIN, paper=Paper(dots))
    paper = printed(replace(WHAT, outcome=Kept("village-0001-261123-48017-K")), origin)
    lines = words(paper).splitlines()
    assert lines[lines.index("village-0001-") + 1] == "261123-48017-K"
    assert LARGE in paper


@pytest.mark.parametrize("name", ["𠮷田", "\U0003134f田", "😀", "\x07李"])
def test_no_name_keeps_a_receipt_from_being_printed(name: str) -> None:
    """A first character that printers lack is drawn; one that no font has is masked too."""
    paper = printed(replace(WHAT, person=replace(WANG, name=Personal(name))))
    assert "?" not in words(paper)
    assert paper[-1].startswith(b"\x1dV")


@given(
    dots=st.sampled_from([384, 512, 576, 832]),
    outcome=st.sampled_from(OUTCOMES),
    language=st.sampled_from(Language),
    place=st.text(st.sampled_from("示例区柳湖村便民服务站 (A1)"), min_size=1, max_size=60),
)
@settings(max_examples=30)
def test_nothing_is_wider_than_the_paper(
    dots: int, outcome: Issued | Accepted | Noted | Kept, language: Language, place: str
) -> None:
    """Every line and every picture fits the dots of the printer."""
    origin = replace(ORIGIN, paper=Paper(dots), place=Text(place, place))
    paper = printed(replace(WHAT, outcome=outcome, language=language), origin)
    for token in paper:
        if token.startswith(RASTER):
            assert 8 * int.from_bytes(token[4:6], "little") <= dots
    column, width = 12, 0
    for token in paper:
        if token.startswith(b"\x1cW"):
            column = 24 if token == LARGE else 12
        elif token == b"\n":
            width = 0
        elif token[0] not in b"\x10\x1b\x1c\x1d":
            width += column * len(token)
            assert width <= dots
