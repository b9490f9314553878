"""Real touches on a real window, through the bridge to the core's side."""

from __future__ import annotations

import queue
import time
from typing import Any, Protocol

import pytest

from kiosk.core.catalogue import Language
from kiosk.core.troubles import Trouble
from screens import texts
from screens.words import words

CODE = "000000000001"
CASE = "99000020260115000041"
HELD = "YLCB-2026-00001042"
TILE = f"Choose(code='{CODE}')"


class Stage(Protocol):
    """What conftest's stage offers."""

    intents: queue.Queue[dict[str, str]]

    def ask(self, do: str, **words: object) -> Any:  # noqa: ANN401 - what JSON holds
        """One line there, one line back."""

    def show(self, sample: str, language: str = ...) -> float:
        """Show a sample."""

    def tap(self, tag: str, times: int = ...) -> None:
        """Touch what is tagged so."""

    def tap_at(self, x: float, y: float, times: int = ...) -> None:
        """Touch a place."""

    def press(self, tag: str) -> None:
        """Lay a finger on what is tagged so."""

    def lift(self) -> None:
        """Take it away."""

    def next_intent(self) -> str:
        """What was asked for next."""


@pytest.mark.parametrize(
    ("sample", "tag", "intent"),
    [
        ("attract", "start", "Start(spoken=False)"),
        ("attract", "anywhere", "Start(spoken=False)"),
        ("attract-announced", "announcement:000000000001", "Choose(code='000000000001')"),
        ("attract-announced", "announcement:p", "Want(purpose=<Purpose.POLICIES: 'policies'>)"),
        ("attract-announced-one", "announcement:", "Start(spoken=False)"),
        ("home-again-label", "label:elder", "Browse(group='elder')"),
        ("home", f"tile:{CODE}", TILE),
        ("home", "leave", "Leave()"),
        ("home", "help", "CallHelp()"),
        ("home", "language:en", "Speak(language=<Language.ENGLISH: 'en'>)"),
        ("home", "search", "Find(query='')"),
        ("home", "bundles", "Browse(group=None)"),
        ("listing", f"tile:{CODE}", TILE),
        ("search-hits", f"tile:{CODE}", TILE),
        ("search-policy", "tile:p", "Want(purpose=<Purpose.POLICIES: 'policies'>)"),
        ("notice-long", "pick:others", "Pick(code='others')"),
        ("ask_how", "pick:document", "Pick(code='document')"),
        ("ask_how", "pick:number", "Pick(code='number')"),
        ("resume", "continue", "Continue()"),
        ("resume", "decline", "Decline()"),
        ("face_check-asks", "continue", "Continue()"),
        ("face_check-asks", "decline", "Decline()"),
        ("face_check-face_not_seen", "retry", "Retry()"),
        ("consent", "continue", "Continue()"),
        ("consent", "decline", "Decline()"),
        ("question-choice", "pick:option1", "Pick(code='option1')"),
        ("question-choice-chosen", "continue", "Continue()"),
        ("question-choice-chosen", "decline", "Decline()"),
        ("question-yes_no", "pick:no", "Pick(code='no')"),
        ("question-address-within", "pick:option0", "Pick(code='option0')"),
        ("question-address-within", "up", "Back()"),
        ("question-text-typed", "continue", "Continue()"),
        ("notice", "continue", "Continue()"),
        ("notice", "back", "Back()"),
        ("review", "continue", "Continue()"),
        ("review", "not_me", "Decline()"),
        ("review-few", "pick:marital", "Pick(code='marital')"),
        ("issued-offered", "print", "Print()"),
        ("issued-offered", "continue", "Continue()"),
        ("issued-printed", "print", "Print()"),
        ("issued-printed", "continue", "Continue()"),
        ("issued-paper_out", "print", "Print()"),
        ("kept-no_paper", "continue", "Continue()"),
        ("kept-print_uncertain", "print", "Print()"),
        ("rating", "rate:5", "Rate(grade=<Grade.VERY_SATISFIED: 5>)"),
        ("rating", "rate:1", "Rate(grade=<Grade.VERY_DISSATISFIED: 1>)"),
        ("rating", "continue", "Continue()"),
        ("rating-poor", "pick:slow", "Pick(code='slow')"),
        ("rating-poor", "continue", "Continue()"),
        ("promise", "continue", "Continue()"),
        ("promise", "decline", "Decline()"),
        ("provide-later", "pick:scan", "Pick(code='scan')"),
        ("provide-later", "pick:phone", "Pick(code='phone')"),
        ("provide-later", "pick:later", "Pick(code='later')"),
        ("provide-optional", "decline", "Decline()"),
        ("scan-second", "continue", "Continue()"),
        ("scan-taken", "another", "Pick(code='another')"),
        ("scan-taken", "continue", "Continue()"),
        ("scan-page_refused", "retry", "Retry()"),
        ("upload-1", "continue", "Continue()"),
        ("deferral", "continue", "Continue()"),
        ("deferral", "decline", "Decline()"),
        ("accepted-offered", "print", "Print()"),
        ("accepted-offered", "continue", "Continue()"),
        ("noted-complaint", "continue", "Continue()"),
        ("affairs", f"pick:{CASE}", f"Pick(code='{CASE}')"),
        ("affairs-none", "continue", "Continue()"),
        ("case-owed", "pick:p0", "Pick(code='p0')"),
        ("case-owed", "continue", "Continue()"),
        ("case-review", "continue", "Continue()"),
        ("complaint-answered", "pick:yes", "Pick(code='yes')"),
        ("complaint-answered", "pick:no", "Pick(code='no')"),
        ("complaint-settled", "continue", "Continue()"),
        ("certificates", f"pick:{HELD}", f"Pick(code='{HELD}')"),
        ("certificate-offered", "print", "Print()"),
        ("certificate-offered", "continue", "Continue()"),
        ("policies", "pick:p1", "Pick(code='p1')"),
        ("policy", "continue", "Continue()"),
        ("copy", "scan", "Pick(code='scan')"),
        ("copy-some", "more", "Pick(code='more')"),
        ("copy-some", "fewer", "Pick(code='fewer')"),
        ("copy-some", "scan", "Pick(code='scan')"),
        ("copy-some", "print", "Print()"),
        ("copy-printed", "continue", "Continue()"),
        ("keep_draft", "continue", "Continue()"),
        ("keep_draft", "decline", "Decline()"),
        ("draft_kept", "continue", "Continue()"),
        ("farewell", "continue", "Continue()"),
        ("fault-card_unreadable", "retry", "Retry()"),
        ("fault-card_unreadable", "continue", "Continue()"),
        ("fault-refused", "continue", "Continue()"),
        ("still_there", "continue", "Continue()"),
        ("help", "continue", "Continue()"),
    ],
)
def test_a_touch_becomes_its_intent(stage: Stage, sample: str, tag: str, intent: str) -> None:
    """Each button asks the core for exactly what it says, on the core's own thread."""
    _settle(stage)
    stage.show(sample)
    stage.tap(tag)
    heard = stage.intents.get(timeout=5)
    if heard["intent"] == "Touched()":  # in a column that slides, a touch may become a slide first
        heard = stage.intents.get(timeout=5)
    assert heard == {"intent": intent, "thread": "core"}
    assert stage.intents.empty()


@pytest.mark.parametrize(
    ("first", "again", "tag"),
    [
        ("home", "home-again", "category:party"),
        ("home", "home-again-last", "label:farmer"),
        ("listing", "listing-again", "tile:000000000009"),
    ],
)
def test_who_comes_back_finds_the_page_again(
    stage: Stage, first: str, again: str, tag: str
) -> None:
    """The last of several pages is open where something of it was chosen, and not for the next."""
    stage.show("attract")
    stage.show(first)
    assert tag not in stage.ask("tags")
    stage.show("notice")
    stage.show(again)
    assert tag in stage.ask("tags")
    stage.show("attract")
    stage.show(first)
    assert tag not in stage.ask("tags")


def test_a_double_touch_asks_once(stage: Stage) -> None:
    """Two quick taps on one button are one intent."""
    _settle(stage)
    stage.show("still_there")
    stage.tap("continue", times=3)
    assert stage.next_intent() == "Continue()"
    _settle(stage)
    stage.tap("continue")
    assert stage.next_intent() == "Continue()"
    assert stage.intents.empty()


@pytest.mark.parametrize("sample", ["home", "listing", "search-hits"])
def test_a_view_that_comes_under_a_finger_takes_no_touch_away(stage: Stage, sample: str) -> None:
    """A printer is heard of between press and release: the tile is chosen all the same."""
    _settle(stage)
    stage.show(sample)
    stage.press(f"tile:{CODE}")
    _until(stage, "pressed", f"tile:{CODE}")
    stage.show(sample, "en")
    stage.lift()
    assert stage.next_intent() == TILE


@pytest.mark.parametrize("sample", ["home", "listing", "search-hits"])
def test_a_view_that_comes_with_a_touch_takes_it_not_away(stage: Stage, sample: str) -> None:
    """The same while a busy terminal draws its next frame late, and finds both before it."""
    _settle(stage)
    stage.show(sample)
    x, y = stage.ask("where", tag=f"tile:{CODE}")
    stage.ask("stall", seconds=0.5, sample=sample, language="en")
    stage.tap_at(x, y)
    assert stage.next_intent() == TILE


def test_a_touch_beside_everything_is_a_sign_of_life(stage: Stage) -> None:
    """Touching what does nothing tells the core that somebody is there, yet not at every touch."""
    _settle(stage)
    stage.show("working")
    x, y = (540, 1000)
    deadline = time.monotonic() + 10
    while stage.intents.empty():  # an earlier test may have given a sign of life just now
        assert time.monotonic() < deadline
        stage.tap_at(x, y)
    assert stage.next_intent() == "Touched()"
    stage.tap_at(x, y, times=2)
    stage.ask("texts")
    assert stage.intents.empty()


def test_what_cannot_be_done_cannot_be_touched(stage: Stage) -> None:
    """A barred item and a barred start are not among the targets, and a kept one says why."""
    stage.show("home-barred")
    assert f"tile:{CODE}" not in stage.ask("tags")
    assert "tile:000000000002" in stage.ask("tags")
    why = texts.TROUBLES[Trouble.READER_UNAVAILABLE].title
    assert words(Language.CHINESE)(why) in stage.ask("texts")
    stage.show("notice-barred")
    assert "continue" not in stage.ask("tags")


def test_language_changes_in_place(stage: Stage) -> None:
    """The same screen in the other language says nothing in the first one."""
    stage.show("still_there", "zh-CN")
    stage.show("still_there", "en")
    said = stage.ask("texts")
    assert "I am still here" in said
    assert "我还在" not in said


SECRETS = {
    "face_check-good": "很好，请稍等",
    "resume": "11月23日  星期一  10:05",
    "question-address-rest": "3组12号",
    "question-id_number": "990000 19460115 001X",
    "review": "某某某",
    "review-filled": "13800000000",
    "issued-offered": "99000020260115000042",
    "accepted-bundle": "99000020260115000041",
    "kept-offered": "BL20260115-0007",
    "affairs": "99000020260115000041",
    "case-owed": "99000020260115000042",
    "complaint-answered": "路灯已于昨天修好",
    "certificates": "养老保险参保证明",
    "certificate-offered": "YLCB-2026-00001042",
    "policy": "您已满 80 周岁",
    "keep_draft": "城乡居民基本养老保险参保证明",
    "provide-rejected": "第 2 页看不清",
    "scan-good": "居民户口簿",
    "upload-1": "居民户口簿",
}


@pytest.mark.parametrize("sample", SECRETS)
def test_nothing_of_a_visit_is_left(stage: Stage, sample: str) -> None:
    """Once another screen is on, no widget holds a text of the visit and no texture lives on."""
    stage.show(sample)
    assert stage.ask("left", text=SECRETS[sample])
    assert stage.ask("watch_textures")
    stage.show("attract")
    assert stage.ask("left", text=SECRETS[sample]) == []


def test_the_screen_shows_that_it_lives(stage: Stage) -> None:
    """The supervisor's heartbeat is never older than two seconds while the window works."""
    stage.show("attract")
    beat = stage.ask("beat")
    assert isinstance(beat, float)
    assert beat < 2


def test_lint_sees_what_is_too_small(stage: Stage) -> None:
    """A text below the least size is named."""
    stage.show("help", "en")
    assert stage.ask("faults") == []
    faults = stage.ask("faults", small="Who can help")
    assert faults == ["'Who can help you' is only 20 high"]


def _settle(stage: Stage) -> list[str]:
    """Let the pause after an intent pass, frames being drawn; what was asked for until then."""
    until = time.monotonic() + 0.65
    while time.monotonic() < until:
        stage.ask("tags")
    heard = []
    while not stage.intents.empty():
        heard.append(stage.next_intent())
    return heard


def _until(stage: Stage, do: str, what: str) -> None:
    """Wait until something is among the texts, the tags, or what is pressed."""
    deadline = time.monotonic() + 5
    while what not in stage.ask(do):
        assert time.monotonic() < deadline, f"no {what} among the {do}"


def test_what_is_announced_stands_there_again_after_a_visit(stage: Stage) -> None:
    """A visit wipes every screen; the first one tells the county's announcements anew."""
    stage.show("attract-announced")
    before = stage.ask("texts")
    stage.show("home")
    stage.show("attract-announced")
    assert stage.ask("texts") == before
