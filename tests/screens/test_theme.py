"""The tokens keep what they promise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.core.comfort import Comfort
from screens import theme


@pytest.fixture(params=[Comfort(), Comfort(contrast=True)], ids=["calm", "contrast"])
def comfort(request: pytest.FixtureRequest) -> Iterator[Comfort]:
    """Each palette, worn until the test is over."""
    yield request.param
    theme.wear(Comfort())


def test_text_has_the_contrast_of_the_highest_level(comfort: Comfort) -> None:
    """Every pair of text and ground has at least 7:1 (WCAG 2.2, 1.4.6)."""
    theme.wear(comfort)
    pairs = [(text, ground) for text, grounds in theme.TEXT_ON for ground in grounds]
    poor = [p for p in pairs if theme.contrast(*(getattr(theme, name) for name in p)) < 7]
    assert poor == []


def test_accents_stand_out(comfort: Comfort) -> None:
    """What is drawn and the ring of the keypad have at least 3:1 on their grounds (1.4.11)."""
    theme.wear(comfort)
    assert theme.contrast(theme.FOCUS, theme.WHITE) >= 3
    assert theme.contrast(theme.FOCUS, theme.PAPER) >= 3
    assert theme.contrast(theme.DEEP, theme.PALE) >= 3


def test_contrast_is_that_of_the_guidelines() -> None:
    """Black on white is 21:1, and the order does not matter."""
    black = (0.0, 0.0, 0.0, 1.0)
    assert theme.contrast(black, theme.WHITE) == pytest.approx(21)
    assert theme.contrast(theme.WHITE, black) == pytest.approx(21)
    assert theme.contrast(black, black) == pytest.approx(1)


@pytest.mark.parametrize(
    ("size", "scale"),
    [((1080, 1920), 1), ((1920, 1080), 1), ((1366, 768), 0.711), ((768, 1366), 0.711)],
)
def test_the_design_scales_with_the_window(size: tuple[int, int], scale: float) -> None:
    """A design pixel is as large as the tighter side allows."""
    assert theme.scale(*size) == pytest.approx(scale, abs=0.001)


def test_nothing_is_smaller_than_eyes_and_fingers_need() -> None:
    """8.5 mm of type and 20 mm of target, at 4 px/mm."""
    assert min(theme.SMALL, theme.BODY, theme.LEAD) >= 34
    assert theme.TARGET >= 80
