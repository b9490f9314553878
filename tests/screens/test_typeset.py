"""Lines as Chinese and English are set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.typeset import break_lines

CLOSING = "，。、；：？！）》”"


def measure(text: str) -> float:
    """Chinese characters are as wide as high, others half of it."""
    return sum(10.0 if char > "\u2e80" else 5.0 for char in text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("请把身份证放好。", 80, ["请把身份证放好。"]),
        ("请把身份证放好。", 70, ["请把身份证", "放好。"]),
        ("请打 12345，谢谢", 70, ["请打", "12345，谢谢"]),
        ("Please call 12345 now", 60, ["Please call", "12345 now"]),
        ("call 12345678", 40, ["call", "12345678"]),
        ("12345678", 20, ["1234", "5678"]),
        ("AB-12-CD", 20, ["AB-", "12-", "CD"]),
        ("", 50, [""]),
        ("一\n二", 50, ["一", "二"]),
    ],
)
def test_lines_break_where_readers_expect_it(text: str, width: float, lines: list[str]) -> None:
    """Between Chinese characters, at spaces, never before closing punctuation."""
    assert break_lines(text, width, measure) == lines


def test_balanced_lines_are_equal() -> None:
    """Centred text is shared out evenly instead of leaving a short last line."""
    assert break_lines("一二三四五六七", 60, measure, balance=True) == ["一二三四", "五六七"]


def test_a_last_line_is_not_left_alone() -> None:
    """One character does not stand alone in the last line when the others can make room."""
    lines = break_lines("一二三四五六七八九十一", 100, measure)
    assert len(lines) == 2
    assert len(lines[-1]) >= 3


TEXTS = st.text(alphabet="一二三，。“”abc- 12", max_size=60)


@given(TEXTS, st.floats(50, 200), st.booleans())
def test_every_character_is_kept_and_fits(text: str, width: float, balance: bool) -> None:  # noqa: FBT001 - Hypothesis hands it in
    """Nothing is lost, and no line is too wide unless it is one character and punctuation."""
    lines = break_lines(text, width, measure, balance=balance)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert measure(line) <= width or len(line.strip("，。“”-")) <= 1


@given(TEXTS.map(lambda text: text.replace(" ", "")), st.floats(50, 200))
def test_closing_punctuation_stays_with_what_it_closes(text: str, width: float) -> None:
    """No line but the first begins with closing punctuation."""
    for line in break_lines(text, width, measure)[1:]:
        assert line[0] not in CLOSING
