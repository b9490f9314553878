"""Who is there: all readers wait at once, and the first that has something ends the others."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import structlog

from drivers.device import (
    NO_BIRTH_DATE,
    Advice,
    BarcodeScanner,
    DeviceKind,
    IdCard,
    Personal,
    SocialCardReader,
    SocialSecurityCard,
)
from drivers.errors import CardError, DeviceError, TransportError
from kiosk.core import effects, events
from kiosk.core.identity import Document, Means, Person
from kiosk.services.card_rest import LEFT, CardRest
from kiosk.services.hands.tools import Equipment, Tools
from kiosk.services.terminal import Post

log = structlog.get_logger(__name__)

WAIT = 5.0  # seconds of one wait, so that a reader's health is seen in between
REMOVAL = 300.0  # seconds to take out a card that was no good: after that it was left behind
AGAIN = 1.0  # seconds after which a reader that heard noise waits again

Read = Callable[[], Awaitable[Person | Personal]]
"""Reads what is there: a person, or a code of which the platform knows whose it is."""


class Reader(Protocol):
    """Something that a resident shows something to."""

    kind: DeviceKind

    async def wait(self) -> Read:
        """As soon as something is there: what reads it. Raises DeviceError."""
        ...


@dataclass(frozen=True, slots=True)
class _Found:
    means: Means
    read: Read


@dataclass(frozen=True, slots=True)
class _Failed:
    means: Means
    error: DeviceError


class Identities:
    """Waits for cards and codes. A reader that is lost while others wait ends no waiting."""

    def __init__(self, tools: Tools) -> None:
        self._devices = tools.devices
        self._sleep = tools.sleep
        self._readers = _readers(tools.equipment)

    async def read(self, effect: effects.ReadIdentity, post: Post) -> None:
        """CardPlaced, then Identified, CodeShown or ReadFailed."""
        match await self._first(effect.means):
            case _Found(means, read):
                post(events.CardPlaced(effect.visit, means))
                await self._read(effect.visit, means, read, post)
            case _Failed(means, error):
                post(events.ReadFailed(effect.visit, means, error.fault))
            case None:
                pass  # there is no reader at all

    async def _read(self, visit: int, means: Means, read: Read, post: Post) -> None:
        try:
            said = await read()
        except DeviceError as error:
            self._note(means, error)
            post(events.ReadFailed(visit, means, error.fault))
            return
        match said:
            case Person():
                post(events.Identified(visit, said))
            case Personal():
                post(events.CodeShown(visit, said))

    async def _first(self, means: frozenset[Means]) -> _Found | _Failed | None:
        """The first of the means that has something; how the last one failed; None without any."""
        waits = {self._wait(one): one for one in means if one in self._readers}
        failed: _Failed | None = None
        try:
            while waits:
                done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    one = waits.pop(task)
                    try:
                        return _Found(one, task.result())
                    except CardError as error:  # something is there, and it is no good
                        return _Failed(one, error)
                    except DeviceError as error:
                        failed = _Failed(one, error)
                        self._note(one, error)
                        if waits and error.fault.advice is Advice.RETRY:  # noise, not its end
                            waits[self._wait(one, after=AGAIN)] = one
            return failed
        finally:
            for task in waits:
                task.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    def _wait(self, means: Means, *, after: float = 0.0) -> asyncio.Task[Read]:
        async def wait() -> Read:
            if after:
                await self._sleep(after)
            return await self._readers[means].wait()

        return asyncio.create_task(wait(), name=f"wait-{means}")

    def _note(self, means: Means, error: DeviceError) -> None:
        kind = self._readers[means].kind
        if isinstance(error, TransportError):
            self._devices.note_failure(kind, error.fault)
        else:
            log.warning("reader.failed", device=kind.value, fault=error.fault.code)


# --- the readers ---


def _readers(equipment: Equipment) -> dict[Means, Reader]:
    readers: dict[Means, Reader] = {}
    if equipment.id_cards is not None:
        readers[Means.ID_CARD] = IdCards(equipment.id_cards)
    if equipment.social_cards is not None:
        readers[Means.SOCIAL_CARD] = SocialCards(equipment.social_cards)
    if equipment.codes is not None:
        readers[Means.CODE] = Codes(equipment.codes)
    return readers


class IdCards:
    """ID cards, laid on the reader; one that was left behind is read once it was lifted."""

    kind = DeviceKind.ID_CARD_READER

    def __init__(self, rest: CardRest) -> None:
        self._rest = rest
        self._refused = False

    async def wait(self) -> Read:
        """As soon as a card is there; of one that was left behind CardError tells, once."""
        if self._refused:
            await self._lifted()
        elif not await self._rest.lifted(0):
            self._refused = True
            raise CardError(LEFT)
        while not await self._rest.reader.wait_for_card(WAIT):
            pass
        return self._read

    async def _lifted(self) -> None:
        try:
            while not await self._rest.lifted(WAIT):
                pass
        finally:  # whoever asks again after this was broken off has not been told
            self._refused = False

    async def _read(self) -> Person:
        return of_id_card(await self._rest.reader.read_card())


class SocialCards:
    """Social security cards, put into the slot; one that was no good is not read again there."""

    kind = DeviceKind.SOCIAL_CARD_READER

    def __init__(self, reader: SocialCardReader) -> None:
        self._reader = reader
        self._refused = False

    async def wait(self) -> Read:
        """As soon as a card is there."""
        if self._refused:
            self._refused = not await self._reader.wait_for_removal(REMOVAL)
        while not await self._reader.wait_for_card(WAIT):
            pass
        return self._read

    async def _read(self) -> Person:
        try:
            return of_social_card(await self._reader.read_card())
        except CardError:
            self._refused = True
            raise


class Codes:
    """Codes of electronic identities, held before the scanner."""

    kind = DeviceKind.BARCODE_SCANNER

    def __init__(self, scanner: BarcodeScanner) -> None:
        self._scanner = scanner

    async def wait(self) -> Read:
        """As soon as a code was shown that is young enough to be sent."""
        while True:
            code = await self._scanner.scan(WAIT)
            if code is not None and not code.expired(time.monotonic()):
                return _known(code.payload)


def _known(code: Personal) -> Read:
    async def read() -> Personal:
        return code

    return read


# --- what they say ---


def of_id_card(card: IdCard) -> Person:
    """The person an ID card speaks of; the photo and the rest are left on the card."""
    return Person(
        name=card.name,
        id_number=card.id_number,
        sex=card.sex,
        birth_date=card.birth_date,
        document=Document(card.kind),
        valid_until=card.valid_until,
        address=card.address,
    )


def of_social_card(card: SocialSecurityCard) -> Person:
    """The person a social security card speaks of; CardError where it knows no date of birth."""
    born = card.birth_date or _birth_date(card.social_security_number)
    if born is None:
        raise CardError(NO_BIRTH_DATE)
    return Person(
        name=card.name,
        id_number=card.social_security_number,
        sex=card.sex,
        birth_date=born,
        document=Document.SOCIAL_CARD,
        valid_until=card.valid_until,
    )


def _birth_date(number: Personal) -> date | None:
    """The date within a citizen's number (GB 11643); None in another one."""
    text = number.reveal()
    try:
        return date.fromisoformat(text[6:14]) if len(text) == 18 else None
    except ValueError:
        return None
