"""Samples of choosing what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kiosk.core import views
from kiosk.core.catalogue import Category, Delivery, LabelIcon, Language, Text
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.views import Body, Tile
from kiosk.core.visit import Purpose
from screens.samples.common import ITEM, LONG, LONG_RESULT, OFFICE, RESULT, SUMMARY

_FREQUENT: Final = (
    (ITEM, SUMMARY),
    (
        Text("领取养老金资格认证", "Living proof of whoever draws a pension"),
        Text("一年认证一次，刷脸就能办", "Once a year, by a face check"),
    ),
    (
        Text("城乡居民基本医疗保险参保登记", "Joining residents' medical insurance"),
        Text("给自己或家人参加医保", "For yourself or your family"),
    ),
    (
        Text("最低生活保障申请", "Minimum living allowance"),
        Text("家里收入低，申请每月补助", "A monthly allowance for households of low income"),
    ),
    (
        Text("户籍证明", "Proof of household registration"),
        Text("证明户口在本地，当场打印", "That you are registered here; printed at once"),
    ),
)
_BUNDLES: Final = (
    (
        Text("新生儿出生一件事", "A child is born"),
        Text("出生证、户口、医保、社保卡一次办好", "Birth, register, insurance and card in one go"),
    ),
    (
        Text("企业开办一件事", "Starting a business"),
        Text("执照、印章、税务、社保一次办好", "Licence, seal, tax and insurance in one go"),
    ),
)
_ANNOUNCEMENTS: Final = (
    Text(
        "年满八十周岁有高龄津贴，不用跑腿，确认就发",
        "Eighty or more? There is an allowance for you; it only has to be confirmed",
    ),
    Text(
        "12月1日起缴纳2027年城乡居民医保，本机就能参保登记",
        "Residents' medical insurance for 2027 is paid from 1 December; join at this terminal",
    ),
    Text("春节期间自助终端照常服务", "This terminal is open over the Spring Festival"),
    Text(
        "领养老金的乡亲：资格认证一年一次，刷脸就能办",
        "Drawing a pension? Confirm it once a year, here, with your face",
    ),
    # As long as one may be:
    Text(
        "居民基本养老保险个人账户记账利率公布，参保证明在本机二十四小时打印领取",
        "Interest on pension accounts is out; proof of insurance is printed here at any hour, free",
    ),
)
_LABELS: Final = (
    (
        LabelIcon.ELDER,
        Text("老年人", "Older people"),
        Text("养老金、高龄津贴、看病报销", "Pensions, allowances, treatment"),
    ),
    (
        LabelIcon.CHILD,
        Text("儿童与新生儿", "Children and newborns"),
        Text("出生、上户口、接种、医保", "Birth, register, vaccinations"),
    ),
    (
        LabelIcon.DISABILITY,
        Text("残疾人", "People with disabilities"),
        Text("残疾人证、两项补贴、救助", "Certificate, allowances, relief"),
    ),
    (
        LabelIcon.WORKER,
        Text("务工人员", "Migrant workers"),
        Text("居住证、社保转移、找工作", "Residence, insurance, work"),
    ),
    (
        LabelIcon.ENTERPRISE,
        Text("企业和个体户", "Businesses"),
        Text("开办、用工、变更、注销", "Starting, hiring, closing"),
    ),
    (
        LabelIcon.STUDENT,
        Text("在校生与毕业生", "Students and graduates"),
        Text(
            "资助、户口迁移、就业见习、档案、创业补贴和其他事",
            "Help with fees, moving a registration, training, first work",
        ),
    ),
    (
        LabelIcon.FARMER,
        Text("种地养殖", "Farmers"),
        Text("农机补贴、土地流转、建房", "Machinery, land, village houses"),
    ),
)
_POLICY: Final = (
    Text("高龄津贴", "Allowance for the aged"),
    Text("年满八十周岁的老人，每月发津贴", "Whoever is eighty or more is paid every month"),
)
_CONDITIONS: Final = (
    Text("已参加城乡居民基本养老保险", "You take part in the residents' basic pension insurance"),
    Text("由本人办理", "You apply for yourself"),
)
_LAW: Final = (
    Text("《中华人民共和国社会保险法》第二十条", "Social Insurance Law, article 20"),
    Text(
        "《国务院关于建立统一的城乡居民基本养老保险制度的意见》（国发〔2014〕8号）",
        "Opinion of the State Council on residents' basic pension insurance (2014, no. 8)",
    ),
)
_SHORT_FLOW: Final = (
    Step.NOTICE,
    Step.IDENTIFY,
    Step.REVIEW,
    Step.SUBMIT,
    Step.RESULT,
    Step.RATING,
)


def bodies(language: Language) -> Iterator[tuple[str, Body]]:
    """Each by a name of its own."""
    yield "attract", views.AttractView(None)
    yield from _announced(language)
    for trouble in (Trouble.NOT_READY, Trouble.READER_UNAVAILABLE):
        yield f"attract-{trouble}", views.AttractView(trouble)
    yield from _home(language)
    yield from _listing(language)
    yield from _search(language)
    yield from _notice(language)
    yield "ask_how", views.AskHowView(None)
    yield "ask_how-barred", views.AskHowView(Trouble.READER_UNAVAILABLE)
    saved, until = "2026-11-23T10:05+08:00", "2026-12-23"
    yield "resume", views.ResumeView(ITEM.of(language), saved, until)
    yield "resume-long", views.ResumeView(LONG.of(language), saved, until)


def _announced(language: Language) -> Iterator[tuple[str, Body]]:
    about = ("p", "000000000001", None, "000000000002", None)
    told = tuple(
        views.AnnouncementView(text.of(language), code, policy=code == "p")
        for text, code in zip(_ANNOUNCEMENTS, about, strict=True)
    )
    yield "attract-announced", views.AttractView(None, announcements=told[:3])
    yield "attract-announced-one", views.AttractView(None, announcements=told[2:3])
    yield "attract-announced-many", views.AttractView(None, announcements=told)
    yield "attract-announced-longest", views.AttractView(None, announcements=(told[-1],) * 3)
    yield "attract-announced-staff", views.AttractView(None, staff=True, announcements=told)


def _tile(n: int, language: Language, why_not: Trouble | None = None) -> Tile:
    name, summary = _FREQUENT[(n - 1) % len(_FREQUENT)]
    return Tile(f"{n:012}", name.of(language), summary.of(language), why_not)


def _label(language: Language, icon: LabelIcon, name: Text, summary: Text) -> views.LabelView:
    return views.LabelView(icon.value, name.of(language), summary.of(language), icon)


def _bundles(language: Language) -> tuple[Tile, ...]:
    return tuple(
        Tile(f"bundle{n}", name.of(language), summary.of(language), None, bundle=True)
        for n, (name, summary) in enumerate(_BUNDLES)
    )


def _home(language: Language) -> Iterator[tuple[str, Body]]:
    services: tuple[tuple[str, Trouble | None], ...] = tuple(
        (purpose, None) for purpose in Purpose if purpose is not Purpose.APPLY
    )
    tiles = (*(_tile(n, language) for n in range(1, 7)), *_bundles(language))
    labels = tuple(_label(language, *label) for label in _LABELS)
    whole = views.HomeView(
        tiles, tuple(Category), True, services, platform_reachable=True, labels=labels
    )
    yield "home", whole
    yield "home-again", replace(whole, after=Category.PARTY)
    yield "home-again-first", replace(whole, after=Category.HOUSEHOLD)
    yield "home-again-label", replace(whole, after="elder")
    yield "home-again-last", replace(whole, after="farmer")
    yield "home-offline", replace(whole, platform_reachable=False)
    barred = _tile(1, language, Trouble.READER_UNAVAILABLE)
    yield "home-barred", replace(whole, tiles=(barred, _tile(2, language)))
    name = LONG.of(language)
    long = tuple(replace(tile, name=name) for tile in (*tiles[:3], barred))
    yield "home-long", replace(whole, tiles=long, platform_reachable=False)
    yield "home-few", views.HomeView((_tile(1, language),), (), False, (), platform_reachable=True)


def _listing(language: Language) -> Iterator[tuple[str, Body]]:
    tiles = tuple(_tile(n, language) for n in range(1, 10))
    yield "listing", views.ListingView(Category.PENSION, tiles)
    yield "listing-again", views.ListingView(Category.PENSION, tiles, tiles[-1].code)
    barred = _tile(10, language, Trouble.FACE_UNAVAILABLE)
    yield "listing-barred", views.ListingView(Category.SOCIAL, (barred, *tiles[:2]))
    long = tuple(replace(tile, name=LONG.of(language)) for tile in tiles)
    yield "listing-long", views.ListingView(Category.AGRICULTURE, long)
    label = _label(language, *_LABELS[0])
    yield "listing-label", views.ListingView(label, (*_bundles(language)[:1], *tiles[:3]))
    yield "listing-bundles", views.ListingView(None, _bundles(language))
    yield "listing-empty", views.ListingView(Category.PARTY, ())


def _search(language: Language) -> Iterator[tuple[str, Body]]:
    found = {Language.CHINESE: (6, 8), Language.ENGLISH: (9, 14)}[language]
    hit = replace(_tile(1, language), found=found)
    others = tuple(replace(_tile(n, language), found=(0, 2)) for n in range(2, 7))
    yield "search", views.SearchView("", ())
    yield "search-hits", views.SearchView("yl", (hit, *others))
    name, summary = _POLICY
    policy = Tile("p", name.of(language), summary.of(language), None, policy=True, found=(0, 2))
    yield "search-policy", views.SearchView("gl", (policy, *others[:2]))
    yield "search-one", views.SearchView("ylbxcbzm", (hit,))
    long = replace(hit, name=LONG.of(language), found=(5, 30))
    yield "search-long", views.SearchView("bzdnmcjcxjmjbylbx", (long, long, long))
    yield "search-none", views.SearchView("xyz", ())


def _notice(language: Language) -> Iterator[tuple[str, Body]]:
    plain = views.NoticeView(
        name=ITEM.of(language),
        summary=SUMMARY.of(language),
        departments=(OFFICE.of(language),),
        parts=(),
        conditions=tuple(text.of(language) for text in _CONDITIONS),
        materials=(),
        legal_basis=tuple(text.of(language) for text in _LAW),
        promised_days=0,
        statutory_days=0,
        fee=None,
        results=(RESULT.of(language),),
        delivery=(Delivery.HERE, Delivery.ELECTRONIC),
        flow=_SHORT_FLOW,
        commitment=False,
        elsewhere=False,
        for_others=False,
        why_not=None,
    )
    yield "notice", plain
    yield "notice-barred", replace(plain, why_not=Trouble.READER_UNAVAILABLE)
    long = replace(
        plain,
        materials=_materials(language),
        promised_days=5,
        statutory_days=20,
        fee="10.00",
        delivery=tuple(Delivery),
        flow=tuple(Step),
        commitment=True,
        elsewhere=True,
        for_others=True,
    )
    yield "notice-long", long
    names = tuple(name.of(language) for name, _ in _FREQUENT)
    yield (
        "notice-bundle",
        replace(
            long,
            name=_BUNDLES[0][0].of(language),
            summary=_BUNDLES[0][1].of(language),
            parts=names,
            departments=(OFFICE.of(language),) * 3,
        ),
    )
    name, result = LONG.of(language), LONG_RESULT.of(language)
    yield (
        "notice-longest",
        replace(long, name=name, results=(result, result), conditions=(name,) * 4),
    )


def _materials(language: Language) -> tuple[views.NeededView, ...]:
    def needed(
        zh: str, en: str, *, held: bool = False, later: int | None = None, **more: bool
    ) -> views.NeededView:
        promised, optional = more.get("promised", False), more.get("optional", False)
        note = Text("原件，要看得清楚", "The original, legible").of(language) if later else None
        return views.NeededView(Text(zh, en).of(language), note, held, later, promised, optional)

    return (
        needed("户口簿", "Household register", held=True),
        needed("家庭收入情况说明", "Statement of the household's income", later=10),
        needed("无房证明", "Proof of having no house", promised=True),
        needed("残疾人证", "Disability certificate", held=True, optional=True),
    )
