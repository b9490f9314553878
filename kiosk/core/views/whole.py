"""The whole screen: what surrounds every body, and what lies over others."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.core.catalogue import Language
from kiosk.core.comfort import Comfort
from kiosk.core.troubles import Trouble
from kiosk.core.views import answering, asking, choosing, staff


@dataclass(frozen=True, slots=True)
class FarewellView:
    """Take your card and your papers."""

    with_receipt: bool
    with_sheets: bool = False
    with_card: bool = False


@dataclass(frozen=True, slots=True)
class FaultView:
    """Something stands in the way; `words` are the platform's own, for REFUSED and the like."""

    trouble: Trouble
    words: str | None
    can_retry: bool


@dataclass(frozen=True, slots=True)
class StillThereView:
    """Are you still there? In `seconds` the visit ends and everything is wiped."""

    seconds: float


@dataclass(frozen=True, slots=True)
class HelpView:
    """Help was called; meanwhile these numbers answer."""

    attendant_phone: str | None


@dataclass(frozen=True, slots=True)
class ComfortView:
    """How shall it look and speak? What is in force stands in the frame."""


Body = (
    choosing.AttractView
    | choosing.HomeView
    | choosing.ListingView
    | choosing.SearchView
    | choosing.NoticeView
    | choosing.AskHowView
    | choosing.ResumeView
    | asking.IdentifyView
    | asking.FaceCheckView
    | asking.ConsentView
    | asking.QuestionView
    | asking.PromiseView
    | asking.ProvideView
    | asking.ScanView
    | asking.UploadView
    | asking.DeferralView
    | asking.SignatureView
    | answering.ReviewView
    | answering.WorkingView
    | answering.IssuedView
    | answering.AcceptedView
    | answering.NotedView
    | answering.KeptView
    | answering.RatingView
    | answering.AffairsView
    | answering.CaseView
    | answering.ComplaintView
    | answering.CertificatesView
    | answering.CertificateView
    | answering.PoliciesView
    | answering.PolicyView
    | answering.CopyView
    | answering.KeepDraftView
    | answering.DraftKeptView
    | staff.StaffPinView
    | staff.AttendantView
    | staff.TechnicianView
    | FarewellView
    | FaultView
    | StillThereView
    | HelpView
    | ComfortView
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every screen; `step` of `steps` counts from 1, None outside of a flow.

    `speaks`: the terminal has a voice, and this screen may be spoken. `can_adjust`: how it looks
    and speaks can be changed here. `serves`: for residents, who may call help.
    """

    language: Language
    place: str
    hotline: str
    step: int | None
    steps: int
    can_go_back: bool
    can_leave: bool
    comfort: Comfort = field(default_factory=Comfort)
    speaks: bool = False
    can_adjust: bool = True
    serves: bool = True


@dataclass(frozen=True, slots=True)
class View:
    """One screen, whole."""

    frame: Frame
    body: Body

    @property
    def name(self) -> str:
        """A stable word for the screen, for telemetry and file names: `notice`, `face_check`."""
        plain = type(self.body).__name__.removesuffix("View")
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in plain).removeprefix("_")
