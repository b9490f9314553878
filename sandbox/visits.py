"""What people do at a terminal, as scripts of real touches: each a whole visit, first to last."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

import click

from kiosk.core import views
from kiosk.core.catalogue import FieldKind, Language
from kiosk.core.views import View
from sandbox import staff
from sandbox.platform.offer import PROOF_CODE
from sandbox.play import Player, VisitError

Script = Callable[[Player], None]
B = TypeVar("B")

NEWBORN = "newborn"
WAVES = tuple(
    [(0.15 + 0.7 * n / 24, row + 0.1 * math.sin(n)) for n in range(25)] for row in (0.35, 0.65)
)
"""A signature: two lines of waves, in shares of the field."""


def proof(player: Player) -> None:
    """A proof of insurance and a receipt for wang, who rates the service and goes."""
    _begin(player)
    player.touch(f"tile:{PROOF_CODE}", "notice")
    player.touch("continue", "identify")
    player.world("card wang", "review")
    player.world("platform slow 1", "review")  # long enough to see what a resident sees meanwhile
    player.touch("continue", "working")
    player.wait("issued", _drawn)
    player.world("platform off", "issued")
    player.touch("print", "issued", _printed)
    player.world("card lift", "issued")
    _rate_and_go(player)


def newborn(player: Player) -> None:
    """Everything for a newborn child of li's in one go: typed, scanned, signed and sent by post."""
    _begin(player)
    player.touch("bundles", "listing")
    player.touch(f"tile:{NEWBORN}", "notice")
    player.touch("continue", "identify")
    player.world("card li", "consent")
    player.world("card lift", "consent")
    player.touch("continue", "promise")
    player.touch("continue", "question", _asks(FieldKind.CHOICE))
    _answer_for_the_child(player)
    player.touch("pick:scan", "scan")
    player.world("page a4", "scan", _taken)
    player.world("page lift", "scan")
    player.touch("continue", "question")
    _have_it_sent(player)
    player.touch("continue", "signature")
    player.sign(WAVES, "accepted")
    player.number = _body(player, views.AcceptedView).case_number
    player.touch("print", "accepted", _printed)
    _rate_and_go(player)


def _answer_for_the_child(player: Player) -> None:
    player.touch("pick:1", "question", _asks(FieldKind.TEXT))
    _write(player, ("lile", "李乐"), "li le")
    player.touch("continue", "question", _asks(FieldKind.CHOICE))
    player.touch("pick:female", "question", _asks(FieldKind.DATE))
    player.pick_day("2026-11-20")
    player.touch("continue", "question", _asks(FieldKind.TEXT))
    _write(player, ("renmin", "人民"), "example hospital")
    player.touch("continue", "question", _asks(FieldKind.CHOICE))
    player.touch("pick:father", "question", _asks(FieldKind.NUMBER))
    player.type("0")
    player.touch("continue", "question", _offers("rural"))
    player.touch("pick:rural", "provide")


def _have_it_sent(player: Player) -> None:
    player.touch("pick:express", "question", _asks(FieldKind.ADDRESS))
    for depth, region in enumerate(("990000000000", "990001000000", "990001005000"), start=1):
        player.touch(f"pick:{region}", "question", _at_depth(depth))
    player.type("8")
    _write(player, ("hao", "号"), " east gate street")
    player.touch("continue", "review")


def complaint(player: Player) -> None:
    """Somebody says what was wrong, leaves no telephone number, and takes the receipt along."""
    _begin(player)
    player.touch("services", "home")
    player.touch("service:complaint", "question", _asks(FieldKind.CHOICE))
    player.touch("pick:slow", "question", _asks(FieldKind.LONG_TEXT))
    _write(player, ("taiman", "太慢"), "three weeks and no answer")
    player.touch("continue", "question", _asks(FieldKind.PHONE))
    player.touch("decline", "noted")
    player.number = _body(player, views.NotedView).number
    player.touch("print", "noted", _printed)
    player.touch("continue", "home")
    player.touch("leave", "farewell")
    _go(player)


def certificate(player: Player) -> None:
    """An e-certificate of wang's is looked at and printed on paper."""
    _begin(player)
    player.touch("services", "home")
    player.touch("service:certificates", "identify")
    player.world("card wang", "certificates")
    player.world("card lift", "certificates")
    first = _body(player, views.CertificatesView).certificates[0]
    player.touch(f"pick:{first.number}", "certificate", _drawn)
    player.touch("print", "certificate", _printed)
    player.touch("continue", "certificates")
    player.touch("leave", "farewell")
    _go(player)


def progress(player: Player) -> None:
    """What has become of what an earlier visit asked for, by the number of its receipt."""
    if player.number is None:
        raise VisitError("there is no number to ask for; play another visit before, as newborn")
    _begin(player)
    player.touch("services", "home")
    player.touch("service:affairs", "ask_how")
    player.touch("pick:number", "question", _asks(FieldKind.TEXT))
    player.type(player.number)
    player.touch("continue", "complaint" if player.number.startswith("TS") else "case")
    player.touch("leave", "attract")


VISITS: Mapping[str, Script] = MappingProxyType(
    {
        "proof": proof,
        "newborn": newborn,
        "complaint": complaint,
        "certificate": certificate,
        "progress": progress,
        "attendant": staff.attendant,
        "technician": staff.technician,
    }
)
"""By the name on the command line."""

visits_option = click.option(
    "--visit",
    "visits",
    type=click.Choice([*VISITS]),
    multiple=True,
    default=["proof"],
    show_default=True,
    help="What is played; several, one after the other. The visit progress needs one before it.",
)
"""The option that chooses among them."""


# --- what every visit does ---


def _begin(player: Player) -> None:
    player.begin("attract")
    player.touch("start", "home")
    if player.language is not Language.CHINESE:
        player.touch(f"language:{player.language}", "home", _reads(player.language))


def _rate_and_go(player: Player) -> None:
    player.touch("continue", "rating")
    player.touch("rate:5", "rating", _chosen)
    player.wait("farewell")
    _go(player)


def _go(player: Player) -> None:
    player.touch("continue", "attract")


def _write(player: Player, chinese: tuple[str, str], english: str) -> None:
    """A word: by pinyin where the keys spell, else letter by letter."""
    if player.language is Language.CHINESE:
        player.spell(*chinese)
    else:
        player.type(english)


# --- what a screen is waited for ---


def _body(player: Player, kind: type[B]) -> B:
    body = player.view.body
    if not isinstance(body, kind):
        raise VisitError(f"{player.view.name} is on")
    return body


def _reads(language: Language) -> Callable[[View], bool]:
    return lambda view: view.frame.language is language


def _asks(kind: FieldKind) -> Callable[[View], bool]:
    return lambda view: isinstance(view.body, views.QuestionView) and view.body.kind is kind


def _offers(code: str) -> Callable[[View], bool]:
    """A question is asked that has this answer."""
    return lambda view: code in {one.code for one in getattr(view.body, "options", ())}


def _at_depth(depth: int) -> Callable[[View], bool]:
    """So many regions of an address are chosen."""
    return lambda view: isinstance(view.body, views.QuestionView) and len(view.body.path) == depth


def _drawn(view: View) -> bool:
    return getattr(view.body, "picture", None) is not None


def _printed(view: View) -> bool:
    return isinstance(getattr(view.body, "print", None), views.PrintDone)


def _taken(view: View) -> bool:
    return isinstance(view.body, views.ScanView) and view.body.pages > 0 and not view.body.watching


def _chosen(view: View) -> bool:
    return isinstance(view.body, views.RatingView) and view.body.given
