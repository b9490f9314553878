"""Somebody at a terminal who wants one thing done: looks at the screen and does what it asks.

The same for every item and bundle, since every flow is derived; so it also tells how many touches
an item takes. It knows the screen's view alone, as a resident would.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from drivers.device import Personal, Point, Signature
from kiosk.core import events, views
from kiosk.core.cases import Grade, Way
from kiosk.core.catalogue import Catalogue, FieldKind
from kiosk.core.events import Intent
from kiosk.core.identity import Means
from kiosk.core.legal_time import BEIJING
from kiosk.core.steps import Step
from sandbox.records import SHOP
from sandbox.residents import Resident, find

_WAVES = tuple(
    tuple(Point(500 + 300 * n, 400 + 250 * (n % 2), 500 * row + 60 * n) for n in range(8))
    for row in range(3)
)
SIGNATURE = Signature(strokes=_WAVES, width=12000, height=4000)


@dataclass(frozen=True, slots=True)
class Touch:
    """A touch on the screen."""

    intent: Intent


@dataclass(frozen=True, slots=True)
class Act:
    """Something done with the world: a line for `World.act`."""

    line: str


@dataclass(frozen=True, slots=True)
class Send:
    """A page sent from a phone to an upload page."""

    url: str


Deed = Touch | Act | Send


@dataclass(slots=True)
class Applicant:
    """A resident who wants the item or bundle of a code; `next` is what they do now.

    `means` is what they show to say who they are, `ways` how they would bring papers, the best
    first; `acts_for` is for whom they come, where that is not themselves; `prefers` are codes of
    options that they pick where they can. Whoever does not print or rate goes on without.
    """

    code: str
    catalogue: Catalogue
    resident: Resident = field(default_factory=lambda: find("li"))
    means: Means = Means.ID_CARD
    ways: tuple[Way, ...] = (Way.SCAN, Way.PHONE, Way.LATER)
    today: date = field(default_factory=lambda: datetime.now(BEIJING).date())
    acts_for: Resident | None = None
    prefers: frozenset[str] = frozenset()
    prints: bool = True
    rates: bool = True

    def next(self, view: views.View) -> Deed | None:
        """What they do now; None to wait for another screen."""
        answer = _ANSWERS.get(type(view.body))
        deed = answer(self, view.body) if answer else None
        return Touch(deed) if isinstance(deed, Intent) else deed

    # --- choosing ---

    def home(self, body: views.HomeView) -> Intent:
        """The tile, where it is there; else its category, or the bundles."""
        if any(tile.code == self.code for tile in body.tiles):
            return events.Choose(self.code)
        item = self.catalogue.item(self.code)
        return events.Browse(item.category if item else None)

    def notice(self, _body: views.NoticeView) -> Intent:
        """Start, for oneself or for somebody else."""
        return events.Pick("others") if self.acts_for else events.Continue()

    # --- saying who one is ---

    def identify(self, body: views.IdentifyView) -> Deed | None:
        """Show the card or the code, and take it away again only when it was read."""
        if body.reading is not None:
            return None
        line = {
            Means.ID_CARD: f"card {self.resident.key}",
            Means.SOCIAL_CARD: f"social-card insert {self.resident.key}",
            Means.CODE: f"scanner show-qr {self.resident.key}",
        }[self.means]
        return Act(line)

    def face_check(self, body: views.FaceCheckView) -> Deed | None:
        """Agree, then stand there and look."""
        if body.asks or body.trouble:
            return Touch(events.Continue())
        return None if body.comparing else Act(f"face {self.resident.key}")

    # --- answering ---

    def question(self, body: views.QuestionView) -> Intent:
        """The first option that will do; else something that fits, typed and sent."""
        if body.kind is FieldKind.YES_NO:
            return events.Pick("yes")
        if body.options:
            prefers = self.prefers | ({"person", "family"} if self.acts_for else set())
            codes = [option.code for option in body.options]
            return events.Pick(next((code for code in codes if code in prefers), codes[0]))
        text = self._typed(body)
        if body.text.reveal() != text:
            return events.Enter(Personal(text))
        return events.Continue()

    def _typed(self, body: views.QuestionView) -> str:
        if body.bounds is not None:
            return body.bounds[0] or body.bounds[1]
        other = (self.acts_for or find("chan")).card
        if body.step is Step.WHOM and body.kind is FieldKind.TEXT and self.acts_for:
            return other.name.reveal()
        return {
            FieldKind.DATE: self.today.isoformat(),
            FieldKind.AMOUNT: "1200.00",
            FieldKind.NUMBER: "2",
            FieldKind.PHONE: "0394-9900123",
            FieldKind.ID_NUMBER: other.id_number.reveal(),
            FieldKind.CREDIT_CODE: SHOP.credit_code,
            FieldKind.ADDRESS: "三组十二号",
        }.get(body.kind, "示例")

    def provide(self, body: views.ProvideView) -> Intent:
        """The best way that works now."""
        works = {way.code for way in body.ways if way.why_not is None}
        chosen = next((way for way in self.ways if way in works), None)
        return events.Pick(chosen) if chosen else events.Decline()

    def scan(self, body: views.ScanView) -> Deed | None:
        """Lay a page down until it was taken; one is enough."""
        if body.trouble:
            return Touch(events.Retry())
        if body.watching:
            return Act("page a4")
        return Touch(events.Continue())

    def upload(self, body: views.UploadView) -> Deed | None:
        """Send a page from the phone, then say that it is all."""
        return Touch(events.Continue()) if body.pages else Send(body.url)

    # --- the end ---

    def done(self, body: Any) -> Intent | None:  # noqa: ANN401 - whichever result it is
        """Look at it, print it, go on."""
        if getattr(body, "drawing", False) or isinstance(body.print, views.Printing):
            return None
        wanted = self.prints and isinstance(body.print, views.NotPrinted)
        if wanted and body.print.why_not is None:
            return events.Print()
        return events.Continue()

    def rating(self, body: views.RatingView) -> Intent | None:
        """Very satisfied, or nothing."""
        if not self.rates:
            return events.Continue()
        return None if body.given else events.Rate(Grade.VERY_SATISFIED)


def _go_on(_applicant: Applicant, _body: object) -> Intent:
    return events.Continue()


_ANSWERS: Mapping[type[views.Body], Callable[[Applicant, Any], Deed | Intent | None]] = {
    views.AttractView: lambda _, __: events.Start(),
    views.HomeView: Applicant.home,
    views.ListingView: lambda applicant, _: events.Choose(applicant.code),
    views.NoticeView: Applicant.notice,
    views.IdentifyView: Applicant.identify,
    views.FaceCheckView: Applicant.face_check,
    views.ConsentView: _go_on,
    views.ResumeView: lambda _, __: events.Decline(),
    views.QuestionView: Applicant.question,
    views.PromiseView: _go_on,
    views.ProvideView: Applicant.provide,
    views.ScanView: Applicant.scan,
    views.UploadView: Applicant.upload,
    views.DeferralView: _go_on,
    views.ReviewView: _go_on,
    views.SignatureView: lambda _, __: events.Sign(SIGNATURE),
    views.IssuedView: Applicant.done,
    views.AcceptedView: Applicant.done,
    views.NotedView: Applicant.done,
    views.KeptView: Applicant.done,
    views.RatingView: Applicant.rating,
}
