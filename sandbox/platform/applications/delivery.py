"""How a result is wanted: one of the ways that the item offers, and where to.

Written apart from the terminal's own questions, as the whole form is (form.py says why).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kiosk.core.catalogue import Choice, Delivery, Field, FieldKind, Text, When
from kiosk.core.matter import Matter
from sandbox.platform.applications import form

_LABEL = Text("怎么取", "How the result is wanted")
_BY_EXPRESS = When(key="delivery.way", among=(Delivery.EXPRESS,))
_EXPRESS = (
    Field(
        kind=FieldKind.ADDRESS,
        key="delivery.address",
        label=Text("寄到哪里", "Where it is to be sent"),
        longest=200,
        when=_BY_EXPRESS,
    ),
    Field(
        kind=FieldKind.PHONE,
        key="phone",
        label=Text("收件人的电话", "Telephone number for the courier"),
        when=_BY_EXPRESS,
    ),
)


def wrong(matter: Matter, answers: Mapping[str, str], today: date) -> list[Text]:
    """What is missing or can not be taken; without a word the result is electronic."""
    return form.wrong(_questions(matter), answers, today)


def listed(matter: Matter, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that say how it is wanted, as they are kept."""
    return form.listed(_questions(matter), answers)


def _questions(matter: Matter) -> tuple[Field, ...]:
    ways = matter.delivery or (Delivery.ELECTRONIC,)
    way = Field(
        kind=FieldKind.CHOICE,
        key="delivery.way",
        label=_LABEL,
        required=False,
        choices=tuple(Choice(code=one, label=_LABEL) for one in ways),
    )
    return (way, *_EXPRESS)
