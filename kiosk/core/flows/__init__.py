"""What each scene does with what happens in it; what it has no answer for, it lets pass.

`REACTIONS` has one for every scene. Timers need no answer: where a scene lets one pass, `update`
asks whether somebody is still there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.core import scenes
from kiosk.core.events import Event
from kiosk.core.flows import (
    affairs,
    asking,
    certificates,
    choosing,
    copying,
    drafts,
    ending,
    filling,
    finishing,
    identifying,
    policies,
    promising,
    providing,
    staff,
)
from kiosk.core.moves import Transition
from kiosk.core.visit import Journey

Reaction = Callable[[Journey, Any, Event], Transition | None]

REACTIONS: Mapping[type[scenes.Scene], Reaction] = {
    scenes.Attract: choosing.attract,
    scenes.Home: choosing.home,
    scenes.Listing: choosing.listing,
    scenes.Search: choosing.search,
    scenes.Notice: choosing.notice,
    scenes.Identify: identifying.identify,
    scenes.FaceCheck: identifying.face_check,
    scenes.Consent: drafts.consent,
    scenes.Resume: drafts.resume,
    scenes.Filling: filling.filling,
    scenes.Promise: promising.promise,
    scenes.Deferral: promising.deferral,
    scenes.Signing: promising.signing,
    scenes.Providing: providing.providing,
    scenes.Scanning: providing.scanning,
    scenes.Uploading: providing.uploading,
    scenes.Review: finishing.review,
    scenes.Asking: asking.asking,
    scenes.Working: finishing.working,
    scenes.Result: finishing.result,
    scenes.Rating: finishing.rating,
    scenes.AskHow: affairs.ask_how,
    scenes.AffairsList: affairs.affairs_list,
    scenes.CaseShown: affairs.case_shown,
    scenes.ComplaintShown: affairs.complaint_shown,
    scenes.CertificateList: certificates.certificate_list,
    scenes.CertificateShown: certificates.certificate_shown,
    scenes.PolicyList: policies.policy_list,
    scenes.PolicyShown: policies.policy_shown,
    scenes.Copying: copying.copying,
    scenes.KeepDraft: drafts.keep_draft,
    scenes.DraftKept: drafts.draft_kept,
    scenes.StaffPin: staff.pin,
    scenes.Staffed: staff.staffed,
    scenes.Farewell: ending.farewell,
    scenes.Stuck: ending.stuck,
}
