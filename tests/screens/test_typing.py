"""Real touches on the keys: every letter counts, and none is left behind."""

from __future__ import annotations

import queue
import time
from typing import Any, Protocol

import pytest

from screens.gate import DOUBLE


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

    def next_intent(self) -> str:
        """What was asked for next."""


@pytest.fixture(autouse=True)
def nothing_typed(stage: Stage) -> None:
    """Each test begins with nobody there."""
    stage.show("attract")
    while not stage.intents.empty():
        stage.intents.get()


def typed(stage: Stage, keys: str) -> None:
    """Press keys as fast as a finger can be moved."""
    for key in keys:
        stage.tap(f"key:{key}")


def heard(stage: Stage, count: int) -> list[str]:
    """The next intents that ask for something."""
    found: list[str] = []
    while len(found) < count:
        intent = stage.next_intent()
        if intent != "Touched()":
            found.append(intent)
    return found


def seen(stage: Stage, do: str, what: str, *, there: bool = True) -> bool:
    """Whether something comes to be among the texts or tags, or goes; a touch takes a frame."""
    deadline = time.monotonic() + 5
    while (what in stage.ask(do)) is not there:
        if time.monotonic() > deadline:
            return False
    return True


def test_every_letter_is_looked_for(stage: Stage) -> None:
    """Letters that follow each other quickly all reach the core, in order."""
    stage.show("search")
    typed(stage, "ylb")
    assert heard(stage, 3) == [f"Find(query='{query}')" for query in ("y", "yl", "ylb")]
    stage.tap("key:delete")
    assert seen(stage, "texts", "yl")
    stage.tap("clear")
    assert heard(stage, 2) == ["Find(query='yl')", "Find(query='')"]


def test_a_late_view_takes_no_letter_away(stage: Stage) -> None:
    """The hits for nothing come after two letters were typed: both letters stay."""
    stage.show("search")
    typed(stage, "yl")
    assert seen(stage, "texts", "yl")
    stage.show("search")
    assert "yl" in stage.ask("texts")


def test_letters_become_characters(stage: Stage) -> None:
    """Pinyin goes to the input method; the character touched stands in the answer."""
    stage.show("question-text")
    typed(stage, "zhang")
    spelled = ("z", "zh", "zha", "zhan", "zhang")
    assert heard(stage, 5) == [f"Spell(letters='{letters}')" for letters in spelled]
    assert seen(stage, "tags", "continue", there=False)
    stage.show("question-text-candidates")
    stage.tap("key:candidate:0")
    assert heard(stage, 2) == ["Enter(text=<personal>)", "Spell(letters='')"]
    assert seen(stage, "texts", "张")
    assert seen(stage, "tags", "continue")


def test_without_an_input_method_letters_are_taken_as_they_are(stage: Stage) -> None:
    """No candidate ever comes: the letters themselves can be touched, and space takes them."""
    stage.show("question-text")
    typed(stage, "ab")
    assert seen(stage, "tags", "key:letters")
    stage.tap("key:letters")
    assert seen(stage, "tags", "key:letters", there=False)
    typed(stage, "c")
    stage.tap("key:space")
    assert heard(stage, 7)[-1] == "Spell(letters='')"
    assert seen(stage, "texts", "abc")


def begin_with_a_capital(stage: Stage) -> None:
    """Letters as they are, on keys that show capitals."""
    stage.show("question-text")
    stage.tap("key:language")
    assert seen(stage, "tags", "key:capital")
    stage.tap("key:capital")
    assert seen(stage, "texts", "A")


def test_latin_letters_are_typed_at_once(stage: Stage) -> None:
    """Switched to letters, each one is entered as it is, the first one as a capital on demand."""
    begin_with_a_capital(stage)
    typed(stage, "ab")
    assert heard(stage, 2) == ["Enter(text=<personal>)"] * 2
    assert seen(stage, "texts", "Ab")


def test_a_long_text_has_lines(stage: Stage) -> None:
    """A line ends where its key is touched, and the characters that wait are taken first."""
    stage.show("question-long_text")
    before = next(said for said in stage.ask("texts") if said.startswith("昨天"))
    typed(stage, "ab")
    stage.tap("key:line")
    assert seen(stage, "texts", f"{before}ab\n")
    typed(stage, "1")
    assert seen(stage, "texts", f"{before}ab\n1")
    stage.show("question-text")
    assert "key:line" not in stage.ask("tags")


def test_keys_that_change_take_no_letter_away(stage: Stage) -> None:
    """Letters of one late frame all count, though the first of them changed the keys."""
    begin_with_a_capital(stage)
    places = [stage.ask("where", tag=f"key:{key}") for key in "abc"]
    stage.ask("stall", seconds=0.7)
    for place in places:
        stage.tap_at(*place)
    assert seen(stage, "texts", "Abc")


def test_digits_are_grouped_as_they_come(stage: Stage) -> None:
    """A date gets its places; the zero of a month that needs one comes by itself."""
    stage.show("question-date")
    stage.tap("key:digits")
    assert seen(stage, "tags", "key:1")
    typed(stage, "19465")
    assert heard(stage, 5) == ["Enter(text=<personal>)"] * 5
    assert seen(stage, "texts", "1946 年 05 月 __ 日")


@pytest.mark.parametrize(
    ("sample", "keys", "secret"),
    [
        ("search", "qwerty", "qwerty"),
        ("question-text", "qwerty", "qwerty"),
        ("question-phone", "1", "138 0000 0000"),
        ("question-text-typed", "q", "某某某"),
        ("question-date-whole", "", "1946-01"),
    ],
)
def test_nothing_typed_is_left(stage: Stage, sample: str, keys: str, secret: str) -> None:
    """Once another screen is on, no widget holds what was typed, nor the letters for it."""
    stage.show(sample)
    typed(stage, keys)
    deadline = time.monotonic() + 5
    while not stage.ask("left", text=secret):  # a touch takes a frame
        assert time.monotonic() < deadline
    assert stage.ask("watch_textures")
    stage.show("attract")
    assert stage.ask("left", text=secret) == []


@pytest.mark.parametrize(
    ("way", "tag", "intent"),
    [
        ("categories", "category:pension", "Browse(group=<Category.PENSION: 'pension'>)"),
        ("services", "service:affairs", "Want(purpose=<Purpose.AFFAIRS: 'affairs'>)"),
    ],
)
def test_a_second_tap_touches_nothing_behind(stage: Stage, way: str, tag: str, intent: str) -> None:
    """Whoever taps twice on a way is inside and has chosen nothing there."""
    stage.show("home")
    stage.tap(way, times=3)
    assert seen(stage, "tags", tag)
    settled = time.monotonic() + DOUBLE
    while time.monotonic() < settled:
        assert tag in stage.ask("tags")
    stage.tap(tag)
    assert heard(stage, 1) == [intent]
