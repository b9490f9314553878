"""A view of every kind and in every state, in both languages: for the gallery and the tests."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core import views
from kiosk.core.catalogue import Language
from kiosk.core.views import Body, Frame, View
from screens.samples import answering, asking, choosing, whole
from screens.samples.common import PLACE

_STEPS: dict[type[Body], int] = {
    views.NoticeView: 1,
    views.IdentifyView: 2,
    views.FaceCheckView: 3,
    views.ConsentView: 4,
    views.QuestionView: 5,
    views.ReviewView: 7,
    views.WorkingView: 8,
    views.IssuedView: 9,
    views.KeptView: 9,
    views.RatingView: 10,
}
_QUIET = views.AttractView | views.FarewellView | views.WorkingView
_GOES_BACK = (
    views.ListingView
    | views.SearchView
    | views.NoticeView
    | views.AskHowView
    | views.ResumeView
    | views.IdentifyView
    | views.FaceCheckView
    | views.ConsentView
    | views.QuestionView
    | views.ReviewView
)


def samples(language: Language, picture: bytes | None = None) -> Iterator[tuple[str, View]]:
    """Every sample by a name of its own; `picture` is the certificate's PNG."""
    for name, body in _bodies(language, picture):
        yield name, View(_frame(language, body), body)


def _frame(language: Language, body: Body) -> Frame:
    """The frame the core puts around such a body."""
    step = _STEPS.get(type(body))
    quiet = isinstance(body, _QUIET)
    goes_back = isinstance(body, _GOES_BACK)
    return Frame(language, PLACE.of(language), "12345", step, 10, goes_back, not quiet)


def _bodies(language: Language, picture: bytes | None) -> Iterator[tuple[str, Body]]:
    yield from choosing.bodies(language)
    yield from asking.bodies(language)
    yield from answering.bodies(language, picture)
    yield from whole.bodies(language)
