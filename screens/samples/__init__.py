"""A view of every kind and in every state, in both languages: for the gallery and the tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.core import views
from kiosk.core.catalogue import Language
from kiosk.core.comfort import Comfort
from kiosk.core.troubles import Trouble
from kiosk.core.views import Body, Frame, View
from screens.samples import answering, asking, bringing, choosing, having, staff, whole
from screens.samples.common import PLACE
from screens.samples.looks import LOOKS

CALM: Final = LOOKS["calm"]
_STEPS: dict[type[Body], int] = {
    views.NoticeView: 1,
    views.IdentifyView: 2,
    views.FaceCheckView: 3,
    views.ConsentView: 4,
    views.PromiseView: 5,
    views.QuestionView: 5,
    views.ProvideView: 6,
    views.ScanView: 6,
    views.UploadView: 6,
    views.DeferralView: 6,
    views.ReviewView: 7,
    views.SignatureView: 8,
    views.WorkingView: 8,
    views.IssuedView: 9,
    views.AcceptedView: 9,
    views.KeptView: 9,
    views.RatingView: 10,
}
_QUIET = views.AttractView | views.FarewellView | views.WorkingView
_NO_WAY_BACK = (
    views.AttractView
    | views.HomeView
    | views.WorkingView
    | views.IssuedView
    | views.AcceptedView
    | views.NotedView
    | views.KeptView
    | views.RatingView
    | views.DraftKeptView
    | views.FarewellView
    | views.FaultView
    | views.StillThereView
    | views.HelpView
    | views.ComfortView
    | views.StaffPinView
    | views.AttendantView
    | views.TechnicianView
)
_OF_STAFF = views.StaffPinView | views.AttendantView | views.TechnicianView


def samples(
    language: Language, picture: bytes | None = None, comfort: Comfort = CALM
) -> Iterator[tuple[str, View]]:
    """Each by a name of its own, as `comfort` wants it; `picture` is a PNG of a certificate."""
    for name, body in _bodies(language, picture):
        yield name, View(_frame(language, body, comfort), body)


def _frame(language: Language, body: Body, comfort: Comfort) -> Frame:
    """The frame the core puts around such a body."""
    of_service = isinstance(body, views.QuestionView) and body.service
    step = None if of_service else _STEPS.get(type(body))
    quiet = isinstance(body, _QUIET)
    goes_back = not isinstance(body, _NO_WAY_BACK)
    staffed = isinstance(body, _OF_STAFF)
    serves = not staffed and getattr(body, "closed", None) is not Trouble.OUT_OF_SERVICE
    return Frame(
        language,
        PLACE.of(language),
        "12345",
        step=step,
        steps=10,
        can_go_back=goes_back,
        can_leave=not quiet,
        comfort=comfort,
        speaks=not staffed,
        can_adjust=serves and not isinstance(body, views.ComfortView),
        serves=serves,
    )


def _bodies(language: Language, picture: bytes | None) -> Iterator[tuple[str, Body]]:
    yield from choosing.bodies(language)
    yield from asking.bodies(language)
    yield from bringing.bodies(language)
    yield from answering.bodies(language, picture)
    yield from having.bodies(language, picture)
    yield from whole.bodies(language)
    yield from staff.bodies(language)
