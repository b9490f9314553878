"""A view of every kind and in every state, in both languages: for the gallery and the tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from drivers.device import Personal, Sex
from kiosk.core import views
from kiosk.core.cases import Grade
from kiosk.core.catalogue import Language, Text
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.views import Body, Frame, View

HOLDER: Final = "某某某"  # nobody: what forms print where a name goes
ADDRESS: Final = "示范县示范镇示范村1组1号"

_PLACE: Final = Text("示范村便民服务站", "Model Village Service Point")
_ITEM: Final = Text(
    "城乡居民基本养老保险参保证明", "Proof of Urban and Rural Resident Basic Pension Insurance"
)
_SUMMARY: Final = Text(
    "证明您参加了养老保险，当场出具", "Certifies that you are insured; issued at once"
)
_RESULT: Final = Text("养老保险参保证明", "Proof of pension insurance")
_OFFICE: Final = Text("示范县人力资源和社会保障局", "Human Resources and Social Security Bureau")
# As long as the platform may make them: nothing is cut, whatever an item is called.
_LONG: Final = Text(
    "被征地农民参加城乡居民基本养老保险和被征地农民生活保障待遇衔接转移接续及个人账户一次性结清申请（含继承人代为办理）",
    "Transfer, continuation and settlement of the basic pension insurance of farmers whose land "
    "was requisitioned, by their heirs",
)
_LONG_RESULT: Final = Text(
    "基本养老保险关系转移接续及个人账户一次性结清办理结果通知书",
    "Notice of the transfer and settlement of a basic pension insurance account",
)
_LONG_NUMBER: Final = "XIANGCUN-FUWU-ZHONGDUAN-HAO-0001-261123-48017-K"
_FREE: Final = Text("免费", "Free of charge")
_MATERIALS: Final = (Text("居民身份证原件", "Your resident ID card"),)
_CONDITIONS: Final = (
    Text("已参加城乡居民基本养老保险", "You take part in the residents' basic pension insurance"),
    Text("由本人办理", "You apply for yourself"),
)
_REFUSAL: Final = Text("没有查到您的参保记录。", "No insurance record was found for you.")


def samples(language: Language, picture: bytes | None = None) -> Iterator[tuple[str, View]]:
    """Every sample by a name of its own; `picture` is the certificate's PNG."""
    for name, body in _bodies(language, picture):
        yield name, View(_frame(language, body), body)


def _frame(language: Language, body: Body) -> Frame:
    """The frame the core puts around such a body."""
    steps: dict[type[Body], int] = {
        views.NoticeView: 1,
        views.ReadCardView: 2,
        views.ReviewView: 3,
        views.WorkingView: 4,
        views.IssuedView: 5,
        views.KeptView: 5,
        views.RatingView: 6,
    }
    quiet = isinstance(body, views.AttractView | views.FarewellView | views.WorkingView)
    goes_back = isinstance(body, views.NoticeView | views.ReadCardView | views.ReviewView)
    step = steps.get(type(body))
    return Frame(language, _PLACE.of(language), "12345", step, 6, goes_back, not quiet)


def _bodies(language: Language, picture: bytes | None) -> Iterator[tuple[str, Body]]:
    yield "attract", views.AttractView(None)
    for trouble in (Trouble.NOT_READY, Trouble.READER_UNAVAILABLE):
        yield f"attract-{trouble}", views.AttractView(trouble)
    yield from _home(language)
    yield from _notice(language)
    yield from _identity(language)
    yield "working", views.WorkingView(_ITEM.of(language))
    for name, state in _print_states():
        yield f"issued-{name}", _issued(language, picture, state)
        yield f"kept-{name}", views.KeptView(_ITEM.of(language), "BL20260115-0007", state)
    yield "issued-long", _issued_long(language, picture)
    uncertain = views.PrintFailed(Trouble.PRINT_UNCERTAIN)
    yield "kept-long", views.KeptView(_LONG.of(language), _LONG_NUMBER, uncertain)
    yield "working-long", views.WorkingView(_LONG.of(language))
    yield "issued-drawing", _issued(language, None, views.NotPrinted(None), drawing=True)
    yield "issued-unseen", _issued(language, None, views.NotPrinted(None))
    yield from _ends(language)
    for trouble in Trouble:
        words = _REFUSAL.of(language) if trouble is Trouble.REFUSED else None
        yield f"fault-{trouble}", views.FaultView(trouble, words, can_retry=words is None)


def _issued_long(language: Language, picture: bytes | None) -> Body:
    uncertain = views.PrintFailed(Trouble.PRINT_UNCERTAIN)
    plain = _issued(language, picture, uncertain)
    number = "990000202611230000000042"
    return replace(
        plain, result_name=_LONG_RESULT.of(language), case_number=number, certificate_number=number
    )


def _home(language: Language) -> Iterator[tuple[str, Body]]:
    def tile(n: int, why_not: Trouble | None = None) -> views.Tile:
        return views.Tile(f"{n:012}", _ITEM.of(language), _SUMMARY.of(language), why_not)

    yield "home", views.HomeView((tile(1),), platform_reachable=True)
    yield "home-offline", views.HomeView((tile(1),), platform_reachable=False)
    barred = tile(1, Trouble.READER_UNAVAILABLE)
    yield "home-barred", views.HomeView((barred, tile(2)), platform_reachable=True)
    many = tuple(tile(n) for n in range(1, 9))
    yield "home-many", views.HomeView(many, platform_reachable=True)
    long = tuple(replace(each, name=_LONG.of(language)) for each in (*many[:3], barred))
    yield "home-long", views.HomeView(long, platform_reachable=False)


def _notice(language: Language) -> Iterator[tuple[str, Body]]:
    def notice(why_not: Trouble | None, days: int, copies: int = 1) -> views.NoticeView:
        return views.NoticeView(
            name=_ITEM.of(language),
            department=_OFFICE.of(language),
            conditions=tuple(text.of(language) for text in _CONDITIONS * copies),
            materials=tuple(text.of(language) for text in _MATERIALS * copies),
            promised_days=days,
            statutory_days=days * 4,
            fee=_FREE.of(language),
            result_name=_RESULT.of(language),
            flow=tuple(Step),
            why_not=why_not,
        )

    yield "notice", notice(None, 0)
    yield "notice-barred", notice(Trouble.READER_UNAVAILABLE, 0)
    yield "notice-long", notice(None, 5, copies=5)
    longest = notice(Trouble.READER_UNAVAILABLE, 20, copies=3)
    name, result = _LONG.of(language), _LONG_RESULT.of(language)
    yield "notice-longest", replace(longest, name=name, result_name=result)


def _identity(language: Language) -> Iterator[tuple[str, Body]]:
    yield "read_card", views.ReadCardView(reading=False, trouble=None)
    yield "read_card-reading", views.ReadCardView(reading=True, trouble=None)
    for trouble in (Trouble.CARD_REMOVED, Trouble.CARD_UNREADABLE):
        yield f"read_card-{trouble}", views.ReadCardView(reading=False, trouble=trouble)
    wish = (_ITEM.of(language), _RESULT.of(language), Personal(HOLDER))
    number, address = "990000********0011", Personal(ADDRESS).masked(head=6)
    yield "review", views.ReviewView(*wish, Sex.FEMALE, number, address)
    long = (_LONG.of(language), _LONG_RESULT.of(language), Personal(HOLDER * 8))
    yield "review-long", views.ReviewView(*long, Sex.FEMALE, number, address * 3)
    yield "review-bare", views.ReviewView(*wish, Sex.UNKNOWN, number, None)


def _print_states() -> Iterator[tuple[str, views.PrintState]]:
    yield "offered", views.NotPrinted(None)
    yield "no_paper", views.NotPrinted(Trouble.PAPER_OUT)
    yield "printing", views.Printing()
    yield "printed", views.PrintDone(confirmed=True)
    yield "sent", views.PrintDone(confirmed=False)
    printing = (
        Trouble.PAPER_OUT,
        Trouble.COVER_OPEN,
        Trouble.PRINTER_UNAVAILABLE,
        Trouble.PRINT_UNCERTAIN,
    )
    for trouble in printing:
        yield f"{trouble}", views.PrintFailed(trouble)


def _issued(
    language: Language, picture: bytes | None, state: views.PrintState, *, drawing: bool = False
) -> views.IssuedView:
    return views.IssuedView(
        result_name=_RESULT.of(language),
        case_number="99000020260115000042",
        certificate_number="YLCB-2026-00001042",
        picture=picture,
        drawing=drawing,
        print=state,
        next_is_rating=True,
    )


def _ends(language: Language) -> Iterator[tuple[str, Body]]:
    yield "rating", views.RatingView(_ITEM.of(language), None)
    yield "rating-long", views.RatingView(_LONG.of(language), None)
    for grade in Grade:
        yield f"rating-{grade.value}", views.RatingView(_ITEM.of(language), grade)
    yield "farewell", views.FarewellView(with_receipt=False)
    yield "farewell-receipt", views.FarewellView(with_receipt=True)
    yield "still_there", views.StillThereView(30.0)
    yield "help", views.HelpView("0990 123 4567")
    yield "help-hotline", views.HelpView(None)
