"""The control line of the sandbox: one line in, one line out."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.control import ControlError, ControlServer, ask


def act(line: str) -> str:
    """A world that knows one thing."""
    if line != "card 王":
        raise ControlError(f'"{line}" is not known; known: card')
    return "card lies on the reader"


def test_a_line_is_answered(tmp_path: Path) -> None:
    """What the world says comes back, Chinese included."""
    with ControlServer(tmp_path / "control", act):
        assert ask(tmp_path / "control", "card 王") == "card lies on the reader"


def test_what_is_not_understood_says_what_is(tmp_path: Path) -> None:
    """A wrong line is an error with a way on, and the world listens on."""
    with ControlServer(tmp_path / "control", act):
        with pytest.raises(ControlError, match="known: card"):
            ask(tmp_path / "control", "fly")
        assert ask(tmp_path / "control", "card 王")


def test_nobody_listening_is_said_plainly(tmp_path: Path) -> None:
    """A world that is not there is named by its path."""
    with pytest.raises(ControlError, match="nobody listens"):
        ask(tmp_path / "control", "card 王")
