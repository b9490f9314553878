"""The e-certificates that residents hold before they ever came to a terminal.

They follow from the records; some have run out or were revoked, as happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from drivers.device import CardKind
from kiosk.core.legal_time import BEIJING
from sandbox import records
from sandbox.platform.addresses import written
from sandbox.platform.certificates import desk
from sandbox.platform.certificates.desk import Content
from sandbox.platform.certificates.kinds import KINDS, Line
from sandbox.platform.codes import in_words
from sandbox.platform.messages import Fact
from sandbox.platform.office import Office
from sandbox.platform.registry import Transaction
from sandbox.residents import CHAN, LI, ON_RECORD, WANG, XIAO, YU, ZHAO, Resident

WRITTEN = time(9, 30)  # when offices write them


@dataclass(frozen=True, slots=True)
class Holding:
    """When one was issued, until when it counts, and whether it still does."""

    issued_on: date
    valid_until: date | None = None
    revoked: bool = False


# Beside what is on record for sharing: what a certificate alone states.
_MORE: Mapping[str, Mapping[str, str]] = {
    WANG.key: {"death.name": "周长庚", "death.day": "2026-08-20"},
    LI.key: {"education.school": "示例区第一高级中学"},
    CHAN.key: {"education.school": "示例师范学院"},
    XIAO.key: {"birth.mother": "李春草", "birth.hospital": "示例区妇幼保健院"},
    YU.key: {"birth.mother": "陈美玲", "birth.hospital": "示例区妇幼保健院"},
}

_CARDS = {
    CardKind.RESIDENT: "居民身份证",
    CardKind.HMT_RESIDENCE: "港澳台居民居住证",
    CardKind.FOREIGNER_2017: "外国人永久居留身份证",
    CardKind.FOREIGNER_2023: "外国人永久居留身份证",
}

_DAYS: Mapping[tuple[str, str], tuple[Holding, ...]] = {
    (WANG.key, "land_contract"): (Holding(date(1999, 1, 1), date(2028, 12, 31)),),
    (WANG.key, "death_certificate"): (Holding(date(2026, 8, 21)),),
    (WANG.key, "property_certificate"): (Holding(date(2019, 6, 3)),),
    (LI.key, "business_licence"): (
        Holding(date(2025, 10, 9)),
        Holding(date(2023, 3, 1), revoked=True),  # of before he moved the shop
    ),
    (LI.key, "degree_certificate"): (Holding(date(2016, 6, 20)),),
    (LI.key, "discharge_certificate"): (Holding(date(2026, 9, 1)),),
    (CHAN.key, "property_certificate"): (Holding(date(2021, 4, 18)),),
    (CHAN.key, "degree_certificate"): (Holding(date(1998, 7, 1)),),
    (CHAN.key, "marriage_certificate"): (Holding(date(2003, 5, 20)),),
    (XIAO.key, "birth_certificate"): (Holding(date(2011, 4, 12)),),
    (YU.key, "birth_certificate"): (Holding(date(2014, 6, 4)),),
    (ZHAO.key, "marriage_certificate"): (Holding(date(2003, 5, 20)),),
    (ZHAO.key, "disability_certificate"): (Holding(date(2016, 9, 1), date(2026, 8, 31)),),
}
_USUAL = (Holding(date(2022, 1, 10)),)


def register(office: Office) -> None:
    """Enters what every resident holds, where it was not entered before."""
    with office.registry.writing() as transaction:
        for who, resident in enumerate(ON_RECORD, start=1):
            for which, kind in enumerate(KINDS, start=1):
                for held in _holdings(resident, kind):
                    if content := _content(office, resident, kind, held.valid_until):
                        number = f"EC99{who:02}{which:02}{held.issued_on:%Y%m%d}"
                        _enter(office, transaction, number, content, held)


def _enter(
    office: Office, transaction: Transaction, number: str, content: Content, held: Holding
) -> None:
    if not desk.exists(transaction, number):
        issued_at = datetime.combine(held.issued_on, WRITTEN, BEIJING)
        desk.issue(office, transaction, number, content, issued_at)
        desk.revoke(transaction, number, revoked=held.revoked)


def _content(
    office: Office, resident: Resident, kind: str, valid_until: date | None
) -> Content | None:
    """What one states; None where nothing of it is on record."""
    known, what = _known(office, resident), KINDS[kind]
    if what.of not in known:
        return None
    return Content(
        kind=kind,
        title=_CARDS[resident.card.kind] if kind == "id_card" else what.title,
        holder=known["person.name"],
        holder_id=known["person.id_number"],
        issuer=what.issuer,
        facts=tuple(_facts(what.lines, known)),
        valid_until=valid_until,
    )


def _known(office: Office, resident: Resident) -> Mapping[str, str]:
    """What is on record; {} of whom nothing is."""
    shared = records.of(resident)
    if not shared:
        return {}
    issue = resident.issue
    card = {"social_card.number": issue.number} if issue else {}
    known = {**shared, **card, **_MORE.get(resident.key, {})}
    return {name: written(office.catalogue, value) for name, value in known.items() if value}


def _holdings(resident: Resident, kind: str) -> tuple[Holding, ...]:
    """When they were issued; of the cards as the cards themselves say."""
    card, social = resident.card, resident.social_card
    if kind == "id_card":
        return (Holding(card.valid_from, card.valid_until),)
    if kind == "social_security_card" and social and social.issued:
        return (Holding(social.issued, social.valid_until),)
    return _DAYS.get((resident.key, kind), _USUAL)


def _facts(lines: tuple[Line, ...], known: Mapping[str, str]) -> Iterator[Fact]:
    for line in lines:
        if value := known.get(line.record):
            yield Fact(label=line.label, value=in_words(line.record, value))
