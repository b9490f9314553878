"""What is brought, signed and answered, on a real window: what can be touched, read and scanned."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any, Protocol

import pytest
import zxingcpp
from PIL import Image

from screens.glyphs import GLYPHS


class Stage(Protocol):
    """What conftest's stage offers."""

    _display: str

    def ask(self, do: str, **words: object) -> Any:  # noqa: ANN401 - what JSON holds
        """One line there, one line back."""

    def show(self, sample: str, language: str = ...) -> float:
        """Show a sample."""

    def tap(self, tag: str, times: int = ...) -> None:
        """Touch what is tagged so."""

    def next_intent(self) -> str:
        """What was asked for next."""


@pytest.mark.parametrize(
    ("sample", "address"),
    [
        ("upload-0", "https://fuwu.example/u/7Qd3kX9mPz5tB1wRc8Lh2Vn6"),
        ("rating-phone", "https://fuwu.example/r/4Gq8Zt1nWx6bKc3MvD7yPs9E"),
        ("draft_kept", "https://fuwu.example/d/9Vw2Hb6sQe4mTj1XrZ8nLk5C"),
    ],
)
def test_a_phone_reads_the_code(stage: Stage, tmp_path: Path, sample: str, address: str) -> None:
    """The QR code on the glass leads to exactly the address of the view."""
    stage.show(sample)
    stage.ask("shot", path=str(tmp_path / "glass.png"))
    codes = zxingcpp.read_barcodes(Image.open(tmp_path / "glass.png"))
    assert [code.text for code in codes] == [address]


def test_only_what_can_be_changed_offers_it(stage: Stage) -> None:
    """A paper a promise stands for has no button; all others have."""
    stage.show("review-filled")
    tags = stage.ask("tags")
    assert {"pick:marital", "pick:phone", "pick:paper0", "pick:paper1"} <= set(tags)
    assert "pick:paper2" not in tags
    assert tags.count("pick:marital") == 1


def test_yes_and_days_are_said_in_words(stage: Stage) -> None:
    """What was answered stands there as people read it, not as it is kept; what was typed as it is.

    A number that looks like a day and is none has to stop nothing.
    """
    stage.show("review-filled")
    said = stage.ask("texts")
    assert "是" in said
    assert "1968年5月1日" in said
    assert "1200.00 元" in said
    assert "2026-99-99" in said


@pytest.mark.parametrize(
    ("sample", "barred"),
    [
        ("copy", "print"),
        ("copy-taken", "fewer"),
        ("copy-most", "more"),
        ("copy-used", "scan"),
        ("certificate-used", "print"),
        ("certificate-used-printed", "print"),
        ("provide-most", "pick:scan"),
        ("scan", "continue"),
        ("scan-full", "another"),
        ("upload-0", "continue"),
        ("signature", "sign"),
    ],
)
def test_what_leads_nowhere_cannot_be_touched(stage: Stage, sample: str, barred: str) -> None:
    """No page, no more sheets, no camera, nothing signed: the button is shut or not there."""
    stage.show(sample)
    assert barred not in stage.ask("tags")


@pytest.mark.parametrize(
    ("sample", "words"),
    [("case-yellow", "快到承诺日期了（黄牌）"), ("case-red", "已超过承诺日期（红牌）")],
)
def test_a_light_is_said(stage: Stage, sample: str, words: str) -> None:
    """Yellow and red are words and signs, not only colours."""
    stage.show(sample)
    assert words in stage.ask("texts")


@pytest.mark.parametrize(
    ("sample", "head"),
    [
        ("question-long_text", "填表"),
        ("question-complaint", "投诉和建议"),
        ("question-affairs", "查办理进度"),
    ],
)
def test_a_question_is_headed_by_what_it_is_for(stage: Stage, sample: str, head: str) -> None:
    """A complaint and a number to ask for are no form."""
    stage.show(sample)
    assert [said for said in stage.ask("texts") if said.startswith(head)]


def test_a_draft_is_told_in_the_words_of_the_language(stage: Stage) -> None:
    """When it was kept and until when, as days are said and not as views hold them."""
    stage.show("resume", "en")
    said = " ".join(stage.ask("texts"))
    assert "Monday, 23 November" in said
    assert "10:05" in said
    assert "2026-" not in said


def test_a_certificate_says_until_when_it_counts(stage: Stage) -> None:
    """In the list: whoever has to have one renewed sees it before somebody asks for it."""
    stage.show("certificates", "en")
    assert any("Valid until: Tuesday, 15 January 2036" in said for said in stage.ask("texts"))


def test_reasons_show_which_are_chosen(stage: Stage) -> None:
    """Of five reasons two are ticked, and the others are not."""
    stage.show("rating-reasons")
    said = stage.ask("texts")
    assert said.count(chr(GLYPHS["chosen"])) == 2
    assert said.count(chr(GLYPHS["unchosen"])) == 3


def test_too_little_is_no_signature(stage: Stage) -> None:
    """A dot is not handed out: what is missing is said, and goes once the field is empty again."""
    stage.show("signature")
    _draw(stage, 3)
    stage.tap("sign")
    assert "签名太短了。请写下完整的姓名。" in _said(stage)
    stage.tap("clear")
    assert "签名太短了。请写下完整的姓名。" not in _said(stage)


def test_a_signature_is_handed_out(stage: Stage) -> None:
    """Who has written their name goes on, and the field is empty for the next one."""
    stage.show("signature")
    _draw(stage, 300)
    stage.tap("sign")
    heard = stage.next_intent()
    while heard == "Touched()":  # drawing is a sign of life
        heard = stage.next_intent()
    assert heard == "Sign()"
    stage.show("attract")
    stage.show("signature")
    assert "sign" not in stage.ask("tags")


def _said(stage: Stage) -> list[str]:
    """The texts, once what was touched has come through."""
    for _ in range(4):
        stage.ask("tags")
    said: list[str] = stage.ask("texts")
    return said


def _draw(stage: Stage, length: int) -> None:
    """One stroke to the right in the middle of the field."""
    x, y = stage.ask("field")
    steps = [f"mousemove {x + i} {y} sleep 0.01" for i in range(0, length, 5)]
    script = f"mousemove {x} {y} mousedown 1 sleep 0.05 {' '.join(steps)} mouseup 1"
    subprocess.run(
        ["xdotool", *script.split()],
        check=True,
        env={"DISPLAY": stage._display, "PATH": "/usr/bin:/bin"},
    )
    _said(stage)
