"""The whole screen of a journey."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.core import moves, questions, scenes, stepping, steps, views
from kiosk.core.catalogue import Catalogue
from kiosk.core.matter import Matter
from kiosk.core.present import answering, asking, choosing, staff
from kiosk.core.present.days import day
from kiosk.core.scenes import Scene, bottom
from kiosk.core.steps import Step
from kiosk.core.views import Body, Frame, View
from kiosk.core.visit import Journey, Purpose, Visit


def view(journey: Journey) -> View:
    """The whole screen of a journey; never blank, for no journey that `update` can lead to."""
    return View(_frame(journey), _body(journey, journey.scene))


# Where there is nothing to go back to, or nothing that may be gone back on.
_NO_WAY_BACK = (
    scenes.Attract,
    scenes.Home,
    scenes.Asking,
    scenes.Working,
    scenes.Result,
    scenes.Rating,
    scenes.DraftKept,
    scenes.Farewell,
    scenes.Stuck,
    scenes.StillThere,
    scenes.Help,
    scenes.Adjusting,
    scenes.StaffPin,
    scenes.Staffed,
)


def _frame(journey: Journey) -> Frame:
    visit, scene = journey.visit, journey.scene
    flow = shown_flow(journey.catalogue, visit)
    step = step_of(scene)
    busy = isinstance(bottom(scene), scenes.Working)
    staffed, serves = isinstance(scene, scenes.StaffScene), moves.serves(journey)
    leaves = visit is not None and not busy and not isinstance(scene, scenes.Farewell)
    return Frame(
        language=journey.language,
        place=journey.settings.place[journey.language],
        hotline=journey.settings.hotline,
        step=flow.index(step) + 1 if step in flow else None,
        steps=len(flow),
        can_go_back=not isinstance(scene, _NO_WAY_BACK),
        can_leave=staffed or leaves,
        comfort=journey.comfort,
        speaks=journey.settings.speaks and not staffed,
        can_adjust=serves and not isinstance(scene, scenes.Adjusting),
        serves=serves,
    )


def shown_flow(catalogue: Catalogue, visit: Visit | None) -> tuple[Step, ...]:
    """The steps that are counted before a resident: of an application, those that ask anything."""
    if visit is None or visit.matter is None or visit.purpose is not Purpose.APPLY:
        return ()
    return tuple(
        step
        for step in steps.flow(visit.matter)
        if step not in stepping.ASKS or questions.put(catalogue, visit, step)
    )


def step_of(scene: Scene) -> Step | None:
    """The step of the flow that a scene belongs to, or None outside of a flow."""
    match bottom(scene):
        case scenes.Filling(step):
            return step
        case scenes.Providing(case=None) | scenes.Scanning(scenes.Providing()):
            return Step.MATERIALS
        case other:
            return _STEPS.get(type(other))


_STEPS: dict[type[Scene], Step] = {
    scenes.Notice: Step.NOTICE,
    scenes.Identify: Step.IDENTIFY,
    scenes.FaceCheck: Step.FACE,
    scenes.Consent: Step.SHARE,
    scenes.Resume: Step.SHARE,
    scenes.Promise: Step.COMMIT,
    scenes.Uploading: Step.MATERIALS,
    scenes.Deferral: Step.MATERIALS,
    scenes.Review: Step.REVIEW,
    scenes.Signing: Step.SIGN,
    scenes.Working: Step.SUBMIT,
    scenes.Result: Step.RESULT,
    scenes.Rating: Step.RATING,
}


def _body(journey: Journey, scene: Scene) -> Body:
    """The body of a scene; where what it speaks of is not there, there is only home."""
    visit, kind = journey.visit, type(scene)
    body: Body | None = None
    if kind in _ALONE:
        body = _ALONE[kind](journey, scene)
    elif visit is not None and kind in _OF_VISIT:
        body = _OF_VISIT[kind](journey, visit, scene)
    elif visit is not None and visit.matter is not None:
        body = _OF_MATTER[kind](journey, visit, visit.matter, scene)
    return body or choosing.home(journey, scenes.Home())


def _farewell(_journey: Journey, visit: Visit, _scene: Scene) -> Body:
    return views.FarewellView(
        with_receipt=visit.receipts > 0,
        with_sheets=visit.sheets > 0,
        with_card=visit.person is not None,
    )


def _fault(_journey: Journey, scene: scenes.Stuck) -> Body:
    return views.FaultView(scene.trouble, scene.words, can_retry=scene.resume is not None)


def _draft_kept(_journey: Journey, scene: scenes.DraftKept) -> Body:
    return views.DraftKeptView(day(scene.kept.until), scene.kept.url)


_ALONE: dict[type[Scene], Callable[[Journey, Any], Body | None]] = {
    scenes.Attract: lambda journey, _: choosing.attract(journey),
    scenes.Home: choosing.home,
    scenes.Listing: choosing.listing,
    scenes.Search: choosing.search,
    scenes.AskHow: lambda journey, _: choosing.ask_how(journey),
    scenes.Identify: asking.identify,
    scenes.FaceCheck: lambda _, scene: asking.face_check(scene),
    scenes.Scanning: asking.scan,
    scenes.Uploading: asking.upload,
    scenes.Asking: answering.asking,
    scenes.AffairsList: answering.affairs,
    scenes.CaseShown: answering.case,
    scenes.ComplaintShown: lambda _, scene: answering.complaint(scene),
    scenes.CertificateList: answering.certificates,
    scenes.CertificateShown: answering.certificate,
    scenes.PolicyList: answering.policies,
    scenes.PolicyShown: answering.policy,
    scenes.Copying: answering.copying,
    scenes.DraftKept: _draft_kept,
    scenes.StaffPin: lambda _, scene: staff.pin(scene),
    scenes.Staffed: staff.staffed,
    scenes.Stuck: _fault,
    scenes.StillThere: lambda journey, _: views.StillThereView(
        journey.settings.warning * journey.comfort.patience
    ),
    scenes.Help: lambda journey, _: views.HelpView(journey.settings.attendant_phone),
    scenes.Adjusting: lambda _, __: views.ComfortView(),
}
"""What needs to know nobody."""

_OF_VISIT: dict[type[Scene], Callable[[Journey, Visit, Any], Body | None]] = {
    scenes.Filling: asking.question,
    scenes.Providing: asking.provide,
    scenes.Working: answering.working,
    scenes.Result: answering.result,
    scenes.Rating: lambda _, visit, scene: answering.rating(visit, scene),
    scenes.Farewell: _farewell,
}
"""What speaks of somebody's visit."""

_OF_MATTER: dict[type[Scene], Callable[[Journey, Visit, Matter, Any], Body | None]] = {
    scenes.Notice: lambda journey, _, matter, __: choosing.notice(journey, matter),
    scenes.Consent: lambda journey, _, matter, __: asking.consent(journey, matter),
    scenes.Resume: lambda journey, _, matter, scene: choosing.resume(journey, matter, scene),
    scenes.Promise: lambda journey, _, matter, scene: asking.promise(journey, matter, scene),
    scenes.Deferral: lambda journey, visit, _, __: asking.deferral(journey, visit),
    scenes.Review: lambda journey, visit, matter, _: answering.review(journey, visit, matter),
    scenes.Signing: lambda journey, visit, matter, _: asking.signature(journey, visit, matter),
    scenes.KeepDraft: lambda journey, _, matter, __: answering.keep_draft(journey, matter),
}
"""What speaks of the item or bundle that was chosen."""
