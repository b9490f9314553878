"""What can be wrong with an item, each of its members being right by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.core.catalogue.faults import Wrong
from kiosk.core.catalogue.form_checks import of_condition, of_form
from kiosk.core.catalogue.item import (
    Audience,
    Fee,
    Handling,
    IdentityLevel,
    Material,
    Necessity,
    ResultKind,
    ServiceItem,
)


def of_item(item: ServiceItem) -> Iterator[Wrong]:
    """What is wrong with one item, apart from what it refers to elsewhere."""
    yield from _of_times(item)
    yield from _of_fee(item.fee)
    yield from _of_people(item)
    yield from _twice("delivery", item.delivery)
    yield from of_form(item.form)
    yield from _of_materials(item)


def _of_times(item: ServiceItem) -> Iterator[Wrong]:
    promised = item.promised_days
    if promised > item.statutory_days:
        what = f"{promised} working days promised, {item.statutory_days} allowed by law"
        yield Wrong("promised_days", what, "promise no more than statutory_days")
    if item.handling is Handling.PROMISED and promised == 0:
        what = "a promised item (承诺件) without a promised time"
        yield Wrong("promised_days", what, 'write how many working days, or set handling to "1"')
    if item.handling is Handling.INSTANT and promised > 0:
        what = f"handled at once (即办件), and {promised} working days promised"
        yield Wrong("promised_days", what, 'write 0, or set handling to "2"')
    if item.result is ResultKind.CERTIFICATE and promised > 0:
        what = f"a certificate is issued at once, and {promised} working days are promised"
        yield Wrong("promised_days", what, 'write 0, or set result to "case"')


def _of_fee(fee: Fee) -> Iterator[Wrong]:
    if fee.yuan is None and fee.basis is not None:
        yield Wrong("fee.basis", "a basis for no fee", "leave it out, or write yuan")
    if fee.yuan is not None and fee.basis is None:
        yield Wrong("fee.basis", "a fee without basis", "say on what basis it is charged")
    if fee.yuan is not None and not fee.yuan.strip("0."):
        yield Wrong("fee.yuan", "a fee of nothing", "leave the fee out: the item is free then")


def _of_people(item: ServiceItem) -> Iterator[Wrong]:
    yield from _twice("audience", item.audience)
    yield from _twice("agents", item.agents)
    for agent in item.agents:
        if agent not in item.audience:
            what = f"may be applied for on behalf of a {agent}, for whom it is not"
            yield Wrong("agents", what, f"add {agent} to audience, or leave it out here")
    if item.identity is IdentityLevel.NONE:
        for member, what in _needs_somebody(item):
            advice = 'set identity to "document" or "face", or change this'
            yield Wrong(member, f"{what}, and nobody is asked who they are", advice)


def _needs_somebody(item: ServiceItem) -> Iterator[tuple[str, str]]:
    """What makes no sense for somebody unknown."""
    if item.result is ResultKind.CERTIFICATE:
        yield "result", "a certificate needs a holder"
    if item.agents:
        yield "agents", "somebody acts for another"
    if item.audience == (Audience.ENTERPRISE,):
        yield "audience", "only enterprises may apply"
    if item.commitment is not None:
        yield "commitment", "somebody has to promise"
    if item.signature:
        yield "signature", "somebody has to sign"
    if item.youngest > 0:
        yield "youngest", "an age is asked for"


def _of_materials(item: ServiceItem) -> Iterator[Wrong]:
    asked = {question.key: question for question in item.form}
    seen: set[str] = set()
    for at, material in enumerate(item.materials):
        where = f"materials[{at}]"
        if material.code in seen:
            what = f"{material.code} is needed twice"
            yield Wrong(f"{where}.code", what, "make one of them, or give the other its own code")
        seen.add(material.code)
        yield from _of_material(where, material)
        yield from of_condition(where, material.when, asked)
        if material.promised and item.commitment is None:
            what = "a commitment is to replace it, and there is none"
            yield Wrong(f"{where}.promised", what, "add the item's commitment, or leave this out")


def _of_material(where: str, material: Material) -> Iterator[Wrong]:
    deferrable = material.necessity is Necessity.DEFERRABLE
    if deferrable and material.deferral_days is None:
        what = "it may follow (容缺后补), and it is not said until when"
        yield Wrong(f"{where}.deferral_days", what, "write how many working days")
    if not deferrable and material.deferral_days is not None:
        what = "days to follow for a material that may not follow"
        yield Wrong(f"{where}.deferral_days", what, 'leave it out, or set necessity to "3"')


def _twice(member: str, listed: Sequence[str]) -> Iterator[Wrong]:
    if len(set(listed)) < len(listed):
        yield Wrong(member, "the same is there twice", "leave one out")
