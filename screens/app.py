"""The Kivy application: shows views, lets touches become intents, wipes what was shown."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from kivy.app import App
from kivy.clock import Clock
from kivy.config import Config
from kivy.core.window import Window
from kivy.metrics import Metrics
from kivy.uix.widget import Widget

from kiosk.core import views
from kiosk.core.catalogue import Language
from kiosk.core.comfort import Comfort
from kiosk.core.events import Earphones, Enter, Find, Intent, Spell, Touched
from kiosk.core.legal_time import BEIJING
from kiosk.core.speech import Utterance
from kiosk.core.views import Body, View
from screens import fonts, theme
from screens.answering.affairs import AffairsScreen
from screens.answering.case import CaseScreen
from screens.answering.certificates import CertificateScreen, CertificatesScreen
from screens.answering.complaint import ComplaintScreen
from screens.answering.copies import CopyScreen
from screens.answering.drafts import DraftKeptScreen, KeepDraftScreen
from screens.answering.numbered import AcceptedScreen, KeptScreen, NotedScreen
from screens.answering.policies import PoliciesScreen, PolicyScreen
from screens.answering.rating import RatingScreen
from screens.answering.result import IssuedScreen
from screens.answering.review import ReviewScreen
from screens.answering.working import WorkingScreen
from screens.asking.consent import ConsentScreen
from screens.asking.deferral import DeferralScreen
from screens.asking.face_check import FaceCheckScreen
from screens.asking.identify import IdentifyScreen
from screens.asking.promise import PromiseScreen
from screens.asking.provide import ProvideScreen
from screens.asking.question import QuestionScreen
from screens.asking.scan import ScanScreen
from screens.asking.signature import SignatureScreen
from screens.asking.upload import UploadScreen
from screens.choosing.ask_how import AskHowScreen
from screens.choosing.attract import AttractScreen
from screens.choosing.home import HomeScreen
from screens.choosing.listing import ListingScreen
from screens.choosing.notice import NoticeScreen
from screens.choosing.resume import ResumeScreen
from screens.choosing.search import SearchScreen
from screens.comfort import ComfortScreen
from screens.farewell import FarewellScreen
from screens.fault import FaultScreen
from screens.gate import Gate
from screens.glass import Glass
from screens.help import HelpScreen
from screens.keypad import Keypad
from screens.reader import Reader
from screens.screen import BaseScreen
from screens.shell import Shell
from screens.staff.attendant import AttendantScreen
from screens.staff.pin import StaffPinScreen
from screens.staff.technician import TechnicianScreen
from screens.still_there import StillThereScreen
from screens.widgets.pages import Settling
from screens.words import LOCALE, words

SCREENS: Final[dict[type[Body], type[BaseScreen[Any]]]] = {
    views.AttractView: AttractScreen,
    views.HomeView: HomeScreen,
    views.ListingView: ListingScreen,
    views.SearchView: SearchScreen,
    views.NoticeView: NoticeScreen,
    views.AskHowView: AskHowScreen,
    views.ResumeView: ResumeScreen,
    views.IdentifyView: IdentifyScreen,
    views.FaceCheckView: FaceCheckScreen,
    views.ConsentView: ConsentScreen,
    views.QuestionView: QuestionScreen,
    views.PromiseView: PromiseScreen,
    views.ProvideView: ProvideScreen,
    views.ScanView: ScanScreen,
    views.UploadView: UploadScreen,
    views.DeferralView: DeferralScreen,
    views.SignatureView: SignatureScreen,
    views.ReviewView: ReviewScreen,
    views.WorkingView: WorkingScreen,
    views.IssuedView: IssuedScreen,
    views.AcceptedView: AcceptedScreen,
    views.NotedView: NotedScreen,
    views.KeptView: KeptScreen,
    views.RatingView: RatingScreen,
    views.AffairsView: AffairsScreen,
    views.CaseView: CaseScreen,
    views.ComplaintView: ComplaintScreen,
    views.CertificatesView: CertificatesScreen,
    views.CertificateView: CertificateScreen,
    views.PoliciesView: PoliciesScreen,
    views.PolicyView: PolicyScreen,
    views.CopyView: CopyScreen,
    views.KeepDraftView: KeepDraftScreen,
    views.DraftKeptView: DraftKeptScreen,
    views.StaffPinView: StaffPinScreen,
    views.AttendantView: AttendantScreen,
    views.TechnicianView: TechnicianScreen,
    views.FarewellView: FarewellScreen,
    views.FaultView: FaultScreen,
    views.StillThereView: StillThereScreen,
    views.HelpView: HelpScreen,
    views.ComfortView: ComfortScreen,
}

# Every letter that is typed counts, every plug that is pulled: none is the echo of another.
NO_ECHO: Final = (Enter, Find, Spell, Earphones)

SETTLED: Final = 0.4  # seconds after a change in which it is looked at, and nothing is touched
AWAKE, ASLEEP = 60, 15  # frames a second at most: in a visit, and while nobody is there
BEAT: Final = 1.0  # seconds between two signs of life


def _now() -> datetime:
    return datetime.now(BEIJING)


class DoorstepApp(App):
    """The glass of one terminal. Everything here happens on Kivy's thread.

    `emit` gets each intent, `speak` what is to be said aloud; `beat` is called once a second while
    frames are drawn; `now` is the time to be told, `view` what is shown.
    """

    def __init__(
        self,
        emit: Callable[[Intent], None],
        glass: Glass,
        beat: Callable[[], None],
        *,
        speak: Callable[[Utterance], None] = lambda _: None,
        now: Callable[[], datetime] = _now,
        locale: Path = LOCALE,
    ) -> None:
        # Kivy would read touch screens from the kernel as well, past the window: each touch twice.
        Config.remove_option("input", "%(name)s")
        super().__init__()
        self._emit = emit
        self._glass = glass
        self._beat = beat
        self._now = now
        self._says = {language: words(language, locale) for language in Language}
        self._gate = Gate()
        self._made: dict[type[BaseScreen[Any]], BaseScreen[Any]] = {}
        self._look = _look(Comfort())
        self._anew = True  # another screen than the one that was read out
        self.root: Shell
        self._reader = Reader(speak)
        self.read_again, self.tell = self._reader.read_again, self._reader.tell
        self.keypad: Keypad
        self._settle_later = Clock.create_trigger(lambda _: self._settle())
        self._tidy_later = Clock.create_trigger(lambda _: self._tidy(), SETTLED)
        self.view: View | None = None

    def build(self) -> Widget:
        """The empty window, its measures taken."""
        fonts.register(self._glass.scratch)
        Metrics.density = theme.scale(*Window.size)
        Window.clearcolor = theme.DEEP
        Clock.schedule_interval(self._tick, BEAT)
        self._beat()
        self.keypad = Keypad(self._glass.keypad, self)
        return self._shell()

    def show(self, view: View) -> None:
        """Show a view from the next frame on; what another screen showed is wiped."""
        before, self.view = self.view, view
        self._anew |= before is None or type(before.body) is not type(view.body)
        self._dress(view.frame.comfort)
        say = self._says[view.frame.language]
        shown, screen = self.root.screen, self._screen(view.body)
        if shown is not None and shown is not screen:
            shown.wipe()
        self._gate.new_view()
        screen.render(view.body, view.frame, say)
        self.root.hold(screen)
        self.root.surround(view, say)
        self._tell_time()
        self._set_pace()
        self._settle_later()
        self._tidy_later.cancel()
        self._tidy_later()

    def ask(self, intent: Intent) -> None:
        """Let an intent of a screen pass, unless it is the echo of the one before."""
        if isinstance(intent, NO_ECHO) or self._gate.admits(time.monotonic()):
            self._emit(intent)

    def open_settings(self, *_: object) -> bool:
        """No key opens Kivy's settings."""
        return False

    @property
    def shell(self) -> Shell:
        """The whole window."""
        return self.root

    @property
    def asleep(self) -> bool:
        """Whether nobody is there."""
        return self.view is None or isinstance(self.view.body, views.AttractView)

    @property
    def hears(self) -> bool:
        """Whether a touch now counts; one that comes sooner belongs to what was there before."""
        settled = all(w.settled for w in self.root.walk() if isinstance(w, Settling))
        return settled and self._gate.would_admit(time.monotonic())

    def _tick(self, *_: object) -> None:
        self._beat()
        self._tell_time()

    def _tell_time(self) -> None:
        self.root.tell_time(self._now())

    def _settle(self) -> None:
        """Once a view has its buttons: the keypad is at one of them, and it is read out."""
        screen, view = self.root.screen, self.view
        if screen is None or view is None:
            return
        control = self.keypad.settle(anew=self._anew)
        self._anew = False
        self._reader.show(view, screen, self._says[view.frame.language], control)

    def _sign_of_life(self) -> None:
        if self._gate.admits_sign_of_life(time.monotonic()):
            self._emit(Touched())

    def _dress(self, comfort: Comfort) -> None:
        """Another look: everything is made anew, in other colours, sizes and places."""
        if _look(comfort) == self._look:
            return
        self._look = _look(comfort)
        theme.wear(comfort)
        if self.root.screen is not None:
            self.root.screen.wipe()
        self.root.close()
        Window.remove_widget(self.root)
        self._made.clear()
        self.root = self._shell(low=comfort.low_reach)
        Window.add_widget(self.root)

    def _shell(self, *, low: bool = False) -> Shell:
        return Shell(self.ask, self._sign_of_life, wide=theme.is_wide(*Window.size), low=low)

    def _screen(self, body: Body) -> BaseScreen[Any]:
        """The screen of a body, made on first use."""
        kind = SCREENS[type(body)]
        if kind not in self._made:
            few = self.view is not None and self.view.frame.comfort.elder
            self._made[kind] = kind(self.ask, wide=self.root.wide, low=self.root.low, few=few)
        return self._made[kind]

    def _tidy(self) -> None:
        """Collect what was shown before while nobody waits.

        Left to itself Python does it in the middle of somebody's touch, for half a second. What
        stays from visit to visit is not looked through again until the next one has ended.
        """
        ended = self.asleep
        if ended:
            gc.unfreeze()
        gc.collect()
        if ended:
            gc.freeze()

    def _set_pace(self) -> None:
        # Kivy reads the setting once, at its start; the clock itself can be told at any time.
        Clock._max_fps = ASLEEP if self.asleep else AWAKE  # noqa: SLF001 - there is no public way


def _look(comfort: Comfort) -> tuple[object, ...]:
    """What has everything made anew when it changes."""
    return (comfort.text, comfort.contrast, comfort.low_reach, comfort.elder)
