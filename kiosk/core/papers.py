"""Which materials a visit still needs, and how each may be brought."""

from __future__ import annotations

from datetime import date

from kiosk.core import availability
from kiosk.core.acting import principal
from kiosk.core.cases import HeldCertificate, Provided, Way
from kiosk.core.catalogue import Material, Necessity, Source, Text
from kiosk.core.identity import Authority
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey, Visit

AUTHORISATION = Material(
    code="authorisation",
    name=Text("授权委托书", "Letter of authorisation"),
    source=Source.OWN,
    necessity=Necessity.REQUIRED,
    note=Text(
        "写明委托谁办什么事，由委托人签字或盖章。",
        "It says who is entrusted with what, signed or sealed by whoever entrusts.",
    ),
)


def needed(visit: Visit) -> tuple[Material, ...]:
    """Every material that applies, without those for which a commitment stands."""
    if visit.matter is None:
        return ()
    acting = principal(visit.sheet)
    letter = acting is not None and acting.authority is Authority.ENTRUSTED
    listed = (*visit.matter.materials, *((AUTHORISATION,) if letter else ()))
    return tuple(m for m in listed if _applies(m, visit) and not replaced(m, visit))


def replaced(material: Material, visit: Visit) -> bool:
    """Whether commitments that were made stand for it, in every item that needs it."""
    items = visit.matter.items if visit.matter else ()
    wanting = [(i.code, m) for i in items for m in i.materials if m.code == material.code]
    return bool(wanting) and all(m.promised and code in visit.promised for code, m in wanting)


def by_hand(visit: Visit, today: date) -> tuple[Material, ...]:
    """Those that no e-certificate spares whoever applies."""
    there = with_held(visit, today)
    return tuple(
        material
        for material in needed(visit)
        if material.code not in there or there[material.code].way is not Way.HELD
    )


def pending(visit: Visit, today: date) -> tuple[Material, ...]:
    """Those that nobody holds, has brought, deferred or declined yet."""
    done = {*with_held(visit, today), *visit.skipped}
    return tuple(material for material in needed(visit) if material.code not in done)


def deferred(visit: Visit) -> tuple[Material, ...]:
    """Those that will follow."""
    return tuple(
        m
        for m in needed(visit)
        if (brought := visit.provided.get(m.code)) and brought.way is Way.LATER
    )


def brought(visit: Visit, today: date) -> tuple[Provided, ...]:
    """How each material of the matter was brought, with the commitments that stand for some."""
    there = with_held(visit, today)
    one_by_one = (there[m.code] for m in needed(visit) if m.code in there)
    listed = visit.matter.materials if visit.matter else ()
    promised = (Provided(m.code, Way.PROMISED) for m in listed if replaced(m, visit))
    return (*one_by_one, *promised)


def serving(material: Material, visit: Visit, today: date) -> HeldCertificate | None:
    """The e-certificate that would serve, valid or not; a valid one before others."""
    kinds = [held for held in visit.held if held.kind == material.certificate]
    return max(kinds, key=lambda held: (held.valid(today), held.issued_on), default=None)


def with_held(visit: Visit, today: date) -> dict[str, Provided]:
    """What was provided, and every material for which a valid e-certificate is at hand."""
    found = dict(visit.provided)
    for material in needed(visit):
        held = serving(material, visit, today)
        if material.code not in found and held is not None and held.valid(today):
            found[material.code] = Provided(material.code, Way.HELD, certificate=held.number)
    return found


def ways(journey: Journey, material: Material) -> dict[Way, Trouble | None]:
    """The ways open for a material, each with what keeps it from being taken now."""
    open_to: dict[Way, Trouble | None] = {
        Way.SCAN: availability.why_no_scan(journey.devices),
        Way.PHONE: None if journey.platform_reachable else Trouble.PLATFORM_AWAY,
    }
    if material.deferral_days is not None and material.necessity is Necessity.DEFERRABLE:
        open_to[Way.LATER] = None
    return open_to


def _applies(material: Material, visit: Visit) -> bool:
    when = material.when
    return when is None or visit.sheet.of(when.key) in when.among
