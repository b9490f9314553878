"""Samples of what somebody has: cases, complaints, certificates, benefits, copies, drafts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kiosk.core import views
from kiosk.core.cases import CaseState, Light
from kiosk.core.catalogue import Language, PolicyMode, Text
from kiosk.core.troubles import Trouble
from kiosk.core.views import Body
from screens.samples.answering import CASE
from screens.samples.bringing import PAPERS
from screens.samples.common import ITEM, LONG, LONG_RESULT, OFFICE, RESULT

_MARKS: Final = (
    ("2026-11-20T09:12+08:00", Text("您提交了申请", "You handed it in")),
    ("2026-11-20T09:40+08:00", Text("已受理", "It was accepted")),
    ("2026-11-23T15:05+08:00", Text("正在审核", "It is being decided")),
)
_REPLY: Final = Text(
    "路灯已于昨天修好。如果晚上还不亮，请再告诉我们。",
    "The street lamp was repaired yesterday. If it is still dark at night, please tell us again.",
)
_BENEFIT: Final = Text("80 岁以上老人高龄津贴", "Allowance for everybody aged 80 or more")
_AMOUNT: Final = Text("每月 100 元", "100 yuan a month")
_GIVES: Final = Text("每月打到社保卡上", "Paid onto your social security card every month")
_WHY: Final = Text("您已满 80 周岁，户籍在本区。", "You are 80 or older and registered here.")
_URL: Final = "https://fuwu.example/d/9Vw2Hb6sQe4mTj1XrZ8nLk5C"


def bodies(language: Language, picture: bytes | None) -> Iterator[tuple[str, Body]]:
    """Each by a name of its own; `picture` is the certificate's PNG."""
    yield from _affairs(language)
    yield from _cases(language)
    yield from _complaints(language)
    yield from _certificates(language, picture)
    yield from _policies(language)
    yield from _copies()
    yield "keep_draft", views.KeepDraftView(ITEM.of(language))
    yield "keep_draft-long", views.KeepDraftView(LONG.of(language))
    yield "draft_kept", views.DraftKeptView("2026-12-23", _URL)
    yield "draft_kept-next_year", views.DraftKeptView("2027-01-06", _URL)


def _affairs(language: Language) -> Iterator[tuple[str, Body]]:
    def affair(n: int, state: CaseState | None, light: Light, *, owed: bool) -> views.AffairView:
        name = ITEM.of(language) if state else ""
        return views.AffairView(f"{CASE[:-1]}{n}", name, state, light, "2026-11-20", owed)

    one = affair(1, CaseState.REVIEW, Light.GREEN, owed=False)
    urgent = affair(2, CaseState.SUPPLEMENT, Light.YELLOW, owed=True)
    complaint = affair(3, None, Light.RED, owed=False)
    yield "affairs", views.AffairsView((one, urgent, complaint))
    yield "affairs-none", views.AffairsView(())
    every = tuple(affair(n, state, Light.NONE, owed=False) for n, state in enumerate(CaseState))
    yield "affairs-many", views.AffairsView(every)
    long = replace(urgent, name=LONG.of(language))
    yield "affairs-long", views.AffairsView((long,) * 4)


def _cases(language: Language) -> Iterator[tuple[str, Body]]:
    marks = tuple(views.MarkView(at, what.of(language)) for at, what in _MARKS)
    case = views.CaseView(
        number=CASE,
        name=ITEM.of(language),
        department=OFFICE.of(language),
        state=CaseState.REVIEW,
        light=Light.GREEN,
        promised_on="2026-11-30",
        statutory_on="2026-12-21",
        timeline=marks,
        owed=(),
    )
    for light in Light:
        yield f"case-{light}", replace(case, light=light)
    for state in CaseState:
        yield f"case-{state}", replace(case, state=state, light=Light.NONE)
    owed = tuple(
        views.OwedView(f"p{n}", p.of(language), "2026-12-04") for n, p in enumerate(PAPERS)
    )
    missing = replace(case, state=CaseState.SUPPLEMENT, light=Light.YELLOW, owed=owed[:1])
    yield "case-owed", missing
    long = replace(missing, name=LONG.of(language), owed=owed, timeline=marks * 5)
    yield "case-long", replace(long, light=Light.RED, promised_on="2025-12-30")


def _complaints(language: Language) -> Iterator[tuple[str, Body]]:
    waits = views.ComplaintView(
        "TS20261123-0003", "2026-11-23", "2026-12-07", Light.GREEN, None, None
    )
    yield "complaint", waits
    yield "complaint-late", replace(waits, light=Light.RED)
    answered = replace(waits, light=Light.NONE, reply=_REPLY.of(language))
    yield "complaint-answered", answered
    yield "complaint-settled", replace(answered, settled=True)
    yield "complaint-unsettled", replace(answered, settled=False)
    yield "complaint-long", replace(answered, reply=_REPLY.of(language) * 12)


def _certificates(language: Language, picture: bytes | None) -> Iterator[tuple[str, Body]]:
    held = views.HeldView(
        "YLCB-2026-00001042",
        RESULT.of(language),
        OFFICE.of(language),
        "2026-01-15",
        "2036-01-15",
        True,
    )
    long = LONG_RESULT.of(language)
    old = replace(held, number="H-7", counts=False, title=long, valid_until="2026-06-30")
    yield "certificates", views.CertificatesView((held, old))
    yield "certificates-none", views.CertificatesView(())
    many = tuple(replace(held, number=f"N-{n}") for n in range(9))
    yield "certificates-many", views.CertificatesView((*many, old))
    shown = views.CertificateView(
        RESULT.of(language), held.number, picture, False, 3, views.NotPrinted(None)
    )
    for name, state in sheet_states():
        yield f"certificate-{name}", replace(shown, print=state)
    yield "certificate-last", replace(shown, left=1)
    yield "certificate-used", replace(shown, left=0)
    yield "certificate-used-printed", replace(shown, left=0, print=views.PrintDone(confirmed=True))
    yield "certificate-drawing", replace(shown, picture=None, drawing=True)
    uncertain = views.PrintFailed(Trouble.SHEETS_UNCERTAIN)
    yield "certificate-long", replace(shown, title=LONG_RESULT.of(language), print=uncertain)


def sheet_states() -> Iterator[tuple[str, views.PrintState]]:
    """Sheets in every state."""
    yield "offered", views.NotPrinted(None)
    yield "no_sheets", views.NotPrinted(Trouble.SHEETS_OUT)
    yield "printing", views.Printing()
    yield "printed", views.PrintDone(confirmed=True)
    yield "sent", views.PrintDone(confirmed=False)
    for trouble in (
        Trouble.SHEETS_OUT,
        Trouble.DOCUMENT_PRINTER_UNAVAILABLE,
        Trouble.SHEETS_UNCERTAIN,
        Trouble.QUOTA_USED,
    ):
        yield f"{trouble}", views.PrintFailed(trouble)


def _policies(language: Language) -> Iterator[tuple[str, Body]]:
    match = views.MatchView("p1", _BENEFIT.of(language), _GIVES.of(language), taken=False)
    taken = replace(match, code="p2", taken=True)
    yield "policies", views.PoliciesView((match, taken))
    yield "policies-none", views.PoliciesView(())
    long = replace(match, name=LONG.of(language), benefit=LONG_RESULT.of(language))
    yield "policies-many", views.PoliciesView((match, taken, long) * 3)
    policy = views.PolicyView(
        name=_BENEFIT.of(language),
        summary=_GIVES.of(language),
        benefit=_GIVES.of(language),
        amount=_AMOUNT.of(language),
        why=_WHY.of(language),
        department=OFFICE.of(language),
        mode=PolicyMode.CONFIRM,
        taken=False,
    )
    yield "policy", policy
    yield "policy-taken", replace(policy, taken=True)
    yield "policy-nothing", replace(policy, mode=PolicyMode.NOTHING, amount=None)
    yield "policy-long", replace(policy, name=LONG.of(language), why=_WHY.of(language) * 12)


def _copies() -> Iterator[tuple[str, Body]]:
    empty = views.CopyView(0, 1, 20, views.NotPrinted(None), None)
    yield "copy", empty
    yield "copy-barred", replace(empty, why_not=Trouble.SCANNER_UNAVAILABLE)
    yield "copy-used", replace(empty, left=0)
    taken = replace(empty, pages=2)
    yield "copy-taken", taken
    yield "copy-some", replace(taken, copies=3)
    yield "copy-most", replace(taken, copies=10)
    for name, state in sheet_states():
        if name != "offered":
            yield f"copy-{name}", replace(taken, copies=2, print=state)
