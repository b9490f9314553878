"""The screens on which something is answered."""

from __future__ import annotations

from dataclasses import replace

from drivers.device import Personal
from kiosk.core import (
    availability,
    cases,
    inquiries,
    moves,
    papers,
    questions,
    scenes,
    stepping,
    views,
)
from kiosk.core.acting import principal
from kiosk.core.catalogue import Field, FieldKind, Material, PolicyMode
from kiosk.core.flows.finishing import subject
from kiosk.core.identity import masked_id
from kiosk.core.matter import Matter
from kiosk.core.present.asking import member, region_names
from kiosk.core.present.choosing import result_name
from kiosk.core.present.days import day, moment
from kiosk.core.questions import Asked
from kiosk.core.steps import Step, after
from kiosk.core.views import Doing, NotedKind
from kiosk.core.visit import Journey, Visit


def review(journey: Journey, visit: Visit, matter: Matter) -> views.ReviewView | None:
    """Everything that will be sent; None while nobody is known."""
    person = visit.person
    if person is None:
        return None
    return views.ReviewView(
        item_name=matter.name.of(journey.language),
        result_name=result_name(matter).of(journey.language),
        name=person.name,
        sex=person.sex,
        masked_id=masked_id(person.id_number),
        masked_address=person.address.masked(head=6) if person.address else None,
        for_whom=_for_whom(visit),
        answers=tuple(_lines(journey, visit)),
        materials=tuple(_brought(journey, visit)),
    )


def _for_whom(visit: Visit) -> views.ForWhomView | None:
    acting = principal(visit.sheet)
    if acting is None:
        return None
    number = masked_id(acting.number)
    return views.ForWhomView(acting.kind, acting.name, number, acting.authority)


def _lines(journey: Journey, visit: Visit) -> list[views.LineView]:
    return [
        _line(journey, asked, text)
        for step in stepping.ASKS
        for asked in questions.of_step(journey.catalogue, visit, step)
        if (text := visit.sheet.of(asked.key))
    ]


def _line(journey: Journey, asked: Asked, text: str) -> views.LineView:
    words = said(journey, asked.field, text)
    return views.LineView(asked.key, _label(journey, asked), asked.field.kind, words)


def _label(journey: Journey, asked: Asked) -> str:
    label, of = asked.field.label.of(journey.language), member(journey, asked)
    return f"{of}: {label}" if of else label


def said(journey: Journey, field: Field, text: str) -> Personal:
    """An answer as a person reads it: the words of a choice, the names of regions.

    YES_NO, DATE and AMOUNT stay as they are kept: the screens have the words for them.
    """
    if field.kind is FieldKind.ADDRESS:
        code, _, rest = text.partition("|")
        return Personal("".join((*region_names(journey, code), rest)))
    for choice in field.choices:
        if choice.code == text:
            return Personal(choice.label.of(journey.language))
    if field.kind in {FieldKind.ID_NUMBER, FieldKind.CREDIT_CODE}:
        return Personal(masked_id(Personal(text)))
    return Personal(text)


def _brought(journey: Journey, visit: Visit) -> list[views.BroughtView]:
    names = {m.code: m.name for m in (*papers.needed(visit), *_listed(visit))}
    return [
        views.BroughtView(
            one.material, names[one.material].of(journey.language), one.way, len(one.pages)
        )
        for one in papers.brought(visit, journey.today)
    ]


def _listed(visit: Visit) -> tuple[Material, ...]:
    return visit.matter.materials if visit.matter else ()


def asking(journey: Journey, scene: scenes.Asking) -> views.WorkingView:
    """What is asked, and for what."""
    visit = journey.visit
    name = visit.matter.name.of(journey.language) if visit and visit.matter else None
    match scene.inquiry:
        case inquiries.Share():
            return views.WorkingView(name, Doing.SHARING)
        case inquiries.SaveDraft():
            return views.WorkingView(name, Doing.SAVING)
        case _:
            return views.WorkingView(name, Doing.ASKING)


def result(journey: Journey, visit: Visit, scene: scenes.Result) -> views.Body:
    """What came of it."""
    state = print_state(journey, scene)
    name = subject(visit).of(journey.language)
    match scene.outcome:
        case cases.Issued() as issued:
            return _issued(journey, visit, scene, issued)
        case cases.Accepted() as accepted:
            return _accepted(journey, visit, accepted, state)
        case cases.Noted(number, due_on):
            return views.NotedView(
                visit.noted or NotedKind.COMPLAINT, number, day(due_on) or None, state
            )
        case cases.Kept(number):
            return views.KeptView(name, number, state)


def _issued(
    journey: Journey, visit: Visit, scene: scenes.Result, issued: cases.Issued
) -> views.IssuedView:
    name = result_name(visit.matter) if visit.matter else subject(visit)
    return views.IssuedView(
        result_name=name.of(journey.language),
        case_number=issued.case_number,
        certificate_number=issued.certificate.number,
        picture=scene.picture,
        drawing=scene.drawing,
        print=print_state(journey, scene),
        next_is_rating=_rated(visit),
    )


def _rated(visit: Visit) -> bool:
    return visit.matter is not None and after(visit.matter, Step.RESULT) is Step.RATING


def _accepted(
    journey: Journey, visit: Visit, accepted: cases.Accepted, state: views.PrintState
) -> views.AcceptedView:
    language = journey.language
    return views.AcceptedView(
        item_name=subject(visit).of(language),
        case_number=accepted.case_number,
        promised_on=day(accepted.promised_on),
        statutory_on=day(accepted.statutory_on),
        parts=tuple(
            views.PartView(p.name.of(language), p.case_number, p.certificate is not None)
            for p in accepted.parts
        ),
        owed=owed(journey, accepted.owed),
        print=state,
        next_is_rating=_rated(visit),
    )


def owed(journey: Journey, all_owed: tuple[cases.Owed, ...]) -> tuple[views.OwedView, ...]:
    """What is owed to a case."""
    return tuple(
        views.OwedView(o.material, o.name.of(journey.language), day(o.until)) for o in all_owed
    )


def print_state(journey: Journey, scene: scenes.Result) -> views.PrintState:
    """The state of the receipt; before printing, with what keeps it from being printed now."""
    if isinstance(scene.print, views.NotPrinted):
        return replace(scene.print, why_not=availability.why_no_print(journey.devices))
    return scene.print


def sheet_state(journey: Journey, state: views.PrintState) -> views.PrintState:
    """The same for sheets."""
    if isinstance(state, views.NotPrinted):
        return replace(state, why_not=availability.why_no_sheets(journey.devices))
    return state


def rating(visit: Visit, scene: scenes.Rating) -> views.RatingView:
    """Five grades, and reasons for the poor ones."""
    match visit.outcome:
        case cases.Issued(rating_url=url) | cases.Accepted(rating_url=url):
            address = url
        case _:
            address = None
    return views.RatingView(scene.chosen, scene.reasons, scene.given, address)


def affairs(journey: Journey, scene: scenes.AffairsList) -> views.AffairsView:
    """Cases and complaints, the newest first."""
    found = [
        *(_case_line(journey, case) for case in scene.affairs.cases),
        *(_complaint_line(one) for one in scene.affairs.complaints),
    ]
    return views.AffairsView(tuple(sorted(found, key=lambda one: one.filed_on, reverse=True)))


def _case_line(journey: Journey, case: cases.Case) -> views.AffairView:
    return views.AffairView(
        case.number,
        case.name.of(journey.language),
        case.state,
        case.light,
        day(case.filed_on),
        bool(case.owed),
    )


def _complaint_line(one: cases.ComplaintCase) -> views.AffairView:
    return views.AffairView(one.number, "", None, one.light, day(one.filed_on), owed=False)


def case(journey: Journey, scene: scenes.CaseShown) -> views.CaseView:
    """One case, whole."""
    one, language = scene.case, journey.language
    return views.CaseView(
        number=one.number,
        name=one.name.of(language),
        department=one.department.of(language),
        state=one.state,
        light=one.light,
        promised_on=day(one.promised_on),
        statutory_on=day(one.statutory_on),
        timeline=tuple(views.MarkView(moment(m.at), m.what.of(language)) for m in one.timeline),
        owed=owed(journey, one.owed),
    )


def complaint(scene: scenes.ComplaintShown) -> views.ComplaintView:
    """One complaint, whole."""
    one = scene.complaint
    return views.ComplaintView(
        one.number, day(one.filed_on), day(one.due_on), one.light, one.reply, one.settled
    )


def certificates(journey: Journey, scene: scenes.CertificateList) -> views.CertificatesView:
    """What a person holds."""
    return views.CertificatesView(
        tuple(
            views.HeldView(
                held.number,
                held.title,
                held.issuer,
                day(held.issued_on),
                day(held.valid_until) or None,
                held.valid(journey.today),
            )
            for held in scene.certificates
        )
    )


def certificate(journey: Journey, scene: scenes.CertificateShown) -> views.CertificateView:
    """One e-certificate."""
    shown = scene.opened.certificate
    return views.CertificateView(
        shown.title,
        shown.number,
        scene.picture,
        scene.drawing,
        scene.opened.left,
        sheet_state(journey, scene.print),
    )


def policies(journey: Journey, scene: scenes.PolicyList) -> views.PoliciesView:
    """What fits."""
    shown = []
    for match in scene.matches:
        policy = journey.catalogue.policy(match.policy)
        if policy is not None:
            name, benefit = policy.name.of(journey.language), policy.benefit.of(journey.language)
            taken = match.taken or policy.mode is PolicyMode.NOTHING
            shown.append(views.MatchView(policy.code, name, benefit, taken))
    return views.PoliciesView(tuple(shown))


def policy(journey: Journey, scene: scenes.PolicyShown) -> views.PolicyView | None:
    """One policy; None where the catalogue has it no more."""
    found, language = journey.catalogue.policy(scene.match.policy), journey.language
    if found is None:
        return None
    return views.PolicyView(
        name=found.name.of(language),
        summary=found.summary.of(language),
        benefit=found.benefit.of(language),
        amount=scene.match.amount.of(language) if scene.match.amount else None,
        why=scene.match.why.of(language),
        department=_department(journey, found.department),
        mode=found.mode,
        taken=scene.match.taken,
    )


def _department(journey: Journey, code: str) -> str:
    department = journey.catalogue.department(code)
    return department.name.of(journey.language) if department else ""


def copying(journey: Journey, scene: scenes.Copying) -> views.CopyView:
    """Pages, copies, and what is left of the quota."""
    return views.CopyView(
        len(scene.pages),
        scene.copies,
        moves.copies_left(journey),
        sheet_state(journey, scene.print),
        availability.why_no_scan(journey.devices),
    )


def working(journey: Journey, visit: Visit, scene: scenes.Working) -> views.WorkingView:
    """What is on its way, and the certificate that comes of it at once.

    Where somebody acts for another it may be looked at first: nothing is promised.
    """
    matter, wish = visit.matter, scene.wish
    at_once = isinstance(wish, cases.Application) and wish.principal is None
    result = result_name(matter) if at_once and matter and matter.instant else None
    return views.WorkingView(
        subject(visit).of(journey.language),
        Doing.SENDING,
        result.of(journey.language) if result else None,
    )


def keep_draft(journey: Journey, matter: Matter) -> views.KeepDraftView:
    """What would be kept."""
    return views.KeepDraftView(matter.name.of(journey.language))
