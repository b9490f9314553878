"""The words of the pages: there is one in both languages for all that a terminal can tell."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import kiosk
from drivers.device import Advice, DeviceKind, PrintEvidence, Status, slug
from fleet.presence import Verdict
from fleet.web.pages import MOODS, TONES, told
from fleet.web.words import LANGUAGES, WORDS, words
from kiosk.core import cases
from kiosk.core.staff import HOLDS_PAPER, Role
from kiosk.core.views.whole import Body, Frame, View
from kiosk.services import payload
from kiosk.services.platform.decisions import POSSIBLE
from kiosk.services.signed import Reason

TELLERS = ("report.tell", "._report", "._happened")
"""How calls end that tell the fleet of an event."""

EVIDENCE = {evidence.value for evidence in PrintEvidence}
WISHES = {
    f"{name}_{outcome.__name__.lower()}"
    for name, kind in payload.KINDS.items()
    if kind is not cases.Rating  # it is sent and nothing comes back
    for outcome in (*POSSIBLE[kind], cases.Kept)
}
COMPUTED = {
    "{payload.kind(effect.wish)}_{type(outcome).__name__.lower()}": WISHES,
    "print_{outcome.evidence.value}": {f"print_{one}" for one in EVIDENCE},
    "sheets_{outcome.evidence.value}": {f"sheets_{one}" for one in EVIDENCE},
    "{role.value}_in": {f"{role}_in" for role in Role},
    "{kind.value}_refilled": {f"{kind}_refilled" for kind in HOLDS_PAPER},
    "sheets_{name}": {f"sheets_{one}" for one in (*EVIDENCE, "refused")},
}
"""The names that are put together, as the code writes them, and what comes of them."""
PASSED_ON = "event.replace('.', '_')"  # by the catalogue's own teller


def _events() -> Iterator[str]:
    """Every name of an event that the code of the terminal tells."""
    for path in Path(kiosk.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from _told_in(function)


def _told_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    given = {
        target.id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in ast.walk(function):
        if not isinstance(call, ast.Call) or not call.args:
            continue
        if ast.unparse(call.func).endswith(TELLERS):
            first = call.args[0]
            yield from _names(given.get(first.id, first) if isinstance(first, ast.Name) else first)


def _names(value: ast.expr) -> Iterator[str]:
    match value:
        case ast.Constant(value=str(name)):
            yield name.replace(".", "_")  # as the log has it
        case ast.JoinedStr():
            yield from COMPUTED[ast.unparse(value).removeprefix("f").strip("'\"")]
        case _:
            assert ast.unparse(value) == PASSED_ON, f"who tells {ast.unparse(value)}?"


def _screens() -> set[str]:
    frame = object.__new__(Frame)
    return {View(frame, object.__new__(body)).name for body in get_args(Body)}


CLOSED = {
    "event": set(_events()),
    "reason": {reason.value for reason in Reason},
    "screen": _screens(),
    "kind": {kind.value for kind in DeviceKind},
    "advice": {advice.value for advice in Advice},
    "device": {slug(object.__new__(status)) for status in get_args(Status)},
    "verdict": {verdict.value for verdict in Verdict},
}


@pytest.mark.parametrize("what", CLOSED)
def test_all_that_can_be_told_has_words_and_nothing_else(what: str) -> None:
    """A new event, screen or device does not reach the page as a code, nor does an old one stay."""
    assert {key.partition(".")[2] for key in WORDS if key.startswith(f"{what}.")} == CLOSED[what]


def test_words_are_there_in_both_languages_with_the_same_places() -> None:
    """Neither is empty, and what is put into the one is put into the other."""
    for key, both in WORDS.items():
        assert all(both), key
        places = [[place for _, place, _, _ in string.Formatter().parse(each)] for each in both]
        assert places[0].count("") == places[1].count(""), key


def test_colours_are_for_what_there_is() -> None:
    """No event and no state has a colour that never comes up."""
    assert set(TONES) <= CLOSED["event"]
    assert set(MOODS) <= CLOSED["device"]


def test_the_fault_of_a_catalogue_is_told_with_what_staff_needs() -> None:
    """Which one and why, in words; a fact that is for machines alone is left out."""
    facts = {"reason": "unknown_key", "digest": "0123456789ab", "screen": "identifying"}
    said = {language: told(facts, words(language)) for language in LANGUAGES}
    assert said["zh-CN"] == ["签名的密钥不受信任", "摘要 0123456789ab"]
    assert said["en"] == ["no key that is trusted signed it", "digest 0123456789ab"]
    assert told({"reason": "of_later_days"}, words("en")) == ["of_later_days"]
