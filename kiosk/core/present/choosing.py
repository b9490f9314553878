"""The screens on which a resident chooses."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.core import availability, matter, moves, questions, scenes, steps, views
from kiosk.core.catalogue import (
    Announcement,
    Category,
    Delivery,
    Label,
    Material,
    Necessity,
    Reach,
    Text,
)
from kiosk.core.matter import Matter
from kiosk.core.present import staff
from kiosk.core.present.days import day, moment
from kiosk.core.search import Hit, HitKind
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey, Purpose

SERVICES = (
    Purpose.AFFAIRS,
    Purpose.CERTIFICATES,
    Purpose.POLICIES,
    Purpose.COMPLAINT,
    Purpose.COPY,
)


def closed(journey: Journey) -> Trouble | None:
    """Why nothing at all can be offered, or None while anything can."""
    if journey.out_of_service:
        return Trouble.OUT_OF_SERVICE
    first: Trouble | None = None
    for item in journey.catalogue.items:
        reason = moves.why_not(journey, matter.of_item(item))
        if reason is None:
            return None
        first = first or reason
    return first or Trouble.NOT_READY


def attract(journey: Journey) -> views.AttractView:
    """The invitation, and what is announced today; closed, nothing leads away from the reason."""
    reason = closed(journey)
    told = () if reason else journey.catalogue.announcements
    return views.AttractView(
        reason,
        staff=staff.calls(journey),
        announcements=tuple(_announcement(journey, one) for one in told if one.runs(journey.today)),
    )


def _announcement(journey: Journey, one: Announcement) -> views.AnnouncementView:
    """An announcement; it leads to what it is about while that can be done here."""
    text, about = one.text.of(journey.language), one.about
    if about is None or _why_not_about(journey, about) is not None:
        return views.AnnouncementView(text)
    policy = journey.catalogue.policy(about) is not None
    return views.AnnouncementView(text, about, policy=policy)


def _why_not_about(journey: Journey, code: str) -> Trouble | None:
    """What keeps an item, bundle or policy from being offered right now."""
    if journey.catalogue.policy(code):
        return _why_no_service(journey, Purpose.POLICIES)
    found = matter.find(journey.catalogue, code)
    return moves.why_not(journey, found) if found else Trouble.ITEM_WITHDRAWN


def home(journey: Journey, scene: scenes.Home) -> views.HomeView:
    """The frequent ones, the categories that have any items, and all else."""
    there = {item.category for item in journey.catalogue.items}
    return views.HomeView(
        tiles=_tiles(journey, journey.catalogue.frequent),
        categories=tuple(category for category in Category if category in there),
        bundles=bool(journey.catalogue.bundles),
        services=tuple((purpose, _why_no_service(journey, purpose)) for purpose in SERVICES),
        platform_reachable=journey.platform_reachable,
        labels=tuple(_label(journey, label) for label in journey.catalogue.labels),
        after=scene.after,
    )


def _why_no_service(journey: Journey, purpose: Purpose) -> Trouble | None:
    """What keeps a service from being offered: nearly all of them ask the platform."""
    reachable = journey.platform_reachable
    match purpose:
        case Purpose.COMPLAINT:
            return None
        case Purpose.COPY:
            sheets = availability.why_no_sheets(journey.devices)
            return sheets or availability.why_no_scan(journey.devices)
        case Purpose.AFFAIRS:
            return None if reachable else Trouble.PLATFORM_AWAY
        case _:
            reader = availability.why_no_identity(journey.devices, reachable=reachable)
            return reader if reachable else Trouble.PLATFORM_AWAY


def listing(journey: Journey, scene: scenes.Listing) -> views.ListingView | None:
    """What a category or a label has, or the bundles; None for a label that is withdrawn."""
    catalogue = journey.catalogue
    match scene.group:
        case None:
            tiles = _tiles(journey, [bundle.code for bundle in catalogue.bundles])
            return views.ListingView(None, tiles, scene.after)
        case Category() as category:
            items = (item for item in catalogue.items if item.category is category)
            tiles = tuple(_tile(journey, matter.of_item(item)) for item in items)
            return views.ListingView(category, tiles, scene.after)
        case code:
            label = catalogue.label(code)
            if label is None:
                return None
            shown, tiles = _label(journey, label), _tiles(journey, label.offers)
            return views.ListingView(shown, tiles, scene.after)


def _label(journey: Journey, label: Label) -> views.LabelView:
    name, summary = label.name.of(journey.language), label.summary.of(journey.language)
    return views.LabelView(label.code, name, summary, label.icon)


def search(journey: Journey, scene: scenes.Search) -> views.SearchView:
    """What was found, as tiles."""
    tiles = (tile for hit in scene.hits if (tile := _hit(journey, hit)))
    return views.SearchView(scene.query, tuple(tiles))


def _hit(journey: Journey, hit: Hit) -> views.Tile | None:
    """A find as a tile; a policy leads to those that fit, so it is shown by its name alone."""
    where = hit.zh if journey.language.value.startswith("zh") else hit.en
    if hit.kind is HitKind.POLICY:
        policy = journey.catalogue.policy(hit.code)
        if policy is None:
            return None
        name, summary = policy.name.of(journey.language), policy.summary.of(journey.language)
        why_not = _why_no_service(journey, Purpose.POLICIES)
        return views.Tile(hit.code, name, summary, why_not, policy=True, found=where)
    found = matter.find(journey.catalogue, hit.code)
    return _tile(journey, found, where) if found else None


def _tiles(journey: Journey, codes: Iterable[str]) -> tuple[views.Tile, ...]:
    found = (matter.find(journey.catalogue, code) for code in codes)
    return tuple(_tile(journey, one) for one in found if one)


def _tile(journey: Journey, one: Matter, found: tuple[int, int] | None = None) -> views.Tile:
    return views.Tile(
        one.code,
        one.name.of(journey.language),
        one.summary.of(journey.language),
        moves.why_not(journey, one),
        bundle=one.is_bundle,
        found=found,
    )


def notice(journey: Journey, one: Matter) -> views.NoticeView:
    """Everything at once, before starting."""
    language = journey.language
    departments = [journey.catalogue.department(item.department) for item in one.items]
    names = dict.fromkeys(d.name.of(language) for d in departments if d)
    basis = dict.fromkeys(text.of(language) for item in one.items for text in item.legal_basis)
    return views.NoticeView(
        name=one.name.of(language),
        summary=one.summary.of(language),
        departments=tuple(names),
        parts=tuple(i.name.of(language) for i in one.items) if one.is_bundle else (),
        conditions=tuple(text.of(language) for text in one.conditions),
        materials=tuple(_needed(journey, material) for material in one.materials),
        legal_basis=tuple(basis),
        promised_days=one.promised_days,
        statutory_days=one.statutory_days,
        fee=_fee(one),
        results=tuple(dict.fromkeys(item.result_name.of(language) for item in one.items)),
        delivery=one.delivery or (Delivery.ELECTRONIC,),
        flow=steps.flow(one),
        commitment=bool(one.commitments),
        elsewhere=one.reach is not Reach.DISTRICT,
        for_others=questions.for_others(one),
        why_not=moves.why_not(journey, one),
    )


def result_name(one: Matter) -> Text:
    """What a resident leaves with; of a bundle, what it is called itself."""
    return one.name if one.is_bundle else one.items[0].result_name


def _fee(one: Matter) -> str | None:
    """All fees together, exact; None where everything is free."""
    cents = sum(int(i.fee.yuan.replace(".", "")) for i in one.items if i.fee.yuan)
    return f"{cents // 100}.{cents % 100:02}" if cents else None


def _needed(journey: Journey, material: Material) -> views.NeededView:
    note = material.note.of(journey.language) if material.note else None
    return views.NeededView(
        name=material.name.of(journey.language),
        note=note,
        held=material.certificate is not None,
        later=material.deferral_days,
        promised=material.promised,
        optional=material.necessity is Necessity.OPTIONAL,
    )


def ask_how(journey: Journey) -> views.AskHowView:
    """By document or by number."""
    reachable = journey.platform_reachable
    return views.AskHowView(availability.why_no_identity(journey.devices, reachable=reachable))


def resume(journey: Journey, one: Matter, scene: scenes.Resume) -> views.ResumeView:
    """The draft that was found."""
    saved, until = moment(scene.kept.saved_at), day(scene.kept.until)
    return views.ResumeView(one.name.of(journey.language), saved, until)
