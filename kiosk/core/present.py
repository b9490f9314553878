"""What is on the screen: view(journey), computed afresh after every event."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core import availability, cases, moves, scenes, steps, views
from kiosk.core.catalogue import ServiceItem
from kiosk.core.identity import masked_id
from kiosk.core.scenes import Journey, Scene, Visit, bottom, step_of
from kiosk.core.troubles import Trouble
from kiosk.core.views import Body, Frame, View


def view(journey: Journey) -> View:
    """The whole screen of a journey; never blank, for no journey that `update` can lead to."""
    return View(_frame(journey), _body(journey, journey.scene))


def _frame(journey: Journey) -> Frame:
    visit = journey.visit
    flow = steps.flow(visit.item) if visit and visit.item else ()
    step = step_of(journey.scene)
    scene = journey.scene
    busy = isinstance(bottom(scene), scenes.Working)
    return Frame(
        language=journey.language,
        place=journey.settings.place[journey.language],
        hotline=journey.settings.hotline,
        step=flow.index(step) + 1 if step in flow else None,
        steps=len(flow),
        can_go_back=isinstance(scene, scenes.Notice | scenes.Identify | scenes.Review),
        can_leave=visit is not None and not busy and not isinstance(scene, scenes.Farewell),
    )


def _body(journey: Journey, scene: Scene) -> Body:
    match scene:
        case scenes.Attract():
            return views.AttractView(closed=_closed(journey))
        case scenes.Home():
            return views.HomeView(_tiles(journey), journey.platform_reachable)
        case scenes.StillThere():
            return views.StillThereView(journey.settings.warning)
        case scenes.Help():
            return views.HelpView(journey.settings.attendant_phone)
        case scenes.Farewell():
            return views.FarewellView(bool(journey.visit and journey.visit.receipts))
        case scenes.Stuck(trouble, words, resume):
            return views.FaultView(trouble, words, can_retry=resume is not None)
        case scenes.Identify(reading, trouble):
            return views.ReadCardView(reading, trouble)
        case _:
            return _of_item(journey, scene)


def _of_item(journey: Journey, scene: Scene) -> Body:
    """The screens that speak of the chosen item; without one there is only home."""
    visit = journey.visit
    if visit is None or visit.item is None:
        return views.HomeView(_tiles(journey), journey.platform_reachable)
    name = visit.item.name.of(journey.language)
    match scene:
        case scenes.Notice():
            return _notice(journey, visit.item)
        case scenes.Review():
            return _review(journey, visit, visit.item)
        case scenes.Result(cases.Kept(number)):
            return views.KeptView(name, number, _print_state(journey, scene))
        case scenes.Result(cases.Issued() as issued):
            return _issued(journey, visit.item, scene, issued)
        case scenes.Rating(_, chosen):
            return views.RatingView(name, chosen)
        case _:
            return views.WorkingView(name)


def _closed(journey: Journey) -> Trouble | None:
    """Why nothing at all can be offered, or None while one item can."""
    reasons = [availability.why_not(item, journey.devices) for item in journey.catalogue.items]
    if not reasons:
        return Trouble.NOT_READY
    return reasons[0] if all(reasons) else None


def _tiles(journey: Journey) -> tuple[views.Tile, ...]:
    language = journey.language
    return tuple(
        views.Tile(
            item.code,
            item.name.of(language),
            item.summary.of(language),
            availability.why_not(item, journey.devices),
        )
        for item in journey.catalogue.items
    )


def _notice(journey: Journey, item: ServiceItem) -> views.NoticeView:
    language = journey.language
    return views.NoticeView(
        name=item.name.of(language),
        department=item.department.of(language),
        conditions=tuple(text.of(language) for text in item.conditions),
        materials=tuple(text.of(language) for text in item.materials),
        promised_days=item.promised_days,
        statutory_days=item.statutory_days,
        fee=item.fee.of(language),
        result_name=item.result_name.of(language),
        flow=steps.flow(item),
        why_not=moves.why_not(journey),
    )


def _review(journey: Journey, visit: Visit, item: ServiceItem) -> Body:
    person = visit.person
    name = item.name.of(journey.language)
    if person is None:
        return views.WorkingView(name)
    return views.ReviewView(
        item_name=name,
        result_name=item.result_name.of(journey.language),
        name=person.name,
        sex=person.sex,
        masked_id=masked_id(person.id_number),
        masked_address=person.address.masked(head=6) if person.address else None,
    )


def _issued(
    journey: Journey, item: ServiceItem, scene: scenes.Result, issued: cases.Issued
) -> views.IssuedView:
    return views.IssuedView(
        result_name=item.result_name.of(journey.language),
        case_number=issued.case_number,
        certificate_number=issued.certificate.number,
        picture=scene.picture,
        drawing=scene.drawing,
        print=_print_state(journey, scene),
        next_is_rating=steps.after(item, steps.Step.RESULT) is steps.Step.RATING,
    )


def _print_state(journey: Journey, scene: scenes.Result) -> views.PrintState:
    """The state of the receipt; before printing, with what keeps it from being printed now."""
    if isinstance(scene.print, views.NotPrinted):
        return replace(scene.print, why_not=availability.why_no_print(journey.devices))
    return scene.print
