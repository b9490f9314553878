"""Trembling hands: what counts as one touch."""

from __future__ import annotations

from screens.gate import AGAIN, DOUBLE, ECHO, SIGN_OF_LIFE, Gate, KeyGate


def test_one_view_asks_once_until_the_pause_is_over() -> None:
    """A second intent of the same view passes only after the pause."""
    gate = Gate()
    assert gate.admits(0.0)
    assert not gate.admits(AGAIN - 0.01)
    assert gate.admits(AGAIN)


def test_a_new_view_may_ask_at_once_but_not_by_the_same_double_tap() -> None:
    """The second half of a double tap does not reach the screen that the first half opened."""
    gate = Gate()
    assert gate.admits(0.0)
    gate.new_view()
    assert not gate.admits(DOUBLE - 0.01)
    assert gate.admits(DOUBLE)


def test_signs_of_life_are_rare_and_never_echoes() -> None:
    """One in five seconds, and none that belongs to a touch which asked for something."""
    gate = Gate()
    assert gate.admits_sign_of_life(0.0)
    assert not gate.admits_sign_of_life(SIGN_OF_LIFE - 0.01)
    assert gate.admits(SIGN_OF_LIFE)
    assert not gate.admits_sign_of_life(SIGN_OF_LIFE + DOUBLE - 0.01)
    assert gate.admits_sign_of_life(SIGN_OF_LIFE + DOUBLE + 0.01)


def test_a_trembling_finger_types_once() -> None:
    """The same key at once is an echo, however often; another key never is, nor the same later."""
    gate = KeyGate()
    assert gate.admits("0", 0)
    assert not gate.admits("0", ECHO * 0.9)
    assert not gate.admits("0", ECHO * 1.8)
    assert gate.admits("1", ECHO * 1.9)
    assert gate.admits("0", ECHO * 2)
    assert gate.admits("0", ECHO * 4)
