"""Samples of promises, of materials as they are brought, and of the signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from drivers.device import PageGuidance, Picture
from kiosk.core import views
from kiosk.core.cases import Way
from kiosk.core.catalogue import Language, Text
from kiosk.core.troubles import Trouble
from kiosk.core.views import Body, WayView
from screens.samples.common import ITEM, LONG

PAPERS: Final = (
    Text("居民户口簿", "Household register"),
    Text("一寸白底照片", "Passport photograph"),
    Text("村（居）民委员会证明", "Statement of the village committee"),
)
_NOTE: Final = Text("首页和您本人那一页。", "The first page, and the page about you.")
_WORDS: Final = Text("第 2 页看不清，请重新拍。", "Page 2 can not be read. Please take it again.")
_TOLD: Final = Text(
    "申请人要在本区居住满半年。证明材料可以用承诺代替，部门会在事后核查。",
    "Applicants have to have lived in the district for half a year. A promise may replace the "
    "proof; the department checks it afterwards.",
)
_PROMISE: Final = Text(
    "我承诺：我已在本区居住满半年，填写的内容真实。",
    "I promise that I have lived in the district for half a year, and that what I say is true.",
)
_CONSEQUENCE: Final = Text(
    "已经办好的会被撤销，并记入信用记录。",
    "What was granted is withdrawn, and it goes into your credit record.",
)
_URL: Final = "https://fuwu.example/u/7Qd3kX9mPz5tB1wRc8Lh2Vn6"


def bodies(language: Language) -> Iterator[tuple[str, Body]]:
    """Each by a name of its own."""
    yield from _promises(language)
    yield from _provided(language)
    yield from _scanned(language)
    name = PAPERS[0].of(language)
    for pages in (0, 1, 3):
        yield f"upload-{pages}", views.UploadView(name, _URL, 300, pages)
    yield "upload-long", views.UploadView(LONG.of(language), _URL, 300, 0)
    later = tuple(views.LaterView(p.of(language), n) for n, p in enumerate(PAPERS, start=1))
    yield "deferral", views.DeferralView(later[:1])
    yield "deferral-many", views.DeferralView((*later, *later))
    yield "deferral-long", views.DeferralView((views.LaterView(LONG.of(language), 20),))
    signs = tuple(views.Signs)
    yield "signature", views.SignatureView(ITEM.of(language), signs[:1])
    yield "signature-all", views.SignatureView(ITEM.of(language), signs)
    yield "signature-long", views.SignatureView(LONG.of(language), signs)


def _promises(language: Language) -> Iterator[tuple[str, Body]]:
    promise = views.PromiseView(
        ITEM.of(language),
        _TOLD.of(language),
        _PROMISE.of(language),
        _CONSEQUENCE.of(language),
        (PAPERS[2].of(language),),
    )
    yield "promise", promise
    yield (
        "promise-long",
        replace(
            promise,
            item_name=LONG.of(language),
            told=_TOLD.of(language) * 4,
            promise=_PROMISE.of(language) * 3,
            replaces=tuple(paper.of(language) for paper in PAPERS),
        ),
    )


def _provided(language: Language) -> Iterator[tuple[str, Body]]:
    scan, phone, later = (WayView(way) for way in (Way.SCAN, Way.PHONE, Way.LATER))
    provide = views.ProvideView(
        name=PAPERS[0].of(language),
        note=_NOTE.of(language),
        ways=(scan, phone),
        certificate=None,
        later=None,
        optional=False,
        number=1,
        total=3,
        trouble=None,
        words=None,
    )
    yield "provide", provide
    yield "provide-later", replace(provide, ways=(scan, phone, later), later=10)
    yield "provide-optional", replace(provide, optional=True, note=None)
    yield "provide-alone", replace(provide, number=1, total=1)
    yield "provide-expired", replace(provide, certificate=PAPERS[0].of(language))
    yield "provide-rejected", replace(provide, words=_WORDS.of(language))
    barred = (WayView(Way.SCAN, Trouble.SCANNER_UNAVAILABLE), phone, later)
    most = replace(provide, ways=barred, later=1, optional=True, name=LONG.of(language))
    yield "provide-most", replace(most, trouble=Trouble.UPLOAD_ENDED)
    offline = (scan, WayView(Way.PHONE, Trouble.PLATFORM_AWAY))
    yield "provide-offline", replace(provide, ways=offline, trouble=Trouble.PLATFORM_AWAY)


def _scanned(language: Language) -> Iterator[tuple[str, Body]]:
    look = views.ScanView(
        name=PAPERS[0].of(language),
        guidance=PageGuidance.NO_PAGE,
        picture=None,
        pages=0,
        most=4,
        watching=True,
        trouble=None,
    )
    yield "scan", look
    for guidance in PageGuidance:
        yield f"scan-{guidance}", replace(look, guidance=guidance, picture=_page())
    yield "scan-second", replace(look, guidance=PageGuidance.HOLD_STILL, picture=_page(), pages=1)
    yield "scan-taken", replace(look, watching=False, pages=1)
    yield "scan-full", replace(look, watching=False, pages=4)
    yield "scan-copy", replace(look, name=None, watching=False, pages=2, most=20)
    for trouble in (Trouble.PAGE_REFUSED, Trouble.SCANNER_UNAVAILABLE):
        failed = replace(look, watching=False, trouble=trouble)
        yield f"scan-{trouble}", failed
        yield f"scan-{trouble}-later", replace(failed, pages=2, name=LONG.of(language))


def _page() -> Picture:
    """A sheet on a table, as the document camera sees it: lines instead of words."""
    width, height = 320, 240
    rows = [bytearray(b"\x5c\x64\x70" * width) for _ in range(height)]
    for y in range(20, 220):
        rows[y][90 * 3 : 230 * 3] = b"\xf6\xf4\xee" * 140
    for line in range(8):
        for y in range(50 + 18 * line, 56 + 18 * line):
            end = 214 - 22 * (line % 3)
            rows[y][106 * 3 : end * 3] = b"\x8a\x90\x9c" * (end - 106)
    return Picture(width, height, b"".join(rows))
