"""What an intent remembers while it is pending, as bytes to be sealed and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from drivers.device import CardKind, Personal, Sex
from kiosk.core.cases import Application, Rating
from kiosk.core.catalogue import Language
from kiosk.core.identity import Person


@dataclass(frozen=True, slots=True, repr=False)
class _ClearApplication:
    """An application with its personal texts in the open, on the way into or out of a seal."""

    item_code: str
    language: Language
    name: str
    id_number: str
    sex: Sex
    birth_date: date
    document: CardKind
    valid_until: date | None
    address: str | None


_APPLICATION = TypeAdapter(_ClearApplication)
_RATING = TypeAdapter(Rating)


def of_application(application: Application) -> bytes:
    """An application as bytes; they are personal and go nowhere but into a seal."""
    person = application.applicant
    return _APPLICATION.dump_json(
        _ClearApplication(
            item_code=application.item_code,
            language=application.language,
            name=person.name.reveal(),
            id_number=person.id_number.reveal(),
            sex=person.sex,
            birth_date=person.birth_date,
            document=person.document,
            valid_until=person.valid_until,
            address=person.address.reveal() if person.address else None,
        )
    )


def to_application(clear: bytes) -> Application:
    """The application that was made bytes; ValueError when these are none."""
    kept = _APPLICATION.validate_json(clear)
    person = Person(
        name=Personal(kept.name),
        id_number=Personal(kept.id_number),
        sex=kept.sex,
        birth_date=kept.birth_date,
        document=kept.document,
        valid_until=kept.valid_until,
        address=Personal(kept.address) if kept.address else None,
    )
    return Application(kept.item_code, person, kept.language)


def of_rating(rating: Rating) -> bytes:
    """A rating as bytes."""
    return _RATING.dump_json(rating)


def to_rating(clear: bytes) -> Rating:
    """The rating that was made bytes; ValueError when these are none."""
    return _RATING.validate_json(clear)
