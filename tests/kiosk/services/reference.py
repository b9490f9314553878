"""Wishes for the reference platform, and what is done with them again and again."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import numpy as np

from drivers.cameras.opencv import cv2
from drivers.device import Point, Signature
from kiosk.core.cases import (
    Application,
    Issued,
    Provided,
    Supplement,
    Way,
    Wish,
)
from kiosk.core.identity import Person
from kiosk.core.inquiries import (
    Affairs,
    FindAffairs,
)
from kiosk.core.sheet import Sheet
from kiosk.services.platform import (
    HttpPlatform,
    Sending,
)
from sandbox.devices.drawn_face import DrawnFace, draw_face, finished
from sandbox.platform.offer import PROOF_CODE
from tests.kiosk.services.paper_office import page

ACCOUNT = "990100500700"  # changing the account a pension is paid into: answers, a page, signed
SIGNATURE = Signature((tuple(Point(x, x // 2, x) for x in range(0, 6000, 500)),), 12_000, 6_000)


def proof_for(applicant: Person) -> Application:
    """An application for what is issued at once."""
    return Application(PROOF_CODE, (PROOF_CODE,), applicant)


def account_of(applicant: Person) -> Application:
    """An application with answers, a page and a signature, to be decided later."""
    answers = Sheet(
        {"new_bank_name": "示例银行", "new_bank_account": "6200009900001", "phone": "13900000000"}
    )
    return Application(
        ACCOUNT,
        (ACCOUNT,),
        applicant,
        answers=answers,
        materials=(Provided("bank_book", Way.SCAN, (page(b"\xff\xd8\xff bank book"),)),),
        signature=SIGNATURE,
    )


def sent(wish: Wish) -> Sending:
    """A wish as it is sent now."""
    return Sending(wish, "HY0001-261123-48017-K", datetime.now(UTC), "HY0001")


def fresh() -> str:
    """A key that was never used."""
    return str(uuid4())


async def hand_in(http: HttpPlatform, wish: Application | Supplement) -> None:
    """Its pages, as intents do it."""
    for one in (one for material in wish.materials for one in material.pages):
        await http.store_file(one)


async def certificate_of(http: HttpPlatform, proof: Application) -> Issued:
    """A certificate that was just issued."""
    issued = await http.deliver(sent(proof), fresh())
    assert isinstance(issued, Issued)
    return issued


async def affairs(http: HttpPlatform, inquiry: FindAffairs) -> Affairs:
    """What has become of something."""
    reply = await http.consult(inquiry)
    assert isinstance(reply, Affairs)
    return reply


def photo_of(who: str | None) -> bytes:
    """What a face camera takes of a resident; of a wall for None."""
    canvas = np.full((960, 720, 3), 205.0, np.float32)
    if who is not None:
        draw_face(canvas, DrawnFace(who))
    good, jpeg = cv2.imencode(".jpg", finished(canvas))
    assert good
    return jpeg.tobytes()
