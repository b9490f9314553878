"""Scenarios: lines and pauses, faults named by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.control import ControlError
from sandbox.scenario import Line, Pause, ScenarioError, parse, play


def test_lines_pauses_and_remarks() -> None:
    """Remarks and empty lines are for people; the rest is played in order."""
    text = "# a visit\ncard wang  # lays it down\n\nwait 0.5\ncard lift\n"
    assert list(parse(text)) == [Line(2, "card wang"), Pause(0.5), Line(5, "card lift")]


@pytest.mark.parametrize(
    "line", ["wait", "wait long", "wait -1", "wait nan", "wait 1 2", "wait 1e9"]
)
def test_a_wrong_pause_is_named_by_its_line(line: str) -> None:
    """What is no pause says where it stands."""
    with pytest.raises(ScenarioError, match="line 2"):
        list(parse(f"card wang\n{line}"))


def test_what_the_world_refuses_is_named_by_its_line() -> None:
    """The world's own words come with the line's number, and what came before was done."""
    done = []

    def act(line: str) -> str:
        if line == "fly":
            raise ControlError("there is: card")
        done.append(line)
        return line

    with pytest.raises(ScenarioError, match="line 2: there is: card"):
        list(play(parse("card wang\nfly"), act, lambda _: None))
    assert done == ["card wang"]


@given(st.text())
def test_any_text_is_steps_or_a_named_line(text: str) -> None:
    """No text raises anything else."""
    try:
        steps = list(parse(text))
    except ScenarioError as error:
        assert "line " in str(error)  # noqa: PT017 # any text may be refused, none has to be
    else:
        assert all(isinstance(step, Pause | Line) for step in steps)
